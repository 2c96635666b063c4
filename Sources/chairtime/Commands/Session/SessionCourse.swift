import ArgumentParser
import InfusionRecord

/// The administration a command goes on with.
struct AdministrationArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The administration: its id, or its drug.", valueName: "drug"))
  var text: String

  func choose(
    in log: EventLog, _ recorder: Recorder, called: String,
    among isCandidate: (RecordedAdministration) -> Bool
  ) throws -> RecordedAdministration {
    try recorder.administration(text, in: log, called: called, among: isCandidate)
  }
}

extension Recorder {
  fileprivate func administration(
    _ text: String, in log: EventLog, called: String,
    among isCandidate: (RecordedAdministration) -> Bool
  ) throws -> RecordedAdministration {
    try Choice.administration(
      text, in: log, formulary: formulary, among: isCandidate, called: called)
  }
}

/// `chairtime session stop`: a drug came to its end.
struct SessionStop: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", _superCommandName: Session.path, abstract: "Stop a drug.",
    discussion: """
      Where nobody saw it end, say so with --not-observed: no stop time is claimed then.
      """)

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Option(help: "How it ended.")
  var why: Administration.StopReason = .completed

  @Flag(help: "Nobody saw it end; --at is when it was found ended.")
  var notObserved = false

  @Option(help: ArgumentHelp("What went in, in mL.", valueName: "mL"))
  var volume: Double?

  @OptionGroup var record: RecordOptions

  /// The stop as typed: its administration is what somebody wrote for it.
  var stop: DrugStop {
    DrugStop(
      administration: drug.text, stopReason: why, isNotObserved: notObserved, volumeML: volume)
  }

  func run() throws { try SessionStop.run(session.text, stop, record.values) }

  static func run(_ session: String, _ stop: DrugStop, _ record: RecordOptions.Values) throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        var stop = stop
        stop.administration = try recorder.administration(
          stop.administration, in: log, called: "running"
        ) { $0.isRunning }.id
        return .drugStopped(stop)
      })
  }
}

/// `chairtime session pause`.
struct SessionPause: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", _superCommandName: Session.path, abstract: "Pause a drug that runs.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument
  @OptionGroup var record: RecordOptions

  func run() throws { try SessionPause.run(session.text, drug.text, record.values) }

  static func run(_ session: String, _ drug: String, _ record: RecordOptions.Values) throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        .drugPaused(
          administration: try recorder.administration(drug, in: log, called: "running") {
            $0.progress == .running
          }.id)
      })
  }
}

/// `chairtime session resume`.
struct SessionResume: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", _superCommandName: Session.path,
    abstract: "Resume a drug that is paused.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument
  @OptionGroup var record: RecordOptions

  func run() throws { try SessionResume.run(session.text, drug.text, record.values) }

  static func run(_ session: String, _ drug: String, _ record: RecordOptions.Values) throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        .drugResumed(
          administration: try recorder.administration(drug, in: log, called: "paused") {
            $0.progress == .paused
          }.id)
      })
  }
}

/// `chairtime session rate`.
struct SessionRate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate", _superCommandName: Session.path,
    abstract: "Record a new rate of a drug that runs.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Argument(help: ArgumentHelp("The new rate in mL per hour.", valueName: "mL/h"))
  var rate: Double

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        .rateChanged(
          administration: try drug.choose(in: log, recorder, called: "running") { $0.isRunning }
            .id, rateMLPerHour: rate)
      })
  }
}

/// `chairtime session bag`.
struct SessionBag: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bag", _superCommandName: Session.path,
    abstract: "Record a new bag of a drug that runs.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Argument(help: "The new bag.")
  var bag: String

  @Option(help: ArgumentHelp("Its volume in mL.", valueName: "mL"))
  var volume: Double?

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        .bagChanged(
          administration: try drug.choose(in: log, recorder, called: "running") { $0.isRunning }
            .id, bag: bag, volumeML: volume)
      })
  }
}

/// `chairtime session check`: a second person checked a dose.
struct SessionCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: Session.path,
    abstract: "Record that a second person checked a dose.")

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Argument(help: "Who checked.")
  var checker: String

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        .doubleCheckRecorded(
          administration: try drug.choose(in: log, recorder, called: "running") { $0.isRunning }
            .id, checker: checker)
      })
  }
}

/// `chairtime session disconnect`: a pump is taken off.
struct SessionDisconnect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disconnect", _superCommandName: Session.path, abstract: "Disconnect a pump.",
    discussion: """
      A pump connected in this session is ended by it. For one connected on another day, name its \
      drug.
      """)

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Option(help: ArgumentHelp("The access site.", valueName: "site"))
  var site: String?

  @Flag(help: "Record the drug as written, though the formulary lacks it.")
  var unlisted = false

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        let pumps = log.administrations.filter { $0.beganWith == .pumpConnected && $0.isRunning }
        let pump = try? drug.choose(in: log, recorder, called: "connected") { one in
          pumps.contains { $0.id == one.id }
        }
        if let pump, pumps.contains(where: { $0.id == pump.id }) {
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
      })
  }
}
