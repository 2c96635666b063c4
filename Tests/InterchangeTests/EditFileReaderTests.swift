import InfusionRecord
import Interchange
import Testing
import TimelineEngine

/// The shapes of the files that CMS publishes, in small files of our own: no row of CMS is here.
struct EditFileReaderTests {
  private static let notice =
    "\"Current Procedural Terminology (CPT) codes, descriptions and other data only are copyright"
    + " of their owner.\r\n\r\nFARS/DFARS apply.\",,,\r\n"

  private func read(
    _ text: String, _ name: String, setting: EditTables.Setting? = nil, quarter: Quarter? = nil
  ) throws(DocumentError) -> EditFile {
    var reader = EditFileReader(file: name)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      if index == lines.count - 1, line.isEmpty { break }
      try reader.take(Array(line), line: index + 1)
    }
    return try reader.finish(setting: setting, quarter: quarter)
  }

  private func table(_ text: String, _ name: String) throws -> EditTables.Table {
    try #require(EditFile.tables(of: [read(text, name)]).first)
  }

  private func fault(
    _ text: String, _ name: String, setting: EditTables.Setting? = nil, quarter: Quarter? = nil
  ) -> String {
    do throws(DocumentError) {
      _ = try read(text, name, setting: setting, quarter: quarter)
      return "no fault"
    } catch { return error.description }
  }

  // MARK: Unlikely edits

  @Test func `an MUE file is read by heading, below its notice`() throws {
    let table = try table(
      Self.notice
        + "\"HCPCS/\r\nCPT Code\",Outpatient Hospital Services MUE Values,MUE Adjudication"
        + " Indicator,MUE Rationale\r\n"
        + "0001U,1,2 Date of Service Edit: Policy,Made up\r\n"
        + "96361,24,3 Date of Service Edit: Clinical,\"Made, up\"\r\n"
        + "96365,1,1 Line Edit,Made up\r\n", "MCR_MUE_OutpatientHospitalServices_Eff_10-01-2026.csv"
    )
    #expect(table.name == "unlikely-edits outpatient-hospital 2026Q4")
    #expect(table.rowCount == 2)
    #expect(table.limits[.hydrationHour]?.units == 24)
    #expect(table.limits[.hydrationHour]?.adjudication == 3)
    #expect(table.limits[.infusion]?.adjudication == 1)
  }

  @Test func `the columns of an MUE file may stand in any order, and some may be missing`() throws {
    let table = try table(
      "MUE Rationale,Practitioner Services MUE Values,HCPCS/CPT Code\nMade up,8,96361\n",
      "MCR_MUE_PractitionerServices_Eff_01-01-2027.csv")
    #expect(table.name == "unlikely-edits practitioner 2027Q1")
    #expect(table.limits[.hydrationHour]?.units == 8)
    #expect(table.limits[.hydrationHour]?.adjudication == nil)
  }

  // MARK: Code pairs

  private static let pairHeading =
    "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data"
    + "\tModifier 0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\n"

  @Test func `a PTP text is read with its dates and indicators`() throws {
    let table = try table(
      "CPT only copyright of its owner.\n" + Self.pairHeading
        + "0001A\t0591T\t\t20220101\t20231231\t1\tMade up\n"
        + "96413\t96365\t\t20060101\t*\t1\tMade up\n"
        + "96413\t96360\t*\t19960101\t20091231\t0\tMade up\n"
        + "96413\t96360\t\t20100101\t\t9\t\n", "ccipra-v322r0-f1.txt")
    #expect(table.name == "code-pairs practitioner 2026Q3")
    #expect(table.source == "ccipra-v322r0-f1.txt")
    func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }
    #expect(
      try table.codePairs == [
        EditTables.CodePair(
          column1: .chemoInfusion, column2: .hydration, modifier: .never,
          effective: day("1996-01-01"), deletion: day("2009-12-31")),
        EditTables.CodePair(
          column1: .chemoInfusion, column2: .hydration, modifier: .notApplicable,
          effective: day("2010-01-01")),
        EditTables.CodePair(
          column1: .chemoInfusion, column2: .infusion, modifier: .allowed,
          effective: day("2006-01-01")),
      ])
  }

  @Test(arguments: [
    // The heading goes on over several lines, as in the published text.
    "Column1/Column 2 Edits\t\t\t\t\t\t\n\nColumn 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier"
      + "\tPTP Edit Rationale\n\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n\t\t\t\t*=no data"
      + "\t1=allowed\t\n\t\t\t\t\t9=not applicable\t\n96413\t96365\t\t20060101\t*\t1\tMade up\n",
    // Quoted cells with line breaks.
    "Column 1\tColumn 2\t\"*=in existence\nprior to 1996\"\t\"Effective\nDate\"\t\"Deletion\nDate\n"
      + "*=no data\"\t\"Modifier\n0=not allowed\"\t\"PTP Edit\nRationale\"\n"
      + "96413\t96365\t\t20060101\t*\t1\tMade up\n",
    // As comma-separated values, other order, no mark for 1996, other dates.
    "Modifier,PTP Edit Rationale,Column 2,Column 1,Deletion Date,Effective Date\n"
      + "1,\"Made, up\",96365,96413,,1/1/2006\n",
    "Column 1,Column 2,Effective Date,Deletion Date,Modifier\n96413,96365,2006-01-01,*,1\n",
    // A notice below the rows, and blank rows.
    "Column 1,Column 2,Effective Date,Deletion Date,Modifier\n,,,,\n96413,96365,20060101,*,1\n\n"
      + "CPT copyright of its owner,,,,\n",
  ])
  func `headings and order of a PTP file may differ`(text: String) throws {
    for name in ["ccioph-v320r0.csv", "folder/ccioph-v320r0-f1.txt"] {
      let table = try table(text, name)
      #expect(table.name == "code-pairs outpatient-hospital 2026Q1")
      #expect(table.codePairs.map(\.modifier) == [.allowed])
      #expect(table.codePairs.map(\.effective.iso) == ["2006-01-01"])
      #expect(table.codePairs.map(\.deletion) == [nil])
    }
  }

  // MARK: What is refused

  private static let mue =
    "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator\n"

  @Test(arguments: [
    (
      mue + "9636,8,3\n",
      "2: HCPCS/CPT Code: the cell is not a code; expected five digits or capital letters."
    ),
    (
      mue + "96361,8,3\n96366,many,3\n",
      "3: MUE Values: the value is not a number of units; expected digits."
    ),
    (mue + "96361,,3\n", "2: MUE Values: the value is not a number of units; expected digits."),
    (
      mue + "96361,8,4 Edit\n",
      "2: MUE Adjudication Indicator: the indicator is not known; expected 1, 2 or 3 first."
    ),
    (
      mue + "96361,8,3\n96361,9,3\n",
      "3: HCPCS/CPT Code: a code has two values; expected one row for each code."
    ),
    (mue + "96361,8,3,more\n", "2: a cell stands under no heading; expected 3 columns."),
    (mue + "96361,\"8,3\n", "2: the file ends inside a quoted cell; expected a closing quote."),
    (
      "HCPCS/CPT Code,DME Supplier Services MUE Values\n96361,8\n",
      "1: the column of MUE values is not for practitioners or outpatient hospitals; expected"
        + " \"Practitioner Services MUE Values\" or \"Outpatient Hospital Services MUE Values\"."
    ),
    (
      "HCPCS/CPT Code,Practitioner Services MUE Values,Price\n96361,8,1\n",
      "1: the heading of column 3, \"Price\", is not understood; expected the headings of a CMS table of"
        + " unlikely edits (MUE): \"HCPCS/CPT Code\", \"MUE Values\", \"MUE Adjudication Indicator\","
        + " \"Rationale\"."
    ),
    (
      "HCPCS/CPT Code,CPT Code,Practitioner Services MUE Values\n96361,96361,1\n",
      "1: two columns are headed \"HCPCS/CPT Code\"; expected one."
    ),
    (
      "PK\u{3}\u{4}rest\n",
      "1: the file is a ZIP archive; expected the .csv or .txt file inside it (unzip)."
    ),
    ("a\u{0}b\n", "1: the file is not plain text; expected a .csv or .txt file."),
  ])
  func `an MUE file that is not understood is refused with its line`(text: String, sentence: String)
  {
    #expect(
      fault(text, "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv")
        == "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv:" + sentence)
  }

  private static let pairs = "Column 1,Column 2,Effective Date,Deletion Date,Modifier\n"

  @Test(arguments: [
    (
      pairs + "96413,96365,20060101,*,1\n96413,96365,20100101,*,0\n",
      "3: Modifier: the pair has two indicators on one day; expected one indicator for each day."
    ),
    (
      pairs + "96413,9636,20060101,*,1\n",
      "2: Column 2: the cell is not a code; expected five digits or capital letters."
    ),
    (
      pairs + "96413,96365,20061301,*,1\n",
      "2: Effective Date: the cell is not a date; expected YYYYMMDD."
    ),
    (
      pairs + "96413,96365,*,*,1\n",
      "2: Effective Date: the cell is empty; expected the first day of the edit."
    ),
    (
      pairs + "96413,96365,20060101,never,1\n",
      "2: Deletion Date: the cell is not a date; expected YYYYMMDD."
    ),
    (
      pairs + "96413,96365,20060101,*,2\n",
      "2: Modifier: the indicator is not known; expected 0, 1 or 9."
    ),
    (
      pairs + "96413,96365,20060101,*\n",
      "2: Modifier: the indicator is not known; expected 0, 1 or 9."
    ),
    (
      "Column 1,Column 2,Modifier Indicator\n96413,96365,1\n",
      "1: the heading has no column \"Effective Date\"; expected a whole table of code pairs (PTP), not"
        + " a list of changes."
    ),
  ])
  func `a PTP file that is not understood is refused with its line`(text: String, sentence: String)
  {
    #expect(fault(text, "ccipra-v323r0.csv") == "ccipra-v323r0.csv:" + sentence)
  }

  private static let both =
    " a line with both \"HCPCS/CPT Code\" and \"MUE Values\", or with both \"Column 1\" and \"Column 2\"."

  @Test func `a file without a heading, or without rows, is refused`() {
    #expect(
      fault("some,text\n", "x.csv")
        == "x.csv: no heading of a table of unlikely edits or code pairs was found; expected"
        + Self.both)
    // A heading that has one of the two is named by its line, with what it lacks.
    #expect(
      fault("a title\nCode,Practitioner Services MUE Values\n96361,8\n", "x.csv")
        == "x.csv:2: the heading has the column \"MUE Values\" and no column \"HCPCS/CPT Code\"; expected"
        + Self.both)
    #expect(
      fault(String(repeating: "line\n", count: 61), "x.csv")
        == "x.csv:61: no heading was found in the first 61 lines; expected" + Self.both)
    for text in [Self.mue, Self.mue + ",,\n"] {
      #expect(
        fault(text, "mue-2026q4.csv")
          == "mue-2026q4.csv: the table has no rows; expected rows under the heading.")
    }
  }

  // MARK: Setting and quarter

  @Test func `what the file does not say is asked for, and a contradiction is refused`() throws {
    let text = Self.pairs + "96413,96365,20060101,*,1\n"
    #expect(
      fault(text, "pairs.csv")
        == "pairs.csv: neither heading nor file name says the setting; expected --setting"
        + " practitioner or --setting outpatient-hospital.")
    #expect(
      fault(text, "pairs.csv", setting: .practitioner)
        == "pairs.csv: the file name does not say the quarter; expected --quarter, for example"
        + " --quarter 2026Q4.")
    let said = try read(text, "pairs.csv", setting: .practitioner, quarter: Quarter("2026Q4"))
    #expect(said.quarter.text == "2026Q4")
    #expect(
      fault(text, "ccipra-v323r0.csv", setting: .outpatientHospital)
        == "ccipra-v323r0.csv: the file is of the setting practitioner; expected --setting"
        + " practitioner.")
    #expect(
      fault(text, "ccipra-v323r0.csv", quarter: Quarter("2026Q3"))
        == "ccipra-v323r0.csv: the file is of the quarter 2026Q4; expected --quarter 2026Q4.")
    #expect(
      fault(Self.mue + "96361,8,3\n", "ccioph-v323r0.csv")
        == "ccioph-v323r0.csv: heading and file name say different settings; expected the name that"
        + " CMS gave the file.")
  }

  @Test(arguments: [
    ("ccipra-v320r0-f1.txt", "2026Q1"), ("CCIOPH-V301R0-F2.TXT", "2024Q2"),
    ("ccipra-v313r0-f1.TXT", "2025Q4"),
    ("MCR_MUE_PractitionerServices_Eff_10-01-2026.csv", "2026Q4"),
    ("medicare-ncci-2026q2-practitioner-ptp-edits.txt", "2026Q2"),
  ])
  func `the file name says the quarter`(name: String, quarter: String) throws {
    let file = try read(Self.pairs + "96413,96365,20060101,*,1\n", name, setting: nil)
    #expect(file.quarter.text == quarter)
  }

  // MARK: Parts

  @Test func `the parts of a table are joined, and a missing or repeated part is refused`() throws {
    let one = try read(Self.pairs + "96413,96365,20060101,*,1\n", "ccipra-v323r0-f1.txt")
    let two = try read(Self.pairs + "96413,96360,20060101,*,1\n", "ccipra-v323r0-f2.txt")
    let tables = try EditFile.tables(of: [two, one])
    #expect(tables.map(\.rowCount) == [2])
    #expect(tables.map(\.source) == ["ccipra-v323r0-f2.txt, ccipra-v323r0-f1.txt"])
    func fault(_ files: [EditFile]) -> String {
      do throws(DocumentError) {
        _ = try EditFile.tables(of: files)
        return "no fault"
      } catch { return error.description }
    }
    #expect(
      fault([two])
        == "ccipra-v323r0-f2.txt: part f1 of its table is not among the files; expected all parts of"
        + " the quarter in one command.")
    #expect(
      fault([one, one])
        == "ccipra-v323r0-f1.txt: a part of its table is given twice; expected it once.")
  }

  // MARK: Kept tables

  @Test func `kept tables are read back as they were`() throws {
    let limits = try read(Self.mue + "96361,8,3\n96365,1,\n", "practitioner-2026q4.csv")
    let pairs = try read(
      Self.pairs + "96413,96365,20060101,20301231,1\n96413,96360,20060101,*,0\n",
      "ccioph-v323r0.csv")
    let tables = EditTables(try EditFile.tables(of: [limits, pairs]))
    #expect(try EditTables(tables.json(), file: "edit-tables.json") == tables)
  }

  @Test(arguments: [
    ("{}", "edit-tables.json: these are no edit tables; expected chairtime.edit-tables/1."),
    (
      #"{"format":"chairtime.edit-tables/1","tables":[{"kind":"unlikely-edits"}]}"#,
      "edit-tables.json: tables[0]: a table cannot be read; expected chairtime.edit-tables/1."
    ),
  ])
  func `damaged tables are refused`(text: String, sentence: String) {
    do throws(DocumentError) {
      _ = try EditTables(Array(text.utf8), file: "edit-tables.json")
      Issue.record("no fault")
    } catch { #expect(error.description == sentence) }
  }
}
