import InfusionRecord
import PlainText
import TerminalCore

extension RecorderState {
  /// The patients that a search over all days found.
  func drawPatients(in frame: inout Frame) {
    guard let search else { return }
    drawSearchHead("Patients found", "  \(search.text)", in: &frame)
    let area = body(headRows: 2).inset(columns: 2)
    var blocks = patientRows(search.found, width: area.columns)
    if blocks.isEmpty { blocks = [[StyledText(nobodyFound, .muted)]] }
    BlockList(
      blocks: blocks, selected: search.cursor.index(in: search.found), isFocused: true,
      glyphs: glyphs, targets: usesMouse ? search.found.map { .patient($0) } : []
    ).draw(in: area, of: &frame)
    drawFoot(StyledText(foundCount, .muted), in: &frame)
  }

  /// All visits of one patient: drugs with their times, reactions, allergies.
  func drawVisits(in frame: inout Frame) {
    guard let search, let newest = search.visits.first else { return }
    let head = drawBanner(newest, in: &frame)
    let body = body(headRows: head)
    drawTitle("All visits", in: body, of: &frame)
    let area = body.droppingTop(1).inset(columns: 2)
    let blocks = search.visits.map { visit in
      let lines = visit.visitLines(formulary).map { line in
        StyledText("  \(line.text)", line.isAttention ? .attention : .text)
          .wrapped(to: area.columns, indent: 4)
      }
      return StyledText(visit.visitHead, .heading).wrapped(to: area.columns, indent: 2)
        + lines.flatMap { $0 }
    }
    BlockList(
      blocks: blocks, selected: search.visit.index(in: search.visits.map(\.id)), isFocused: true,
      glyphs: glyphs, targets: usesMouse ? search.visits.map { .visit($0.id) } : []
    ).draw(in: area, of: &frame)
    drawFoot(StyledText(search.visits.count.pluralized("visit"), .muted), in: &frame)
  }

  private func drawSearchHead(_ title: String, _ text: String, in frame: inout Frame) {
    frame.put(
      StyledText(title, .heading) + StyledText(text, .text.bold), at: Point(column: 1, row: 0),
      clip: frame.bounds.top(1))
    drawRule(row: 1, in: &frame)
  }

  /// A row a patient, in columns if each row fits on one line.
  private func patientRows(_ found: [FoundPatient], width: Int) -> [[StyledText]] {
    let rows = found.map { one in
      [
        one.patient.displayName, one.patient.bornWords, "MRN \(one.patient.mrn)",
        one.visits.pluralized("visit"), "last \(one.lastVisit.display)",
      ]
    }
    let widths = (0..<5).map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    guard widths.reduce(0, +) + 8 <= width else {
      return found.map { one in
        (StyledText(one.patient.displayName, .text.bold) + StyledText("  \(words(one))"))
          .wrapped(to: width, indent: 2)
      }
    }
    return rows.map { cells in
      var line = StyledText()
      for (column, cell) in cells.enumerated() {
        let text = StyledText(cell, column == 0 ? .text.bold : .text)
        line = line + (column == 4 ? text : text.padded(to: widths[column] + 2))
      }
      return [line]
    }
  }

  private func words(_ found: FoundPatient) -> String {
    "\(found.patient.bornWords)  MRN \(found.patient.mrn)  "
      + "\(found.visits.pluralized("visit")), last \(found.lastVisit.display)"
  }

  private var nobodyFound: String {
    "The record has no such patient. \(keymap.keyName(of: .fill(.findPatient), in: .patients)) looks for another."
  }

  private var foundCount: String {
    "\((search?.found.count ?? 0).pluralized("patient")), all days; restricted records are not listed"
  }

  // MARK: Plain

  func plainPatients(_ page: inout PlainPage) {
    guard let search else { return }
    page.head = [StyledText("Patients found for \(search.text)", .heading)]
    let selected = search.cursor.index(in: search.found)
    for (index, one) in search.found.enumerated() {
      page.add("\(one.patient.displayName), \(words(one))", isFocused: index == selected)
    }
    if search.found.isEmpty { page.add(nobodyFound) }
    page.announcement = StyledText("\(foundCount).")
  }

  func plainVisits(_ page: inout PlainPage) {
    guard let search, let newest = search.visits.first else { return }
    page.head = plainBanner(newest) + [StyledText("All visits", .heading)]
    let selected = search.visit.index(in: search.visits.map(\.id))
    for (index, visit) in search.visits.enumerated() {
      let lines = [visit.visitHead] + visit.visitLines(formulary).map(\.text)
      page.add(lines.joined(separator: ". "), isFocused: index == selected)
    }
    page.announcement = StyledText("\(search.visits.count.pluralized("visit")).")
  }
}

extension SessionReading {
  /// `23-Nov-2026 07:00, chair 4, J. Okafor, closed`.
  var visitHead: String {
    let opened = log.openedAt.map { "\(clock.date(at: $0).display) \(clockText.time($0)), " } ?? ""
    return "\(opened)chair \(opening.chair), \(holder), \(status.rawValue)"
  }

  /// What was given, which reactions there were, and what was stated of allergies.
  func visitLines(_ formulary: Formulary) -> [(text: String, isAttention: Bool)] {
    log.visitLines(recorded.administrations, formulary).map { ($0.text, $0.isAttention) }
  }
}
