import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram
import TimelineEngine

/// `chairtime demo`: fills a store with fictitious sessions.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Fill a new store with a plainly fictitious infusion suite.",
    discussion: """
      Writes day after day of a suite of the chosen size, through the same appends as every other \
      command, into a store that must be new. The same seed, size and days give the same facts and the \
      same head. Past days are closed and reviewed; today has only what has happened by now, so the \
      board shows running sessions. Weekends are days off, except in an extreme suite; the last day \
      never is. A store in which people are enrolled is refused.
      """)

  @Option(help: "How large a suite.")
  var size: DemoSuite.Size = .small

  @Option(help: ArgumentHelp("How many days, the last included.", valueName: "count"))
  var days: Int = 1

  @Option(help: ArgumentHelp("The last day; without it, today.", valueName: "day"))
  var until: String?

  @Option(help: ArgumentHelp("The seed of the random numbers.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("IANA time zone; without it, the host's.", valueName: "zone"))
  var zone: String?

  @Flag(inversion: .prefixedNo, help: "Whether past days are reviewed.")
  var reviews = true

  @OptionGroup var store: StoreOptions

  func validate() throws {
    guard (1...4000).contains(days) else {
      throw ValidationError("--days: expected 1 to 4000.")
    }
  }

  func run() throws {
    let clock = try zone.map(DayEntry.clock(zone:)) ?? Host.clock()
    let now = Host.now
    let last = try until.map { try DayEntry.day($0, on: clock) } ?? clock.date(at: now.instant)
    let store = try store.open(.readWrite, creating: true)
    guard try store.head().count == 0 else {
      throw Complaint(
        "The store \(store.location) holds facts already; name a new one with --store.")
    }
    guard try store.people().isEmpty else {
      throw Complaint(
        "People are enrolled in the store \(store.location), and made-up facts would stand under names "
          + "that nobody signed in with; name a new one with --store.")
    }
    let right = Right(
      actor: Host.actor, workstation: Host.name, proof: .account, act: .record)
    let suite = DemoSuite(size: size, seed: seed, clock: clock)
    var writing = DemoWriting(store: store, under: right, now: now, reviews: reviews)
    var progress = Progress("making up")
    for offset in 0..<days {
      progress.show(offset, of: days)
      try writing.write(
        suite.sessions(of: last + (offset - days + 1), isShown: offset == days - 1))
    }
    progress.end()
    var page = TextPage()
    let facts = try store.head().count
    page.line(
      "\(writing.sessions.pluralized("session")), \(facts.pluralized("fact")), all fictitious")
    page.line("store \(store.location)")
    page.line("head \(try store.head())")
    try StandardStream.print(page)
  }
}

extension DemoSuite.Size: ExpressibleByArgument {}
