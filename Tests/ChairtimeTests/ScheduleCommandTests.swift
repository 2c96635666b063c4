import Foundation
import TestSupport
import Testing

/// An appointment book imported, listed, and a session opened from it.
struct ScheduleCommandTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String..., input: String = "") throws -> BuiltProgram.Ended {
    try run(arguments, input: input)
  }

  private func run(_ arguments: [String], input: String = "") throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      arguments + ["--store", folder.file("chair.store")], input: Data(input.utf8), folder: nil)
  }

  private func write(_ rows: String) throws -> String {
    let path = folder.file("book.csv")
    try Data(("time,family,given,born,sex,mrn,visit,chair,drugs\n" + rows).utf8)
      .write(to: URL(filePath: path))
    return path
  }

  @Test func `a book is taken once, and a bad row does not stop the others`() throws {
    let book = try write(
      "09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,PACLitaxel|175 mg/m2|180\n"
        + "late,Fiction,Odd,1961-02-04,F,90000418,V2,,\n")
    let first = try run("import", book, "--date", "2026-11-23")
    #expect(first.code == 1)
    #expect(
      first.output == """
        2026-11-23  1 added, 0 changed, 0 cancelled, 0 as they were, 0 not in the file
          added  09:30  MRN 90000417, visit V1
        1 row of \(book) left out: 1 that cannot be read

        """)
    #expect(first.error == "\(book):3: time: this is not a time; expected 09:30 or 0930.\n")
    let again = try run("import", book, "--date", "2026-11-23")
    #expect(
      again.output.hasPrefix(
        "2026-11-23  0 added, 0 changed, 0 cancelled, 1 as they were, 0 not in the file\n1 row of"))
    let listed = try run("schedule", "--date", "2026-11-23")
    #expect(listed.code == 0)
    #expect(listed.output.contains("1  09:30  TESTER, Amara"))
    #expect(listed.output.contains("- PACLitaxel, 175 mg/m2, 180 min"))
    let kept = folder.file("chair.store-schedule/2026-11-23.json")
    let mode = try FileManager.default.attributesOfItem(atPath: kept)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `a book may come by standard input, and vanished rows are told`() throws {
    let header = "time,family,given,born,mrn\n"
    let both = header + "09:30,Tester,Amara,1961-02-04,1\n10:00,Sample,Odd,1961-02-04,2\n"
    let arguments = ["import", "-", "--appointments", "--date", "2026-11-23"]
    #expect(try run(arguments, input: both).code == 0)
    let second = try run(arguments, input: header + "10:00,Sample,Odd,1961-02-04,2\n")
    #expect(second.output.contains("1 as they were, 1 not in the file\n"))
    #expect(second.output.contains("  not in the file  09:30  MRN 1\n"))
    #expect(
      try run(["schedule", "--date", "2026-11-23"]).output.contains(
        "The last file of the day lacks this appointment."))
  }

  @Test func `an appointment whose row is damaged is not told as vanished`() throws {
    let both = try write(
      "09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,\n"
        + "10:00,Sample,Odd,1961-02-04,F,90000418,V2,4,\n")
    #expect(try run("import", both, "--date", "2026-11-23").code == 0)
    let damaged = try write(
      "09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,\n"
        + "late,Sample,Odd,1961-02-04,F,90000418,V2,4,\n")
    let second = try run("import", damaged, "--date", "2026-11-23")
    #expect(second.code == 1)
    #expect(
      second.output == """
        2026-11-23  0 added, 0 changed, 0 cancelled, 1 as they were, 0 not in the file, 1 perhaps in a \
        row that cannot be read
          perhaps in a row that cannot be read  10:00  MRN 90000418, visit V2
        1 row of \(damaged) left out: 1 that cannot be read

        """)
    let listed = try run("schedule", "--date", "2026-11-23").output
    #expect(!listed.contains("The last file of the day lacks this appointment."))
  }

  @Test func `a book without an appointment is told, and changes no day`() throws {
    let book = try write("09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,\n")
    #expect(try run("import", book, "--date", "2026-11-23").code == 0)
    for rows in ["", ",,,,,,,,\n"] {
      let empty = try write(rows)
      let ended = try run("import", empty, "--date", "2026-11-23")
      #expect(ended.code == 0 && ended.output == "", "\(ended.output)")
      #expect(
        ended.error == "\(empty) holds no appointment that can be read; no day was changed.\n")
    }
    let listed = try run("schedule", "--date", "2026-11-23").output
    #expect(listed.contains("1  09:30  TESTER, Amara") && !listed.contains("lacks"))
  }

  @Test func `what a person restored is not cancelled by the same book again`() throws {
    let header = "time,family,given,born,mrn,status\n"
    let book = header + "09:30,Tester,Amara,1961-02-04,1,Cancelled\n"
    let arguments = ["import", "-", "--appointments"]
    #expect(try run(arguments, input: book).output.contains("1 cancelled"))
    #expect(try run("schedule", "restore", "1").output.hasPrefix("restored  "))
    #expect(try run(arguments, input: book).output.contains("0 cancelled, 1 as they were"))
    #expect(try !run("schedule").output.contains("cancelled"))
    let opened = try run("session", "open", "--appointment", "1", "--chair", "3")
    #expect(opened.code == 0, "\(opened.error)")
  }

  @Test func `an appointment is cancelled, not opened, and restored`() throws {
    let book = try write("09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,\n")
    #expect(try run("import", book).code == 0)
    let cancelled = try run("schedule", "cancel", "1")
    #expect(cancelled.code == 0, "\(cancelled.error)")
    #expect(cancelled.output.hasPrefix("cancelled  "))
    #expect(try run("schedule").output.contains("cancelled\n"))
    let again = try run("schedule", "cancel", "1")
    #expect(again.code == 1)
    #expect(again.error.contains("is cancelled already; it was left so"))
    let opened = try run("session", "open", "--appointment", "1")
    #expect(opened.code == 1)
    #expect(opened.error.contains("is cancelled; `chairtime schedule restore 1`"))
    #expect(try run("schedule", "restore", "1").output.hasPrefix("restored  "))
    #expect(try run("session", "open", "--appointment", "1").code == 0)
    #expect(try run("schedule", "cancel", "2").error.contains("There is no appointment 2"))
  }

  @Test func `cancelling says that a session of the patient is open`() throws {
    let book = try write("09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,\n")
    #expect(try run("import", book).code == 0)
    #expect(try run("session", "open", "--appointment", "1").code == 0)
    let cancelled = try run("schedule", "cancel", "1")
    #expect(cancelled.code == 0)
    #expect(cancelled.output.contains("A session of this patient is open in chair 3."))
    #expect(try run("schedule", "restore", "1").output.contains("open in chair") == false)
  }

  @Test func `today is the site's day, wherever the host is`() throws {
    let site = folder.file("site.toml")
    try Data("[facility]\ntime_zone = \"Pacific/Kiritimati\"\n".utf8)
      .write(to: URL(filePath: site))
    // The host is 25 hours behind the site: never the same day.
    let environment = ["CHAIRTIME_CONFIG": site, "TZ": "Pacific/Pago_Pago"]
    func run(_ arguments: String...) throws -> String {
      let ended = try BuiltProgram.run(
        arguments + ["--store", folder.file("chair.store")], input: Data(), folder: nil,
        environment: environment)
      #expect(ended.code == 0, "\(arguments): \(ended.error)")
      return ended.output
    }
    let book = try write("09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,\n")
    let imported = try run("import", book, "--date", "today")
    // Asked on both sides, should midnight fall between.
    let days = try [run("schedule"), run("schedule", "--date", "today"), run("schedule")]
    #expect([days[0], days[2]].contains(days[1]))
    #expect(days[1].contains("TESTER, Amara"), "\(imported)\(days[1])")
    _ = try run("session", "open", "--appointment", "1")
    #expect(try run("session", "list", "--date", "today").hasSuffix("1 session\n"))
    #expect(try run("session", "list", "--date", "yesterday").hasSuffix("0 sessions\n"))
    #expect(try run("review", "--date", "today").contains("TESTER, Amara"))
  }

  @Test func `a session opens from an appointment without typing the patient`() throws {
    let book = try write("09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,\n")
    #expect(try run("import", book).code == 0)
    let opened = try run("session", "open", "--appointment", "1")
    #expect(opened.code == 0, "\(opened.error)")
    let name = String(opened.output.split(separator: "\n").first ?? "")
    let packet = try run("explain", name, "--packet")
    #expect(packet.code == 0, "\(packet.error)")
    #expect(packet.output.contains("TESTER, Amara, born 04-Feb-1961, female"))
    #expect(packet.output.contains("MRN 90000417, visit V1"))
    #expect(packet.output.contains("1 in all and 1 of this session"))
    let missing = try run("session", "open", "--appointment", "2")
    #expect(missing.code == 1)
    #expect(missing.error.contains("There is no appointment 2"))
  }
}
