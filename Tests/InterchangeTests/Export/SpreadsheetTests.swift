import Foundation
import InfusionRecord
import Interchange
import SessionReview
import TestSupport
import Testing
import TimelineEngine

/// The table of a day, opened in LibreOffice without its windows.
struct SpreadsheetTests {
  private struct Cell: Equatable {
    var type: String
    var text: String
    var value: String
    var formula: String
  }

  /// What the spreadsheet makes of a table, told to take quoted fields as text or not.
  private func opened(_ bytes: [UInt8], quotedAsText: Bool) throws -> [[Cell]] {
    let folder = TemporaryFolder()
    let table = folder.file("day.csv")
    try Data(bytes).write(to: URL(filePath: table))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // Comma, quote, UTF-8, from line 1, columns as found, English; then whether quoted is text.
    process.arguments = [
      "timeout", "240", "soffice", "--headless", "--norestore",
      "-env:UserInstallation=file://\(folder.file("profile"))",
      "--infilter=CSV:44,34,76,1,,1033,\(quotedAsText),false", "--convert-to", "fods", "--outdir",
      folder.file("out"), table,
    ]
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.file(""), "LANG": "C.UTF-8"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let sheet = folder.file("out/day.fods")
    guard process.terminationStatus == 0, FileManager.default.fileExists(atPath: sheet) else {
      throw IndependentReader.Failure(
        description: "LibreOffice did not convert the table; run bash .ci/setup tests.")
    }
    let found = try IndependentReader.run("spreadsheet.py", [], sheet)
    return (found["rows"]?.list ?? []).map { row in
      (row.list ?? []).map { cell in
        Cell(
          type: cell["type"]?.text ?? "", text: cell["text"]?.text ?? "",
          value: cell["value"]?.text ?? "", formula: cell["formula"]?.text ?? "")
      }
    }
  }

  private static let hostile = [
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\")", "\t=1", " =1",
    "＝1+1", "a,b", "a\"b", "two\nlines", "O'Fiction", "'quoted'", "Björn 李 عربي", "00417", "1E5",
    "1/2", "TRUE", "4-1", "12:30", "$5", "50%", "1,000",
  ]

  @Test func `every cell is what was written, and nothing calculates`() throws {
    var csv = CSVWriter()
    for text in SpreadsheetTests.hostile {
      csv.cell(text)
      csv.cell(7)
      csv.cell(iso: "2026-11-23")
      csv.cell(iso: "2026-11-23T08:00-06:00")
      csv.cell("96413")
      csv.endRecord()
    }
    let rows = try opened(csv.bytes, quotedAsText: true)
    #expect(rows.count == SpreadsheetTests.hostile.count)
    for (row, text) in zip(rows, SpreadsheetTests.hostile) {
      let first = text.unicodeScalars.first { $0 != " " }.map(String.init) ?? ""
      let isFormula = ["=", "+", "-", "@", "\t", "＝"].contains(first)
      #expect(row.count == 5)
      #expect(row[0].type == "string")
      #expect(row[0].text == (isFormula ? "'" : "") + text, "\(row[0])")
      #expect(row.allSatisfy { $0.formula.isEmpty })
      #expect(row[1] == Cell(type: "float", text: "7", value: "7", formula: ""))
      #expect(row[2].type == "date")
      #expect(row[2].value == "2026-11-23")
      #expect(row[3].type == "string")
      #expect(row[3].text == "2026-11-23T08:00-06:00")
      #expect(row[4].type == "string")
      #expect(row[4].text == "96413")
    }
  }

  @Test func `opened without a word about quotes, nothing calculates either`() throws {
    var csv = CSVWriter()
    for text in SpreadsheetTests.hostile {
      csv.cell(text)
      csv.endRecord()
    }
    let rows = try opened(csv.bytes, quotedAsText: false)
    #expect(rows.count == SpreadsheetTests.hostile.count)
    #expect(rows.allSatisfy { $0.allSatisfy { $0.formula.isEmpty } })
    // Names, and everything that could be a formula, are texts all the same.
    #expect(rows.prefix(15).allSatisfy { $0.first?.type == "string" })
  }

  @Test func `a day opens with its codes, minutes and units`() throws {
    var record = ExportSample.record()
    let stop = record.events[5].id
    record.add(
      .eventSuperseded(replaces: stop, replacement: .drugStopped(DrugStop(administration: "a2"))),
      at: "10:20", recorded: "12:30", reason: "=1+1, \"misread\"\nby two")
    var csv = CSVWriter()
    CSVExport.writeHeader(to: &csv)
    let session = ExportSample.export(record.log)
    CSVExport.write(session, to: &csv)
    let rows = try opened(csv.bytes, quotedAsText: true)
    #expect(rows.count == session.units.count + 1)
    #expect(rows[0].map(\.text) == CSVExport.header)
    for (row, unit) in zip(rows.dropFirst(), session.units) {
      let cells = Dictionary(uniqueKeysWithValues: zip(CSVExport.header, row))
      #expect(cells["code"]?.text == unit.code.number)
      #expect(cells["code"]?.type == "string")
      #expect(cells["units"]?.value == String(unit.count))
      #expect(cells["minutes"]?.value == String(unit.minutes))
      #expect(cells["mrn"]?.text == "90000417")
      #expect(cells["mrn"]?.type == "string")
      #expect(cells["service_date"]?.value == "2026-11-23")
      #expect(cells["explanation"]?.text == unit.explanation)
    }
    #expect(rows[1][10].text == "2026-11-23T10:20-06:00")
    #expect(rows[1][23].text == "'=1+1, \"misread\"\nby two")
    #expect(rows.allSatisfy { $0.allSatisfy { $0.formula.isEmpty } })
  }
}
