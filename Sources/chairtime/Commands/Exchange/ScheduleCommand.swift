import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram

/// `chairtime schedule`: the appointments of a day.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "List the appointments of a day, or cancel one.",
    discussion: """
      Appointments come from `chairtime import FILE.csv`. The number before each opens its session: \
      `chairtime session open --appointment NUMBER`. `chairtime schedule forget` deletes those of past \
      days.
      """,
    subcommands: [List.self, Cancel.self, Restore.self, ScheduleForget.self],
    defaultSubcommand: List.self)
}

extension ScheduleCommand {
  /// `chairtime schedule list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the appointments of a day.")

    @Option(
      help: ArgumentHelp("The day: 2026-11-23 or 23-Nov-2026; without it, today.", valueName: "day")
    )
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
          "\(index + 1)  \(one.span)  \(patient.displayName)",
          one.cancellation != nil ? "cancelled" : one.chair.isEmpty ? "" : "chair \(one.chair)")
        if one.isNotInFile, one.cancellation == nil {
          page.wrap("The last file of the day lacks this appointment.", first: "   ")
        }
        if patient.isRestricted { continue }
        page.wrap(
          "\(patient.bornWords), MRN \(patient.mrn)"
            + (patient.visitNumber.isEmpty ? "" : ", visit \(patient.visitNumber)"), first: "   ")
        if !one.regimen.isEmpty { page.wrap(one.regimen, first: "   ") }
        if !one.allergies.isEmpty { page.wrap("allergies: \(one.allergies)", first: "   ") }
        for drug in one.drugs {
          let minutes = drug.minutes.map { "\($0) min" }
          page.wrap(
            [drug.drug, drug.dose, minutes, drug.technique?.words].compactMap { $0 }.filter {
              !$0.isEmpty
            }
            .joined(separator: ", "), first: "   - ")
        }
      }
      if schedule.appointments.isEmpty { page.line("Nobody is expected.") }
      try StandardStream.print(page)
    }
  }

  /// What names an appointment to cancel or restore.
  struct Target: ParsableArguments {
    @Argument(help: "The appointment's number in the list of its day.")
    var number: Int

    @Option(
      help: ArgumentHelp("The day: 2026-11-23 or 23-Nov-2026; without it, today.", valueName: "day")
    )
    var date: String?

    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    /// The chairs of the patient's open sessions.
    private func chairs(of appointment: Appointment?, on store: any Store) throws -> [String] {
      guard let patient = appointment?.patient else { return [] }
      return try store.board().compactMap(\.opening).filter {
        PatientNumber.areSame($0.patient.mrn, patient.mrn) && $0.patient.isSamePerson(as: patient)
      }.map(\.chair)
    }

    func setCancelled(_ isCancelled: Bool) throws {
      let clock = try Site.read().clock
      let day = try date.map { try DayEntry.day($0, on: clock) } ?? clock.date(at: Host.now.instant)
      let address = try self.store.address
      let store = try self.store.open(.readWrite)
      let who = try signIn.signIn(store, for: .importDocuments)
      let what = isCancelled ? "cancelled" : "restored"
      let restrictions = try store.restrictions()
      let now = Host.now
      var page = TextPage()
      try ScheduleFolder(address).change(day) { schedule in
        guard schedule.appointments.indices.contains(number - 1) else {
          throw Complaint(
            "There is no appointment \(number) on \(day.display); `chairtime schedule` lists them.")
        }
        guard schedule.setCancelled(isCancelled, at: number - 1) else {
          throw Complaint(
            "Appointment \(number) of \(day.display) is \(isCancelled ? "" : "not ")cancelled"
              + "\(isCancelled ? " already" : ""); it was left so.")
        }
        try store.audit(
          Host.entry(who.name, .imported(what: "appointment \(number) of \(day.iso) \(what)")),
          under: who.right)
        let appointment = schedule.hiding {
          restrictions.hides($0.mrn, from: who.name, at: now)
        }.appointments[number - 1]
        page.line(
          "\(what)  \(day.iso)  \(appointment.span)  \(appointment.patient.displayName)")
        if isCancelled {
          for chair in try chairs(
            of: appointment.patient.isRestricted ? nil : appointment, on: store)
          {
            page.wrap(
              "A session of this patient is open in chair \(chair). It stays open; only the appointment is "
                + "cancelled.", first: "  ")
          }
        }
        return true
      }
      try StandardStream.print(page)
    }
  }

  /// `chairtime schedule cancel`.
  struct Cancel: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cancel", abstract: "Cancel an appointment; the patient is not expected.",
      discussion: """
        The appointment stays in the list. The same row of a later file does not bring it back, a \
        changed row does. On the board the key A cancels an appointment of today.
        """)

    @OptionGroup var target: Target

    func run() throws { try target.setCancelled(true) }
  }

  /// `chairtime schedule restore`.
  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Expect the patient of a cancelled appointment again.",
      discussion: """
        The appointment is expected until a later file says something new of it: another plan, or no \
        longer that it is cancelled. The same row of a later file does not cancel it again.
        """)

    @OptionGroup var target: Target

    func run() throws { try target.setCancelled(false) }
  }
}
