import ArgumentParser
import InfusionRecord
import SessionStore
import SuiteProgram

/// `chairtime schedule forget`: deletes appointments of past days.
struct ScheduleForget: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Delete the appointments of past days.",
    discussion: """
      Appointments are plans and no part of the record. They name patients who may never have come, so \
      delete them when nobody needs them any more. What was recorded of those who came stays.
      """)

  @Option(
    help: ArgumentHelp(
      "Delete the days before this one: 2026-11-23, 23-Nov-2026 or today.", valueName: "day"))
  var before: String

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let clock = try Site.read().clock
    let day = try DayEntry.day(before, on: clock)
    guard day <= clock.date(at: Host.now.instant) else {
      throw Complaint("\(day.display) is to come; only past days are deleted. Nothing was deleted.")
    }
    let address = try store.address
    let folder = ScheduleFolder(address)
    let store = try address.open(.readWrite)
    let who = try signIn.signIn(store, for: .importDocuments)
    let days = try folder.days().filter { $0 < day }
    if !days.isEmpty {
      let lock = try folder.lock()
      defer { withExtendedLifetime(lock) {} }
      // The entry comes first, so that nothing is deleted without one.
      try store.audit(
        Host.entry(who.name, .appointmentsForgotten(before: day, days: days.count)),
        under: who.right)
      for day in days { try folder.delete(day) }
    }
    try StandardStream.print(
      Array("Appointments of \(days.count.pluralized("day")) deleted.\n".utf8))
  }
}
