import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram

/// `chairtime session list`: lists the sessions of a day, or those that are open.
struct SessionList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the open sessions, or those of a day.")

  @Option(
    help: ArgumentHelp("List the sessions of this day: today, 23-Nov-2026.", valueName: "day"))
  var date: String?

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let (store, who) = try store.open(looking: signIn)
    let found =
      try date.map { try store.logs(on: DayEntry.day($0, on: Site.read().clock)) } ?? store.board()
    let logs = try store.hiding(found, from: who.name)
    // The open sessions are the board, which every nurse sees.
    if date != nil || who.authority == .signedIn(.supervisor) {
      let shown = logs.filter { $0.opening?.patient.isRestricted != true }
      try store.auditViews(of: shown.map { ($0.session, $0.holder) }, by: who)
    }
    switch format {
    case .text:
      var page = TextPage()
      for log in logs { write(log, to: &page) }
      page.line(logs.count.pluralized("session"))
      try StandardStream.print(page)
    case .json:
      var json = JSONWriter()
      for log in logs {
        write(log, to: &json)
        json.endLine()
      }
      try StandardStream.print(json.bytes)
    }
  }

  private func write(_ log: EventLog, to page: inout TextPage) {
    guard let opening = log.opening else { return }
    let running = log.administrations.count(where: \.isRunning)
    let patient = opening.patient
    let words =
      patient.isRestricted
      ? "\(patient.displayName), held by \(log.holder ?? opening.nurse)"
      : "\(patient.displayName)  \(patient.bornWords)  MRN \(patient.mrn)  "
        + (running == 0 ? "nothing running" : "\(running) running")
    let now = Host.now.instant
    // The day is named unless it was asked for or is today.
    let clock = date == nil ? ClockText(log, askedAt: now) : ClockText(log)
    let span = log.openedAt.map { clock.moment($0) } ?? ""
    let age = log.openedAt.flatMap { LeftOpen.age(openedAt: $0, asOf: now, clock: log.clock) }
    page.line(
      "\(log.session)  chair \(opening.chair)  \(span)"
        + (log.endedAt.map { "-\(clock.time($0))" } ?? ""),
      log.status.rawValue + (log.status == .open ? age.map { " \($0)" } ?? "" : ""))
    page.wrap(words, first: "  ")
  }

  private func write(_ log: EventLog, to json: inout JSONWriter) {
    json.object { json in
      json.member("session", log.session.text)
      json.member("status", log.status.rawValue)
      if let opening = log.opening, opening.patient.isRestricted {
        json.member("chair", opening.chair)
        json.member("restricted", true)
      } else if let opening = log.opening {
        json.member("chair", opening.chair)
        json.member("family", opening.patient.family)
        json.member("given", opening.patient.given)
        json.member("born", opening.patient.dateOfBirth?.iso)
        json.member("mrn", opening.patient.mrn)
      }
      json.member("holder", log.holder)
      if log.opening?.patient.isRestricted != true {
        json.member("facts", log.version)
        json.member("running", log.administrations.count(where: \.isRunning))
      }
    }
  }
}
