import Glibc

/// The account's default printer, through `lp`.
///
/// It is a plain pipe, because Foundation's `Process` would link all of Foundation, which every start
/// of the program would pay for.
enum Printer {
  /// Prints a text through a pipe, so that no file holds it.
  ///
  /// Runs on a thread that blocks signals: if `lp` ends early, the write fails instead of raising SIGPIPE.
  static func print(_ text: String, by command: String = "/usr/bin/lp") throws {
    guard access(command, X_OK) == 0 else {
      throw Complaint("There is no printer here (no \(command)); write a file and print that.")
    }
    guard let pipe = popen("'\(command)' >/dev/null 2>&1", "we") else {
      throw Complaint("\(command) cannot be started: \(reason(errno)); nothing was printed.")
    }
    let isWritten = fputs(text, pipe) >= 0 && fflush(pipe) == 0
    guard pclose(pipe) == 0, isWritten else {
      throw Complaint("\(command) did not take the packet; nothing was printed.")
    }
  }
}
