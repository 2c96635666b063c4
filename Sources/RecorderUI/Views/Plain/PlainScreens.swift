import InfusionRecord
import PlainText
import SessionReview
import TerminalCore
import TimelineEngine

extension RecorderState {
  /// The screen as plain lines.
  func drawPlain(in frame: inout Frame) {
    var page = PlainPage()
    if isLocked {
      plainLock(&page)
    } else if help != nil {
      plainHelp(&page)
    } else if palette != nil {
      plainPalette(&page)
    } else if prompt != nil {
      plainPrompt(&page)
    } else {
      switch screen {
      case .board: plainBoard(&page)
      case .session(let id): plainSession(id, &page)
      case .explain(let id): plainExplanation(id, &page)
      case .history(let id): plainHistory(id, &page)
      case .review: plainReview(&page)
      case .integrity: plainIntegrity(&page)
      case .patients: plainPatients(&page)
      case .visits: plainVisits(&page)
      }
    }
    if let message, prompt == nil { page.announcement = StyledText(message.text, message.style) }
    page.draw(in: &frame)
  }

  var clockNow: String {
    let today = suite.clock.date(at: now.instant)
    return "\(today.weekdayName) \(today.display) \(boardClock)"
  }

  // MARK: Signing in

  private func plainLock(_ page: inout PlainPage) {
    page.head = [StyledText("\(suite.name), \(clockNow)", .heading)]
    guard asksWhoIsThere else {
      page.add("Chairtime is locked. Enter unlocks.", isFocused: true)
      return
    }
    if let takeover = signIn.takeover {
      page.add(takeoverQuestion(takeover))
      let line = "Reason: "
      page.add(line + signIn.reason.text, isFocused: true)
      page.typingColumn = typing(signIn.reason, after: line)
    } else if let person = signIn.person {
      page.add("\(person), \(roster[person]?.role.rawValue ?? "")")
      let line = "PIN: " + String(repeating: "*", count: signIn.digits)
      page.add(line, isFocused: true)
      page.typingColumn = line.count
    } else {
      page.add("Who is there? A number or letters choose a name.")
      for (index, person) in signInChoices.enumerated() {
        let number = index < 9 ? "\(index + 1). " : ""
        page.add(
          "\(number)\(person.name), \(person.role.rawValue)",
          isFocused: index == signIn.highlighted)
      }
    }
    if let problem = signIn.problem { page.announcement = StyledText(problem, .error) }
  }

  // MARK: Board

  private func plainBoard(_ page: inout PlainPage) {
    let mode =
      (isReadOnly ? ", read only" : "") + (outboxWarning == nil ? "" : ", the outbox is damaged")
    page.head = [
      StyledText("Board of \(suite.name), \(clockNow), \(actor.title)\(mode)", .heading)
    ]
    let items = boardItems
    let selected = board.cursor.index(in: items)
    for (index, item) in items.enumerated() {
      switch item {
      case .free(let chair): page.add("Chair \(chair), free", isFocused: index == selected)
      case .expected(let value):
        guard let expected = expected(value) else { continue }
        page.add(plainRow(expected), isFocused: index == selected)
      case .session(let id):
        guard let session = reading(of: id) else { continue }
        page.add(plainRow(session), isFocused: index == selected)
      }
    }
    if items.isEmpty { page.add(board.filter.isEmpty ? "No chairs yet." : "No chair matches.") }
    if board.isFinding {
      let line = "Find: "
      page.add(StyledText(line + board.filter.text), isFocused: true)
      page.typingColumn = typing(board.filter, after: line)
    }
    let needing = openSessions.count { !$0.concerns.isEmpty }
    let needs = needing.pluralized("needs you", "need you")
    let waiting = allWaiting.isEmpty ? "" : ", \(expectedWords)"
    let key = keymap.keyName(of: .showHelp, in: .board)
    page.announcement = StyledText(
      "\(openSessions.count) open, \(needs)\(waiting). \(key == "?" ? "Question mark" : key): keys."
    )
    if !board.filter.isEmpty, !board.isFinding {
      page.announcement = StyledText("Find \(board.filter.text): \(filterCounts).")
    }
  }

  /// The board as lines of text, for a pipe.
  package var boardLines: [String] {
    var page = PlainPage()
    plainBoard(&page)
    return (page.head + page.rows).map { line in line.spans.map(\.text).joined() }
  }

  private func plainRow(_ expected: ExpectedPatient) -> String {
    let late =
      expected.minutesLate(at: now.instant, by: suite.clock).map { ", \(duration($0)) late" } ?? ""
    let plan = expected.plan(formulary)
    let missing = expected.isNotInBook ? ", \(ExpectedPatient.notInBook)" : ""
    return "Expected \(expected.time)\(late)\(missing), \(expected.patient.displayName), "
      + expected.patient.bornWords + (plan.isEmpty ? "" : ". Planned: \(plan)")
  }

  private func plainRow(_ session: SessionReading) -> StyledText {
    let patient = session.opening.patient
    var text = StyledText("Chair \(session.opening.chair), \(patient.displayName), ")
    text.append(patient.bornWords)
    let concerns = session.concerns.map(\.text).map { concern in
      concern.hasSuffix(".") ? String(concern.dropLast()) : concern
    }
    if !matchesFilter(.session(session.id)) { text.append(". Not a match", .muted) }
    if !concerns.isEmpty {
      text.append(". Needs you: \(concerns.joined(separator: "; "))", .attention)
    }
    for name in similarNames(to: session) {
      text.append(". \(name.prefix(1).uppercased())\(name.dropFirst())", .attention)
    }
    for administration in session.running {
      let minutes = Minutes(running: administration, asOf: session.asOf).count
      let name = session.boardName(of: administration, clock: suiteClock)
      if administration.progress == .paused, let pause = administration.pauses.last {
        let since = suiteClock.moment(pause.start)
        text.append(". \(name) paused since \(since), ran \(duration(minutes))")
      } else {
        text.append(". \(name) running \(duration(minutes))")
      }
      if let end = administration.plannedEnd(asOf: session.asOf) {
        text.append(", planned to end \(suiteClock.moment(end))")
        if let planned = PlannedEnd(of: administration, asOf: session.asOf) {
          text.append(", \(planned.words)", planned.isReached ? .attention : .text)
        }
      }
    }
    if session.isHidden {
      text.append(". Enter opens it with a reason")
    } else if session.running.isEmpty {
      text.append(". Nothing runs")
    }
    text.append(". \(session.units.pluralized("unit"))")
    text.append(". Nurse \(session.holder)")
    return text
  }

  func typing(_ entry: TextEntry, after label: String) -> Int {
    label.count + DisplayWidth.of(String(entry.text.prefix(entry.cursor)).printable)
  }

  // MARK: One patient

  /// The patient's two identifiers come first.
  func plainBanner(_ session: SessionReading) -> [StyledText] {
    let patient = session.opening.patient
    let today = session.clock.date(at: now.instant)
    var text = StyledText(patient.displayName, .banner)
    if session.isHidden {
      text.append(
        ", chair \(session.opening.chair), nurse \(session.holder), \(timeNow(of: session))")
      return [text]
    }
    text.append(", born \(patient.bornAndAge(on: today))")
    text.append(", sex \(patient.sex == .unknown ? "not recorded" : patient.sex.words)")
    text.append(", MRN \(patient.mrn.isEmpty ? "not recorded" : patient.mrn)")
    text.append(", chair \(session.opening.chair), \(timeNow(of: session))")
    if let day = session.otherDay(than: now.instant) {
      text.append(", opened \(day.display)", .attention)
    }
    if session.status != .open { text.append(", \(session.status.rawValue)", .attention) }
    text.append(", access site \(session.siteText ?? "not recorded")")
    text.append("; ")
    let words = session.unreadWords.map { [StyledText("Words to read, \($0)", .attention)] } ?? []
    for told in unaskedAllergies(of: session) {
      text.append("allergies \(told.words); ", told.warns ? .attention : .text)
    }
    let reactions = earlierReactions(of: session).map { [StyledText($0, .attention)] } ?? []
    return [text + session.allergySentence] + reactions + words
  }

  private func plainSession(_ id: SessionID, _ page: inout PlainPage) {
    guard let session = reading(of: id) else { return }
    page.head = plainBanner(session)
    let panels: [(SessionState.Panel, String, [String], Int?)] = [
      (
        .given, "Given", session.givenSentences(plan: plan(for: session)),
        self.session.given.index(in: givenRows(session))
      ),
      (
        .units, "Units so far", session.unitSentences,
        self.session.units.index(in: Array(0..<session.lineCount))
      ),
      (
        .toDo, "Before closing", session.toDo.map(session.sentence) + missingPlan(session),
        self.session.toDo.index(in: Array(session.toDo.indices))
      ),
    ]
    for (panel, title, sentences, selected) in panels {
      let isHere = panel == self.session.panel
      let none = sentences.isEmpty ? " nothing" : ""
      page.add("\(title)\(isHere ? ", this panel" : ""):\(none)", .heading, isFocused: isHere)
      for (index, sentence) in sentences.enumerated() {
        page.add(sentence, isFocused: isHere && index == selected)
      }
    }
    let running = session.running.count
    let units = session.units.pluralized("unit")
    page.announcement = StyledText(
      "\(running == 0 ? "Nothing runs" : "\(running) running"), \(units) so far. Tab: next panel.")
  }

  private func missingPlan(_ session: SessionReading) -> [String] {
    let plan = plan(for: session)
    return plan.isEmpty ? [] : [PlannedDose.sentence(plan)]
  }

  private func plainExplanation(_ id: SessionID, _ page: inout PlainPage) {
    guard let session = reading(of: id) else { return }
    page.head = plainBanner(session) + [StyledText("Why these units", .heading)]
    page.rows = TextLayout.explanation(self).map(RecorderState.inOneColumn)
    page.first = reader.first
    page.announcement = StyledText(
      "\(session.unitStanding), rules \(session.statement.rulebook)")
    plainReaderFind(&page)
  }

  /// A line with its right part after its left part and a comma. The indentation stays.
  static func inOneColumn(_ line: StyledText) -> StyledText {
    let text = line.plain
    let margin = text.prefix { $0 == " " }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    var plain = ""
    var gap = 0
    for word in words {
      if word.isEmpty {
        gap += 1
        continue
      }
      if !plain.isEmpty { plain += gap > 0 && !plain.hasSuffix(",") ? ", " : " " }
      plain += word
      gap = 0
    }
    return StyledText(margin + plain, line.spans.first?.style ?? .text)
  }

  private func plainHistory(_ id: SessionID, _ page: inout PlainPage) {
    guard let session = reading(of: id) else { return }
    page.head = plainBanner(session) + [StyledText("Facts recorded", .heading)]
    let events = shownFacts(of: id)
    let selected = reader.entry.index(in: events.map(\.id))
    for (index, event) in events.enumerated() {
      let lines = factLines(event, session, width: 2000)
      let words = lines.map { line in
        line.plain.split(separator: " ").joined(separator: " ")
      }
      page.add(words.joined(separator: ", "), isFocused: index == selected)
    }
    page.announcement = StyledText("\(session.factCount); a correction is a new fact.")
    plainReaderFind(&page)
  }

  private func plainReaderFind(_ page: inout PlainPage) {
    guard reader.isFinding else { return }
    page.add(StyledText("Find: " + reader.filter.text), isFocused: true)
    page.typingColumn = typing(reader.filter, after: "Find: ")
  }
}

extension SessionReading {
  /// Each administration in one sentence, then what is planned.
  fileprivate func givenSentences(plan: [PlannedDose]) -> [String] {
    let planned = plan.enumerated().map { offset, dose in
      "\(offset == 0 ? "Next, planned" : "Then, planned"): \(dose.dose), \(dose.way)"
    }
    return recorded.administrations.enumerated().map { index, administration in
      var text = "\(index + 1). \(placedName(of: administration))"
      if let amount = administration.facts.amount { text += " \(amount)" }
      if administration.facts.technique != .infusion {
        text += ", \(administration.facts.technique.words)"
      }
      if let minutes = administration.statedMinutes {
        let felt = reactions(to: administration.id).map { ", \(words($0))" }.joined()
        return text + ", \(PaperMinutes.words(Double(minutes)))" + felt
      }
      let minutes = duration(Minutes(running: administration, asOf: asOf).count)
      text += ", \(clockText(administration.start))"
      switch administration.progress {
      case .running: text += ", running \(minutes)"
      case .paused: text += ", paused after \(minutes)"
      case .stopNotObserved: text += ", stop not observed"
      case .stopped:
        if let stop = administration.stop, stop > administration.start {
          text += " to \(clockText(stop)), \(minutes)"
        }
      }
      for pause in administration.pauses {
        text += ", paused \(clockText(pause.start)) to \(pause.stop.map(clockText) ?? "now")"
      }
      if administration.stopReason != .completed {
        text += ", ended by \(administration.stopReason.words)"
      }
      if let rate = administration.rate(at: asOf) { text += ", \(rate.plain) mL/h" }
      text += ", by \(administration.entries.first?.original.actor ?? "")"
      for words in administration.drugFacts?.words ?? [] { text += ", \(words)" }
      for reaction in reactions(to: administration.id) { text += ", \(words(reaction))" }
      return text
    } + planned + reactions(to: nil).map(words)
  }

  /// Each charge in one sentence, with its status as a word.
  fileprivate var unitSentences: [String] {
    func status(_ status: Statement.Status) -> String {
      status == .final ? "" : ", \(status.text)"
    }
    return statement.charges.map { charge in
      let units = charge.units.pluralized("unit")
      let date = dateText(of: charge).map { ", \($0)" } ?? ""
      return "\(charge.codeText), \(units), \(drugNames(of: charge))\(date)"
        + status(charge.status)
    }
      + statement.drugLines.map { line in
        "\(line.codeText), \(line.units.pluralized("unit")), \(drugNames(of: line))"
          + status(line.status)
      }
  }
}
