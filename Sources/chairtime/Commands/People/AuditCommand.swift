import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram

/// `chairtime audit`: lists who signed in, viewed patients and exported data.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Read the audit record: sign-ins, views, exports, people.",
    discussion: """
      One entry per line, oldest first: when, who, where, what. Facts about patients name their \
      authors themselves; `chairtime session show --facts` lists them. Entries are appended to a hash \
      chain like facts, and `chairtime verify` checks them.
      """)

  enum Order: String, ExpressibleByArgument, CaseIterable { case time, person }

  @OptionGroup var days: DayOptions

  @Flag(help: "Every day.")
  var all = false

  @Option(help: ArgumentHelp("Only entries by or about this person.", valueName: "name"))
  var person: String?

  @Option(help: "Only entries of this kind.")
  var kind: AuditAction.Kind?

  @Option(help: "Sort by time, or by person and time.")
  var sort: Order = .time

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let site = try Site.read()
    let clock = site.clock
    let (store, _) = try store.open(signing: signIn, for: .readAudit)
    var entries: [AuditEntry] = []
    let days = all ? nil : try days.days(site)
    try store.auditEntries { entry in
      if let days, !days.contains(clock.date(at: entry.time.instant)) { return }
      if let person, entry.actor != person, entry.action.person != person { return }
      if let kind, entry.action.kind != kind { return }
      entries.append(entry)
    }
    if sort == .person {
      entries = entries.enumerated().sorted { left, right in
        let (a, b) = (left.element, right.element)
        return a.actor != b.actor ? a.actor < b.actor : left.offset < right.offset
      }.map(\.element)
    }
    switch format {
    case .text: try print(entries, clock)
    case .json: try printJSON(entries, clock)
    }
  }

  private func print(_ entries: [AuditEntry], _ clock: LocalClock) throws {
    var page = TextPage()
    let text = ClockText(clock, day: nil, precision: .seconds)
    for entry in entries {
      page.wrap(
        "\(entry.actor.printable) \(entry.action.words.printable) "
          + "(\(entry.workstation.printable))", first: "\(text.full(entry.time.instant))  ",
        indent: 22)
    }
    page.line(entries.count.pluralized("entry", "entries"))
    try StandardStream.print(page)
  }

  private func printJSON(_ entries: [AuditEntry], _ clock: LocalClock) throws {
    var json = JSONWriter()
    for entry in entries {
      json.object { json in
        json.member("time", clock.answered(entry.time.instant, seconds: true))
        json.member("actor", entry.actor)
        json.member("workstation", entry.workstation)
        json.member("kind", entry.action.kind.rawValue)
        json.member("person", entry.action.person)
        if case .viewed(let session) = entry.action { json.member("session", session.text) }
        json.member("text", entry.action.words)
      }
      json.endLine()
    }
    try StandardStream.print(json.bytes)
  }
}

extension AuditAction.Kind: ExpressibleByArgument {}
