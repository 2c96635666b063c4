import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// `chairtime session account`: what was given of a drug, from which containers, and what was discarded.
struct SessionAccount: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "Record the amount given of a drug, its containers and what was discarded.",
    discussion: """
      What is not named stays as it was recorded. An amount has its unit: "80 mg", "0.5 mg", \
      "1,000 units". Nothing is taken as discarded unless it is said.

      A container of another drug, an expired one, a recalled lot, an amount ten times the order, a \
      unit that the drug is not counted in and many more containers than the dose needs are asked \
      about: then nothing is recorded, and the exit code is 2. If the site wants a witness of discards, \
      one is needed here too.
      """)

  @OptionGroup var session: SessionArgument
  @OptionGroup var drug: AdministrationArgument

  @Option(help: ArgumentHelp("What reached the patient: \"80 mg\".", valueName: "amount"))
  var given: String?

  @OptionGroup var account: AccountOptions

  @Flag(help: "Record what is asked about; needs a --reason.")
  var anyway = false

  @OptionGroup var record: RecordOptions

  func validate() throws {
    if anyway { try Reason.checkForAnyway(record.reason) }
  }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let about = try Choice.administration(
      drug.text, in: log, formulary: recorder.formulary, among: { $0.facts.technique.givesDrug },
      state: "recorded")
    let now = Host.now
    let moment = try moment(in: log, by: recorder, now: now)
    let facts = try account.applied(
      to: about.drugFacts ?? .none, given: given, at: moment, by: recorder)
    guard facts != about.drugFacts ?? .none else {
      throw Complaint("Nothing new is said about the drug; nothing was recorded.")
    }
    return .drugAccounted(DrugAccount(administration: about.id, facts: facts))
  }
}
