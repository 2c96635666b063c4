import InfusionRecord
import TestSupport
import Testing
import TimelineEngine

/// Findings and modifiers from loaded tables. Every row here is made up.
@Suite struct CodePairsTests {
  private func statement(_ text: String, _ tables: [EditTables.Table]) -> StatementText {
    let session = SessionText(text)
    var deriver = Deriver()
    return StatementText(
      deriver.statement(
        of: session.timeline, policy: session.policy, editTables: EditTables(tables),
        asOf: session.asOf))
  }

  private func pairs(
    _ column1: Code, _ column2: Code, _ modifier: EditTables.CodePair.ModifierIndicator,
    from: String = "2006-01-01", in setting: EditTables.Setting = .outpatientHospital
  ) throws -> [EditTables.Table] {
    [
      EditTables.Table(
        codePairs: [
          EditTables.CodePair(
            column1: column1, column2: column2, modifier: modifier,
            effective: try #require(CivilDate(iso: from)))
        ], setting: setting, quarter: try #require(Quarter("2026Q1")), source: "made-up.txt")
    ]
  }

  private let oneSite = """
    paclitaxel chemo infusion 09:00+120
    ketorolac drug im 10:00
    """

  @Test func `a pair that a modifier opens is a warning without a reason on record`() throws {
    #expect(
      statement(oneSite, try pairs(.chemoInfusion, .injection, .allowed)).text == """
        final
        96413 02-Mar paclitaxel 120 min (initial-service)
        96415 02-Mar paclitaxel 120 min (further-hours)
        96372 02-Mar ketorolac (injection)
        minutes paclitaxel 120/120, ketorolac 0/0
        finding code-pair-unopened ketorolac 96413 96372
        """)
  }

  @Test(arguments: [
    (EditTables.CodePair.ModifierIndicator.never, ["code-pair ketorolac 96413 96372"]),
    (.allowed, ["code-pair-unopened ketorolac 96413 96372"]), (.notApplicable, []),
  ])
  func `the indicator decides`(
    modifier: EditTables.CodePair.ModifierIndicator, expected: [String]
  ) throws {
    #expect(
      statement(oneSite, try pairs(.chemoInfusion, .injection, modifier)).findings == expected)
  }

  @Test(arguments: [("2026-03-02", 1), ("2026-03-03", 0)])
  func `a pair applies from its first day`(from: String, count: Int) throws {
    let tables = try pairs(.chemoInfusion, .injection, .allowed, from: from)
    #expect(statement(oneSite, tables).findings.count == count)
  }

  @Test func `the order of columns and the setting matter`() throws {
    #expect(statement(oneSite, try pairs(.injection, .push, .allowed)).findings == [])
    let office = try pairs(.chemoInfusion, .injection, .allowed, in: .practitioner)
    #expect(statement(oneSite, office).findings == [])
    let reversed = try pairs(.injection, .chemoInfusion, .allowed)
    #expect(
      statement(oneSite, reversed).findings == ["code-pair-unopened paclitaxel 96372 96413"])
  }

  private let twoSites = """
    site port
    site arm protocol
    paclitaxel chemo infusion 09:00+120 at port
    iron drug infusion 09:00+60 at arm
    zofran drug push 10:30 at arm
    """

  @Test func `a further access site with its reason opens a pair by the modifier of the policy`()
    throws
  {
    let tables = try pairs(.chemoInfusion, .pushNewDrug, .allowed)
    let found = statement(twoSites, tables)
    #expect(found.codes.contains("96375-59"))
    #expect(found.findings == ["code-pair-opened zofran 96413 96375"])
    let specific = statement("policy modifier.second_site=XS\n" + twoSites, tables)
    #expect(specific.codes.contains("96375-XS"))
  }

  @Test func `a second initial has its modifier already, and the pair is opened by it`() throws {
    let found = statement(twoSites, try pairs(.chemoInfusion, .infusion, .allowed))
    #expect(found.codes.contains("96365-59"))
    #expect(found.findings == ["code-pair-opened iron 96413 96365"])
  }

  @Test(arguments: [("", "code-pair-unopened"), (" protocol", "code-pair-opened")])
  func `the modifier of a second initial opens no pair without a reason on record`(
    reason: String, finding: String
  ) throws {
    let found = statement(
      """
      policy second_initial.requires_reason=false
      site port
      site arm\(reason)
      paclitaxel chemo infusion 09:00+60 at port
      iron drug infusion 09:00+60 at arm
      """, try pairs(.chemoInfusion, .infusion, .allowed))
    #expect(found.codes == "96413 96365-59")
    #expect(found.findings.contains("\(finding) iron 96413 96365"))
  }

  @Test func `no pair changes a unit`() throws {
    for modifier in EditTables.CodePair.ModifierIndicator.allCases {
      let found = statement(oneSite, try pairs(.chemoInfusion, .injection, modifier))
      #expect(found.codes == statement(oneSite, []).codes)
    }
  }

  // MARK: Unlikely edits

  private func limit(
    _ code: Code, _ units: Int, by adjudication: Int?, _ setting: EditTables.Setting
  )
    throws -> [EditTables.Table]
  {
    [
      EditTables.Table(
        unlikelyEdits: [
          EditTables.UnlikelyLimit(code: code, units: units, adjudication: adjudication)
        ], setting: setting, quarter: try #require(Quarter("2026Q1")), source: "made-up.csv")
    ]
  }

  @Test(arguments: [(2, []), (1, ["above-mue paclitaxel 96415 (2)"])])
  func `units above the loaded limit are found in a facility too`(units: Int, expected: [String])
    throws
  {
    let session = "paclitaxel chemo infusion 09:00+180"
    let found = statement(session, try limit(.chemoHour, units, by: 3, .outpatientHospital))
    #expect(found.findings == expected)
    #expect(found.codes == statement(session, []).codes)
  }

  @Test(arguments: [
    (1, []), (2, ["above-mue bortezomib 96409 (2)"]), (3, ["above-mue bortezomib 96409 (2)"]),
  ])
  func `an edit by line counts the units of each set of modifiers`(
    adjudication: Int, expected: [String]
  ) throws {
    let session = """
      site port
      site arm protocol
      bortezomib chemo push 08:00 at port
      vincristine chemo push 09:00 at arm
      """
    let found = statement(session, try limit(.chemoPush, 1, by: adjudication, .outpatientHospital))
    #expect(found.findings == expected)
  }

  @Test func `a loaded practitioner table replaces the values that are built in`() throws {
    let session = """
      session office reason ondansetron
      ondansetron drug push 07:00
      saline fluid infusion 08:00+511
      """
    #expect(statement(session, try limit(.hydrationHour, 9, by: 3, .practitioner)).findings == [])
    #expect(statement(session, try limit(.infusion, 1, by: 2, .practitioner)).findings == [])
    #expect(
      statement(session, try limit(.hydrationHour, 8, by: 3, .outpatientHospital)).findings
        == ["above-mue saline 96361 (9)"])
  }
}
