/// A progress bar on standard error, if that is a terminal.
struct Progress {
  private let what: String
  private let isShown: Bool
  private var shown = -1

  init(_ what: String) {
    self.what = what
    isShown = StandardStream.error.isTerminal
  }

  mutating func show(_ done: Int, of total: Int) {
    guard isShown, total > 0 else { return }
    let percent = min(100, done * 100 / total)
    guard percent != shown else { return }
    shown = percent
    let filled = percent * 40 / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 40 - filled)
    StandardStream.error.write("\r\(what) [\(bar)] \(percent)%")
  }

  /// Clears the line.
  mutating func end() {
    if isShown, shown >= 0 { StandardStream.error.write("\r\u{1b}[K") }
  }
}
