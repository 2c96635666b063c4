import InfusionRecord
import TerminalCore

extension RecorderState {
  /// The patient banner, at the top of every screen of a patient and never covered.
  ///
  /// FAMILY, Given · born (age) · sex · MRN (NHS CUI PAB-0016 and after), then the place, allergies and
  /// alerts, which are never cut. A missing value is shown as not recorded. Returns the rows used, which depend on the length of the names.
  @discardableResult
  func drawBanner(_ session: SessionReading, in frame: inout Frame) -> Int {
    let today = session.clock.date(at: now.instant)
    let time = StyledText(timeNow(of: session).unbroken, .text.bold)
    var when = StyledText("\(today.display) ", .muted) + time
    let width = size.columns - 2
    let who = bannerText(session)
    // If the patient needs the room, the date is left out; the board shows it.
    if who.columns + when.columns + 2 > width { when = time }
    let whoLines = who.wrapped(to: width - when.columns - 2, indent: 2)
    let nurse = StyledText("\(modeWords)Nurse \(session.holder)", .muted)
    let nurseFits = nurse.columns <= width / 3
    let placeWidth = nurseFits ? width - nurse.columns - 2 : width
    var placeLines = placeText(session).wrapped(to: placeWidth, indent: 2)
    if !nurseFits { placeLines += nurse.wrapped(to: width, indent: 2) }
    let warning = session.warnsOfPatient ? session.allergyText.wrapped(to: width, indent: 2) : []
    let told = warning + wordLines(session, width: width) + earlierLines(session, width: width)
    let lines = whoLines + placeLines + shown(told, below: whoLines.count + placeLines.count)
    frame.fill(Rect(column: 0, row: 0, columns: size.columns, rows: lines.count))
    for (row, line) in lines.enumerated() { frame.put(line, at: Point(column: 1, row: row)) }
    frame.putRight(when, in: Rect(column: 1, row: 0, columns: width, rows: 1))
    if nurseFits {
      frame.putRight(
        nurse, in: Rect(column: 1, row: whoLines.count, columns: width, rows: 1))
    }
    return lines.count
  }

  /// The lines of allergies, alerts and words. Where a form would have no room beside them, they give way to one
  /// line that says so: what is recorded must be read.
  private func shown(_ lines: [StyledText], below head: Int) -> [StyledText] {
    let room = max(1, size.rows / 3 - head)
    guard prompt != nil, lines.count > room else { return lines }
    let left = lines.count - room + 1
    return lines.prefix(room - 1) + [
      StyledText(
        "ALLERGIES AND ALERTS: \(left) more lines \(glyphs.bullet) Esc shows them", .attention)
    ]
  }

  /// The allergies that were told at another visit or stand in the appointment, while nothing is stated at this
  /// one, and the reactions there.
  private func earlierLines(_ session: SessionReading, width: Int) -> [StyledText] {
    var lines = unaskedAllergies(of: session).flatMap { told in
      StyledText("Allergies \(told.words)", told.warns ? .attention : .text)
        .wrapped(to: width, indent: 2)
    }
    if let words = earlierReactions(of: session) {
      lines += StyledText(words, .attention).wrapped(to: width, indent: 2)
    }
    return lines
  }

  /// The words left at a hand-over, at most three lines of them; the form that marks them read has all.
  private func wordLines(_ session: SessionReading, width: Int) -> [StyledText] {
    guard prompt?.form != .readWords, let words = session.unreadWords else { return [] }
    var text = StyledText("Words  ", .attention)
    text.append(words)
    let lines = text.wrapped(to: width, indent: 2)
    if lines.count <= 3 { return lines }
    let key = keymap.keyName(of: .fill(.readWords), in: .session)
    return lines.prefix(2) + [StyledText("  \(glyphs.ellipsis) \(key) shows all of it", .muted)]
  }

  private func bannerText(_ session: SessionReading) -> StyledText {
    let patient = session.opening.patient
    let today = session.clock.date(at: now.instant)
    var text = StyledText(patient.displayName, .banner)
    if session.isHidden { return text }
    text.append("  born\u{A0}", .muted)
    let born = patient.bornAndAge(on: today).split(separator: " ").joined(separator: "\u{A0}")
    text.append(born, .banner)
    text.append("  sex\u{A0}", .muted)
    text.append(
      patient.sex == .unknown ? "not\u{A0}recorded" : patient.sex.words, .banner)
    text.append("  MRN\u{A0}", .muted)
    text.append(patient.mrn.isEmpty ? "not\u{A0}recorded" : patient.mrn, .banner)
    return text
  }

  private func placeText(_ session: SessionReading) -> StyledText {
    let site = session.siteText
    var place = StyledText("Chair\u{A0}", .muted)
    place.append(session.opening.chair)
    if session.isHidden { return place }
    let dot = "  \(glyphs.bullet)  "
    if let day = session.otherDay(than: now.instant) {
      place.append("\(dot)opened\u{A0}", .muted)
      place.append(day.display, .attention)
    }
    place.append(dot, .muted)
    place.append(site ?? "access site not recorded", site == nil ? .muted : .text)
    if !session.opening.patient.visitNumber.isEmpty {
      place.append("\(dot)visit\u{A0}", .muted)
      place.append(session.opening.patient.visitNumber)
    }
    if session.status != .open {
      place.append(dot, .muted)
      place.append(session.status.rawValue, .attention)
    }
    guard !session.warnsOfPatient else { return place }
    place.append(dot, .muted)
    return place + session.allergyText
  }
}

extension SessionReading {
  /// The day on which the session was opened, if it is not today. Times without a day are of that
  /// day.
  func otherDay(than now: Instant) -> CivilDate? {
    guard let opened = log.openedAt.map({ clock.date(at: $0) }) else { return nil }
    return opened == clock.date(at: now) ? nil : opened
  }

  /// The open access sites, otherwise the last one with its closing time; nil if none is recorded.
  var siteText: String? {
    let sites = log.sites
    let open = sites.filter { $0.closedAt == nil }.map(\.opening.words)
    if !open.isEmpty { return open.joined(separator: "; ") }
    guard let last = sites.last, let closed = last.closedAt else { return nil }
    return "\(last.opening.words), closed \(clockText(closed).unbroken)"
  }
}
