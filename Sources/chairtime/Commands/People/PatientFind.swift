import ArgumentParser
import Glibc
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram

extension PatientCommand {
  /// `chairtime patient find`.
  struct Find: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "find", abstract: "Find patients over all days.",
      discussion: """
        By name, record number or date of birth; accents and apostrophes make no difference. Restricted \
        records are not listed. The text is read from standard input, because other users of the host can \
        read arguments.
        """)

    @Option(help: "How to print: text for a person, json for a program.")
    var format: PrintFormat = .text

    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let (store, who) = try store.open(looking: signIn)
      let today = try Site.read().clock.date(at: Host.now.instant)
      let search = PatientSearch(try PatientText.read("Patient"), today: today)
      if search.isEmpty { throw Complaint("No name, record number or date of birth was typed.") }
      try store.checkLists()
      // An opening tells its first nurse only, so a number that is restricted decides.
      let restrictions = try store.restrictions()
      let shown = try store.hiding(try store.openings(), from: who.name).filter { log in
        log.opening.map { !$0.patient.isRestricted && restrictions[$0.patient.mrn] == nil } ?? false
      }
      let found = search.found(in: shown)
      switch format {
      case .text:
        var page = TextPage()
        for one in found {
          page.wrap(
            "\(one.patient.displayName)  \(one.patient.bornWords)  MRN \(one.patient.mrn)  "
              + "\(one.visits.pluralized("visit")), last \(one.lastVisit.display)", indent: 2)
        }
        page.line(found.count.pluralized("patient"))
        try StandardStream.print(page)
      case .json:
        var json = JSONWriter()
        for one in found {
          json.object { json in
            json.members(of: one.patient)
            json.member("visits", one.visits)
            json.member("lastVisit", one.lastVisit.iso)
          }
          json.endLine()
        }
        try StandardStream.print(json.bytes)
      }
    }
  }

  /// `chairtime patient visits`.
  struct Visits: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "visits", abstract: "List the visits of a patient with drugs and reactions.",
      discussion: """
        Newest first. The record number is read from standard input. Visits of a restricted record are \
        hidden, and looking at them is kept in the audit record.
        """)

    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    @Option(name: .customLong("formulary"), help: SiteFormulary.help)
    var formularyFile: String?

    func run() throws {
      let site = try Site.read()
      let formulary = try SiteFormulary.read(formularyFile).formulary
      let (store, who) = try store.open(looking: signIn)
      let mrn = try RecordNumber.read(try PatientText.read("MRN"), of: site)
      let logs = try store.hiding(try store.visits(of: mrn), from: who.name)
        .filter { $0.opening?.patient.isRestricted == false }
      try store.auditViews(of: logs.map { ($0.session, $0.holder) }, by: who)
      var page = TextPage()
      for log in logs.reversed() {
        guard let opening = log.opening else { continue }
        let day = log.openedAt.map { log.clock.date(at: $0).display } ?? ""
        page.line("\(log.session)  \(day)  chair \(opening.chair)", log.status.rawValue)
        page.wrap(
          "\(opening.patient.displayName)  \(opening.patient.bornWords)  MRN \(opening.patient.mrn)",
          first: "  ")
        for line in log.visitLines(log.administrations, formulary) {
          page.wrap(line.text, first: "  - ")
        }
      }
      page.line(logs.count.pluralized("visit"))
      try StandardStream.print(page)
    }
  }
}

/// A text about a patient, from a prompt or standard input.
private enum PatientText {
  static func read(_ what: String) throws -> String {
    if isatty(STDIN_FILENO) == 1 {
      StandardStream.error.write("\(what): ")
      return readLine() ?? ""
    }
    do throws(SecretReader.Failure) {
      return try SecretReader(STDIN_FILENO).line()
    } catch {
      throw Complaint("No \(what) came on standard input. Nothing was looked for.")
    }
  }
}
