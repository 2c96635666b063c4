import Glibc
import SuiteProgram

/// A PIN as it comes into the program: typed on the terminal without echo, or a line of standard input.
///
/// Never from an argument or the environment, which others on the host can read.
enum SecretEntry {
  /// The next line of standard input, read byte by byte so that what follows it is left there. It must
  /// come within a minute. A terminal does not show it.
  static func line() throws(SecretReader.Failure) -> String {
    isatty(STDIN_FILENO) == 1 ? try ask("PIN") : try SecretReader(STDIN_FILENO).line()
  }

  /// Asks on the terminal, showing nothing of what is typed.
  ///
  /// Signals wait meanwhile, so that no way out leaves the terminal without its echo; Ctrl-C leaves,
  /// and the prompt ends after a minute.
  static func ask(_ question: String) throws(SecretReader.Failure) -> String {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { throw .noTerminal }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { throw .noTerminal }
    var held = sigset_t()
    var mask = sigset_t()
    sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP] { sigaddset(&held, signal) }
    pthread_sigmask(SIG_BLOCK, &held, &mask)
    defer { pthread_sigmask(SIG_SETMASK, &mask, nil) }
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
    guard tcsetattr(terminal, TCSAFLUSH, &quiet) == 0 else { throw .noTerminal }
    defer {
      tcsetattr(terminal, TCSAFLUSH, &before)
      say("\n", terminal)
    }
    say("\(question): ", terminal)
    return try SecretReader(terminal).typed()
  }

  private static func say(_ text: String, _ terminal: Int32) {
    let bytes = Array(text.utf8)
    _ = write(terminal, bytes, bytes.count)
  }
}
