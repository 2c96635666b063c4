/// Numbers texts from 0 in the order in which they come; equal texts have equal numbers.
///
/// Up to 12 texts are compared one by one, which most sessions never exceed; more are hashed.
struct Interner {
  private var texts: [String] = []
  private var table: [String: Int32] = [:]
  /// A text may have several parts. The caller sets it.
  var hasMixtures = false

  mutating func number(_ text: String) -> Int32 {
    if texts.count <= 12 {
      for index in texts.indices where texts[index] == text { return Int32(index) }
    } else if let known = table[text] {
      return known
    }
    if texts.count == 12 {
      for index in texts.indices { table[texts[index]] = Int32(index) }
    }
    let number = Int32(texts.count)
    texts.append(text)
    if texts.count > 12 { table[text] = number }
    return number
  }

  var count: Int { texts.count }

  /// Separates the drugs of a mixture in its text.
  static let separator = "\u{1F}"

  /// The drugs of a mixture.
  func parts(of number: Int32) -> [Substring] {
    texts[Int(number)].split(separator: Interner.separator)
  }

  mutating func removeAll() {
    hasMixtures = false
    texts.removeAll(keepingCapacity: true)
    if !table.isEmpty { table.removeAll() }
  }
}
