import ArgumentParser
import InfusionRecord
import PlainText
import SessionStore
import SuiteProgram

/// `chairtime patient`: restricts the record of a patient.
struct PatientCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patient", abstract: "Find a patient, restrict a record, or release it.",
    discussion: """
      A restricted record is hidden on the board, in lists, in the review and in commands, except from \
      the nurse who holds the chair. Anyone else who may see records opens it with a reason \
      (--break-glass, or Enter on the board). The reason is kept, and supervisors see it in the review \
      and in `chairtime audit --kind glass-broken`. Charges go on as before.
      """,
    subcommands: [Find.self, Visits.self, Restrict.self, Release.self, List.self])

  /// What both changes need.
  struct Change: ParsableArguments {
    @Argument(help: ArgumentHelp(RecordNumber.help, valueName: "mrn"))
    var mrn: String

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    mutating func validate() throws { try Reason.check(reason, of: "--reason") }

    /// Signs in a person who may restrict records and makes a change.
    func make(
      _ change: (any Store, Right, String) throws -> Void
    ) throws -> (store: any Store, mrn: String) {
      let site = try Site.read()
      let store = try store.open(.readWrite)
      let who = try signIn.signIn(store, for: .restrict)
      let mrn = try RecordNumber.read(mrn, of: site)
      do {
        try change(store, who.right, mrn)
      } catch let refusal as RestrictionRefusal {
        throw Complaint("\(refusal.sentence) Nothing was changed.")
      } catch StoreError.refused(let refusal) {
        throw Complaint("\(refusal.sentence) Nothing was changed.")
      }
      return (store, mrn)
    }
  }

  /// `chairtime patient restrict`.
  struct Restrict: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restrict", abstract: "Hide a patient's record.")

    @OptionGroup var change: Change

    func run() throws {
      let (store, mrn) = try change.make { store, right, mrn in
        try store.restrict(mrn, because: change.reason, under: right, at: Host.now)
      }
      let count = try store.visits(of: mrn).count
      let visits =
        count == 0
        ? "No visit has this number yet; check it." : "\(count.pluralized("visit")) hidden."
      try StandardStream.print(Array("The record is restricted. \(visits)\n".utf8))
    }
  }

  /// `chairtime patient release`.
  struct Release: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "release", abstract: "Show a patient's record again.")

    @OptionGroup var change: Change

    func run() throws {
      _ = try change.make { store, right, mrn in
        try store.release(mrn, because: change.reason, under: right, at: Host.now)
      }
      try StandardStream.print(Array("The record is not restricted any more.\n".utf8))
    }
  }

  /// `chairtime patient list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the restricted records and who opened one.",
      discussion: "One line per record: its number, since when, who restricted it and why.")

    @Option(help: "How to print: text for a person, json for a program.")
    var format: PrintFormat = .text

    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let clock = try Site.read().clock
      let (store, _) = try store.open(signing: signIn, for: .readAudit)
      let restrictions = try store.restrictions()
      let text = ClockText(clock, day: nil)
      switch format {
      case .text:
        var page = TextPage()
        for one in restrictions.all {
          page.wrap(
            "MRN \(one.mrn.printable)  \(text.full(one.time.instant))  \(one.actor.printable): "
              + one.reason.printable, indent: 2)
        }
        if restrictions.isEmpty { page.line("No record is restricted.") }
        if !restrictions.glassBreaks.isEmpty { page.heading("OPENED WITH A REASON") }
        for one in restrictions.glassBreaks {
          page.wrap(
            "\(one.actor.printable) \(one.words.printable) (\(one.workstation.printable))",
            first: "\(text.full(one.time.instant))  ", indent: 2)
        }
        try StandardStream.print(page)
      case .json:
        var json = JSONWriter()
        for one in restrictions.all {
          json.object { json in
            json.member("mrn", one.mrn)
            json.member("since", clock.answered(one.time.instant, seconds: true))
            json.member("actor", one.actor)
            json.member("reason", one.reason)
          }
          json.endLine()
        }
        try StandardStream.print(json.bytes)
      }
    }
  }
}
