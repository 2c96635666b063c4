/// The lines of one text that are on the screen.
struct ReadWindow: Hashable, Sendable {
  var first: Int
  var rows: Int
  /// All lines of the text.
  var count: Int
}

/// How much of what a prompt signs has been on the screen: each text from its first line on, without a
/// gap.
///
/// A signature stands for what was shown. So Enter pages on until the last line has been on the screen,
/// and signs only then.
struct ReadProgress: Hashable, Sendable {
  private var seen: [Int] = []
  private var counts: [Int] = []
  /// Whether Enter paged on, so that the page begins with the first line that was not seen.
  var isPaging = false

  /// Notes what stands on the screen. Texts that changed are read from their beginning.
  mutating func note(_ windows: [ReadWindow]) {
    if windows.map(\.count) != counts {
      counts = windows.map(\.count)
      seen = counts.map { _ in 0 }
    }
    seen = seen(with: windows)
  }

  /// The lines seen of each text once these windows have stood on the screen.
  private func seen(with windows: [ReadWindow]) -> [Int] {
    let known = windows.map(\.count) == counts ? seen : windows.map { _ in 0 }
    return zip(known, windows).map { seen, window in
      window.first <= seen ? max(seen, window.first + window.rows) : seen
    }
  }

  /// Whether everything has been on the screen once these windows have.
  func isWhole(with windows: [ReadWindow]) -> Bool {
    zip(seen(with: windows), windows).allSatisfy { $0 >= $1.count }
  }

  /// Whether everything has been on the screen.
  var isWhole: Bool { !counts.isEmpty && zip(seen, counts).allSatisfy { $0 >= $1 } }

  /// The first line that was not seen.
  var firstUnseen: Int { zip(seen, counts).filter { $0 < $1 }.map(\.0).min() ?? 0 }
}
