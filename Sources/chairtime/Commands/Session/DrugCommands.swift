import ArgumentParser
import InfusionRecord
import SuiteProgram

/// `chairtime session start`: a drug starts to run.
struct SessionStart: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start a drug: an infusion, or a pump.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions
  var anyway: Bool { drug.anyway }
  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let facts = try drug.facts(
      in: log, by: recorder,
      techniques: [
        .infusion, .subcutaneousInfusion, .pump, .pumpRefill, .implantedPumpRefill, .oral,
      ])
    return facts.technique == .pump ? .pumpConnected(facts) : .drugStarted(facts)
  }
}

/// `chairtime session push`: a push was given.
struct SessionPush: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Record a push that was given.",
    discussion: """
      --at is when it began; without it, it ended now and began --minutes ago.
      """)

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions
  var anyway: Bool { drug.anyway }

  @Option(help: ArgumentHelp("How long it took.", valueName: "minutes"))
  var minutes: Int?

  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    .pushGiven(try drug.facts(in: log, by: recorder, techniques: [.push]), minutes: minutes)
  }

  func moment(in log: EventLog, by recorder: Recorder, now: RecordedTime) throws -> Instant {
    try recorder.moment(
      record.at ?? minutes.map { "-\($0)" }, now: now, clock: log.clock, openedAt: log.openedAt)
  }
}

/// `chairtime session paper`: a paper record gives minutes without clock times.
struct SessionPaper: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "paper",
    abstract: "Record a drug of a paper record that gives minutes and no clock times.",
    discussion: """
      --at names the day, as in 23-Nov-2026; no time of it is claimed. The minutes are charged as written and are not \
      subtracted from other drugs, and the statement says that there are no clock times. Without --basis \
      it is a late entry. If the start and the stop are known, record those with `session start` and \
      `session stop` instead.
      """)

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions
  var anyway: Bool { drug.anyway }

  @Option(help: ArgumentHelp("How long it took.", valueName: "minutes"))
  var minutes: Int

  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    var facts = try drug.facts(
      in: log, by: recorder, techniques: [.infusion, .push, .subcutaneousInfusion, .pump],
      preferring: .infusion)
    facts.isWithoutClock = true
    return .pushGiven(facts, minutes: minutes)
  }

  func basis(in log: EventLog) -> TimeBasis? { record.basis ?? .lateEntry }

  /// A minute of the day that `--at` names, which may be a date alone.
  func moment(in log: EventLog, by recorder: Recorder, now: RecordedTime) throws -> Instant {
    guard let at = record.at,
      case .failure(.notATime) = ClinicalTimeEntry.moment(at, now: now.instant, clock: log.clock),
      !at.allSatisfy(\.isWhitespace)
    else { return try recorder.moment(record.at, now: now, clock: log.clock) }
    let day = try DayEntry.day(at, on: log.clock)
    if let opened = log.openedAt, log.clock.date(at: opened) == day { return opened }
    guard let moment = log.clock.beginning(of: day) else {
      throw Complaint("--at: \(day.display) does not exist in this time zone.")
    }
    return moment
  }
}

/// `chairtime session inject`: an injection was given.
struct SessionInject: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "inject", abstract: "Record an injection that was given.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions
  var anyway: Bool { drug.anyway }
  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    .injectionGiven(
      try drug.facts(
        in: log, by: recorder, techniques: [.subcutaneous, .intramuscular, .onBodyInjector]))
  }
}
