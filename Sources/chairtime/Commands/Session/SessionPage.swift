import InfusionRecord
import Interchange
import NcursesTerminal
import PlainText
import RecorderUI
import SessionReview
import TimelineEngine

/// A recorded session on paper or as JSON: who, what ran when, units so far, what is missing.
struct SessionPage {
  let log: EventLog
  let formulary: Formulary
  let now: Instant
  let recorded: RecordedTimeline
  let statement: Statement
  /// What is planned today and not given yet.
  let planned: [PlannedDose]
  /// What other visits tell of allergies and reactions.
  let earlier: EarlierVisits
  let listsFacts: Bool

  /// The doubts about the record, and while it is open what is missing for a drug's line.
  private var issues: [Issue] {
    recorded.issues + (log.status == .open ? statement.drugIssues : [])
  }

  // MARK: Text

  var page: TextPage {
    var page = TextPage()
    writeHead(to: &page)
    if !recorded.administrations.isEmpty {
      page.heading("TIMELINE")
      writeTimeline(to: &page)
      page.heading("GIVEN")
      writeGiven(to: &page)
    }
    let others = log.reactions.filter { $0.reaction.administration == nil }
    if !others.isEmpty {
      page.heading("REACTIONS")
      write(others, to: &page)
    }
    if !planned.isEmpty {
      page.heading("PLANNED AND NOT GIVEN")
      for dose in planned { page.line(dose.dose.printable, dose.way) }
    }
    page.heading("UNITS SO FAR")
    for charge in statement.charges {
      let minutes = charge.minutes.count > 0 ? "   \(charge.minutes.count) min" : ""
      page.line(
        "\(charge.codeText)  \(charge.units)\(minutes)", charge.status.text)
    }
    if statement.charges.isEmpty { page.line("none") }
    writeDrugLines(to: &page)
    writeQuestions(to: &page)
    if listsFacts { writeFacts(to: &page) }
    return page
  }

  private func writeHead(to page: inout TextPage) {
    let shown = ClockText(log)
    let today = shown.clock.date(at: now)
    if let opening = log.opening {
      let patient = opening.patient
      page.line(patient.displayName, shown.full(now))
      page.wrap(
        (patient.dateOfBirth == nil
          ? patient.bornWords : "born \(patient.bornAndAge(on: today))") + "   "
          + "\(patient.sex.rawValue)   MRN \(patient.mrn)"
          + (patient.visitNumber.isEmpty ? "" : "   visit \(patient.visitNumber)"))
      page.wrap(
        "chair \(opening.chair)   \(opening.setting.rawValue)"
          + (opening.payer.map { "   payer \($0)" } ?? "") + "   zone \(opening.zone)")
    }
    page.wrap((log.allergyStatement ?? AllergyStatement()).words)
    if let told = earlier.allergies(for: log) { page.wrap(told.words.printable) }
    if log.allergyStatement == nil, let booked = earlier.booked {
      page.wrap("allergies \(booked.words)".printable)
    }
    for reaction in earlier.reactions(for: log) {
      page.wrap("reaction at an earlier visit: \(reaction.words(formulary))".printable)
    }
    page.line("session \(log.session)", log.status.rawValue)
    page.wrap("held by \(log.holder ?? "nobody")")
    if log.openedAt.map({ now < $0 }) ?? false { page.line("not open yet at that time") }
    for words in log.unreadWords {
      page.wrap(
        "\(words.from) for \(words.to), \(shown.moment(words.left)): \(words.text)".printable,
        first: "to read: ")
    }
  }

  /// Each administration as a bar. A name wider than its column has a line of its own.
  private func writeTimeline(to page: inout TextPage) {
    let labelWidth = 24
    let columns = TextPage.width - labelWidth
    let glyphs = NcursesTerminal.localeGlyphs
    let scale = TimelineScale(
      showing: recorded.administrations, openedAt: log.openedAt, isOpen: log.status == .open,
      asOf: now, columns: columns)
    var axis = ""
    for label in scale.labels(columns: columns, clock: log.clock) {
      axis = axis.padded(to: label.column) + label.text
    }
    page.line(String(repeating: " ", count: labelWidth) + axis)
    let picture = TimelinePicture(scale: scale, now: now)
    for (one, row) in zip(recorded.administrations, recorded.timeline.administrations) {
      var label = "\(one.id) \(row.drug.displayName)".printable
      if DisplayWidth.of(label) >= labelWidth {
        page.wrap(label)
        label = ""
      }
      let cells = picture.cells(of: TimelinePicture.Bar(one, asOf: now), columns: columns)
      page.line(label.padded(to: labelWidth) + String(cells.map { $0.appearance(glyphs).glyph }))
    }
  }

  private func writeGiven(to page: inout TextPage) {
    let clock = ClockText(log)
    for (one, row) in zip(recorded.administrations, recorded.timeline.administrations) {
      var words = row.drug.displayName
      if let amount = one.facts.amount { words += " \(amount)" }
      words += ", \(row.technique.words)"
      if let site = one.facts.site { words += ", \(site)" }
      var span = clock.moment(one.start)
      if let minutes = one.statedMinutes {
        span = PaperMinutes.words(Double(minutes))
      } else if let stop = row.stop {
        if stop != one.start { span = clock.range(one.start, stop, dash: "-") }
      } else if row.isRunning {
        span += "- \(one.progress.rawValue)"
      } else {
        span += "- stop not recorded"
      }
      let minutes = Minutes(flooring: one.runningSeconds(asOf: now)).count
      if one.isTimed && (row.stop != nil || row.isRunning) { span += "  \(minutes) min" }
      page.line("\(one.id) \(words)", span)
      for pause in row.pauses {
        page.line(
          "   paused "
            + (pause.stop.map { clock.range(pause.start, $0, dash: "-") }
              ?? "\(clock.moment(pause.start))-"))
      }
      if let flow = flow(of: one, clock) { page.line("   \(flow)") }
      if one.stopReason != .completed { page.line("   ended: \(one.stopReason.rawValue)") }
      if let drug = row.drugFacts, !drug.isEmpty {
        page.wrap(drug.words.joined(separator: "; "), first: "   ")
      }
      write(log.reactions.filter { $0.reaction.administration == one.id }, to: &page)
    }
  }

  /// `250 mL at 125 mL/h, planned end 12:00`; nil if nothing of it is charted.
  private func flow(of one: RecordedAdministration, _ clock: ClockText) -> String? {
    let rate = one.rateChanges.last?.rateMLPerHour ?? one.facts.rateMLPerHour
    var parts = [
      one.volumeML.map { "\($0.plain) mL" }, rate.map { "at \($0.plain) mL/h" },
    ].compactMap(\.self)
    if one.isRunning, let end = one.plannedEnd(asOf: now) {
      parts.append("planned end \(clock.moment(end))")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func write(_ reactions: [RecordedReaction], to page: inout TextPage) {
    for found in reactions {
      page.wrap(
        "\(ClockText(log).moment(found.time)), \(found.reaction.words)", first: "   reaction ")
    }
  }

  /// The lines of drugs so far; nothing without recorded amounts.
  private func writeDrugLines(to page: inout TextPage) {
    guard !statement.drugLines.isEmpty || !statement.drugAmounts.isEmpty else { return }
    page.heading("DRUG LINES SO FAR")
    for line in statement.drugLines {
      page.line("\(line.codeText)  \(line.units)   \(line.code.label)", line.status.text)
    }
    if statement.drugLines.isEmpty { page.line("none") }
  }

  private func writeQuestions(to page: inout TextPage) {
    let issues = self.issues
    let toDo = issues.filter(\.isToDoBeforeClosing)
    if !toDo.isEmpty {
      page.heading(log.status == .open ? "TO DO BEFORE CLOSING" : "MISSING")
      for issue in toDo { page.wrap(issue.sentence, first: "- ") }
    }
    let notices = issues.filter { !$0.isToDoBeforeClosing }
    if !notices.isEmpty {
      page.heading("TO KNOW")
      for issue in notices { page.wrap(issue.sentence, first: "- ") }
    }
  }

  private func writeFacts(to page: inout TextPage) {
    page.heading("FACTS")
    let clock = ClockText(log)
    for (index, event) in log.events.enumerated() {
      let written = event.recordedTime.instant
      let happened = ClockText(clock.clock, day: clock.clock.date(at: written))
      let words = event.fact.words(in: log, formulary: formulary)
      let isOut = log.entry(for: event.id).map { $0.isWithdrawn || $0.latest.id != event.id }
      page.wrap(
        "\(words)\(isOut == true ? " [no longer holds]" : "")",
        first: "\(index + 1)  \(happened.moment(of: event))  ")
      var note = "\(event.actor) at \(event.workstation), \(clock.full(written))"
      if event.basis != .observed { note += ", \(event.basis.rawValue)" }
      if let reason = event.reason { note += ", because: \(reason)" }
      page.wrap("\(note)  \(event.id)", first: "     ")
    }
  }

  // MARK: JSON

  var json: [UInt8] {
    var json = JSONWriter()
    let clock = log.clock
    json.object { json in
      json.member("session", log.session.text)
      json.member("status", log.status.rawValue)
      json.member("holder", log.holder)
      if let opening = log.opening {
        json.member("chair", opening.chair)
        json.object("patient") { $0.members(of: opening.patient) }
      }
      json.member(allergiesOf: log)
      json.member(reactionsOf: log)
      if !planned.isEmpty {
        json.list("planned", planned) { json, dose in
          json.object { json in
            json.member("drug", dose.drug.displayName)
            json.member("technique", dose.technique.rawValue)
            json.member("dose", dose.dose)
          }
        }
      }
      let unread = log.unreadWords
      if !unread.isEmpty {
        json.list("unreadWords", unread) { json, words in
          json.object { json in
            json.member("from", words.from)
            json.member("to", words.to)
            json.member("time", clock.answered(words.left))
            json.member("text", words.text)
          }
        }
      }
      json.list("facts", log.events) { json, event in
        json.object { json in
          json.member("event", event.id.text)
          json.member("kind", event.fact.kind.rawValue)
          json.member(happening: event, clock)
          json.member("recorded", Int(event.recordedTime.milliseconds))
          json.member("basis", event.basis.rawValue)
          json.member("actor", event.actor)
          json.member("workstation", event.workstation)
          json.member("reason", event.reason)
          json.member("administration", event.fact.administration)
          json.member("text", event.fact.words(in: log, formulary: formulary))
        }
      }
      json.list("issues", issues) { json, issue in
        json.object { json in
          json.member("id", issue.kind.rawValue)
          json.list("administrations", issue.administrations) { $0.value($1) }
          json.member("site", issue.site)
          json.member("beforeClosing", issue.isToDoBeforeClosing)
          json.member("text", issue.sentence)
        }
      }
      json.key("statement")
      statement.write(to: &json)
    }
    json.endLine()
    return json.bytes
  }
}

extension JSONWriter {
  /// Writes when a fact happened: its `time`, or the `day` of a paper record without clock times.
  mutating func member(happening event: Event, _ clock: LocalClock) {
    if event.isWithoutClock {
      member("day", clock.date(at: event.clinicalTime).iso)
    } else {
      member("time", clock.answered(event.clinicalTime))
    }
  }
}
