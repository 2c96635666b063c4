import InfusionRecord
import SessionReview
import TerminalCore

/// Puts the reviewer's name under one session, with exactly what was seen.
enum SignOffForm: FormKind {
  static let title = "Sign off"

  static func question(_ context: FormContext) -> String {
    guard let row = context.reviewRow else { return "" }
    var text = "\(row.span)  \(row.unitText(times: context.state.glyphs.times, separator: "  "))"
    for concern in row.concerns { text += "\n\(concern)" }
    return text
  }

  static func fields(_ context: FormContext) -> [Field] {
    guard let row = context.reviewRow, !row.questions.isEmpty else { return [] }
    return [
      context.reasonField([
        "it is right as recorded", "looked into with the nurse",
        "the chart of the hospital says so",
      ])
    ]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session, let row = context.reviewRow else {
      throw FormProblem(nil, "Choose a session of the review first.")
    }
    guard let offer = row.offer else { throw FormProblem(nil, SignOffForm.refusal(of: row)) }
    guard row.version == session.log.version else {
      throw FormProblem(nil, "This session is being read anew. Look again, then press Enter.")
    }
    let draft = Draft(
      session: row.id, time: context.minute, basis: .observed,
      reason: row.questions.isEmpty ? nil : context.value(.reason),
      fact: .sessionReviewed(offer.review(by: context.state.actor.name)))
    let units = row.unitCount.named("unit")
    var reading = Reading(
      [draft],
      "\(row.patient), \(units), statement \(offer.statementHash.prefix(12)), rulebook "
        + "\(offer.rulebook), \(offer.policyWords), by \(context.state.actor.name)")
    reading.verb = "Will sign off"
    reading.short = "signed off \(row.patient), \(units)"
    return reading
  }

  /// Why a session cannot be signed.
  static func refusal(of row: ReviewRow) -> String {
    switch row.need {
    case .reviewed:
      "It is signed off already, by \(row.reviewer ?? "somebody"); r reopens it."
    default: "The session is open; it is closed before it is signed off."
    }
  }
}

/// Signs off every session shown that raises no question.
enum SignOffCleanForm: FormKind {
  static let title = "Sign off all that are clean"

  static func clean(_ state: RecorderState) -> [ReviewRow] {
    (state.review?.shownRows ?? []).filter { $0.need == .clean && $0.offer != nil }
  }

  static func question(_ context: FormContext) -> String {
    let clean = clean(context.state)
    guard let review = context.state.review, !clean.isEmpty else { return "" }
    let left = review.shownRows.count - clean.count
    var text =
      "\(clean.count.named("session")) without a question, "
      + "\(clean.reduce(0) { $0 + $1.unitCount }) units; "
    text += left == 0 ? "all that are shown." : "\(left) others that are shown stay as they are."
    if !review.filter.isEmpty || review.needsOnly { text += " The filter holds." }
    for (terms, count) in terms(clean) {
      text += "\n\(count.named("session")): rulebook \(terms.rulebook), \(terms.policyWords)"
    }
    return text
  }

  /// Under which rulebook and policy how many are signed, in the order of first sight.
  private static func terms(_ rows: [ReviewRow]) -> [(SignOffOffer, Int)] {
    var found: [(SignOffOffer, Int)] = []
    for case let offer? in rows.map(\.offer) {
      if let index = found.firstIndex(where: { $0.0.hasTerms(of: offer) }) {
        found[index].1 += 1
      } else {
        found.append((offer, 1))
      }
    }
    return found
  }

  static func fields(_ context: FormContext) -> [Field] { [] }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    let clean = clean(context.state)
    if clean.isEmpty { throw FormProblem(nil, "None of those shown is closed without a question.") }
    if context.state.review?.page.isWhole == false {
      throw FormProblem(nil, "The days are still being read; a moment.")
    }
    var orders: [SignOffOrder] = []
    for row in clean {
      guard let offer = row.offer else { continue }
      orders.append(
        SignOffOrder(session: row.id, version: row.version, review: offer.review(by: context.state.actor.name)))
    }
    let first = clean[0].offer?.statementHash.prefix(12) ?? ""
    let last = clean[clean.count - 1].offer?.statementHash.prefix(12) ?? ""
    var reading = Reading(
      [],
      "\(orders.count.named("session")), each with the hash of its own statement ("
        + (orders.count == 1 ? "\(first)" : "\(first) to \(last)")
        + "), by \(context.state.actor.name)")
    reading.verb = "Will sign off"
    reading.order = .signOff(orders)
    return reading
  }
}

/// Other days: one, or a range.
enum GoToDayForm: FormKind {
  static let title = "Go to a day"

  static func fields(_ context: FormContext) -> [Field] {
    [
      Field.text(.day, "Day", isRequired: true, hint: "23-Nov-2026, 23-Nov, -1 or today"),
      Field.text(.lastDay, "To", hint: "the same day"),
    ]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    let first = try day(.day, context)
    let last = context.value(.lastDay).isEmpty ? first : try day(.lastDay, context)
    guard first <= last else {
      throw FormProblem(.lastDay, "\(last.display) lies before \(first.display).")
    }
    guard last.dayNumber - first.dayNumber < ReviewState.mostDays else {
      throw FormProblem(
        .lastDay,
        "At most \(ReviewState.mostDays) days at once; chairtime review reads more.")
    }
    var reading = Reading([], (first...last).title)
    reading.verb = "Will show"
    reading.order = .show(first...last)
    return reading
  }

  private static func day(
    _ name: Field.Name, _ context: FormContext
  ) throws(FormProblem) -> CivilDate {
    let text = context.value(name)
    let today = context.state.suite.clock.date(at: context.now)
    switch text.lowercased() {
    case "": throw FormProblem(name, "Which day?")
    case "today", "0": return today
    case "yesterday": return today + -1
    default: break
    }
    if text.hasPrefix("-"), let back = Int(text), (-3660...0).contains(back) { return today + back }
    if let day = CivilDate(written: text, year: today.components.year),
      (0...2_932_896).contains(day.dayNumber)
    {
      return day
    }
    throw FormProblem(name, "Type the day as 23-Nov-2026, 2026-11-23, -1 or today.")
  }
}

/// Writes the days to a file another program loads.
enum ExportForm: FormKind {
  static let title = "Export"

  static func fields(_ context: FormContext) -> [Field] {
    [
      Field.choice(
        .format, "Format",
        [
          Field.Option("csv", "CSV", details: ["a table, a line for each code"]),
          Field.Option("json", "JSON", details: ["session and statement, a line a session"]),
          Field.Option("fhir", "FHIR", details: ["an R4 bundle"]),
          Field.Option("hl7", "HL7", details: ["DFT^P03 batch of what is signed off"]),
          Field.Option("text", "text", details: ["for a person, 80 columns"]),
        ], picked: "csv"),
      context.folderField,
    ]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let review = context.state.review else { throw FormProblem(nil, "Open a day first.") }
    guard review.page.isWhole else {
      throw FormProblem(nil, "The days are still being read; a moment.")
    }
    let sessions = review.page.rows.count
    let signed = review.page.count(.reviewed)
    let format = context.value(.format)
    if sessions == 0 {
      throw FormProblem(nil, "There is no session on these days; nothing to export.")
    }
    if format == "hl7", signed == 0 {
      throw FormProblem(
        .format, "Nothing on these days is signed off; HL7 holds what was signed off, no more.")
    }
    let folder = try context.folder()
    let ending = format == "text" ? "txt" : format == "fhir" ? "fhir.json" : format
    let first = review.days.lowerBound.iso
    let span = review.isOneDay ? first : "\(first)-to-\(review.days.upperBound.iso)"
    let file = "\(folder)/chairtime-\(span)-\(context.stamp).\(ending)"
    let held =
      format == "hl7"
      ? "\(signed) of \(sessions) sessions, those signed off"
      : "\(sessions) sessions, \(signed) signed off"
    var reading = Reading([], "\(file): \(held)")
    reading.verb = "Will write"
    reading.order = .write(.days(review.days, format: format, file: file))
    return reading
  }
}

/// Writes or prints everything an auditor asks of one session.
enum PacketForm: FormKind {
  static let title = "Audit packet"

  static func fields(_ context: FormContext) -> [Field] {
    let format = Field.choice(
      .format, "As",
      [
        Field.Option("text", "text", details: ["a file for printing, 80 columns"]),
        Field.Option("json", "JSON", details: ["a file for a program"]),
        Field.Option("print", "paper", details: ["to this account's printer (lp)"]),
      ], picked: "text")
    return context.value(.format) == "print" ? [format] : [format, context.folderField]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let row = context.state.selectedReviewRow else {
      throw FormProblem(nil, "Choose a session of the review first.")
    }
    let format = context.value(.format)
    var reading: Reading
    if format == "print" {
      reading = Reading([], "the packet of \(row.patient), MRN \(row.mrn)")
      reading.verb = "Will print"
      reading.order = .write(.packet(row.id, format: format, file: ""))
    } else {
      let ending = format == "json" ? "json" : "txt"
      let file = "\(try context.folder())/packet-\(row.id.text)-\(context.stamp).\(ending)"
      reading = Reading([], "\(file): the packet of \(row.patient), MRN \(row.mrn)")
      reading.verb = "Will write"
      reading.order = .write(.packet(row.id, format: format, file: file))
    }
    return reading
  }
}

extension FormContext {
  /// The row of the review the prompt is about.
  var reviewRow: ReviewRow? { state.review?.row(of: prompt.session) }

  /// The whole minute that runs.
  var minute: Instant { Instant(seconds: floorDivide(now.seconds, 60) * 60) }

  /// The folder that files go to; the one named last is offered again.
  var folderField: Field {
    var field = Field.text(
      .folder, "Folder", state.exportFolder, isRequired: true, hint: "a whole path")
    field.isTouched = prompt[.folder]?.isTouched ?? false
    return field
  }

  func folder() throws(FormProblem) -> String {
    var folder = value(.folder)
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    guard folder.hasPrefix("/"), folder.count > 1 else {
      throw FormProblem(.folder, "Name the folder by its whole path, from / on.")
    }
    return folder
  }

  /// `1042`, so that a second file of a day does not take the name of the first.
  var stamp: String {
    let reading = state.suite.clock.reading(at: now)
    let second = reading.second < 10 ? "0\(reading.second)" : "\(reading.second)"
    return reading.clock.filter { $0 != ":" } + second
  }
}
