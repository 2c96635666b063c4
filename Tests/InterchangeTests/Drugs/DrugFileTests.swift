import InfusionRecord
import Interchange
import SessionReview
import Testing
import TimelineEngine

/// The shapes of the files of drug codes that CMS publishes, in small files of our own: every row is made up.
struct DrugFileTests {
  private func read(
    _ text: String, _ name: String, quarter: Quarter? = nil
  ) throws(DocumentError) -> DrugFile {
    var reader = DrugFileReader(file: name, known: .starter)
    for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated() where !line.isEmpty
    {
      try reader.take(Array(line), line: index + 1)
    }
    return try reader.finish(quarter: quarter)
  }

  private func fault(_ text: String, _ name: String, quarter: Quarter? = nil) -> String {
    do throws(DocumentError) {
      _ = try read(text, name, quarter: quarter)
      return "no fault"
    } catch { return error.description }
  }

  /// The built-in tables with the files laid over them, as a site has them.
  private func tables(_ files: [DrugFile]) throws -> DrugTables {
    var rows: [String: [UInt8]] = [:]
    let list = LoadedDrugTables(
      files.enumerated().map { number, file in
        let table = file.table(hash: String(repeating: "\(number)", count: 64))
        rows[table.name] = file.rows()
        return table
      })
    let known = rows
    let source = list.source(named: "test") { table in try #require(known[table.name]) }
    return try #require(source.tables)
  }

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

  private static let codes =
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE CD1,ADD DT,ACT EFF DT,TERM DT,ACTION CD\n"
  private static let prices =
    "\"Payment Allowance Limits, made up\",,,\n\"Effective October 1, 2026 through December 31, 2026\",,,\n"
    + "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit\n"
  private static let packages =
    "_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,"
    + "BILLUNITSPKG\n"

  // MARK: The HCPCS file

  @Test func `a new code has its own label, its unit and its dates`() throws {
    let file = try read(
      Self.codes
        + "A1,1,7,Made-up modifier,,,20200101,20200101,,N\n"
        + "J9777,1,3,\"Injection, nemotinib (nemora), not like another, 2.5 mg\",Inj,11,20261001,20261001,,A\n"
        + "Q5999,1,3,\"Injection, infliximab-zzzz, biosimilar, (madeup), 10\",Inj,11,20261001,20261001,,A\n"
        + "Q5999,2,4,mg,,,,,,\n"
        + "E0001,1,3,A made-up chair,Chair,,20261001,20261001,,A\n", "HCPC2026_OCT_ANWEB.csv")
    #expect(file.name == "hcpcs 2026Q4")
    #expect(file.rowsRead == 5)
    #expect(file.codes.map(\.code) == ["J9777", "Q5999"])
    let tables = try tables([file])
    let new = try #require(tables.rows(of: "J9777").first)
    #expect(new.label == "nemotinib (nemora)")
    #expect(new.unitText == "2.5 mg")
    #expect(try !new.applies(on: day("2026-09-30")) && new.applies(on: day("2026-10-01")))
    let biosimilar = try #require(tables.rows(of: "Q5999").first)
    #expect(biosimilar.drug == "infliximab")
    #expect(biosimilar.products == ["infliximab-zzzz", "madeup"])
    #expect(biosimilar.unitText == "10 mg")
    #expect(tables.vintage == "hcpcs 2026Q4, over \(DrugTables.starterVintage)")
    #expect(tables.names == ["hcpcs 2026Q4"])
  }

  @Test func `a code that ends stays for older dates of service, and so does an older unit`() throws
  {
    let tables = try tables([
      read(
        Self.codes
          + "J1745,1,3,\"Injection, made up, 10 mg\",Inj,,20000101,20261001,20261231,D\n"
          + "J9045,1,3,\"Injection, made up, 25 mg\",Inj,,19840101,20261001,,C\n",
        "HCPC2026_OCT_ANWEB.csv")
    ])
    let ended = try #require(tables.rows(of: "J1745").last)
    #expect(tables.rows(of: "J1745").count == 1)
    #expect(ended.label == "infliximab")
    #expect(try ended.until == day("2026-12-31"))
    let units = tables.rows(of: "J9045")
    #expect(units.map(\.unitText) == ["50 mg", "25 mg"])
    #expect(try units[0].applies(on: day("2026-09-30")) && !units[0].applies(on: day("2026-10-01")))
    #expect(try units[1].applies(on: day("2026-10-01")))
  }

  @Test func `a unit written otherwise is no change`() throws {
    let text =
      Self.codes + "J1745,1,3,\"Injection, made up, 0.01 gram\",Inj,,20000101,20261001,,C\n"
    let tables = try tables([read(text, "HCPC2026_OCT_ANWEB.csv")])
    #expect(tables.rows(of: "J1745").map(\.unitText) == ["10 mg"])
  }

  // MARK: The price file and the crosswalk

  @Test func `of the price file code and dosage are read, and no price`() throws {
    let file = try read(
      Self.prices
        + "J9778,Made up,\"PER 1,000 UNITS\",no price at all\nJ1745,Made up,10 MG,9.9.9\n",
      "prices.csv")
    #expect(file.name == "asp 2026Q4")
    #expect(
      !file.rows().contains(0x39) || !String(decoding: file.rows(), as: UTF8.self).contains("9.9.9")
    )
    let tables = try tables([file])
    let new = try #require(tables.rows(of: "J9778").first)
    #expect(new.unitText == "1000 units")
    #expect(try new.from == day("2026-10-01"))
    #expect(tables.rows(of: "J1745") == DrugTables.starter.rows(of: "J1745"))
  }

  @Test func `a package has its code and what one container holds`() throws {
    let file = try read(
      Self.packages
        + "J9045,Carboplatin,Made up,99999-0001-01,Carbo Made Up\u{AE},50 MG,45,1,9,9\n"
        + "Q4081,Epoetin,Made up,99999-0002-01,Epo,100 UNITS,1,10,20,200\n"
        + "J0885,Epoetin,Made up,99999-0002-01,Epo,1000 UNITS,1,10,2,20\n",
      "October 2026 ASP NDC-HCPCS Crosswalk.csv")
    #expect(file.name == "ndc-hcpcs 2026Q4")
    let tables = try tables([file])
    let vial = try #require(tables.package(ndc: "99999-0001-01"))
    #expect(vial.isExact)
    #expect(vial.package.code == "J9045")
    #expect(vial.package.drug == "carboplatin")
    #expect(vial.package.amount?.text == "450 mg")
    #expect(tables.package(ndc: "99999-0002-01")?.package.code == "J0885")
    let known = try #require(DrugTables.starter.packages.first)
    #expect(tables.package(ndc: known.ndc)?.package == known)
  }

  @Test(arguments: [
    ("10 MG", "10 mg"), ("up to 40 mg", "40 mg"), ("0.1 ML", "0.1 mL"), ("1 CC", "1 mL"),
    ("per 500 units", "500 units"), ("1 I.U.", "1 IU"), ("1 million units", "1000000 units"),
    ("1 GM", "1 g"), (".5 mg", "0.5 mg"), ("PER DOSE", "dose"), ("1 vial", "vial"),
    ("30 mcg", "30 mcg"),
    ("2 MEQ", "2 mEq"), ("40 millicuries", "40 mCi"), ("1 gram/0.125 grams (1.125 grams)", ""),
    ("", ""), ("kit", ""), ("0 mg", ""), ("mg", ""), ("10 mgs", ""), ("per 3 dose", ""),
  ])
  func `a dosage is read with its unit or not at all`(text: String, unit: String) throws {
    let rest = "J1745,Made up,10 MG,\nJ9779,Made up,\"\(text)\",\n"
    let found = try read(Self.prices + rest, "prices.csv").codes.first { $0.code == "J9779" }
    #expect(found?.unitText ?? "" == unit)
  }

  // MARK: Names and faults

  @Test(arguments: [
    "HCPC2026_OCT_ANWEB.csv", "october-2026-alpha-numeric-hcpcs-file.csv",
    "section 508 version of October 2026 ASP Pricing File 091026.csv", "codes-2026q4.csv",
  ])
  func `the file's name says the quarter`(name: String) throws {
    let text = Self.codes + "J1745,1,3,\"Injection, 10 mg\",Inj,,20000101,20000101,,N\n"
    #expect(try read(text, name).quarter.text == "2026Q4")
  }

  @Test(arguments: [
    (
      codes + "J174,1,3,x,,,20000101,20000101,,\n", "HCPC2026_OCT_ANWEB.csv",
      "HCPC2026_OCT_ANWEB.csv:2: HCPCS Code: the cell is not a code; expected five digits or capital letters."
    ),
    (
      codes + "J1745,1,3,x,,,20001301,,,\n", "HCPC2026_OCT_ANWEB.csv",
      "HCPC2026_OCT_ANWEB.csv:2: ADD DT: the cell is not a date; expected YYYYMMDD."
    ),
    (
      codes + "J1745,1,3,x,,,,,,\n", "HCPC2026_OCT_ANWEB.csv",
      "HCPC2026_OCT_ANWEB.csv:2: ADD DT: the cell is empty; expected the first day of the code."
    ),
    (
      codes + "J1745,1,3,x,,,20000101,,19990101,\n", "HCPC2026_OCT_ANWEB.csv",
      "HCPC2026_OCT_ANWEB.csv:2: TERM DT: the code ends before it begins; expected a later date."
    ),
    (
      codes + "J1745,1,3,x,,,20000101,,,\nJ9045,2,4,x,,,,,,\n", "HCPC2026_OCT_ANWEB.csv",
      "HCPC2026_OCT_ANWEB.csv:3: RECID: a further line follows another code; expected its first line before it."
    ),
    (
      packages + "J9045,x,x,99999-0001,x,50 MG,1,1,1,1\n", "October 2026 crosswalk.csv",
      "October 2026 crosswalk.csv:2: NDC: the cell is no National Drug Code; expected eleven digits, 5-4-2."
    ),
    (
      packages + "J9045,x,x,99999-0001-01,x,50 MG,1,1,many,1\n", "October 2026 crosswalk.csv",
      "October 2026 crosswalk.csv:2: BILLUNITS: the cell is no number of units; expected digits."
    ),
    (
      "HCPC,TERM DT\nJ1745,\n", "HCPC2026_OCT_ANWEB.csv",
      "HCPC2026_OCT_ANWEB.csv:1: the heading has no column \"LONG DESCRIPTION\"; expected the columns of "
        + "the alpha-numeric HCPCS file."
    ),
    (
      prices + "J1745,x,10 MG,\n", "July 2026 ASP.csv", "no fault"
    ),
    (
      "HCPCS Code,HCPCS Code Dosage\nJ1745,10 MG\n", "prices.csv",
      "prices.csv: neither file name nor titles say the quarter; expected --quarter, for example "
        + "--quarter 2026Q4."
    ),
    (
      prices + "J1745,x,10 MG,\nJ1745,x,1 MG,\n", "prices.csv",
      "prices.csv:5: HCPCS Code Dosage: the code has two dosages; expected one for each code."
    ),
    ("nothing\n", "x.csv", "x.csv: no heading of a table of drug codes was found"),
    ("PK\u{3}\u{4}\n", "x.zip", "x.zip:1: the file is a ZIP archive"),
  ])
  func `a fault is told with its line and reason`(text: String, name: String, wanted: String) {
    #expect(fault(text, name).hasPrefix(wanted), "\(fault(text, name))")
  }

  @Test func `another quarter than the file's is refused, and a table given twice`() throws {
    let text = Self.prices + "J1745,x,10 MG,\n"
    #expect(
      fault(text, "prices.csv", quarter: Quarter("2026Q3"))
        == "prices.csv: the file is of the quarter 2026Q4; expected --quarter 2026Q4.")
    let file = try read(text, "prices.csv")
    #expect(throws: DocumentError.self) { try DrugFile.check([file, file]) }
  }

  // MARK: The list

  @Test func `a list is read back as it was written`() throws {
    let table = try read(Self.prices + "J1745,x,10 MG,\n", "prices.csv")
      .table(hash: String(repeating: "ab", count: 32))
    let list = LoadedDrugTables([table])
    #expect(try LoadedDrugTables(list.json(), file: "tables.json") == list)
    #expect(table.rowFile == "asp-2026Q4-abababababababab.csv")
    for damaged in ["{}", "[]", #"{"format":"chairtime.drug-tables/1","tables":[{"kind":"asp"}]}"#]
    {
      #expect(throws: DocumentError.self, "\(damaged)") {
        try LoadedDrugTables(Array(damaged.utf8), file: "tables.json")
      }
    }
  }

  @Test func `rows that cannot be read hold every line and leave the chair its own tables`() throws
  {
    struct Damaged: Error {}
    let table = try read(Self.prices + "J1745,x,10 MG,\n", "prices.csv")
      .table(hash: String(repeating: "0", count: 64))
    let source = LoadedDrugTables([table]).source(named: "test") { _ in throw Damaged() }
    #expect(source.tables === DrugTables.starter)
    let document = try InterchangeTests.read(
      session(
        rows: #"{"id":"a1","drug":"Remicade","technique":"infusion","#
          + #""start":"2026-11-02T10:00","stop":"2026-11-02T12:00","given":{"value":"350","unit":"mg"}}"#
      ),
      formulary: .starter)
    let tables = try #require(source.tables(for: document.timeline, document.policy))
    #expect(tables.isUnreadable)
    var deriver = Deriver()
    let statement = deriver.statement(
      of: document.timeline, policy: document.policy, drugTables: tables)
    #expect(statement.drugLines.allSatisfy { $0.status == .held })
    #expect(statement.status == .held || statement.findings.contains { $0.id == .noCodeOnDate })
    #expect(statement.drugCodes == tables.vintage)
  }

  @Test func `a table whose quarter had not begun is not used for an earlier session`() throws {
    let table = try read(Self.prices + "J1745,x,10 MG,\n", "prices.csv")
    let list = LoadedDrugTables([table.table(hash: String(repeating: "0", count: 64))])
    let rows = table.rows()
    let source = list.source(named: "test") { _ in rows }
    for (date, names) in [("2026-09-30", []), ("2026-10-01", ["asp 2026Q4"])] {
      let document = try InterchangeTests.read(
        session(
          rows: #"{"id":"a1","drug":"Remicade","technique":"infusion","start":"\#(date)T10:00","#
            + #""stop":"\#(date)T12:00","given":{"value":"350","unit":"mg"}}"#),
        formulary: .starter)
      #expect(source.tables(for: document.timeline, document.policy)?.names == names)
    }
    #expect(source.restricted(to: []).tables?.names == [])
  }
}
