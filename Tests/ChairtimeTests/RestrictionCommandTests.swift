import Foundation
import TestSupport
import Testing

/// Restricted records, look-alike names and guessable PINs on the command line.
struct RestrictionCommandTests {
  private let folder = TemporaryFolder()
  private static let pins = ["R. SAMPLE": "246813", "N. NOBODY": "904271", "K. FICTION": "864029"]

  private func run(
    _ words: [String], as name: String, typing more: String = ""
  ) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      words + ["--store", folder.file("s.store"), "--actor", name, "--pin-stdin"],
      input: Data("\(Self.pins[name] ?? "")\n\(more)".utf8), folder: nil)
  }

  /// A suite of three people, and a session that N. NOBODY opened and holds.
  private func opened() throws {
    let first = try BuiltProgram.run(
      [
        "people", "add", "R. SAMPLE", "--role", "supervisor", "--pin-stdin", "--store",
        folder.file("s.store"),
      ], input: Data("246813\n".utf8), folder: nil)
    #expect(first.code == 0, "\(first.error)")
    for name in ["N. NOBODY", "K. FICTION"] {
      let added = try run(
        ["people", "add", name, "--role", "nurse"], as: "R. SAMPLE",
        typing: "\(Self.pins[name] ?? "")\n")
      #expect(added.code == 0, "\(added.error)")
    }
    try Data(
      "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: female\nmrn: 90000417\nvisit: V1\n"
        .utf8
    )
    .write(to: URL(filePath: folder.file("patient.txt")))
    let session = try run(
      [
        "session", "open", "--chair", "3", "--id", "visit-1", "--zone", "UTC", "--patient",
        folder.file("patient.txt"),
      ], as: "N. NOBODY")
    #expect(session.code == 0, "\(session.error)")
    for words in [
      ["site", "visit-1", "port", "--kind", "port"],
      ["push", "visit-1", "ondansetron", "--site", "port"],
    ] {
      let ended = try run(["session"] + words, as: "N. NOBODY")
      #expect(ended.code == 0, "\(words): \(ended.error)")
    }
  }

  private func restrict() throws {
    let ended = try run(
      ["patient", "restrict", "90000417", "--reason", "staff member"], as: "R. SAMPLE")
    #expect(ended.code == 0, "\(ended.error)")
    #expect(ended.output == "The record is restricted. 1 visit hidden.\n")
  }

  private func audit(_ kind: String) throws -> String {
    try run(["audit", "--all", "--kind", kind], as: "R. SAMPLE").output
  }

  @Test func `a name that looks like another and a guessable PIN are refused`() throws {
    try opened()
    let twin = try run(
      ["people", "add", "k.  F1CTION", "--role", "nurse"], as: "R. SAMPLE", typing: "580471\n")
    #expect(twin.code == 1)
    #expect(twin.error.contains("could be taken for K. FICTION"))
    for pin in ["04021961", "121212", "147258"] {
      let added = try run(
        ["people", "add", "M. MADEUP", "--role", "nurse"], as: "R. SAMPLE", typing: "\(pin)\n")
      #expect(added.code == 1 && added.error.contains("easy to guess"), "\(added.error)")
      let changed = try run(["people", "pin"], as: "K. FICTION", typing: "\(pin)\n")
      #expect(changed.code == 1 && changed.error.contains("easy to guess"), "\(changed.error)")
      #expect(!(added.error + changed.error).contains(pin))
    }
    #expect(try run(["session", "list"], as: "K. FICTION").code == 0)
  }

  @Test func `each command hides a restricted record, and opens it with a reason`() throws {
    try opened()
    try restrict()
    let looks: [[String]] = [
      ["session", "show", "visit-1"], ["explain", "visit-1"],
      ["session", "note", "visit-1"], ["session", "close", "visit-1"],
      ["session", "amend", "visit-1", "1", "--chair", "4", "--reason", "moved"],
    ]
    for words in looks {
      for name in ["K. FICTION", "R. SAMPLE"] {
        let ended = try run(words, as: name, typing: "seen\n")
        #expect(ended.code == 1, "\(words)")
        #expect(ended.error.contains("The record of this patient is restricted"), "\(ended.error)")
        #expect(!(ended.output + ended.error).lowercased().contains("amara"), "\(words)")
        #expect(!(ended.output + ended.error).lowercased().contains("ondansetron"), "\(words)")
      }
    }
    for words in [
      ["session", "list"], ["session", "list", "--date", "today"], ["review"],
      ["session", "list", "--format", "json"], ["review", "--format", "json"],
    ] {
      let ended = try run(words, as: "R. SAMPLE")
      #expect(ended.code == 0, "\(ended.error)")
      #expect(ended.output.contains("visit-1"), "\(words)")
      #expect(!ended.output.contains("90000417"), "\(words)")
      #expect(!ended.output.lowercased().contains("tester"), "\(words)")
    }
    for name in ["N. NOBODY", "R. SAMPLE"] {
      let found = try run(["patient", "find"], as: name, typing: "90000417\n")
      #expect(found.code == 0 && found.output == "0 patients\n", "\(found)")
    }
    // The nurse who holds the chair needs no reason.
    #expect(try run(["session", "show", "visit-1"], as: "N. NOBODY").output.contains("90000417"))
    let opened = try run(
      ["session", "note", "visit-1", "--break-glass", "helped at the chair"],
      as: "K. FICTION", typing: "seen\n")
    #expect(opened.code == 0, "\(opened.error)")
    #expect(opened.error.hasPrefix("RESTRICTED RECORD OPENED under the name K. FICTION"))
    // For the rest of the shift the reason holds.
    let again = try run(["session", "show", "visit-1"], as: "K. FICTION")
    #expect(again.code == 0 && again.output.contains("90000417"))
    #expect(try audit("glass-broken").contains("helped at the chair"))
    let listed = try run(["patient", "list"], as: "R. SAMPLE")
    #expect(listed.output.contains("MRN 90000417") && listed.output.contains("helped at the chair"))
    let review = try run(["review"], as: "R. SAMPLE")
    #expect(review.output.contains("OPENED WITH A REASON"))
    // Not to nurses.
    #expect(try !run(["review"], as: "K. FICTION").output.contains("OPENED WITH A REASON"))
  }

  @Test func `the charges of a restricted patient go on, and pages for people leave the name out`()
    throws
  {
    try opened()
    try restrict()
    #expect(try run(["session", "close", "visit-1", "--anyway"], as: "N. NOBODY").code == 0)
    let refused = try run(
      ["review", "--sign-off", "visit-1", "--anyway", "--reason", "known"], as: "R. SAMPLE")
    #expect(refused.code == 1 && refused.error.contains("restricted"), "\(refused.error)")
    let clean = try run(["review", "--sign-off-clean"], as: "R. SAMPLE")
    #expect(clean.output == "Nothing to sign off.\n")
    let signed = try run(
      [
        "review", "--sign-off", "visit-1", "--anyway", "--reason", "known", "--break-glass",
        "to sign it",
      ], as: "R. SAMPLE")
    #expect(signed.code == 0, "\(signed.error)")
    for format in ["csv", "json", "fhir", "hl7"] {
      let ended = try run(["export", "--format", format], as: "R. SAMPLE")
      #expect(ended.code == 0 && ended.output.contains("90000417"), "\(format)")
      #expect(ended.error.contains("1 session in it is of a restricted patient."), "\(ended.error)")
    }
    let text = try run(["export", "--format", "text"], as: "R. SAMPLE")
    #expect(text.output.contains("RESTRICTED") && !text.output.contains("90000417"))
    #expect(text.error.contains("without the name, the drugs and the codes"))
    #expect(!text.output.lowercased().contains("ondansetron"), "\(text.output)")
    #expect(!text.output.contains("96374"), "\(text.output)")
    #expect(text.output.contains("of restricted sessions"), "\(text.output)")
  }

  @Test func `one patient's record is written whole, once, and kept`() throws {
    try opened()
    let withdrawn = try run(
      ["session", "amend", "visit-1", "3", "--withdraw", "--reason", "wrong chair"],
      as: "N. NOBODY")
    #expect(withdrawn.code == 0, "\(withdrawn.error)")
    #expect(try run(["session", "show", "visit-1"], as: "K. FICTION").code == 0)
    let whole = [
      ["backup", folder.file("backup.store")], ["copy", "--to", folder.file("copy.store")],
      ["export", "--format", "csv", "--out", folder.file("days.csv")],
    ]
    for words in whole { #expect(try run(words, as: "R. SAMPLE").code == 0) }
    let out = folder.file("record.json")
    let words = ["export", "--mrn", "-", "--format", "json", "--out", out]
    let nurse = try run(words, as: "N. NOBODY", typing: "90000417\n")
    #expect(nurse.code == 1 && nurse.error.contains("for supervisors"))
    let written = try run(words, as: "R. SAMPLE", typing: "90000417\n")
    #expect(written.code == 0, "\(written.error)")
    let object =
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: out))) as? [String: Any]
    #expect(object?["format"] as? String == "chairtime.patient/1")
    let visits = object?["visits"] as? [[String: Any]]
    #expect(visits?.count == 1)
    let facts = visits?.first?["facts"] as? [[String: Any]] ?? []
    #expect(facts.contains { "\($0)".contains("withdrawn") })
    #expect(facts.contains { "\($0)".contains("ondansetron") })
    let accesses = (object?["accesses"] as? [[String: Any]] ?? []).map { "\($0)" }.joined()
    #expect(accesses.contains("looked at session visit-1") && accesses.contains("K. FICTION"))
    for export in ["the whole record of the patient of visit-1", "backup", "copy", "csv 20"] {
      #expect(accesses.contains("exported \(export)"), "\(export)")
    }
    let again = try run(words, as: "R. SAMPLE", typing: "90000417\n")
    #expect(again.code == 1 && again.error.contains("is there already"))
    let text = try run(["export", "--mrn", "90000417", "--format", "text"], as: "R. SAMPLE")
    #expect(text.code == 0, "\(text.error)")
    for part in ["RECORD OF ONE PATIENT", "withdrawn", "WHO LOOKED AT IT", "PROOF OF THE RECORD"] {
      #expect(text.output.contains(part), "\(part)")
    }
    let nobody = try run(["export", "--mrn", "90000999", "--format", "json"], as: "R. SAMPLE")
    #expect(nobody.code == 1 && nobody.error.contains("No visit has this record number"))
    try restrict()
    let hidden = try run(["export", "--mrn", "90000417", "--format", "text"], as: "R. SAMPLE")
    #expect(hidden.code == 1 && hidden.error.contains("restricted") && hidden.output == "")
    for wrong in [["--format", "csv"], ["--format", "json", "--date", "today"]] {
      #expect(try run(["export", "--mrn", "90000417"] + wrong, as: "R. SAMPLE").code == 64)
    }
  }

  @Test func `a session gets the number of a restricted patient only with a reason`() throws {
    try opened()
    try restrict()
    let words = [
      "session", "open", "--chair", "5", "--id", "visit-2", "--zone", "UTC", "--patient",
      folder.file("patient.txt"),
    ]
    func expectRefused(_ words: [String]) throws {
      let refused = try run(words, as: "K. FICTION")
      #expect(refused.code == 1, "\(words)")
      #expect(
        refused.error.contains("The record of this patient is restricted"), "\(refused.error)")
      for told in ["tester", "chair 3", "visit-1"] {
        #expect(!(refused.output + refused.error).lowercased().contains(told), "\(told)")
      }
    }
    try expectRefused(words)
    // With another name, as a number that was typed wrong has it.
    let own = folder.file("own.txt")
    try Data("family: Nobody\ngiven: Else\nborn: 19-Sep-1949\nmrn: 90000417\n".utf8)
      .write(to: URL(filePath: own))
    try expectRefused(
      ["session", "open", "--chair", "6", "--id", "visit-3", "--zone", "UTC", "--patient", own])
    try Data("family: Nobody\ngiven: Else\nborn: 19-Sep-1949\nmrn: 90000888\n".utf8)
      .write(to: URL(filePath: own))
    let mine = try run(
      ["session", "open", "--chair", "6", "--id", "visit-3", "--zone", "UTC", "--patient", own],
      as: "K. FICTION")
    #expect(mine.code == 0, "\(mine.error)")
    for reason in [".", "aaaaaaaaaa", "because"] {
      let empty = try run(words + ["--break-glass", reason], as: "K. FICTION")
      #expect(empty.code == 64 && empty.error.contains("two words"), "\(empty.error)")
    }
    #expect(try !audit("glass-broken").contains("K. FICTION"))
    let glass = try run(
      words + ["--break-glass", "arrives at my chair", "--anyway", "--reason", "second visit"],
      as: "K. FICTION")
    #expect(glass.code == 0, "\(glass.error)")
    #expect(try audit("glass-broken").contains("arrives at my chair"))
  }

  @Test func `the review tells how many units a restricted session has, not which`() throws {
    try opened()
    let given = try run(
      [
        "session", "push", "visit-1", "infliximab", "--site", "port", "--anyway", "--reason",
        "as ordered",
      ], as: "N. NOBODY")
    #expect(given.code == 0, "\(given.error)")
    try restrict()
    for words in [["review"], ["review", "--format", "json"]] {
      let hidden = try run(words, as: "K. FICTION").output
      #expect(!hidden.contains("96409") && !hidden.contains("96374"), "\(hidden)")
      #expect(hidden.contains("restricted"), "\(hidden)")
      let shown = try run(words, as: "N. NOBODY").output
      #expect(shown.contains("96409") || shown.contains("96374"), "\(shown)")
    }
  }

  @Test func `a replay asks for a sign-in, and hides a restricted session`() throws {
    try opened()
    let given = try run(
      [
        "session", "push", "visit-1", "infliximab", "--site", "port", "--anyway", "--reason",
        "as ordered",
      ], as: "N. NOBODY")
    #expect(given.code == 0, "\(given.error)\(given.output)")
    try restrict()
    let words = ["replay"]
    let unknown = try BuiltProgram.run(
      words + ["--store", folder.file("s.store"), "--actor", "Z. UNKNOWN", "--pin-stdin"],
      input: Data("246813\n".utf8), folder: nil)
    #expect(unknown.code == 1 && unknown.error.contains("not enrolled"), "\(unknown.error)")
    let other = ["replay", "--policy", "complex_biologic.codes_as=TPD"]
    let hidden = try run(other, as: "K. FICTION")
    #expect(hidden.code == 2 && hidden.output.contains("; restricted"), "\(hidden.output)")
    #expect(!hidden.output.contains("96409") && !hidden.output.contains("96374"))
    let json = try run(other + ["--format", "json"], as: "K. FICTION").output
    #expect(json.contains(#""restricted":true,"units":[]"#), "\(json)")
    // The nurse who holds the session sees it.
    let shown = try run(other, as: "N. NOBODY")
    #expect(shown.code == 2 && shown.output.contains("96409"), "\(shown.output)")
    #expect(!shown.output.contains("restricted"), "\(shown.output)")
  }

  @Test func `the appointment of a restricted patient is opened with a reason`() throws {
    try opened()
    try restrict()
    let book = folder.file("book.csv")
    try Data("time,family,given,born,mrn,visit\n09:30,Tester,Amara,1961-02-04,90000417,V1\n".utf8)
      .write(to: URL(filePath: book))
    #expect(try run(["import", book], as: "R. SAMPLE").code == 0)
    let words = ["session", "open", "--appointment", "1", "--chair", "5"]
    let refused = try run(words, as: "K. FICTION")
    #expect(refused.code == 1)
    #expect(refused.error.contains("The record of this patient is restricted"), "\(refused.error)")
    #expect(!(refused.output + refused.error).lowercased().contains("tester"))
    let asked = try run(words + ["--break-glass", "arrives now"], as: "K. FICTION")
    #expect(asked.error.contains("RESTRICTED RECORD OPENED"), "\(asked.error)")
    #expect(asked.output.contains("has an open session already"), "\(asked.output)")
    #expect(try audit("glass-broken").contains("arrives now"))
  }

  @Test func `past appointments are deleted by a supervisor, and no others`() throws {
    try opened()
    try Data(
      """
      date,time,mrn,family,given,born,chair
      2026-01-05,09:00,90000418,Sample,Grace,1949-09-19,1
      2026-01-06,09:00,90000419,Nobody,Jo,1950-01-02,2
      """.utf8
    ).write(to: URL(filePath: folder.file("book.csv")))
    let imported = try run(["import", folder.file("book.csv")], as: "R. SAMPLE")
    #expect(imported.code == 0, "\(imported.error)")
    let nurse = try run(["schedule", "forget", "--before", "2026-01-06"], as: "N. NOBODY")
    #expect(nurse.code == 1 && nurse.error.contains("for supervisors"))
    let ended = try run(["schedule", "forget", "--before", "2026-01-06"], as: "R. SAMPLE")
    #expect(ended.output == "Appointments of 1 day deleted.\n", "\(ended.error)")
    func listed(_ day: String) throws -> String {
      try run(["schedule", "--date", day], as: "R. SAMPLE").output
    }
    #expect(try listed("2026-01-05").contains("Nobody is expected."))
    #expect(try listed("2026-01-06").contains("NOBODY, Jo"))
    #expect(try audit("appointments-forgotten").contains("before 2026-01-06"))
    let restricted = try run(
      ["patient", "restrict", "90000419", "--reason", "staff member"], as: "R. SAMPLE")
    #expect(restricted.code == 0, "\(restricted.error)")
    let hidden = try listed("2026-01-06")
    #expect(hidden.contains("RESTRICTED") && !hidden.contains("Jo") && !hidden.contains("90000419"))
  }
}
