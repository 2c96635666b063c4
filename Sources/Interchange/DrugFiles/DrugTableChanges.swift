package import InfusionRecord
package import PlainText

/// What loaded files change in the tables of drug codes, for the supervisor who loads them.
package struct DrugTableChanges {
  private let added: [DrugCode]
  private let ended: [DrugCode]
  /// The same code before and after its unit changed.
  private let counted: [(before: DrugCode, after: DrugCode)]
  private let packages: Int

  package init(from before: DrugTables, to after: DrugTables) {
    var added: [DrugCode] = []
    var ended: [DrugCode] = []
    var counted: [(DrugCode, DrugCode)] = []
    let numbers = Set(after.codes.map(\.code)).sorted()
    for number in numbers {
      guard let last = after.rows(of: number).last else { continue }
      guard let known = before.rows(of: number).last else {
        added.append(last)
        continue
      }
      if last.until != known.until { ended.append(last) }
      if !last.measure.isSame(as: known.measure) { counted.append((known, last)) }
    }
    self.added = added
    self.ended = ended
    self.counted = counted
    packages = after.packages.count - before.packages.count
  }

  package func write(to page: inout TextPage) {
    list(added.map(\.code), "New codes: ", &page)
    list(
      ended.map { "\($0.code) \($0.until.map { "until \($0.display)" } ?? "without end")" },
      "Other ends: ", &page)
    for (before, after) in counted {
      page.wrap(
        "one unit of \(after.code) is \(after.unitText) from \(after.from.display)"
          + (before.unitText.isEmpty ? "" : ", \(before.unitText) before"),
        first: "Look at this: ")
    }
    if packages > 0 { page.line("New packages: \(packages)") }
  }

  private func list(_ words: [String], _ name: String, _ page: inout TextPage) {
    guard !words.isEmpty else { return }
    let most = 40
    let more = words.count > most ? ", and \(words.count - most) more" : ""
    page.wrap(words.prefix(most).joined(separator: ", ") + more, first: name)
  }
}
