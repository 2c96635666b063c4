import ArgumentParser
import InfusionRecord
import Interchange
import SessionReview
import SuiteProgram
import TimelineEngine

/// The options of the commands that derive: rulebook, policy, formulary and moment.
struct EngineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Derive as the session stood at TIME: YYYY-MM-DDTHH:MM, local to the session or with offset.",
      valueName: "time"))
  var asOf: String?

  @Option(
    name: .customLong("policy"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a policy over the session's; may be repeated. `chairtime rules` lists them.",
      valueName: "key=value"))
  var policies: [String] = []

  @Option(
    help: ArgumentHelp(
      "Derive by this rulebook version instead of the one in force on the date.",
      valueName: "version")
  )
  var rulebook: String?

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  mutating func validate() throws {
    if let asOf {
      do throws(WrittenTime.Fault) {
        _ = try WrittenTime(asOf)
      } catch {
        throw ValidationError("--as-of: \(error.found); expected \(error.expected).")
      }
    }
    var policy = Policy.standard
    try policy.lay(policies)
    try RuleBook.check(option: rulebook)
  }

  // MARK: Values

  func formulary() throws(DocumentError) -> Formulary {
    try SiteFormulary.read(formularyFile).formulary
  }

  func deriver() -> Deriver {
    Deriver(rulebook: rulebook.flatMap(RuleBook.version))
  }

  /// The policy of the site or the document with the options laid over it.
  func policy(over policy: Policy) throws -> Policy {
    var policy = policy
    try policy.lay(policies)
    return policy
  }

  /// The terms to derive a stored session under, over the policy of its payer.
  func terms(over policy: Policy) throws -> DerivationTerms {
    DerivationTerms(
      policy: try self.policy(over: policy), rulebook: rulebook.flatMap(RuleBook.version))
  }

  /// The moment of `--as-of` on the clock of a stored session; nil without the option.
  func moment(on clock: LocalClock) throws -> Instant? {
    guard let asOf else { return nil }
    do throws(WrittenTime.Fault) {
      return try WrittenTime(asOf).moment(on: clock)
    } catch {
      throw Complaint("--as-of: \(error.found); expected \(error.expected).")
    }
  }

  /// The tables by which documents are derived.
  struct Tables {
    var edits = EditTables.none
    var drugs = DrugTableSource.starter
  }

  /// The tables next to the user's store.
  ///
  /// None but the built-in ones if the account has no place for a store: documents need no store.
  func tables() throws(DocumentError) -> Tables {
    guard let address = try? StoreAddress(option: nil) else {
      // If the reason is the site's file, its fault is told.
      _ = try Site.configured()
      return Tables()
    }
    return Tables(
      edits: try EditTablesFile(of: address).read().tables,
      drugs: try DrugTableSource.read(with: address))
  }

  /// The statement of a document under these options.
  func statement(
    of document: SessionDocument, file: String, under tables: Tables = Tables(),
    by deriver: inout Deriver
  ) throws -> Statement {
    let policy = try policy(over: document.policy)
    return deriver.statement(
      of: document.timeline, policy: policy, editTables: tables.edits,
      drugTables: tables.drugs.tables(for: document.timeline, policy),
      asOf: try moment(for: document, file: file))
  }

  private func moment(for document: SessionDocument, file: String) throws(DocumentError) -> Instant?
  {
    guard let asOf else { return nil }
    do throws(WrittenTime.Fault) {
      return try WrittenTime(asOf).moment(on: document.timeline.session.clock)
    } catch {
      throw DocumentError(file: file, path: "--as-of", found: error.found, expected: error.expected)
    }
  }
}
