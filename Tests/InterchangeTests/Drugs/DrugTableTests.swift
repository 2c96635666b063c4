import InfusionRecord
import Interchange
import Testing
import TimelineEngine

@Suite struct DrugTableTests {
  private let tables = DrugTables.starter

  @Test func `the built-in tables are whole`() {
    #expect(tables.codes.count == 1119)
    #expect(tables.packages.count == 978)
    for row in tables.codes {
      #expect(row.until.map { row.from <= $0 } ?? true, "\(row.code)")
      #expect(row.code.count == 5)
    }
    for package in tables.packages {
      #expect(!tables.rows(of: package.code).isEmpty, "\(package.ndc)")
    }
  }

  @Test func `no label is long enough for an official descriptor, and no price is there`() {
    for row in tables.codes {
      #expect(row.drug.count <= 80, "\(row.code)")
      #expect(!row.drug.contains("$"))
    }
  }

  @Test(arguments: [
    ("J1300", ["J1299", "J1300"]), ("J1940", ["J1938", "J1940"]), ("J9045", ["J9045"]),
  ])
  func `a code knows what it followed and led to`(code: String, family: [String]) {
    #expect(tables.lineage(of: [code]).sorted() == family)
  }

  @Test(arguments: [
    ("00069-0809-01", "Q5103", true), ("0069-0809-01", "Q5103", true),
    ("0069-0809-99", "Q5103", false),
  ])
  func `a package is found by its code, and another of the product otherwise`(
    ndc: String, code: String, isExact: Bool
  ) {
    let found = tables.package(ndc: ndc)
    #expect(found?.package.code == code)
    #expect(found?.isExact == isExact)
  }

  @Test func `an unknown package is not found`() {
    #expect(tables.package(ndc: "99999-9999-99") == nil)
    #expect(tables.package(ndc: "nonsense") == nil)
  }

  @Test(arguments: [
    ("J1", "the text is no HCPCS code"), ("j1745", "the text is no HCPCS code"),
  ])
  func `a damaged row is refused with its line`(code: String, found: String) {
    let text =
      "code,drug,products,route,kind,amount,unit,from,until,replaced_by,opps_status,combination\n"
      + "\(code),infliximab,,,drug,10,mg,2000-01-01,,,K,\n"
    do throws(DocumentError) {
      _ = try DrugTableFiles.codes(Array(text.utf8), file: "codes.csv")
      Issue.record("no fault")
    } catch {
      #expect(error.description.hasPrefix("codes.csv:2: code: \(found)"))
    }
  }

  @Test func `sessions without amounts do not ask for the tables`() throws {
    let plain = try read(session(row: ""))
    #expect(DrugTables.starter(for: plain.timeline, .standard) == nil)
    let charted = try read(session(row: #","given":{"value":"5","unit":"mg"}"#))
    #expect(DrugTables.starter(for: charted.timeline, .standard) != nil)
    var policy = Policy.standard
    try policy.set("drug.lines", to: .text("off"))
    #expect(DrugTables.starter(for: charted.timeline, policy) == nil)
  }
}
