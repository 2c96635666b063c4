import ArgumentParser
import InfusionRecord
import SuiteProgram

extension FactCommand {
  /// Asks about a drug that must have ended before something else of it is recorded.
  fileprivate func askIfForgotten(
    _ id: String, _ fact: String, _ forgotten: ForgottenOptions, in log: EventLog,
    by recorder: Recorder
  ) throws {
    try forgotten.ask(
      id, at: try moment(in: log, by: recorder, now: Host.now), in: log, by: recorder, fact,
      advice: "stop it with `session stop`, give the time with its day in --at, or record it "
        + "--anyway with a --reason")
  }
}

/// `chairtime session stop`: a drug ended.
struct SessionStop: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Stop a drug.",
    discussion: """
      Use --not-observed if the end was not seen; then no stop time is claimed. If the drug was seen \
      running, give that time with --basis last-seen-running. The drug is charged up to that time.

      A stop far past the planned end or over a night is asked about: then nothing is recorded, and the \
      exit code is 2.
      """)

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Option(help: "How it ended.")
  var why: Administration.StopReason = .completed

  @Flag(help: "Nobody saw it end; --at is when it was found ended.")
  var notObserved = false

  @Option(help: ArgumentHelp("What went in, in mL.", valueName: "mL"))
  var volume: Double?

  @OptionGroup var forgotten: ForgottenOptions
  @OptionGroup var record: RecordOptions

  func validate() throws { try forgotten.validate(record) }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let id = try drug.id(in: log, by: recorder)
    if !notObserved {
      try forgotten.ask(
        id, at: try moment(in: log, by: recorder, now: Host.now), in: log, by: recorder, "a stop",
        advice: "give the time with its day in --at, say --basis or --not-observed, or stop it "
          + "--anyway with a --reason")
    }
    return .drugStopped(
      DrugStop(
        administration: id, stopReason: why, isNotObserved: notObserved, volumeML: volume))
  }
}

/// `chairtime session pause`.
struct SessionPause: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Pause a drug that runs.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument
  @OptionGroup var forgotten: ForgottenOptions
  @OptionGroup var record: RecordOptions

  func validate() throws { try forgotten.validate(record) }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let id = try drug.id(in: log, by: recorder) { $0.progress == .running }
    try askIfForgotten(id, "a pause", forgotten, in: log, by: recorder)
    return .drugPaused(administration: id)
  }
}

/// `chairtime session resume`.
struct SessionResume: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Resume a drug that is paused.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument
  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    .drugResumed(
      administration: try drug.id(in: log, by: recorder, state: "paused") {
        $0.progress == .paused
      })
  }
}

/// `chairtime session rate`.
struct SessionRate: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate", abstract: "Record a new rate of a drug that runs.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Argument(help: ArgumentHelp("The new rate in mL per hour.", valueName: "mL/h"))
  var rate: Double

  @OptionGroup var forgotten: ForgottenOptions
  @OptionGroup var record: RecordOptions

  func validate() throws { try forgotten.validate(record) }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let id = try drug.id(in: log, by: recorder)
    if rate == 0 { throw Complaint("\(RecordedAdministration.zeroRate) Nothing was recorded.") }
    try askIfForgotten(id, "a new rate", forgotten, in: log, by: recorder)
    return .rateChanged(administration: id, rateMLPerHour: rate)
  }

  func run() throws {
    let recorded = try recordFact()
    guard let id = recorded.event.fact.administration,
      let changed = recorded.log.administration(id), changed.facts.plannedMinutes != nil,
      !changed.ratesMoveEnd
    else { return }
    ProgramExit.printError(Complaint(RecordedAdministration.endStays))
  }
}

/// `chairtime session bag`.
struct SessionBag: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "bag", abstract: "Record a new bag of a drug that runs.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Argument(help: "The new bag.")
  var bag: String

  @Option(help: ArgumentHelp("Its volume in mL.", valueName: "mL"))
  var volume: Double?

  @OptionGroup var forgotten: ForgottenOptions
  @OptionGroup var record: RecordOptions

  func validate() throws { try forgotten.validate(record) }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let id = try drug.id(in: log, by: recorder)
    try askIfForgotten(id, "a new bag", forgotten, in: log, by: recorder)
    return .bagChanged(administration: id, bag: bag, volumeML: volume)
  }
}

/// `chairtime session check`: a second person checked a dose.
struct SessionCheck: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Record that a second person checked a dose.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Argument(help: "Who checked.")
  var checker: String

  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    .doubleCheckRecorded(administration: try drug.id(in: log, by: recorder), checker: checker)
  }
}

/// `chairtime session disconnect`: a pump was taken off.
struct SessionDisconnect: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "disconnect", abstract: "Disconnect a pump.",
    discussion: """
      A pump connected in this session is ended by it. For one connected on another day, name its \
      drug.
      """)

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Option(help: ArgumentHelp("The access site.", valueName: "site"))
  var site: String?

  @Flag(help: "Record the drug as written, even if the formulary lacks it.")
  var unlisted = false

  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let pumps = log.administrations.filter { $0.beganWith == .pumpConnected && $0.isRunning }
    let id = try? drug.id(in: log, by: recorder, state: "connected") { one in
      pumps.contains { $0.id == one.id }
    }
    if let pump = pumps.first(where: { $0.id == id }) {
      return .pumpDisconnected(
        PumpDisconnection(
          administration: log.nextAdministration, pump: pump.id, drug: pump.facts.drug,
          site: site ?? pump.facts.site))
    }
    return .pumpDisconnected(
      PumpDisconnection(
        administration: log.nextAdministration,
        drug: try Choice.drug(
          drug.text, in: recorder.formulary, unlisted: unlisted),
        site: site))
  }
}
