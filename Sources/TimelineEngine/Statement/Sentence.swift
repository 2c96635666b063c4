/// A sentence with places for values: `# and & are numbers, % and @ are codes, $ is the next text`.
///
/// The template is taken apart once, so that a sentence costs less than 0.5 µs; an export of a year
/// has a million.
struct Sentence: ExpressibleByStringLiteral, Sendable {
  private enum Part {
    case text(String)
    case first, second, code, otherCode, value
  }

  private let parts: [Part]

  init(stringLiteral template: String) {
    var parts: [Part] = []
    var rest = template[...]
    while let place = rest.firstIndex(where: { "#&%@$".contains($0) }) {
      if place > rest.startIndex { parts.append(.text(String(rest[..<place]))) }
      switch rest[place] {
      case "#": parts.append(.first)
      case "&": parts.append(.second)
      case "%": parts.append(.code)
      case "$": parts.append(.value)
      default: parts.append(.otherCode)
      }
      rest = rest[rest.index(after: place)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }

  func text(
    _ first: Int, _ second: Int = 0, code: Code? = nil, otherCode: Code? = nil,
    values: [String] = []
  ) -> String {
    filled(
      String(first), String(second), code?.number ?? "", otherCode?.number ?? "", values[...])
  }

  /// `N units of the code …`, for pages that list what can be said.
  var pattern: String {
    let text = filled("n", "m", "the code", "the other code", [])
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private func filled(
    _ first: String, _ second: String, _ code: String, _ otherCode: String,
    _ values: ArraySlice<String>
  ) -> String {
    var text = ""
    var values = values
    for part in parts {
      switch part {
      case .text(let words): text += words
      case .first: text += first
      case .second: text += second
      case .code: text += code
      case .otherCode: text += otherCode
      case .value: text += values.popFirst() ?? "…"
      }
    }
    return text
  }
}
