import InfusionRecord
import PlainText
import Interchange
import SessionReview
import TestSupport
import Testing

/// CSV: the columns, the quoting, and cells that calculate nothing.
struct CSVExportTests {
  private func rows(_ session: DerivedSession) throws -> [[String]] {
    var csv = CSVWriter()
    CSVExport.writeHeader(to: &csv)
    CSVExport.write(session, to: &csv)
    var reader = CSVReader(csv.bytes, file: "day.csv")
    var rows: [[String]] = []
    while let record = try reader.next() { rows.append(record.cells) }
    return rows
  }

  private func written(_ cell: String) -> String {
    var csv = CSVWriter()
    csv.cell(cell)
    return String(decoding: csv.bytes, as: UTF8.self)
  }

  @Test func `a line tells a charge whole`() throws {
    let rows = try rows(ExportSample.export(ExportSample.record().log))
    #expect(rows[0] == CSVExport.header)
    #expect(
      rows[1] == [
        "2026-11-23-sample", "V1", "90000417", "2026-11-23", "a2", "PACLitaxel", "infusion",
        "port", "2026-11-23T08:00-06:00", "observed", "2026-11-23T10:40-06:00", "observed", "160",
        "96413", "1", "", "initial-service", "2026.1",
        "Highest service of the encounter by the ranking (rank 1), so it is the initial. "
          + "160 counted min: 08:00-10:40.", "RN T. SAMPLE", "R. SAMPLE", "reviewed", "no", "", "",
      ])
  }

  @Test(arguments: [(OddSession.noAccount, true), (.noAccount, false), (.heldUnit, true)])
  func `the status of a unit is reviewed only if it is posted`(
    odd: OddSession, isSigned: Bool
  ) throws {
    let session = ExportSample.export(odd.record.log, reviewed: isSigned)
    let column = try #require(CSVExport.header.firstIndex(of: "status"))
    let found = try rows(session).dropFirst().map { $0[column] }.filter { $0 != "uncharged" }
    switch (odd, isSigned) {
    case (.heldUnit, _): #expect(found == ["reviewed", "held"])
    case (_, true): #expect(found == ["no account number"])
    case (_, false): #expect(found == ["closed"])
    }
  }

  @Test func `a correction names its reason`() throws {
    var record = ExportSample.record()
    let stop = record.events[5].id
    record.add(
      .eventSuperseded(replaces: stop, replacement: .drugStopped(DrugStop(administration: "a2"))),
      at: "10:20", recorded: "12:30", reason: "read off the pump, not the wall")
    let rows = try rows(ExportSample.export(record.log))
    #expect(rows[1].suffix(3) == ["yes", "read off the pump, not the wall", ""])
    #expect(rows[1][10] == "2026-11-23T10:20-06:00")
  }

  @Test func `a reaction stands with its drug, and one without a drug with every line`() throws {
    let rows = try rows(ExportSample.export(ExportSample.reacting().log)).dropFirst()
    let paclitaxel =
      "2026-11-23T08:20-06:00 grade 2 (moderate): flushing; paused; BP 98/60 mmHg, 38.2 °C"
    let other = "2026-11-23T11:00-06:00 grade 1 (mild): itching"
    for row in rows {
      #expect(row.last == (row[4] == "a2" ? "\(paclitaxel); \(other)" : other))
    }
    #expect(Set(rows.map { $0[4] }) == ["a1", "a2"])
  }

  @Test(arguments: [
    ("=1+1", "\"'=1+1\""), ("+1", "\"'+1\""), ("-1", "\"'-1\""), ("@SUM(A1)", "\"'@SUM(A1)\""),
    ("\tx", "\"'\tx\""), ("\rx", "\"'\rx\""), ("\nx", "\"'\nx\""), (" =1", "\"' =1\""),
    ("＝1", "\"'＝1\""), ("\0=1", "\"^@=1\""), ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
  ])
  func `a cell that would calculate is inert`(cell: String, expected: String) {
    #expect(written(cell) == expected)
  }

  @Test(arguments: [
    ("plain", "\"plain\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""),
    ("O'Fiction", "\"O'Fiction\""), ("", ""), (" a", "\" a\""), ("00417", "\"00417\""),
    ("a\u{1B}[2Jb", "\"a^[[2Jb\""), ("a\u{202E}b", "\"a\u{FFFD}b\""),
  ])
  func `a text is quoted, and what would end it doubled`(cell: String, expected: String) {
    #expect(written(cell) == expected)
  }

  @Test func `numbers the program wrote stay numbers`() {
    var csv = CSVWriter()
    csv.cell(-1)
    csv.cell(2)
    csv.cell(iso: "2026-11-23")
    csv.endRecord()
    #expect(String(decoding: csv.bytes, as: UTF8.self) == "-1,2,2026-11-23\r\n")
  }

  @Test(arguments: [TimeBasis.observed, .lateEntry])
  func `an injection and a push without its minutes have no stop, a push of minutes has one`(
    basis: TimeBasis
  ) throws {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort()
    func facts(_ id: String, _ technique: Technique) -> AdministrationFacts {
      AdministrationFacts(
        administration: id, drug: "ondansetron", technique: technique,
        site: technique == .push ? "port" : nil)
    }
    record.add(.injectionGiven(facts("a1", .subcutaneous)), at: "08:00", basis: basis)
    record.add(.pushGiven(facts("a2", .push), minutes: nil), at: "09:00", basis: basis)
    record.add(.sessionClosed(answers: []), at: "12:00")
    let session = ExportSample.export(record.log)
    let found = try rows(session).dropFirst().map { Array($0[8...11]) }
    #expect(
      Set(found) == [
        ["2026-11-23T08:00-06:00", basis.rawValue, "", ""],
        ["2026-11-23T09:00-06:00", basis.rawValue, "", ""],
      ])
    var json = JSONWriter()
    JSONExport.write(session, to: &json)
    let line = String(decoding: json.bytes, as: UTF8.self)
    #expect(!line.contains("\"stop\":\""), "\(line)")
    // The document without them comes to the statement.
    let value = try JSONValue(json.bytes, file: "day.jsonl")
    #expect(value["statement"]?["findings"]?.list?.isEmpty == true)
  }

  @Test func `a stop that was not observed has no time`() throws {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    record.add(.drugStopped(DrugStop(administration: "a1", isNotObserved: true)), at: "11:00")
    record.add(.sessionClosed(answers: []), at: "12:00")
    for row in try rows(ExportSample.export(record.log)).dropFirst() {
      #expect(row[8...11] == ["2026-11-23T08:00-06:00", "observed", "", "not-observed"])
    }
  }
}
