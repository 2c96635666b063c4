import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram

/// `chairtime schedule`: lists the appointments of a day.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "List the appointments of a day.",
    discussion: """
      Appointments come from `chairtime import FILE.csv`. The number before each opens its session: \
      `chairtime session open --appointment NUMBER`. `chairtime schedule forget` deletes those of past \
      days.
      """, subcommands: [ScheduleForget.self])

  @Option(
    help: ArgumentHelp("The day: 2026-11-23 or 23-Nov-2026; without it, today.", valueName: "day"))
  var date: String?

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let clock = try Site.read().clock
    let day = try date.map { try DayEntry.day($0, on: clock) } ?? clock.date(at: Host.now.instant)
    let address = try store.address
    let (store, who) = try store.open(looking: signIn)
    let restrictions = try store.restrictions()
    let now = Host.now
    let schedule = try ScheduleFolder(address).schedule(day).hiding {
      restrictions.hides($0.mrn, from: who.name, at: now)
    }
    if format == .json { return try StandardStream.print(schedule.json()) }
    var page = TextPage()
    page.line("Appointments of \(day.weekdayName) \(day.display)")
    page.rule("=")
    for (index, one) in schedule.appointments.enumerated() {
      let patient = one.patient
      page.line(
        "\(index + 1)  \(one.clock)  \(patient.displayName)",
        one.chair.isEmpty ? "" : "chair \(one.chair)")
      if patient.isRestricted { continue }
      page.wrap(
        "\(patient.bornWords), MRN \(patient.mrn)"
          + (patient.visitNumber.isEmpty ? "" : ", visit \(patient.visitNumber)"), first: "   ")
      if !one.regimen.isEmpty { page.wrap(one.regimen, first: "   ") }
      for drug in one.drugs {
        let minutes = drug.minutes.map { "\($0) min" }
        page.wrap(
          [drug.drug, drug.dose, minutes].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: ", "), first: "   - ")
      }
    }
    if schedule.appointments.isEmpty { page.line("Nobody is expected.") }
    try StandardStream.print(page)
  }
}
