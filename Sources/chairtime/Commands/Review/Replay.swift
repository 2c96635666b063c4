import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SQLiteStore
import SuiteProgram
import TimelineEngine

/// `chairtime replay`: what stored sessions come to under another policy or rulebook.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Re-derive stored sessions and show which units differ, and why.",
    discussion: """
      Derives each session of the days twice: as it stands, under the site's policy for its payer, \
      and with the policies given laid over that, or by the rulebook given. A session somebody reviewed stands as it was reviewed, under the rulebook and policy of \
      the review; it is checked that it still comes to the very statement that was seen. Without \
      --policy and --rulebook only that is checked. Nothing is stored. The exit code is 2 when \
      something differs.
      """)

  @Option(help: ArgumentHelp("The first day; else the first of the store.", valueName: "day"))
  var from: String?

  @Option(help: ArgumentHelp("The last day; else the last of the store.", valueName: "day"))
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

  @OptionGroup var store: StoreOptions

  func validate() throws {
    var policy = Policy.standard
    try policy.lay(policies)
    try RuleBook.check(option: rulebook)
  }

  func run() throws {
    let site = try Site.read()
    let days = try days(site)
    let store = try store.open(.readOnly)
    let formulary = try SiteFormulary.read(formularyFile)
    var replay = Replaying(
      site: site, formulary: formulary, policies: policies,
      rulebook: rulebook.flatMap(RuleBook.version))
    var progress = Progress("replaying")
    let total = try store.head().count
    try store.read(days) { log in
      let lines = try replay.compare(log)
      progress.show(replay.facts, of: total)
      guard !lines.isEmpty || replay.isBroken else { return }
      progress.end()
      try print(log, lines, isBroken: replay.isBroken)
    }
    progress.end()
    try printTotal(replay)
    if replay.differing + replay.broken > 0 { throw ProgramExit.findings }
  }

  private func days(_ site: Site) throws -> ClosedRange<CivilDate> {
    let first = try from.map { try DayEntry.day($0, on: site.clock) } ?? CivilDate(dayNumber: 0)
    let last =
      try to.map { try DayEntry.day($0, on: site.clock) } ?? CivilDate(dayNumber: 2_932_896)
    guard first <= last else { throw ValidationError("--from lies after --to.") }
    return first...last
  }

  private func print(_ log: EventLog, _ lines: [UnitDifference.Line], isBroken: Bool) throws {
    switch format {
    case .text:
      var page = TextPage()
      page.line("\(log.session)", log.status.rawValue)
      if isBroken { page.line("  no longer comes to the statement that was reviewed") }
      UnitDifference(lines: lines).write(to: &page)
      try StandardStream.print(page)
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("session", log.session.text)
        json.key("asReviewed")
        json.value(!isBroken)
        json.key("units")
        json.list(lines) { json, line in
          json.object { json in
            json.member("unit", line.text)
            json.key("before")
            json.value(line.before)
            json.key("after")
            json.value(line.after)
            json.member("because", line.why)
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

/// Derives one session after another, as it stands and otherwise.
struct Replaying {
  let site: Site
  let formulary: Formulary
  /// Laid over the site's policy for the payer; `key=value`.
  let policies: [String]
  let rulebook: RuleBook?
  /// By payer: as sessions stand, and under the other policies or rulebook.
  private var standing: [String: Derivation] = [:]
  private var other: [String: Derivation] = [:]
  var sessions = 0
  var facts = 0
  var differing = 0
  var reviewed = 0
  var broken = 0
  /// Whether the last session no longer comes to what was reviewed.
  var isBroken = false

  init(site: Site, formulary: Formulary, policies: [String], rulebook: RuleBook?) {
    self.site = site
    self.formulary = formulary
    self.policies = policies
    self.rulebook = rulebook
  }

  /// Whether anything but reviews is compared.
  private var hasOther: Bool { !policies.isEmpty || rulebook != nil }

  mutating func compare(_ log: EventLog) throws -> [UnitDifference.Line] {
    sessions += 1
    facts += log.version
    isBroken = false
    var before: Statement
    if let review = log.review {
      reviewed += 1
      var asReviewed = Derivation(formulary: formulary, under: review)
      before = asReviewed.statement(of: log.beforeReview)
      if Derivation.seal(of: before) != review.statementHash {
        isBroken = true
        broken += 1
      }
    } else {
      before = try asItStands(log)
    }
    guard hasOther else { return [] }
    let lines = UnitDifference(from: before, to: try otherwise(log)).lines
    if !lines.isEmpty { differing += 1 }
    return lines
  }

  private mutating func asItStands(_ log: EventLog) throws -> Statement {
    let payer = log.opening?.payer ?? ""
    var derivation =
      try standing.removeValue(forKey: payer) ?? site.derivation(for: log, formulary: formulary)
    defer { standing[payer] = derivation }
    return derivation.statement(of: log)
  }

  private mutating func otherwise(_ log: EventLog) throws -> Statement {
    let payer = log.opening?.payer ?? ""
    var derivation =
      try other.removeValue(forKey: payer)
      ?? site.derivation(
        for: log, formulary: formulary, overriding: policies, rulebook: rulebook)
    defer { other[payer] = derivation }
    return derivation.statement(of: log)
  }
}

extension EventLog {
  /// The log as the reviewer saw it: up to the review that holds.
  var beforeReview: EventLog {
    guard let last = events.lastIndex(where: { $0.fact.kind == .sessionReviewed }) else {
      return self
    }
    return EventLog(session: session, events: Array(events[..<last]))
  }
}
