import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SQLiteStore
import SuiteProgram
import TimelineEngine

/// `chairtime review`: a day on one page, and the signature under it.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Review a day: sessions, units, questions, totals; sign off.",
    discussion: """
      Lists the sessions of the day, those that need a person first, with the totals by code. A \
      signed-off session whose facts changed is shown with the difference in units.

      --sign-off SESSION signs one closed session; --sign-off-clean every one of the day that raises \
      no question. The signature keeps the reviewer's name, the hash of the statement, the rulebook \
      version and the policy. --integrity shows how the unit charts its times.
      """)

  @OptionGroup var days: DayOptions

  @Option(
    name: .customLong("sign-off"), parsing: .singleValue,
    help: ArgumentHelp("Sign off this session; may be repeated.", valueName: "session"))
  var signOff: [String] = []

  @Flag(help: "Sign off every session of the days that raises no question.")
  var signOffClean = false

  @Flag(help: "Sign off though questions are open; needs a --reason.")
  var anyway = false

  @Option(help: ArgumentHelp("Why it is signed off anyway.", valueName: "text"))
  var reason: String?

  @Flag(help: "Show how times were charted: late, unseen, computed, heaped.")
  var integrity = false

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func validate() throws {
    if anyway, (reason ?? "").isEmpty {
      throw ValidationError("--anyway needs a --reason.")
    }
    if anyway, signOff.isEmpty {
      throw ValidationError("--anyway is about --sign-off SESSION.")
    }
  }

  func run() throws {
    guard signOff.isEmpty, !signOffClean else {
      let site = try Site.read()
      var reviewing = Reviewing(
        site: site, formulary: try SiteFormulary.read(formularyFile), now: Host.now.instant)
      return try sign(&reviewing, site)
    }
    try printReview()
  }
  // MARK: Signing

  private func sign(_ reviewing: inout Reviewing, _ site: Site) throws {
    let store = try store.open(.readWrite)
    let signedIn = try signIn.signIn(store, for: .signOff)
    let who = signedIn.name
    try signedIn.checkSupervisor(of: site, else: "nothing was signed off")
    try AcceptedConfiguration.check(store, signedIn)
    var logs: [EventLog] = []
    for text in signOff {
      let session = try Choice.session(text, in: store)
      guard let log = try store.log(of: session) else {
        throw Complaint("There is no session \(text.printable).")
      }
      logs.append(log)
    }
    if signOffClean {
      try store.read(days.days(site)) { log in
        let export = reviewing.session(log)
        guard case .closed = export.standing, DayReview.questions(of: export).isEmpty,
          !logs.contains(where: { $0.session == log.session })
        else { return }
        logs.append(log)
      }
    }
    let signing = Signing(store: store, reviewer: who, reason: reason, anyway: anyway)
    var isComplete = true
    for log in logs {
      do {
        let told = try signing.sign(log, reviewing: &reviewing)
        try StandardStream.print(Array("\(told)\n".utf8))
      } catch let complaint as Complaint {
        ProgramExit.printError(Complaint("\(log.session.text.printable): \(complaint.description)"))
        isComplete = false
      }
    }
    if logs.isEmpty { try StandardStream.print(Array("Nothing to sign off.\n".utf8)) }
    if !isComplete { throw ProgramExit.findings }
  }
}

extension ReviewCommand {
  private func printReview() throws {
    let site = try Site.read()
    let days = try days.days(site)
    var review = DayReview(days: days)
    let (store, who) = try store.open(looking: signIn)
    let reviewing = Reviewing(
      site: site, formulary: try SiteFormulary.read(formularyFile), now: Host.now.instant)
    let withIDs = format == .json
    try store.read(days) { logs in
      reviewing.rows(logs, withIDs: withIDs)
    } _: { row in
      review.add(row)
    }
    let seen = review.rows.map(\.session)
    try store.auditViews(of: seen, by: who)
    switch format {
    case .text where integrity:
      let title = days.lowerBound.display
      try StandardStream.print(
        review.integrity.page(
          days.lowerBound == days.upperBound ? title : "\(title) to \(days.upperBound.display)"))
    case .text:
      try StandardStream.print(review.page(suite: site.configuration.facility.name))
    case .json:
      var json = JSONWriter()
      review.write(to: &json)
      try StandardStream.print(json.bytes)
    }
  }
}
