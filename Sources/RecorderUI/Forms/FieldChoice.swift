import InfusionRecord

// The list of a field: which rows match, which is highlighted, what Enter takes.
//
// There is one model of choice. The highlighted row is the choice, and nothing else is. Arrows,
// numbers and letters move the highlight; Enter and Tab take it. No other key picks a value.

extension Field {
  /// The rows that match what is typed: first those that begin with it.
  package var matches: [Option] {
    if entry.isEmpty || isRanked || typedNumber != nil { return options }
    let typed = SearchText.typed(entry.text)
    var ranked: [(Int, Int, Option)] = []
    for (position, option) in options.enumerated() {
      guard let rank = option.rank(typed) else { continue }
      ranked.append((rank, position, option))
    }
    ranked.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    return ranked.map(\.2)
  }

  /// The highlighted row; nil if none is.
  package var current: Option? {
    guard isChoice else { return nil }
    // A row that is gone leaves no other one highlighted.
    if let highlighted { return matches.first { $0.value == highlighted } }
    if let typedNumber { return numbered[typedNumber - 1] }
    if !entry.isEmpty { return isAmbiguous || mustChoose != nil ? nil : matches.first }
    if let picked { return options.first { $0.value == picked } }
    return suggested.flatMap { value in options.first { $0.value == value } }
  }

  /// The highlighted row if Enter would take it; nil if it is picked already.
  package var offered: Option? {
    guard let current else { return nil }
    return entry.isEmpty && current.value == picked ? nil : current
  }

  /// Whether something waits for Enter or Tab: text, or another row than the one picked.
  package var isOpen: Bool {
    isChoice && (!entry.isEmpty || (highlighted != nil && highlighted != picked))
  }

  /// Whether the list is shown while the field has the cursor. A long list is hidden once a row is
  /// taken, until the user types or moves again.
  package var isListShown: Bool {
    isChoice && (!isRanked || picked == nil || isOpen || highlighted != nil)
  }

  /// Whether the text fits several rows, so that it highlights none of them.
  ///
  /// In the list of drugs, whose best match comes first, one letter is too little.
  package var isAmbiguous: Bool {
    guard isChoice, !entry.isEmpty, highlighted == nil, typedNumber == nil else { return false }
    let found = matches
    guard found.count > 1 else { return false }
    let typed = SearchText.typed(entry.text)
    if isRanked { return typed.allSatisfy { $0.count <= 1 } }
    return found.filter { $0.rank(typed) == 0 }.count != 1
  }

  /// The rows after which a search of the formulary ends.
  static let searchLimit = 100

  /// How many rows fit, in words. A search that reached its end may have found more.
  var fitWords: String {
    let count = matches.count
    return isRanked && count >= Field.searchLimit
      ? "More than \(Field.searchLimit - 1)" : "\(count)"
  }

  /// Whether a text that fits several rows is taken as it is: a chair may be named by one letter.
  var takesAmbiguous: Bool { isFree && name == .chair }

  /// Whether Enter must not leave it as it is: a choice is due and no row is highlighted.
  package var isUnanswered: Bool {
    isChoice && isRequired && value.isEmpty && current == nil && entry.isEmpty && !options.isEmpty
  }

  // MARK: Numbers

  /// The rows that a digit highlights, in order.
  var numbered: [Option] {
    let rows = isRanked ? options.filter(\.isLikely) : options
    // Chairs have numbers of their own.
    let isTaken = rows.contains { $0.label.first?.isNumber ?? false }
    return isTaken ? [] : Array(rows.prefix(9))
  }

  /// The number of a row; nil if it has none, or if letters are typed.
  package func number(of option: Option) -> Int? {
    guard entry.isEmpty || typedNumber != nil else { return nil }
    return numbered.firstIndex { $0.value == option.value }.map { $0 + 1 }
  }

  /// The number typed, if a row has it. A digit that more digits follow is text, so that a code
  /// can be scanned into the field.
  var typedNumber: Int? {
    guard isChoice, entry.text.utf8.count == 1, let number = Int(entry.text) else { return nil }
    return (1...max(1, numbered.count)).contains(number) && !numbered.isEmpty ? number : nil
  }

  /// What is typed to search for: the text, unless it is the number of a row.
  var searchText: String { typedNumber == nil ? entry.text : "" }

  // MARK: Changing

  /// Moves the highlight. It changes nothing else, and stops at both ends.
  mutating func moveHighlight(by steps: Int) {
    let rows = matches
    guard !rows.isEmpty else { return }
    let position = current.flatMap { row in rows.firstIndex { $0.value == row.value } }
    let next = position.map { $0 + steps } ?? (steps > 0 ? 0 : rows.count - 1)
    if typedNumber != nil { entry.clear() }
    highlighted = rows[min(max(0, next), rows.count - 1)].value
  }

  /// Highlights a row of the list, if it is there. It changes nothing else.
  mutating func highlight(_ value: String) {
    guard matches.contains(where: { $0.value == value }) else { return }
    if typedNumber != nil { entry.clear() }
    highlighted = value
  }

  /// Picks a row and closes the list.
  mutating func pick(_ value: String) {
    picked = value
    scanned = name == .drug && DrugBarcode.isScan(entry.text) ? entry.text : nil
    entry.clear()
    highlighted = nil
    isTouched = true
  }
}

extension Field.Option {
  /// How well a text that was typed finds the row: 0 if it is its name, 1 if its name begins with it, 2 if a
  /// word of its name does. Letters inside a word find nothing.
  fileprivate func rank(_ typed: [String]) -> Int? {
    func begins(_ text: String) -> Bool { typed.contains { text.hasPrefix($0) } }
    if isFoundByStart { return SearchText.spellings(of: label).contains(where: begins) ? 1 : nil }
    return ([label] + aliases).compactMap { text in
      if SearchText.typed(text).contains(where: typed.contains) { return 0 }
      let spellings = SearchText.spellings(of: text)
      if spellings.contains(where: begins) { return 1 }
      return spellings.contains { $0.wordStarts.contains { begins(String($0)) } } ? 2 : nil
    }.min()
  }
}

extension String {
  /// The text from each of its words on.
  fileprivate var wordStarts: [Substring] {
    var starts: [Substring] = []
    var isInWord = false
    for index in indices {
      let isLetter = self[index].isLetter || self[index].isNumber
      if isLetter, !isInWord { starts.append(self[index...]) }
      isInWord = isLetter
    }
    return starts
  }
}
