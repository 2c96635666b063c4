import InfusionRecord
import SessionReview
import TerminalCore

extension RecorderState {
  /// The day review: a session a line, those that need a person first.
  func plainReview(_ page: inout PlainPage) {
    guard let review else { return }
    let only = review.needsOnly ? ", only those that need you" : ""
    page.head = [
      StyledText("Review of \(review.days.title)\(only), \(actor.title)", .heading)
    ]
    let selected = review.cursor.index(in: review.ids)
    for (index, row) in review.shownRows.enumerated() {
      page.add(plainRow(row), isFocused: index == selected && !review.isFinding)
    }
    if review.shownRows.isEmpty { page.add(nothing(review)) }
    if review.isFinding {
      page.add(StyledText("Find: " + review.filter.text), isFocused: true)
      page.typingColumn = typing(review.filter, after: "Find: ")
    }
    page.announcement = StyledText(plainCounts(review))
  }

  private func plainCounts(_ review: ReviewState) -> String {
    guard review.isRead else { return "Reading." }
    let (read, all) = (review.page.rows.count, review.page.sessions)
    guard review.page.isWhole else { return "Reading: \(read) of \(all)." }
    let needing = review.page.count(.person)
    let opened = glassBreaks.count
    return "\(read.pluralized("session")), \(needing.pluralized("needs you", "need you"))"
      + (opened == 0 ? "." : ", \(opened) opened with a reason.")
  }

  private func plainRow(_ row: ReviewRow) -> StyledText {
    let status =
      switch row.need {
      case .person:
        row.isChanged
          ? "changed since review" : row.isOpen ? "needs you, \(row.openText)" : "needs you"
      case .clean: "clean"
      case .open: "open"
      case .reviewed: row.statusText
      }
    var text = StyledText("\(row.patient), born \(row.born), MRN \(row.mrn). ")
    text.append(status, row.need == .person ? .attention : .text)
    let units = row.unitsByCode.map { $0.count == 1 ? $0.code : "\($0.code) times \($0.count)" }
    let isDayKnown = review.map { $0.isOneDay && $0.days.contains(row.date) } ?? true
    let from = isDayKnown ? row.from : "\(row.date.display) \(row.from)"
    let span = row.to.map { "\(from) to \($0)" } ?? "since \(from)"
    text.append(". \(span), chair \(row.chair), nurse \(row.nurse). ")
    let charged = row.isHidden ? row.unitText() : units.joined(separator: ", ")
    text.append(charged.isEmpty ? "Nothing charged" : charged)
    for sentence in row.questions + row.standing.changes {
      text.append(". \(sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence)")
    }
    return text
  }

  /// How times were charted, one count a line.
  func plainIntegrity(_ page: inout PlainPage) {
    page.head = [StyledText("How times were charted", .heading)]
    page.rows = TextLayout.integrity(self).map(RecorderState.inOneColumn)
    page.first = reader.first
    page.announcement = StyledText("\(keymap.keyName(of: .leave, in: .integrity)) leaves.")
  }
}
