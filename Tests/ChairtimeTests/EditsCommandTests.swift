import Foundation
import TestSupport
import Testing

/// Files of edits loaded, listed and used. Every row is made up.
struct EditsCommandTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      arguments, input: Data(), folder: nil,
      environment: ["CHAIRTIME_STORE": folder.file("chair.store")])
  }

  private func write(_ name: String, _ text: String) throws -> String {
    let path = folder.file(name)
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  private var tables: String { folder.file("chair.store-edit-tables.json") }

  private func limits(_ units: Int) throws -> String {
    try write(
      "MCR_MUE_OutpatientHospitalServices_Eff_01-01-2006.csv",
      "HCPCS/CPT Code,Outpatient Hospital Services MUE Values,MUE Adjudication Indicator\n"
        + "0001U,1,3\n96415,\(units),3 Date of Service Edit: Clinical\n")
  }

  @Test func `files are loaded, listed, and checked against`() throws {
    let pairs = try write(
      "ccioph-v120r0-f1.txt",
      "Column 1\tColumn 2\tEffective Date\tDeletion Date\tModifier\n"
        + "96413\t96415\t20060101\t*\t0\n99213\t36415\t20060101\t*\t1\n")
    #expect(try run("edits", "list").output == "No edit tables are loaded.\n")
    let loaded = try run("edits", "load", try limits(1), pairs)
    #expect(
      loaded
        == BuiltProgram.Ended(
          code: 0,
          output: """
            Loaded unlikely-edits outpatient-hospital 2006Q1: 1 of 2 rows is for codes of
                                                              this family
            Loaded code-pairs outpatient-hospital 2006Q1: 1 of 2 rows is for codes of this
                                                          family

            """, error: ""))
    let mode = try FileManager.default.attributesOfItem(atPath: tables)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let listed = try run("edits", "list").output
    #expect(listed.contains("unlikely-edits outpatient-hospital 2006Q1"))
    #expect(listed.contains("  from ccioph-v120r0-f1.txt\n"))

    let session = conformanceFolder.appending(path: "chemo-210-minutes.json").path
    let derived = try run("derive", "--format", "json", session).output
    #expect(derived.contains("\"above-mue\""))
    #expect(derived.contains("\"code-pair\""))
    #expect(try run("explain", session).output.contains("are above the medically unlikely edit."))
  }

  @Test func `a fault in one file loads none and keeps what was loaded`() throws {
    #expect(try run("edits", "load", try limits(1)).code == 0)
    let before = try Data(contentsOf: URL(filePath: tables))
    let faulty = try write(
      "ccioph-v120r0.csv",
      "Column 1,Column 2,Effective Date,Deletion Date,Modifier\n96413,96415,20060101,*,5\n")
    let ended = try run("edits", "load", try limits(2), faulty)
    #expect(ended.code == 1)
    #expect(
      ended.error == "\(faulty):2: Modifier: the indicator is not known; expected 0, 1 or 9.\n")
    #expect(try Data(contentsOf: URL(filePath: tables)) == before)
    #expect(try run("edits", "load", try limits(2)).output.hasPrefix("Replaced unlikely-edits "))
  }

  @Test(arguments: ["{", "", "[1]", "others may write it"])
  func `damaged tables end no recording, and loading replaces them`(damage: String) throws {
    #expect(try run("edits", "load", try limits(1)).code == 0)
    if damage == "others may write it" {
      chmod(tables, 0o666)
    } else {
      try Data(damage.utf8).write(to: URL(filePath: tables))
    }
    let told = "The edit tables cannot be read, so nothing is compared with them: \(tables)"
    let opened = try BuiltProgram.run(
      ["session", "open", "--chair", "1", "--zone", "UTC", "--id", "s1"],
      input: Data(
        "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: female\nmrn: 90000412\nvisit: V1\n"
          .utf8),
      folder: nil, environment: ["CHAIRTIME_STORE": folder.file("chair.store")])
    #expect(opened.code == 0, "\(opened.error)")
    let board = try run("board", "--plain")
    #expect(board.code == 0)
    #expect(board.error.contains(told), "\(board.error)")
    #expect(board.error.contains("chairtime edits load"))
    let shown = try run("session", "show", "s1")
    #expect(shown.code == 0)
    #expect(shown.error.contains(told))
    let page = try run("explain", "s1").output
    #expect(page.contains("Edit tables could not be read"), "\(page)")
    #expect(try run("edits", "list").code == 1)
    let loaded = try run("edits", "load", try limits(2))
    #expect(loaded.code == 0, "\(loaded.error)")
    #expect(loaded.output.hasPrefix("The file before could not be read and was replaced:"))
    #expect(try run("edits", "list").code == 0)
    #expect(try run("board", "--plain").error == "")
  }

  @Test func `cases are compared without the tables of the site`() throws {
    #expect(try run("edits", "load", try limits(0)).code == 0)
    #expect(try run("derive", "--check", conformanceFolder.path).code == 0)
  }

  @Test func `tables that others may write end a command that derives`() throws {
    #expect(try run("edits", "load", try limits(1)).code == 0)
    chmod(tables, 0o666)
    let session = conformanceFolder.appending(path: "chemo-91-minutes.json").path
    let ended = try run("derive", session)
    #expect(ended.code == 1)
    #expect(
      ended.error
        == "\(tables): others may write it; expected a file that its owner alone may write"
        + " (chmod 600).\n")
  }
}
