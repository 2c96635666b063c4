import ArgumentParser
import Glibc
import Interchange
import PlainText
import SessionStore
import SuiteProgram

/// Turns an error into a message and an exit code, in one place.
///
/// | code | meaning |
/// |---|---|
/// | 0 | done |
/// | 1 | an error; one sentence on standard error |
/// | 2 | a check found something, or questions are open |
/// | 64 | the command line is wrong; the usage on standard error |
enum ProgramExit {
  static let error = ExitCode(1)
  static let findings = ExitCode(2)

  static func exit(for error: any Error) -> Never {
    switch error {
    case let code as ExitCode: Glibc.exit(code.rawValue)
    case is DocumentError, is Complaint:
      printError(error)
      Glibc.exit(ProgramExit.error.rawValue)
    case let questions as OpenQuestions:
      do { try StandardStream.print(questions.page) } catch { exit(for: error) }
      printError(questions.summary)
      Glibc.exit(findings.rawValue)
    case let failure as StoreError:
      printError(Complaint(failure.sentence))
      Glibc.exit(ProgramExit.error.rawValue)
    case let wrong as ValidationError:
      // Thrown while the command ran, so the parser no longer knows which usage to print.
      write("Error: \(wrong.message)")
      Chairtime.exit(withError: ExitCode.validationFailure)
    default:
      // The argument parser knows the texts and codes of help, version and usage.
      let code = Chairtime.exitCode(for: error)
      guard !code.isSuccess else { Chairtime.exit(withError: error) }
      write(Chairtime.fullMessage(for: error))
      Chairtime.exit(withError: code)
    }
  }

  /// Prints one sentence on standard error.
  static func printError(_ error: any Error) { write("\(error)") }

  /// Writes the text without escape sequences, which file names and arguments may contain.
  private static func write(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    StandardStream.error.write(lines.map { String($0).printable + "\n" }.joined())
  }
}
