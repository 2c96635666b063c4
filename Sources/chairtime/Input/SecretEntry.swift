import Glibc

/// A PIN as it comes into the program: typed on the terminal without echo, or a line of standard input.
///
/// Never from an argument or the environment, which others on the host can read.
enum SecretEntry {
  /// Why there is none.
  enum Failure: Error {
    case noTerminal
    case left
  }

  private static let longest = 64

  /// The next line of standard input, read byte by byte so that what follows it is left there.
  static func line() throws(Failure) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = read(0, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else {
        if bytes.isEmpty { throw .left }
        break
      }
      if byte == 0x0a { break }
      if byte != 0x0d, bytes.count < longest { bytes.append(byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Asks on the terminal, showing nothing of what is typed.
  ///
  /// Signals wait meanwhile, so that no way out leaves the terminal without its echo; Ctrl-C leaves.
  static func ask(_ question: String) throws(Failure) -> String {
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
    return try typed(terminal)
  }

  private static func typed(_ terminal: Int32) throws(Failure) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = read(terminal, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { throw .left }
      switch byte {
      case 0x0a, 0x0d: return String(decoding: bytes, as: UTF8.self)
      case 0x03, 0x04, 0x1b: throw .left
      case 0x08, 0x7f: _ = bytes.popLast()
      case 0x15: bytes = []
      default: if bytes.count < longest { bytes.append(byte) }
      }
    }
  }

  private static func say(_ text: String, _ terminal: Int32) {
    let bytes = Array(text.utf8)
    _ = write(terminal, bytes, bytes.count)
  }
}
