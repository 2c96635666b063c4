import InfusionRecord
import PlainText
import TestSupport
import Testing
import TimelineEngine

@testable import Interchange
@testable import SessionReview

/// Lines of drugs in every export, and credits and charges when one changes.
struct DrugExportTests {
  private static let at = RecordedTime(milliseconds: 1_795_500_000_123)

  private static func mg(_ number: Int) -> DrugAmount { DrugAmount(ExactDecimal(number), .mg) }

  /// 450 mg of rituximab from one vial of 500 mg.
  private static func facts(given: Int = 450, discarded: Int? = 50) -> DrugFacts {
    DrugFacts(
      given: mg(given), product: DrugProduct(ndc: "50242-053-06"),
      containers: [
        DrugContainer(
          ndc: "50242005306", amount: mg(500), kind: .singleDose, lot: "LOT8",
          expires: CivilDate(iso: "2027-05-31"))
      ],
      discarded: discarded.map {
        DrugDiscard(mg($0), by: "RN T. SAMPLE", witness: "RN N. NOBODY", place: .chair)
      })
  }

  private static func record(_ facts: DrugFacts?) -> SampleRecord {
    var record = SampleRecord(zone: "America/Chicago")
    var opening = SampleRecord.opening
    opening.zone = record.zone
    record.add(.sessionOpened(opening), at: "07:00")
    record.add(.siteOpened(SiteOpening(site: "port", kind: .port)), at: "07:00")
    var start = AdministrationFacts(
      administration: "a1", drug: "rituximab", technique: .infusion, site: "port")
    start.amount = "375 mg/m2"
    start.volumeML = 500
    start.rateMLPerHour = 125
    record.add(.drugStarted(start), at: "07:30")
    record.stop("a1", at: "11:30")
    if let facts {
      record.add(
        .drugAccounted(DrugAccount(administration: "a1", facts: facts)), at: "11:31")
    }
    record.add(.sessionClosed(answers: []), at: "12:00")
    return record
  }

  private static func session(
    _ facts: DrugFacts? = facts(), _ change: (inout Policy) -> Void = { _ in }
  ) -> DerivedSession {
    let log = record(facts).log
    var policy = Policy.standard
    change(&policy)
    let last = log.latestMoment
    let recorded = log.timeline(asOf: last, formulary: .starter)
    var deriver = Deriver()
    let statement = deriver.statement(
      of: recorded.timeline, policy: policy,
      drugTables: .starter(for: recorded.timeline, policy))
    let signOff = ReviewStanding.SignOff(
      review: Review(
        statementHash: String(repeating: "0", count: 64), rulebook: statement.rulebook, policy: [],
        reviewer: "R. SAMPLE"),
      at: RecordedTime(milliseconds: last.seconds * 1000 + 60_000))
    return DerivedSession(
      log: log, recorded: recorded, statement: statement, standing: .reviewed(signOff))
  }

  private static func codes(_ session: DerivedSession) -> [String] {
    session.units.map { "\($0.codeText) \($0.count)" }
  }

  @Test func `the lines of drugs follow the charges, each with an id of its own`() {
    let units = Self.session().units
    #expect(
      units.map(\.codeText).suffix(2) == ["J9312", "J9312-JW"],
      "\(units.map(\.codeText))")
    #expect(units.suffix(2).map(\.count) == [45, 5])
    #expect(Set(units.map(\.id)).count == units.count)
    #expect(Set(units.map(\.place)).count == units.count)
    #expect(units.last?.drugs == ["riTUXimab"])
  }

  @Test func `charges keep their ids when amounts are recorded`() {
    let without = Self.session(nil).units
    let with = Self.session().units
    #expect(with.prefix(without.count).map(\.id) == without.map(\.id))
    #expect(with.prefix(without.count).map(\.place) == without.map(\.place))
  }

  @Test func `another discard changes the lines, and JZ becomes JW`() {
    let none = Self.session(Self.facts(given: 500, discarded: 0))
    let some = Self.session()
    #expect(Self.codes(none).last == "J9312-JZ 50")
    let difference = StatementDifference(from: none.statement, to: some.statement)
    #expect(!difference.isEmpty)
    #expect(
      difference.drugs.map { "\($0.code) \($0.from) \($0.to)" }
        == ["J9312-JZ 50 0", "J9312 0 45", "J9312-JW 0 5"])
    #expect(difference.codeSentence.contains("J9312-JW: 0 to 5"))
    #expect(difference.risen.isEmpty && difference.fallen.isEmpty)
  }

  @Test func `a line that changed is credited and charged, a charge that stands is not`() throws {
    let none = Self.session(Self.facts(given: 500, discarded: 0))
    let first = DetailedTransaction.correcting(
      none, from: [], names: HL7Names(), unit: "INF", at: Self.at)
    let sent = first.flatMap { SentPosting.all(in: Array($0.text.utf8), $0.postings) }
    let second = DetailedTransaction.correcting(
      Self.session(), from: sent, names: HL7Names(), unit: "INF", at: Self.at)
    let postings = second.flatMap(\.postings).map {
      "\($0.isCredit ? "-" : "+")\($0.code) \($0.count)"
    }
    #expect(postings == ["-J9312 50", "+J9312 45", "+J9312 5"])
    #expect(
      DetailedTransaction.correcting(
        none, from: sent, names: HL7Names(), unit: "INF", at: Self.at
      ).isEmpty)
  }

  @Test(arguments: [true, false])
  func `FT1 has modifier and units, and the package's code if the policy wants it`(ndc: Bool)
    throws
  {
    let session = Self.session(Self.facts()) { $0.ndcOnLine = ndc }
    let text = DetailedTransaction(session, names: HL7Names(), unit: "INF", at: Self.at).text
    let found = try IndependentReader.run("hl7_check.py", Array(text.utf8))
    let message = try #require(found["messages"]?.list?.first?.list)
    let lines = message.compactMap { segment -> [String: String]? in
      guard let list = segment.list, list.first?.text == "FT1", list.count == 2,
        case .object(let members) = list[1].content
      else { return nil }
      return Dictionary(
        members.map { ($0.key, $0.value.text ?? "") }, uniquingKeysWith: { first, _ in first })
    }
    let last = try #require(lines.last)
    #expect(last.values.contains("J9312") && last.values.contains("JW"), "\(last)")
    #expect(last.values.contains("5"), "\(last)")
    #expect(last.values.contains("50242005306") == ndc, "\(last)")
  }

  @Test func `the table has a row for each line`() {
    var csv = CSVWriter()
    CSVExport.write(Self.session(), to: &csv)
    let rows = String(decoding: csv.bytes, as: UTF8.self).split(separator: "\r\n")
    let drugs = rows.filter { $0.contains("J9312") }
    #expect(drugs.count == 2, "\(rows)")
    #expect(drugs.last?.contains(#","J9312",5,"JW","#) == true, "\(drugs)")
  }

  @Test func `a page of the day has the lines, and totals add them after the services`() {
    let session = Self.session()
    var page = TextPage()
    TextExport.write(session, to: &page)
    #expect(page.lines.contains { $0.contains("J9312-JW x5") }, "\(page.lines)")
    var totals = UnitTotals()
    totals.add(session)
    totals.add(session)
    #expect(totals.lines.last?.code.number == "J9312")
    #expect(totals.lines.last?.units == 100)
  }

  @Test func `the dose of a resource is what was given, never the volume of the bag`() throws {
    var bundle = FHIRBundle(systems: FHIRSystems(), authority: "HOSPITAL")
    bundle.begin(at: Self.at)
    bundle.add(Self.session())
    bundle.end()
    let root = try JSONValue(bundle.takeBytes(), file: "bundle")
    let resources = (root["entry"]?.list ?? []).compactMap { $0["resource"] }
    let given = try #require(
      resources.first { $0["resourceType"]?.text == "MedicationAdministration" })
    #expect(given["dosage"]?["dose"]?["value"]?.number == 450)
    #expect(given["dosage"]?["dose"]?["code"]?.text == "mg")
    #expect(given["dosage"]?["rateQuantity"]?["value"]?.number == 125)
    let drug = try #require(given["contained"]?.list?.first)
    #expect(drug["batch"]?["lotNumber"]?.text == "LOT8")
    #expect(drug["batch"]?["expirationDate"]?.text == "2027-05-31")
    let codes = (drug["code"]?["coding"]?.list ?? []).compactMap { $0["code"]?.text }
    #expect(codes.contains("50242005306") && codes.contains("J9312"), "\(codes)")
    #expect(given["medicationReference"]?["reference"]?.text == "#drug")
    let charges = resources.filter { $0["resourceType"]?.text == "ChargeItem" }
    let quantities = charges.compactMap { $0["quantity"]?["value"]?.number }
    #expect(quantities.suffix(2) == [45, 5], "\(quantities)")
  }

  @Test func `FHIR's own library reads the drug`() throws {
    var bundle = FHIRBundle(systems: FHIRSystems(), authority: "HOSPITAL")
    bundle.begin(at: Self.at)
    bundle.add(Self.session())
    bundle.end()
    _ = try IndependentReader.run("fhir_check.py", bundle.takeBytes())
  }

  @Test func `a session without amounts has no line, even if the tables are there`() {
    let session = Self.session(nil)
    #expect(session.statement.drugLines.isEmpty)
    #expect(session.units.allSatisfy { !$0.code.number.hasPrefix("J") })
  }

  @Test func `what is missing for a line is an issue that a nurse can resolve`() {
    let bare = DrugFacts(given: Self.mg(450))
    #expect(
      Self.session(bare).statement.drugIssues.map(\.kind)
        == [.productUnknown, .containerNotRecorded])
    #expect(
      Self.session(Self.facts(discarded: nil)).statement.drugIssues.map(\.kind)
        == [.discardNotRecorded])
    #expect(Self.session().statement.drugIssues.isEmpty)
    let touched = Self.facts().changing(given: .some(nil))
    #expect(
      Self.session(touched).statement.drugIssues.map(\.kind).contains(.amountNotRecorded))
  }
}
