import InfusionRecord
import Testing

@testable import Interchange

/// An appointment book: which rows are read, which are faults, what a second import changes.
struct ScheduleFileTests {
  private static let day = CivilDate(dayNumber: 20_780)
  private static let header = "time,family,given,born,sex,mrn,visit,chair,regimen,drugs,payer\n"
  private static let tester =
    "09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,weekly,"
    + "\"ondansetron|8 mg|20; PACLitaxel|175 mg/m2|180\",medicare\n"
  private static let sample = "0715,Sample,Björn,04-Mar-1950,m,90000418,V2,,,,\n"

  private func read(
    _ text: String, headers: [ScheduleColumn: String] = [:]
  ) throws -> ScheduleFile {
    var layout = ScheduleLayout()
    layout.headers = headers
    return try ScheduleFile(
      Array(text.utf8), file: "book.csv", layout: layout, day: ScheduleFileTests.day)
  }

  @Test func `a row is an appointment with its plan`() throws {
    let file = try read(ScheduleFileTests.header + ScheduleFileTests.tester)
    #expect(file.faults.isEmpty)
    let one = try #require(file.days[ScheduleFileTests.day]?.first)
    #expect(one.clock == "09:30")
    #expect(one.patient.displayName == "TESTER, Amara")
    #expect(one.patient.dateOfBirth?.iso == "1961-02-04")
    #expect(one.patient.sex == .female)
    #expect(one.patient.mrn == "90000417")
    #expect(one.patient.visitNumber == "V1")
    #expect(one.chair == "3")
    #expect(one.payer == "medicare")
    #expect(
      one.drugs == [
        Appointment.PlannedDrug(drug: "ondansetron", dose: "8 mg", minutes: 20),
        Appointment.PlannedDrug(drug: "PACLitaxel", dose: "175 mg/m2", minutes: 180),
      ])
  }

  @Test func `allergies are kept as the book has them, and a hidden patient's are not shown`()
    throws
  {
    let book =
      "time,family,given,born,mrn,allergies\n"
      + "09:30,Tester,Amara,1961-02-04,90000417,penicillin: rash; latex\n"
      + "10:30,Sample,Bo,1962-02-04,90000418,NKDA\n11:30,Fiction,Cy,1963-02-04,90000419,\n"
    let found = try #require(try read(book).days[ScheduleFileTests.day])
    #expect(found.map(\.allergies) == ["penicillin: rash; latex", "NKDA", ""])
    let day = DaySchedule(date: ScheduleFileTests.day, appointments: found)
    let again = try DaySchedule(day.json(), file: "day.json")
    #expect(again.appointments == found)
    let hidden = day.hiding { _ in true }.appointments
    #expect(hidden.map(\.allergies) == ["", "", ""])
    let named = try read(
      book.replacing("allergies", with: "ALG"), headers: [.allergies: "ALG"])
    #expect(named.days[ScheduleFileTests.day]?.map(\.allergies) == found.map(\.allergies))
  }

  @Test func `headers are those of the site, other columns are ignored`() throws {
    let file = try read(
      "Appt Time,Junk,Last Name,First,DOB,Record #\n08:00,x,Nobody,Odd,1970-01-01,7\n",
      headers: [
        .time: "Appt Time", .family: "last name", .given: "First", .born: "DOB", .mrn: "Record #",
      ])
    #expect(file.days[ScheduleFileTests.day]?.map(\.patient.mrn) == ["7"])
  }

  @Test func `a missing column is a fault`() {
    #expect(throws: DocumentError.self) { try read("time,family,given,born\n") }
    #expect(throws: DocumentError.self) {
      try read(ScheduleFileTests.header, headers: [.regimen: "Protocol"])
    }
  }

  @Test func `a header that is there twice is a fault, if it is read`() throws {
    #expect {
      try read("time,family,given,born,mrn,Born\n")
    } throws: { error in
      "\(error)" == "book.csv:1: there are two columns \"born\"; "
        + "expected a name for each column that is read."
    }
    #expect(
      try read("time,family,given,born,mrn,Junk,junk\n09:30,Tester,A,1961-02-04,7,,\n").faults
        == [])
  }

  @Test func `bad rows are faults that name their line, good rows are read`() throws {
    let file = try read(
      ScheduleFileTests.header + "25:00,Fiction,A,1961-02-04,F,1,V3,,,,\n"
        + ScheduleFileTests.tester + "10:00,Fiction,B,04-03-1961,F,2,V4,,,,\n"
        + "10:00,Fiction\n" + "10:00,\"Fic\"tion,C,1961-02-04,F,3,V5,,,,\n"
        + "10:00,Fiction,D,1961-02-04,F,4,V6,,,drug|1 mg|soon,\n"
        + "10:00,Fiction,E,1961-02-04,Q,5,V7,,,,\n" + "10:00,Fiction,F,1961-02-04,F,,V8,,,,\n"
        + "09:30,Tester,Amara,1961-02-04,F,90000417,V1,3,,,\n" + ScheduleFileTests.sample)
    #expect(file.days[ScheduleFileTests.day]?.map(\.patient.visitNumber) == ["V1", "V2"])
    #expect(file.faults.map(\.line) == [2, 4, 5, 6, 7, 8, 9, 10])
    #expect(
      file.faults.map(\.path) == ["time", "born", "", "", "drugs", "sex", "mrn", "visit"])
    #expect(file.faults.allSatisfy { !$0.description.contains("Fiction") })
    #expect(
      file.faults[0].description == "book.csv:2: time: this is not a time; expected 09:30 or 0930.")
  }

  @Test(arguments: [
    ("00:00", true), ("23:59", true), ("24:00", false), ("09:60", false), ("930", true),
    ("30", false), ("09300", false),
    ("2026-11-30 09:30:00.000000", false), ("99999999999999999999999", false),
  ])
  func `a time is three or four digits of a day`(time: String, isRead: Bool) throws {
    let file = try read(
      ScheduleFileTests.header + ScheduleFileTests.tester.replacing("09:30", with: time))
    #expect(file.faults.isEmpty == isRead)
  }

  @Test(arguments: [
    ("x|1 mg|1", true), ("x|1 mg|10080", true), ("x|1 mg|0", false), ("x|1 mg|10081", false),
    ("x", true), ("x||", true), ("|1 mg", false), ("x|1 mg|20|y", false),
  ])
  func `planned minutes are 1 to 10,080, and a drug has up to three parts`(
    drugs: String, isRead: Bool
  ) throws {
    let file = try read(
      ScheduleFileTests.header + "09:30,Tester,Amara,1961-02-04,F,7,V1,3,weekly,\(drugs),\n")
    #expect(file.faults.isEmpty == isRead)
  }

  @Test(arguments: [("2026-11-23", true), ("2026-11-24", false)])
  func `a patient is not born after the visit`(born: String, isRead: Bool) throws {
    let file = try read(
      ScheduleFileTests.header + ScheduleFileTests.tester.replacing("1961-02-04", with: born))
    #expect(file.faults.isEmpty == isRead)
  }

  private func rows(_ text: String) throws -> [Appointment] {
    try read(ScheduleFileTests.header + text).days[ScheduleFileTests.day] ?? []
  }

  /// The counts of what an import did: added, changed, cancelled, not in the file, unread, same.
  private func counts(_ changes: DaySchedule.Changes) -> [Int] {
    DaySchedule.Changes.Kind.allCases.map(changes.count) + [changes.same]
  }

  @Test func `a second import changes only what changed`() throws {
    var schedule = DaySchedule(date: ScheduleFileTests.day)
    func take(_ rows: [Appointment]) -> [Int] { counts(schedule.take(rows)) }
    let book = ScheduleFileTests.tester + ScheduleFileTests.sample
    #expect(try take(rows(book)) == [2, 0, 0, 0, 0, 0])
    #expect(schedule.appointments.map(\.clock) == ["07:15", "09:30"])
    let once = schedule
    let again = schedule.take(try rows(book))
    #expect(counts(again) == [0, 0, 0, 0, 0, 2])
    #expect(again.isNothing)
    #expect(schedule == once)
    let moved = ScheduleFileTests.tester.replacing("09:30", with: "13:00")
    let third = schedule.take(try rows(moved))
    #expect(counts(third) == [0, 1, 0, 1, 0, 0])
    #expect(third.lines.map(\.appointment.clock) == ["07:15", "13:00"])
    #expect(schedule.appointments.map(\.clock) == ["07:15", "13:00"])
    #expect(schedule.appointments.map(\.isNotInFile) == [true, false])
    // It is in the next file again.
    #expect(try take(rows(moved + ScheduleFileTests.sample)) == [0, 0, 0, 0, 0, 2])
    #expect(schedule.appointments.map(\.isNotInFile) == [false, false])
  }

  private static func unnumbered(_ time: String) -> String {
    "\(time),Tester,Amara,1961-02-04,F,90000417,,3,,,\n"
  }

  @Test func `a patient without visit numbers may come several times a day`() throws {
    var schedule = DaySchedule(date: ScheduleFileTests.day)
    func take(_ rows: [Appointment]) -> [Int] { counts(schedule.take(rows)) }
    let book = Self.unnumbered("09:00") + Self.unnumbered("13:00")
    #expect(try take(rows(book)) == [2, 0, 0, 0, 0, 0])
    #expect(try take(rows(book)) == [0, 0, 0, 0, 0, 2])
    // The second moved, the first did not.
    #expect(
      try take(rows(Self.unnumbered("09:00") + Self.unnumbered("14:00"))) == [0, 1, 0, 0, 0, 1])
    #expect(schedule.appointments.map(\.clock) == ["09:00", "14:00"])
    // The first vanished.
    let last = schedule.take(try rows(Self.unnumbered("14:00")))
    #expect(counts(last) == [0, 0, 0, 1, 0, 1])
    #expect(last.lines.map(\.appointment.clock) == ["09:00"])
    let twice = try read(
      ScheduleFileTests.header + Self.unnumbered("09:00") + Self.unnumbered("09:00"))
    #expect(twice.faults.map(\.line) == [3])
  }

  private static func numbered(_ time: String, _ status: String = "") -> String {
    "\(time),Tester,Amara,1961-02-04,90000417,V1,\(status)\n"
  }

  @Test func `one visit number may have several times, and a moved one keeps both rows`() throws {
    var schedule = DaySchedule(date: ScheduleFileTests.day)
    func take(_ rows: String...) throws -> [Int] {
      let file = try read("time,family,given,born,mrn,visit,status\n" + rows.joined())
      #expect(file.faults == [])
      return counts(schedule.take(file.days[ScheduleFileTests.day] ?? []))
    }
    #expect(try take(Self.numbered("09:00")) == [1, 0, 0, 0, 0, 0])
    // Rescheduled: the old row is cancelled, the new one has the same number.
    #expect(
      try take(Self.numbered("09:00", "Cancelled"), Self.numbered("11:00")) == [1, 0, 1, 0, 0, 0])
    #expect(schedule.appointments.map(\.clock) == ["09:00", "11:00"])
    #expect(schedule.appointments.map(\.cancellation) == [.file, nil])
    #expect(
      try take(Self.numbered("09:00", "Cancelled"), Self.numbered("11:00")) == [0, 0, 0, 0, 0, 2])
  }

  @Test func `what a person cancelled stays so until the book changes it`() throws {
    var schedule = DaySchedule(date: ScheduleFileTests.day)
    func take(_ rows: [Appointment]) -> [Int] { counts(schedule.take(rows)) }
    _ = schedule.take(try rows(ScheduleFileTests.tester))
    let (first, second) = (
      schedule.setCancelled(true, at: 0), schedule.setCancelled(true, at: 0)
    )
    #expect(first && !second)
    #expect(try DaySchedule(schedule.json(), file: "day.json") == schedule)
    #expect(try take(rows(ScheduleFileTests.tester)) == [0, 0, 0, 0, 0, 1])
    #expect(schedule.appointments[0].cancellation == .person)
    let moved = ScheduleFileTests.tester.replacing("09:30", with: "13:00")
    #expect(try take(rows(moved)) == [0, 1, 0, 0, 0, 0])
    #expect(schedule.appointments[0].cancellation == nil)
  }

  private static let waiting = "time,family,given,born,mrn,visit,status\n"
  private static func row(
    _ time: String, _ number: String, visit: String = "", status: String = ""
  ) -> String {
    "\(time),Tester\(number),Amara,1961-02-04,9000\(number),\(visit),\(status)\n"
  }

  /// Takes a first book of four appointments, then another, and returns what the second did.
  private func second(_ book: String) throws -> (DaySchedule.Changes, DaySchedule) {
    let first =
      Self.waiting + Self.row("09:00", "1", visit: "V1") + Self.row("10:00", "2", visit: "V2")
      + Self.row("11:00", "3") + Self.row("12:00", "4")
    var schedule = DaySchedule(date: Self.day)
    _ = schedule.take(try read(first).days[Self.day] ?? [])
    let file = try read(Self.waiting + book)
    return (schedule.take(file.days[Self.day] ?? [], refused: file.refused), schedule)
  }

  @Test(arguments: [
    // What cannot be read, and the time of the appointment that the row may be.
    ("late,Tester1,Amara,1961-02-04,90001,V1,\n", ["09:00"]),
    ("09:00,Tester1,Amara,1961-02-99,90001,V1,\n", ["09:00"]),
    ("13:30,Tester1,Amara,1961-02-04,1E+05,V1,\n", ["09:00"]),
    // The record number decides if the visit number is damaged or missing.
    ("09:00,Tester1,Amara,1961-02-04,90001,1E+05,\n", ["09:00"]),
    ("late,Tester3,Amara,1961-02-04,90003,,\n", ["11:00"]),
    // Without numbers, name and birthday.
    ("11:00,Tester3,Amara,1961-02-04,#####,,\n", ["11:00"]),
    // Anyone's.
    ("11:00,Tester3\n", ["09:00", "11:00", "12:00"]),
    // No patient of this day.
    ("late,Tester9,Amara,1961-02-04,90009,V9,\n", []),
  ])
  func `an appointment whose row cannot be read is not one that the file lacks`(
    row: String, unread: [String]
  ) throws {
    let (changes, schedule) = try second(Self.row("10:00", "2", visit: "V2") + row)
    let found = changes.lines.filter { $0.kind == .unread }.map(\.appointment.clock)
    #expect(found == unread)
    let lacking = ["09:00", "11:00", "12:00"].filter { !unread.contains($0) }
    #expect(changes.lines.filter { $0.kind == .notInFile }.map(\.appointment.clock) == lacking)
    #expect(schedule.appointments.filter(\.isNotInFile).map(\.clock) == lacking)
  }

  @Test func `a row that is there twice is read, and hides no appointment that vanished`() throws {
    let one = Self.row("10:00", "2", visit: "V2")
    let (changes, _) = try second(one + one)
    #expect(counts(changes) == [0, 0, 0, 3, 0, 1])
  }

  @Test(arguments: [
    ("09:00,Te\u{1B}[31mster,Amara,1961-02-04,1", "family: the cell holds a control character"),
    ("09:00,Tester,Am\u{202E}ara,1961-02-04,1", "given: the cell holds a control character"),
    ("09:00,Tester,Amara,1961-02-04,1\u{200B}", "mrn: the cell holds a control character"),
    ("09:00,Tester,Amara,1861-02-04,1", "born: this lies more than 130 years before the visit"),
  ])
  func `a name that steers a terminal and a birth of another century are refused by line`(
    row: String, fault: String
  ) throws {
    let file = try read(
      "time,family,given,born,mrn\n\(row)\n10:00,Nuñez,Ana,1961-02-04,2\n")
    #expect(file.faults.count == 1)
    #expect(
      file.faults.first?.description.hasPrefix("book.csv:2: \(fault)") == true, "\(file.faults)")
    #expect(file.days[Self.day]?.map(\.patient.family) == ["Nuñez"])
  }

  @Test func `a number of two people is told by its line, and both are appointments`() throws {
    let header = "time,family,given,born,mrn,visit\n"
    let file = try read(
      header + "09:00,Tester,Amara,1961-02-04,1,V1\n" + "09:00,Sample,Odd,1961-02-04,1,V1\n"
        + "10:00,Fiction,Lee,1970-01-01,2,V1\n" + "11:00,TESTER,Amara M,1961-02-04,1,V3\n")
    #expect(file.faults.isEmpty)
    #expect(
      file.doubts.map(\.description) == [
        "book.csv:3: mrn: line 2 has this number with another name or date of birth; expected a number "
          + "for each person; both appointments were taken.",
        "book.csv:4: visit: line 2 has this visit number with another record number; expected a visit "
          + "number for each patient; both appointments were taken.",
      ])
    var schedule = DaySchedule(date: Self.day)
    let rows = try #require(file.days[Self.day])
    #expect(schedule.take(rows).count(.added) == 4)
    // In another order and at other times they are still who they were.
    var moved = rows
    moved.swapAt(0, 1)
    moved[0].minuteOfDay += 5
    let changes = schedule.take(moved)
    #expect(changes.lines.map(\.isOfAnother) == [false])
    #expect(changes.lines.map(\.appointment.patient.family) == ["Sample"])
  }

  @Test func `an appointment that is another person's now is told as such`() throws {
    var schedule = DaySchedule(date: Self.day)
    let header = "time,family,given,born,mrn\n"
    _ = schedule.take(
      try read(header + "09:00,Tester,Amara,1961-02-04,1\n").days[Self.day] ?? [])
    let changes = schedule.take(
      try read(header + "09:00,Sample,Odd,1961-02-04,1\n").days[Self.day] ?? [])
    #expect(changes.lines.map(\.isOfAnother) == [true])
  }

  @Test func `what a person restored is expected until the book says something new of it`() throws {
    var schedule = DaySchedule(date: Self.day)
    func take(_ status: String, time: String = "09:00") throws -> [Appointment.Cancellation?] {
      let book = Self.waiting + Self.row(time, "1", visit: "V1", status: status)
      _ = schedule.take(try read(book).days[Self.day] ?? [])
      schedule = try DaySchedule(schedule.json(), file: "day.json")
      return schedule.appointments.map(\.cancellation)
    }
    func decide(_ isCancelled: Bool) -> Bool { schedule.setCancelled(isCancelled, at: 0) }
    #expect(try take("Cancelled") == [.file])
    #expect(decide(false))
    #expect(!decide(false))
    // The same row again and again.
    #expect(try take("Cancelled") == [nil])
    #expect(try take("Cancelled") == [nil])
    // The book expects the patient, then cancels again: that is new.
    #expect(try take("") == [nil])
    #expect(try take("Cancelled") == [.file])
    // Another time is new, too.
    #expect(decide(false))
    #expect(try take("Cancelled", time: "10:00") == [.file])
    // A person may cancel what was restored.
    #expect(decide(false) && decide(true))
    #expect(try take("Cancelled", time: "10:00") == [.person])
    // The book takes its own word back, and what was decided about it.
    #expect(try take("", time: "10:00") == [nil])
  }

  @Test func `a day of an earlier version is read, by a person or a file cancelled`() throws {
    func cancelled(_ by: String) throws -> Appointment {
      let text = """
        {"format":"chairtime.schedule/1","date":"2026-11-23","appointments":[{"time":"09:00",
        "cancelledBy":"\(by)","family":"Tester","given":"Amara","born":"1961-02-04",
        "sex":"female","mrn":"1","visit":"V1","chair":"","regimen":"","drugs":[]}]}
        """
      return try DaySchedule(Array(text.utf8), file: "day.json").appointments[0]
    }
    #expect(try cancelled("person").cancellation == .person)
    #expect(try !cancelled("person").isCancelledInFile)
    #expect(try cancelled("file").cancellation == .file)
  }

  @Test func `a written day is read back`() throws {
    var schedule = DaySchedule(date: ScheduleFileTests.day)
    _ = schedule.take(
      try read(ScheduleFileTests.header + ScheduleFileTests.tester + ScheduleFileTests.sample)
        .days[ScheduleFileTests.day] ?? [])
    #expect(try DaySchedule(schedule.json(), file: "day.json") == schedule)
    #expect(throws: DocumentError.self) {
      try DaySchedule(Array("{\"format\":\"chairtime.schedule/2\"}".utf8), file: "day.json")
    }
  }
}
