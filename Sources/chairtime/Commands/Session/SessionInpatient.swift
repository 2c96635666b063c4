import ArgumentParser
import InfusionRecord
import SuiteProgram

/// `chairtime session inpatient`: the patient is an inpatient from a time on.
struct SessionInpatient: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "inpatient", abstract: "Record the inpatient order, or withdraw it.",
    discussion: """
      --at is when the order was signed. What starts from then on is no outpatient service and is not \
      charged. It is recorded as a correction of the session's opening, so a later one replaces it; \
      without a --reason the reason is "inpatient order".
      """)

  @OptionGroup var session: SessionArgument

  @Flag(help: "There is no inpatient order.")
  var withdraw = false

  @OptionGroup var record: RecordOptions

  func validate() throws {
    guard withdraw, record.at != nil else { return }
    throw ValidationError(
      "--withdraw takes the order back and has no time; leave out --at, or leave out --withdraw to "
        + "record another time of the order.")
  }

  var usualReason: String? { withdraw ? "inpatient order withdrawn" : "inpatient order" }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let entry = try opening(of: log)
    guard var opening = entry.fact?.opening else { throw noOpening }
    if withdraw, opening.inpatientFrom == nil {
      throw Complaint("This session has no inpatient order; nothing was recorded.")
    }
    opening.inpatientFrom =
      withdraw ? nil : try recorder.moment(record.at, now: Host.now, clock: log.clock)
    return .eventSuperseded(replaces: entry.original.id, replacement: .sessionOpened(opening))
  }

  func moment(in log: EventLog, by recorder: Recorder, now: RecordedTime) throws -> Instant {
    try opening(of: log).clinicalTime
  }

  func basis(in log: EventLog) throws -> TimeBasis? {
    try record.basis ?? opening(of: log).basis
  }

  private func opening(of log: EventLog) throws -> EventLog.Entry {
    guard let entry = log.openingEntry else { throw noOpening }
    return entry
  }

  private var noOpening: Complaint {
    Complaint("This session has no opening; nothing was recorded.")
  }
}
