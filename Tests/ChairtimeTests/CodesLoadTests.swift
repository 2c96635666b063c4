import Foundation
import TestSupport
import Testing

/// Files of drug codes loaded, listed and used. Every row is made up.
struct CodesLoadTests {
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

  private var tables: String { folder.file("chair.store-drug-tables") }

  private func codes(_ unit: String = "2.5 mg") throws -> String {
    try write(
      "HCPC2006_APR_ANWEB.csv",
      "HCPC,RECID,LONG DESCRIPTION,ADD DT,ACT EFF DT,TERM DT\n"
        + "J9777,3,\"Injection, nemotinib (nemora), \(unit)\",20060401,20060401,\n")
  }

  private func packages(_ amount: String = "4") throws -> String {
    try write(
      "April 2006 NDC-HCPCS Crosswalk.csv",
      "_2006_CODE,NDC2,Drug Name,HCPCS dosage,BILLUNITS\n"
        + "J9777,99999-0007-01,Nemora,2.5 MG,\(amount)\n")
  }

  @Test func `files are loaded, listed, shown and coded by`() throws {
    #expect(try run("codes", "show", "J9777").code == 1)
    let loaded = try run("codes", "load", try codes(), try packages())
    #expect(
      loaded
        == BuiltProgram.Ended(
          code: 0,
          output: """
            Loaded hcpcs 2006Q2: 1 of 1 row is for drugs
            Loaded ndc-hcpcs 2006Q2: 1 of 1 row is for drugs
            New codes: J9777
            New packages: 1

            """, error: ""))
    let manager = FileManager.default
    for name in try manager.contentsOfDirectory(atPath: tables) {
      let file = try manager.attributesOfItem(atPath: "\(tables)/\(name)")
      #expect(file[.posixPermissions] as? Int == 0o600)
    }
    #expect(try manager.attributesOfItem(atPath: tables)[.posixPermissions] as? Int == 0o700)
    let listed = try run("codes", "tables").output
    #expect(listed.contains("hcpcs 2006Q2"))
    #expect(listed.contains("  from April 2006 NDC-HCPCS Crosswalk.csv\n"))
    #expect(try run("codes", "list", "nemotinib").output.contains("J9777"))
    #expect(try run("codes", "show", "99999-0007-01").output.contains("10 mg"))
    let session = try write(
      "session.json",
      #"{"format":"chairtime.session/1","id":"s1","setting":"facility","timeZone":"UTC","#
        + #""sites":[{"id":"port","kind":"port"}],"administrations":[{"id":"a1","drug":"nemotinib","#
        + #""class":"chemotherapy","technique":"infusion","site":"port","start":"2026-03-02T10:00","#
        + #""stop":"2026-03-02T12:00","given":{"value":"10","unit":"mg"},"containers":[{"ndc":"#
        + #""99999-0007-01","amount":"10","unit":"mg","type":"single-dose","count":1}],"#
        + #""discarded":{"value":"0","unit":"mg"}}]}"#)
    let derived = try run("derive", "--format", "json", session)
    #expect(derived.output.contains(#""code":"J9777","units":4"#), "\(derived)")
    #expect(
      derived.output.contains(#""drugCodes":"hcpcs 2006Q2, ndc-hcpcs 2006Q2, over Chairtime"#))
  }

  @Test func `a fault in one file loads none and keeps what was loaded`() throws {
    #expect(try run("codes", "load", try codes()).code == 0)
    let before = try FileManager.default.contentsOfDirectory(atPath: tables).sorted()
    let list = try Data(contentsOf: URL(filePath: "\(tables)/tables.json"))
    let faulty = try packages("many")
    let ended = try run("codes", "load", try codes("5 mg"), faulty)
    #expect(ended.code == 1)
    #expect(
      ended.error
        == "\(faulty):2: BILLUNITS: the cell is no number of units; expected digits.\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: tables).sorted() == before)
    #expect(try Data(contentsOf: URL(filePath: "\(tables)/tables.json")) == list)
    let replaced = try run("codes", "load", try codes("5 mg"))
    #expect(replaced.output.hasPrefix("Replaced hcpcs 2006Q2: "))
    // The rows before are gone with the list that named them.
    #expect(try FileManager.default.contentsOfDirectory(atPath: tables).count == 2)
    #expect(try run("codes", "show", "J9777").output.contains("5 mg"))
  }

  @Test(arguments: ["{", "", "others may write it"])
  func `a damaged list ends no recording, and loading replaces it`(damage: String) throws {
    #expect(try run("codes", "load", try codes()).code == 0)
    let list = "\(tables)/tables.json"
    if damage == "others may write it" {
      chmod(list, 0o666)
    } else {
      try Data(damage.utf8).write(to: URL(filePath: list))
    }
    let told = "The tables of drug codes cannot be read, so every line of a drug is held: \(list)"
    let opened = try BuiltProgram.run(
      ["session", "open", "--chair", "1", "--zone", "UTC", "--id", "s1"],
      input: Data(
        "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: female\nmrn: 90000412\nvisit: V1\n"
          .utf8),
      folder: nil, environment: ["CHAIRTIME_STORE": folder.file("chair.store")])
    #expect(opened.code == 0, "\(opened.error)")
    #expect(try run("session", "start", "s1", "carboplatin").code == 0)
    #expect(try run("session", "account", "s1", "carboplatin", "--given", "450 mg").code == 0)
    let board = try run("board", "--plain")
    #expect(board.code == 0)
    #expect(board.error.contains(told), "\(board.error)")
    #expect(try run("session", "show", "s1").error.contains(told))
    #expect(try run("codes", "tables").code == 1)
    let loaded = try run("codes", "load", try codes())
    #expect(loaded.code == 0, "\(loaded.error)")
    #expect(loaded.output.hasPrefix("The list before could not be read and was replaced:"))
    #expect(try run("board", "--plain").error == "")
  }

  @Test func `rows that are not those of the list are named, and nothing is coded by them`() throws
  {
    #expect(try run("codes", "load", try codes()).code == 0)
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: tables).first { $0.hasSuffix(".csv") })
    let rows = URL(filePath: "\(tables)/\(name)")
    let text = try String(contentsOf: rows, encoding: .utf8)
    try Data(text.replacing("2.5", with: "0.5").utf8).write(to: rows)
    let ended = try run("codes", "tables")
    #expect(ended.code == 1)
    #expect(ended.error.contains("these are not the rows that were loaded"))
    #expect(try run("codes", "show", "J9777").code == 1)
    #expect(try run("config", "accept").code == 1)
  }

  @Test func `rows are read only when a session needs them`() throws {
    #expect(try run("codes", "load", try codes(), try packages()).code == 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: tables)
    where name.hasSuffix(".csv") {
      try FileManager.default.removeItem(atPath: "\(tables)/\(name)")
    }
    let board = try run("board", "--plain")
    #expect(board.code == 0 && board.error.isEmpty, "\(board)")
    let session = conformanceFolder.appending(path: "chemo-91-minutes.json").path
    #expect(try run("derive", session).code == 0)
    #expect(try run("codes", "show", "J1745").code == 0)
  }

  @Test func `cases are compared without the tables of the site`() throws {
    #expect(try run("codes", "load", try codes()).code == 0)
    #expect(try run("derive", "--check", conformanceFolder.path).code == 0)
  }
}
