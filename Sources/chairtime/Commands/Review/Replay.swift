import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram
import TimelineEngine

/// `chairtime replay`: what stored sessions come to under another policy or rulebook.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Re-derive stored sessions and show which units differ, and why.",
    discussion: """
      Derives each session of the days twice: as it stands, under the site's policy for its payer, \
      and with the given policies laid over that, or by the given rulebook. A signed-off session \
      stands as it was signed, under the rulebook and policy of the signature; replay checks that \
      it still comes to the statement that was signed. Without --policy and --rulebook it checks \
      that only. Nothing is stored but that you looked at the sessions that differ. Of a restricted \
      session that you have not opened only the number of differences is shown. The exit code is 2 if \
      something differs.
      """)

  @Option(
    help: ArgumentHelp("The first day. The default is the first of the store.", valueName: "day"))
  var from: String?

  @Option(
    help: ArgumentHelp("The last day. The default is the last of the store.", valueName: "day"))
  var to: String?

  @Option(
    name: .customLong("policy"), parsing: .singleValue,
    help: ArgumentHelp("Derive under this policy; may be repeated.", valueName: "key=value"))
  var policies: [String] = []

  @Option(help: ArgumentHelp("Derive by this rulebook version.", valueName: "version"))
  var rulebook: String?

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func validate() throws {
    var policy = Policy.standard
    try policy.lay(policies)
    try RuleBook.check(option: rulebook)
  }

  func run() throws {
    let site = try Site.read(with: self.store.address, formulary: formularyFile)
    let days = try days(site)
    let (store, who) = try store.open(looking: signIn)
    let restrictions = try store.restrictions()
    let now = Host.now
    var replay = try Replaying(
      site.derivation(now: Host.now.instant),
      policies: policies, rulebook: rulebook.flatMap(RuleBook.version))
    var progress = Progress("replaying")
    var found: [Difference] = []
    let total = try store.head().count
    try store.read(days) { log in
      let changed = replay.compare(log)
      progress.show(replay.facts, of: total)
      guard changed.map({ !$0.isEmpty }) ?? false || replay.isBroken else { return }
      found.append(
        Difference(
          session: log.session, holder: log.holder, status: log.status,
          changes: changed?.changes ?? [], drugs: changed?.drugs ?? [],
          isBroken: replay.isBroken, isHidden: restrictions.hides(log, from: who.name, at: now)))
    }
    progress.end()
    // Audited before the first byte is printed, because a page that breaks off was also seen.
    try store.auditViews(
      of: found.filter { !$0.isHidden }.map { (id: $0.session, holder: $0.holder) }, by: who)
    for difference in found { try print(difference) }
    try printTotal(replay)
    if replay.differing + replay.broken > 0 { throw ProgramExit.findings }
  }

  private func days(_ site: Site) throws -> ClosedRange<CivilDate> {
    let possible = LocalClock.recordableDays
    let first = try from.map { try DayEntry.day($0, on: site.clock) } ?? possible.lowerBound
    let last = try to.map { try DayEntry.day($0, on: site.clock) } ?? possible.upperBound
    guard first <= last else { throw ValidationError("--from lies after --to.") }
    return first...last
  }

  /// What is printed of a session that differs.
  private struct Difference {
    let session: SessionID
    let holder: String?
    let status: EventLog.Status
    let changes: [StatementDifference.Change]
    /// Lines of drugs.
    let drugs: [DrugLineChange]
    let isBroken: Bool
    let isHidden: Bool

    var count: Int { changes.count + drugs.count }
  }

  private func print(_ found: Difference) throws {
    switch format {
    case .text:
      var page = TextPage()
      page.line("\(found.session)", found.status.rawValue)
      if found.isBroken { page.line("  no longer comes to the statement that was reviewed") }
      if found.isHidden, found.count > 0 {
        page.line("  \(found.count.pluralized("unit differs", "units differ")); restricted")
      }
      if !found.isHidden {
        for change in found.changes { change.write(to: &page) }
        for change in found.drugs { page.wrap(change.sentence, first: "  ") }
      }
      try StandardStream.print(page)
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("session", found.session.text)
        json.member("asReviewed", !found.isBroken)
        if found.isHidden { json.member("restricted", true) }
        json.list("units", found.isHidden ? [] : found.changes) { json, change in
          json.object { json in
            json.member("unit", change.place.text)
            json.member("before", change.from)
            json.member("after", change.to)
            json.member("because", change.why)
          }
        }
        if !found.isHidden, !found.drugs.isEmpty {
          json.list("drugLines", found.drugs) { json, change in
            json.object { json in
              json.member("code", change.code)
              json.member("date", change.serviceDate?.iso)
              json.member("before", change.from)
              json.member("after", change.to)
              json.member("because", change.because)
            }
          }
        }
      }
      json.endLine()
      try StandardStream.print(json.bytes)
    }
  }

  private func printTotal(_ replay: Replaying) throws {
    guard format == .text else { return }
    var page = TextPage()
    page.line(
      "\(replay.sessions.pluralized("session")), \(replay.facts.pluralized("fact")) replayed; "
        + replay.differing.pluralized("differs", "differ")
        + (replay.reviewed > 0
          ? "; \(replay.reviewed - replay.broken) of \(replay.reviewed) reviewed stand" : ""))
    try StandardStream.print(page)
  }
}

/// Derives one session after another twice: as it stands, and under other policies or another rulebook.
struct Replaying {
  private var derivation: SessionDerivation
  /// The site's policies with those of `--policy` over them.
  private let policies: PayerPolicies
  private let rulebook: RuleBook?
  /// Whether anything but sign-offs is compared.
  private let hasOtherTerms: Bool
  private(set) var sessions = 0
  private(set) var facts = 0
  private(set) var differing = 0
  private(set) var reviewed = 0
  private(set) var broken = 0
  /// Whether the last session no longer comes to the statement that was signed.
  private(set) var isBroken = false

  init(
    _ derivation: SessionDerivation, policies arguments: [String], rulebook: RuleBook?
  ) throws {
    self.derivation = derivation
    self.rulebook = rulebook
    policies = try derivation.policies.changed { policy throws in try policy.lay(arguments) }
    hasOtherTerms = !arguments.isEmpty || rulebook != nil
  }

  /// What differs; nil if only sign-offs are compared.
  mutating func compare(_ log: EventLog) -> StatementDifference? {
    sessions += 1
    facts += log.version
    isBroken = false
    let signed = derivation.signedStatement(of: log)
    if let signed {
      reviewed += 1
      isBroken = !signed.isAsSigned
      if isBroken { broken += 1 }
    }
    guard hasOtherTerms else { return nil }
    let terms = DerivationTerms(policy: policies[log.opening?.payer], rulebook: rulebook)
    let difference = StatementDifference(
      from: signed?.statement ?? derivation.statement(of: log),
      to: derivation.statement(of: log, under: terms))
    if !difference.isEmpty { differing += 1 }
    return difference
  }
}
