import ArgumentParser
import InfusionRecord

/// `chairtime session start`: a drug starts to run.
struct SessionStart: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start a drug: an infusion, or a pump.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions
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
      --at names the day; no time of it is claimed. The minutes are charged as written and are not \
      subtracted from other drugs, and the statement says that there are no clock times. Without --basis \
      it is a late entry. If the start and the stop are known, record those with `session start` and \
      `session stop` instead.
      """)

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions

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
}

/// `chairtime session inject`: an injection was given.
struct SessionInject: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "inject", abstract: "Record an injection that was given.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: DrugOptions
  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    .injectionGiven(
      try drug.facts(
        in: log, by: recorder, techniques: [.subcutaneous, .intramuscular, .onBodyInjector]))
  }
}
