/// The rows of a field's list around the highlighted one, for the screen and for plain sentences.
struct ChoiceRows {
  struct Row {
    let option: Field.Option
    /// The digit that highlights it; nil if it has none.
    let number: Int?
    let isHighlighted: Bool

    var details: [String] { option.details.filter { !$0.isEmpty } }
  }

  let rows: [Row]
  /// The number of rows below.
  let hidden: Int

  /// - Parameter limit: the most rows.
  init(_ field: Field, limit: Int) {
    let matches = field.matches
    let current = field.current?.value
    let position = matches.firstIndex { $0.value == current } ?? 0
    let first = max(0, min(position - limit / 2, matches.count - limit))
    rows = matches.dropFirst(first).prefix(limit).map {
      Row(option: $0, number: field.number(of: $0), isHighlighted: $0.value == current)
    }
    hidden = matches.count - first - rows.count
  }
}
