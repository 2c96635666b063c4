import ArgumentParser
import Glibc
import Interchange
import PlainText
import SessionStore
import SQLiteStore
import SuiteProgram

/// How the program ends: the one place that turns an error into a text and an exit code.
///
/// | code | meaning |
/// |---|---|
/// | 0 | done |
/// | 1 | an error; one sentence on standard error |
/// | 2 | a command that checks found something |
/// | 64 | the command line is wrong; the usage on standard error |
enum Ending {
  static let error = ExitCode(1)
  static let findings = ExitCode(2)

  static func exit(for error: any Error) -> Never {
    switch error {
    case let code as ExitCode: Glibc.exit(code.rawValue)
    case is DocumentError, is Complaint:
      complain(error)
      Glibc.exit(Ending.error.rawValue)
    case let failure as StoreError:
      complain(Complaint(failure.sentence))
      Glibc.exit(Ending.error.rawValue)
    case let wrong as ValidationError:
      // Found while the command ran: the parser no longer knows whose usage it would be.
      write("Error: \(wrong.message)")
      Chairtime.exit(withError: ExitCode.validationFailure)
    default:
      // Help, version and usage are the argument parser's; it knows their texts and codes.
      let code = Chairtime.exitCode(for: error)
      guard !code.isSuccess else { Chairtime.exit(withError: error) }
      write(Chairtime.fullMessage(for: error))
      Chairtime.exit(withError: code)
    }
  }

  /// One sentence on standard error.
  static func complain(_ error: any Error) { write("\(error)") }

  /// Names of files and words of the command line are in it: nothing of them steers a terminal.
  private static func write(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    StandardStream.error.write(lines.map { String($0).printable + "\n" }.joined())
  }
}
