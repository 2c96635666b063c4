import Foundation
import InfusionRecord
import Interchange
import RecorderUI
import TestSupport
import Testing

@testable import SuiteProgram

/// The appointments on disk, changed by one process at a time.
@Suite struct ScheduleFolderTests {
  private let folder = TemporaryFolder()
  private let day = CivilDate(dayNumber: 20_780)

  private var schedules: ScheduleFolder { ScheduleFolder(path: folder.file("schedule")) }

  private func appointment(_ number: Int) -> Appointment {
    Appointment(
      minuteOfDay: 540 + number,
      patient: PatientIdentity(
        family: "Tester", given: "Amara", dateOfBirth: CivilDate(dayNumber: -3253), sex: .female,
        mrn: "9000041\(number)", visitNumber: "V\(number)"),
      chair: "", regimen: "", drugs: [])
  }

  private func take(_ numbers: Int...) throws {
    try schedules.change(day) { !$0.take(numbers.map(appointment)).isNothing }
  }

  @Test func `a file that cannot be read is told in a sentence, and nobody is expected`() throws {
    #expect(schedules.fault(on: day) == nil)
    try take(1)
    #expect(schedules.fault(on: day) == nil && schedules.expectedPatients(on: day).count == 1)
    try Data("{\n".utf8).write(to: URL(filePath: schedules.file(day)))
    let fault = try #require(schedules.fault(on: day))
    #expect(
      fault.hasPrefix("The appointments of 23-Nov-2026 cannot be read, so nothing is compared"))
    #expect(schedules.expectedPatients(on: day).isEmpty)
    // A pipe is not waited for.
    unlink(schedules.file(day))
    mkfifo(schedules.file(day), 0o600)
    #expect(schedules.fault(on: day) != nil)
  }

  @Test func `a folder that is none, or may not be entered, is told`() throws {
    try Data().write(to: URL(filePath: folder.file("schedule")))
    #expect(schedules.fault(on: day) != nil)
    #expect(throws: (any Error).self) { try schedules.schedule(day) }
    unlink(folder.file("schedule"))
    mkdir(folder.file("schedule"), 0)
    // Permissions do not bind root.
    #expect((schedules.fault(on: day) != nil) == (geteuid() != 0))
  }

  @Test(.enabled(if: geteuid() == 0))
  func `appointments that root imports belong to the owner of the folder`() throws {
    chown(folder.path, 65534, 65534)
    try take(1)
    for file in [schedules.path, schedules.file(day), schedules.path + "/lock"] {
      var found = stat()
      #expect(lstat(file, &found) == 0 && found.st_uid == 65534, "\(file)")
    }
    let tables = EditTablesFile(path: folder.file("edit-tables.json"))
    try tables.keep([0x7B, 0x7D])
    var found = stat()
    #expect(lstat(tables.path, &found) == 0 && found.st_uid == 65534)
  }

  @Test func `a cancelled appointment is expected no more, and stays on disk`() throws {
    try take(1, 2)
    let expected = schedules.expectedPatients(on: day)
    #expect(expected.map(\.time) == ["09:01", "09:02"])
    var isAsked = false
    try schedules.cancel(expected[0], on: day) { isAsked = true }
    #expect(isAsked)
    #expect(schedules.expectedPatients(on: day).map(\.time) == ["09:02"])
    #expect(try schedules.schedule(day).appointments.map(\.cancellation) == [.person, nil])
    // It is gone: nothing is asked or changed.
    #expect(throws: Complaint.self) {
      try schedules.cancel(expected[0], on: day) { Issue.record("asked") }
    }
  }

  @Test func `what is not permitted is not done`() throws {
    struct Refused: Error {}
    try take(1)
    let expected = schedules.expectedPatients(on: day)
    #expect(throws: Refused.self) { try schedules.cancel(expected[0], on: day) { throw Refused() } }
    #expect(schedules.expectedPatients(on: day).count == 1)
  }

  @Test func `while another process changes the appointments, nothing is changed`() throws {
    try take(1)
    var lock: FileLock? = try FileLock(path: folder.file("schedule/lock"), for: .appointments)
    #expect(throws: Complaint.self) { try take(1, 2) }
    #expect(try schedules.schedule(day).appointments.count == 1)
    withExtendedLifetime(lock) {}
    lock = nil
    try take(1, 2)
    #expect(try schedules.schedule(day).appointments.count == 2)
  }
}
