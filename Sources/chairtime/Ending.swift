import ArgumentParser
import Glibc
import Interchange
import SessionStore

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
    default:
      // Help, version and usage are the argument parser's; it knows their texts and codes.
      Chairtime.exit(withError: error)
    }
  }

  /// One sentence on standard error.
  static func complain(_ error: any Error) {
    StandardStream.error.write("\(error)\n")
  }
}

/// What went wrong, in one sentence.
struct Complaint: Error, CustomStringConvertible {
  let description: String

  init(_ sentence: String) {
    description = sentence
  }
}
