import ArgumentParser
import InfusionRecord
import PlainText
import SessionStore
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

  @Option(
    help:
      "How it ended; without it, completed. It is due after a reaction, and well before the planned end."
  )
  var why: Administration.StopReason?

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
    if why == nil, !notObserved { try askWhy(id, in: log, by: recorder) }
    return .drugStopped(
      DrugStop(
        administration: id, stopReason: why ?? .completed, isNotObserved: notObserved,
        volumeML: volume))
  }
}

extension SessionStop {
  /// Asks why a drug ended if a reaction to it or its planned end speaks against "completed".
  private func askWhy(_ id: String, in log: EventLog, by recorder: Recorder) throws {
    let moment = try moment(in: log, by: recorder, now: Host.now)
    guard let drug = log.administration(id),
      let doubt = drug.doubtOfCompletion(at: moment, in: log)
    else { return }
    let end = drug.plannedEnd(asOf: moment).map { ", \(ClockText(log).moment($0))" } ?? ""
    let name = recorder.formulary.drug(named: drug.facts.drug).displayName.printable
    let question =
      switch doubt {
      case .reaction:
        (name: "reaction", sentence: "The patient reacted to \(name): why did it end?")
      case .early:
        (name: "early-stop", sentence: "\(name) ends before its planned end\(end): why did it end?")
      }
    throw OpenQuestions(
      [question], outcome: "Nothing was recorded",
      advice: "say --why completed, or another reason")
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

  func run() throws {
    let recorded = try recordFact()
    guard let id = recorded.event.fact.administration,
      let resumed = recorded.log.administration(id)
    else { return }
    for sentence in DrugDoubt.resuming(resumed, in: recorded.log, recorded.formulary) {
      ProgramExit.printError(Complaint(sentence.printable))
    }
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
      let changed = recorded.log.administration(id)
    else { return }
    if let doubt = RecordedAdministration.doubt(ofRate: rate) {
      ProgramExit.printError(Complaint(doubt))
    }
    guard changed.facts.plannedMinutes != nil else { return }
    if !changed.ratesMoveEnd {
      ProgramExit.printError(Complaint(RecordedAdministration.endStays))
    } else if record.format == .text {
      let end = changed.plannedEnd(asOf: Host.now.instant)
      let words = end.map { "The planned end is \(ClockText(recorded.log).moment($0))." }
      ProgramExit.printError(Complaint(words ?? RecordedAdministration.endUnknown))
    }
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
    if let fault = SecondPerson.fault(
      checker, besides: recorder.actor, in: try recorder.store.people())
    {
      throw Complaint("\(fault.printable) Nothing was recorded.")
    }
    return .doubleCheckRecorded(
      administration: try drug.id(in: log, by: recorder), checker: checker)
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
