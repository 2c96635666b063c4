import InfusionRecord
import SessionReview

// What a sign-off is about, as it was shown. The reviewer signs that and nothing else.

extension ReviewState {
  /// The rows shown that raise no question and can be signed off.
  var cleanRows: [ReviewRow] { shownRows.filter { $0.need == .clean && $0.offer != nil } }
}

extension FormContext {
  /// The rows that a sign-off of all clean ones would sign; nil while the days are still being read.
  var shownClean: [ReviewRow]? {
    state.review?.page.isWhole == true ? state.review?.cleanRows : nil
  }

  /// A row in texts that are equal only if it shows the same and would be signed the same.
  private func standing(of row: ReviewRow) -> [String] {
    [
      row.id.text, "\(row.version)", "\(row.need.rawValue)", row.offer?.statementHash ?? "",
      row.offer?.rulebook ?? "", row.offer?.policyWords ?? "",
    ] + row.concerns
  }

  var rowStanding: [String] { reviewRow.map { standing(of: $0) } ?? [] }

  /// The clean rows, one text each; `pinned` while they are read again.
  func cleanStanding(otherwise pinned: [String]) -> [String] {
    shownClean.map { $0.map { standing(of: $0).joined(separator: "\n") } } ?? pinned
  }

  /// Which sessions differ from those that were shown as clean.
  func what(happenedToClean target: Target) -> String? {
    let now = Set(cleanStanding(otherwise: target.standing))
    let fresh = now.subtracting(target.standing)
    let names = { (text: String) in String(text.prefix { $0 != "\n" }) }
    let before = Set(target.standing.map(names))
    let after = Set(now.map(names))
    var sentences: [String] = []
    for row in state.review?.shownRows ?? [] {
      let (was, isNow) = (before.contains(row.id.text), after.contains(row.id.text))
      switch (was, isNow) {
      case (false, true): sentences.append("\(row.patient) is clean now")
      case (true, true):
        if fresh.contains(standing(of: row).joined(separator: "\n")) {
          sentences.append("\(row.patient) has new facts")
        }
      case (true, false):
        switch row.need {
        case .open: sentences.append("\(row.patient) is open again")
        case .reviewed:
          let by = row.reviewer.map { " by \($0)" } ?? ""
          sentences.append("\(row.patient) was signed off\(by)")
        case .person, .clean: sentences.append("\(row.patient) raises a question now")
        }
      case (false, false): break
      }
    }
    let shown = sentences.prefix(2).joined(separator: "; ")
    if sentences.isEmpty { return nil }
    return sentences.count > 2 ? "\(shown); \(sentences.count - 2) more" : shown
  }
}
