import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SuiteProgram
import TimelineEngine

/// `chairtime session amend`: corrects or withdraws a fact.
struct SessionAmend: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend", abstract: "Correct or withdraw a fact, with a --reason.",
    discussion: """
      The fact is named by its number in the session (`chairtime session show --facts`) or the \
      beginning of its id. What is not named stays as it was; the first entry stays readable. A \
      time without a day is the one nearest to the time it corrects. Prints the units the correction \
      changes.
      """)

  @OptionGroup var session: SessionArgument

  @Argument(help: "The fact: its number in the session, or the beginning of its id.")
  var fact: String

  @Flag(help: "It did not happen at all.")
  var withdraw = false

  @Flag(help: "Record what is asked about the drug: its way, its amounts, or a name like another.")
  var anyway = false

  @OptionGroup var change: FactChange
  @OptionGroup var record: RecordOptions

  private func entry(in log: EventLog) throws -> EventLog.Entry {
    guard let entry = log.entry(for: try Choice.event(fact, in: log).id) else {
      throw Complaint("This session has no such fact; nothing was corrected.")
    }
    return entry
  }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let entry = try entry(in: log)
    var replacement: Fact?
    if !withdraw {
      guard let current = entry.fact else {
        throw Complaint("That fact was withdrawn already; record it again instead.")
      }
      let changed = try change.applied(to: current, in: log, recorder)
      if changed == current, record.at == nil, record.basis == nil {
        throw Complaint("The correction changes nothing; name what is to be different.")
      }
      replacement = changed
    }
    return .eventSuperseded(replaces: entry.original.id, replacement: replacement)
  }

  func moment(in log: EventLog, by recorder: Recorder, now: RecordedTime) throws -> Instant {
    let corrected = try entry(in: log).clinicalTime
    guard let at = record.at else { return corrected }
    return try recorder.moment(at, now: now, clock: log.clock, insteadOf: corrected)
  }

  func basis(in log: EventLog) throws -> TimeBasis? {
    try record.basis ?? entry(in: log).basis
  }

  func run() throws {
    // Read first: a fault in the site's file ends the command before anything is recorded.
    let policies = try Site.policies(with: record.store.address)
    let recorded = try recordFact()
    guard record.format == .text else { return }
    let moment = recorded.event.recordedTime.instant
    var derivation = SessionDerivation(
      formulary: recorded.formulary, policies: policies, now: moment)
    let before = derivation.statement(of: recorded.before, asOf: moment)
    let after = derivation.statement(of: recorded.log, asOf: moment)
    var page = TextPage()
    let difference = StatementDifference(from: before, to: after)
    if difference.isEmpty { page.line("  The units stay as they were.") }
    for change in difference.changes { change.write(to: &page) }
    for change in difference.drugs { page.wrap(change.sentence, first: "  ") }
    try StandardStream.print(page)
  }
}
