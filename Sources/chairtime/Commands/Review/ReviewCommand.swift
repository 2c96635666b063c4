import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram
import TimelineEngine

/// `chairtime review`: a day on one page, and the signature under it.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Review a day: sessions, units, questions, totals; sign off.",
    discussion: """
      Lists the sessions of the day, those that need a person first, with the totals by code. A \
      signed-off session whose facts changed is shown with the difference in units. The review of today \
      also lists the sessions that were left open from earlier days; their units count on their own day.

      --sign-off SESSION signs one closed session; --sign-off-clean every one of the day that raises \
      no question, but none of a restricted patient that you have not opened. The signature keeps the \
      reviewer's name, the hash of the statement, the rulebook version and the policy. --integrity \
      shows how the unit charts its times.
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
  @OptionGroup var glass: BreakGlassOption
  @OptionGroup var store: StoreOptions

  func validate() throws {
    if anyway { try Reason.checkForAnyway(reason) }
    if anyway, signOff.isEmpty {
      throw ValidationError("--anyway is about --sign-off SESSION.")
    }
  }

  func run() throws {
    guard signOff.isEmpty, !signOffClean else {
      let site = try Site.read(with: self.store.address, formulary: formularyFile)
      var derivation = site.derivation(now: Host.now.instant)
      return try sign(&derivation, site)
    }
    try printReview()
  }

  // MARK: Signing

  private func sign(_ derivation: inout SessionDerivation, _ site: Site) throws {
    let store = try store.open(.readWrite)
    let signedIn = try signIn.signIn(store, for: .signOff, by: site.hash)
    try signedIn.checkSupervisor(of: site, else: "nothing was signed off")
    var logs: [EventLog] = []
    for text in signOff {
      let session = try Choice.session(text, in: store)
      guard let log = try store.log(of: session) else {
        throw Complaint("There is no session \(text.printable).")
      }
      try store.admit(log, under: signedIn.right, breaking: glass)
      logs.append(log)
    }
    if signOffClean {
      let restrictions = try store.restrictions()
      let now = Host.now
      try store.read(days.days(site)) { log in
        guard ReviewRow(derivation.session(log)).need == .clean,
          !logs.contains(where: { $0.session == log.session }),
          !restrictions.hides(log, from: signedIn.name, at: now)
        else { return }
        logs.append(log)
      }
    }
    var isComplete = true
    for log in logs {
      do {
        let line = try sign(log, under: signedIn.right, in: store, &derivation)
        try StandardStream.print(Array("\(line)\n".utf8))
      } catch let refusal as SignOffRefusal {
        ProgramExit.printError(
          Complaint("\(log.session.text.printable): \(refusal.sentence.printable)"))
        isComplete = false
      }
    }
    if logs.isEmpty { try StandardStream.print(Array("Nothing to sign off.\n".utf8)) }
    if !isComplete { throw ProgramExit.findings }
  }

  /// Signs off one session.
  ///
  /// - Returns: a line for the terminal: the session, its units, the start of the hash.
  private func sign(
    _ log: EventLog, under right: Right, in store: any FactStore,
    _ derivation: inout SessionDerivation
  ) throws -> String {
    let session = derivation.session(log)
    var order = try derivation.order(
      for: session, by: right.actor, despite: anyway ? reason : nil)
    order.reason = reason
    let event = try derivation.event(
      for: order, on: log, workstation: right.workstation, at: Host.now)
    do {
      try store.append([event], to: log.session, expecting: log.version, under: right)
    } catch {
      guard case .changedMeanwhile = error else { throw error }
      throw SignOffRefusal.changedSinceSeen
    }
    let units = session.units.map { $0.count == 1 ? $0.codeText : "\($0.codeText)×\($0.count)" }
    let unposted = session.unposted
    return "\(log.session.text.printable)  \(units.joined(separator: " "))  "
      + order.review.statementHash.prefix(12)
      + (unposted.isEmpty ? "" : "  \(unposted.words), not posted")
  }
}

extension ReviewCommand {
  private func printReview() throws {
    let site = try Site.read(with: self.store.address, formulary: formularyFile)
    let days = try days.days(site)
    var review = DayReview(days: days)
    let (store, who) = try store.open(looking: signIn)
    let derivation = site.derivation(now: Host.now.instant)
    let hasIDs = format == .json
    try store.read(days) { logs in
      derivation.rows(of: logs, hasIDs: hasIDs)
    } _: { row in
      review.add(row)
    }
    if days.contains(site.clock.date(at: Host.now.instant)) {
      let left = try store.leftOpen(before: days.lowerBound)
      for row in derivation.rows(of: left, hasIDs: hasIDs) { review.add(row) }
    }
    let restrictions = try store.restrictions()
    let now = Host.now
    review = review.hiding {
      restrictions.hides($0.mrn, heldBy: $0.nurse, from: who.name, at: now)
    }
    if may(who.authority, .readAudit) {
      review.glassBreaks = restrictions.glassBreaks(on: days, of: site.clock)
    }
    let seen = review.rows.filter { !$0.isHidden }
    try store.auditViews(of: seen.map { ($0.id, $0.nurse) }, by: who)
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
