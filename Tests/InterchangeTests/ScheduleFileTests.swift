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
    try ScheduleFile(
      Array(text.utf8), file: "book.csv", headers: headers, day: ScheduleFileTests.day)
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

  @Test func `bad rows are faults that name their line, good rows are read`() throws {
    let file = try read(
      ScheduleFileTests.header + "25:00,Fiction,A,1961-02-04,F,1,V3,,,,\n"
        + ScheduleFileTests.tester + "10:00,Fiction,B,04-03-1961,F,2,V4,,,,\n"
        + "10:00,Fiction\n" + "10:00,\"Fic\"tion,C,1961-02-04,F,3,V5,,,,\n"
        + "10:00,Fiction,D,1961-02-04,F,4,V6,,,drug|1 mg|soon,\n"
        + "10:00,Fiction,E,1961-02-04,Q,5,V7,,,,\n" + "10:00,Fiction,F,1961-02-04,F,,V8,,,,\n"
        + "11:00,Tester,Amara,1961-02-04,F,90000417,V1,3,,,\n" + ScheduleFileTests.sample)
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

  @Test func `a second import changes only what changed`() throws {
    var schedule = DaySchedule(date: ScheduleFileTests.day)
    let book = ScheduleFileTests.header + ScheduleFileTests.tester + ScheduleFileTests.sample
    func rows(_ text: String) throws -> [Appointment] {
      try read(text).days[ScheduleFileTests.day] ?? []
    }
    var expected = DaySchedule.Changes()
    expected.added = 2
    #expect(schedule.take(try rows(book)) == expected)
    #expect(schedule.appointments.map(\.clock) == ["07:15", "09:30"])
    let once = schedule
    expected = DaySchedule.Changes()
    expected.same = 2
    #expect(schedule.take(try rows(book)) == expected)
    #expect(schedule == once)
    expected = DaySchedule.Changes()
    expected.changed = 1
    expected.notInFile = 1
    let moved = ScheduleFileTests.tester.replacing("09:30", with: "13:00")
    #expect(schedule.take(try rows(ScheduleFileTests.header + moved)) == expected)
    #expect(schedule.appointments.map(\.clock) == ["07:15", "13:00"])
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
