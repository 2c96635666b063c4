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

      A container of another drug, an expired one, a recalled lot and an amount ten times the order \
      are asked about: then nothing is recorded, and the exit code is 2.
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
    let site = try Site.configured().configuration
    let doubts = AccountDoubt.found(
      facts, of: recorder.formulary.drug(named: about.facts.drug), ordered: about.facts.amount,
      on: log.clock.date(at: moment), recalled: site.recalledLots, in: try recorder.drugTables())
    if !doubts.isEmpty, !(anyway && GivenReason.saysSomething(record.reason ?? "")) {
      throw OpenQuestions(
        doubts.map { (name: $0.kind.rawValue, sentence: $0.sentence.printable) },
        outcome: "Nothing was recorded", advice: "record it --anyway with a --reason")
    }
    return .drugAccounted(DrugAccount(administration: about.id, facts: facts))
  }
}
