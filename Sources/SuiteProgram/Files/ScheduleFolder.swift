import Glibc
package import InfusionRecord
package import Interchange
import PlainText
package import RecorderUI

/// The appointments, one file per day in a folder (0700, files 0600).
package struct ScheduleFolder: AppointmentBook {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  package func file(_ day: CivilDate) -> String { "\(path)/\(day.iso).json" }

  /// The day's appointments; none if nothing was imported.
  package func schedule(_ day: CivilDate) throws -> DaySchedule {
    let file = InputFile(path: file(day), isTrusted: true)
    // A folder that may not be entered, or is none, may hold appointments.
    if access(file.path, F_OK) != 0, errno == ENOENT { return DaySchedule(date: day) }
    return try DaySchedule(file.bytes(), file: file.name)
  }

  /// Changes a day's appointments while no other process does.
  ///
  /// - Parameter body: gets the appointments as they are on disk, and returns whether it changed them.
  package func change(
    _ day: CivilDate, _ body: (inout DaySchedule) throws -> Bool
  ) throws {
    try OutputFile.makeFolder(of: file(day))
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    var schedule = try schedule(day)
    if try body(&schedule) { try keep(schedule) }
  }

  /// The lock that a change of the appointments holds; throws if another process has it.
  package func lock() throws -> FileLock {
    try FileLock(path: "\(path)/lock", for: .appointments)
  }

  private func keep(_ schedule: DaySchedule) throws {
    let sink = Sink(OutputFile(own: file(schedule.date)))
    try sink.take(schedule.json())
    try sink.finish()
  }

  // MARK: For the screens

  package func fault(on day: CivilDate) -> String? {
    do {
      _ = try schedule(day)
      return nil
    } catch {
      return "The appointments of \(day.display) cannot be read, so nothing is compared with them. "
        + "Import the book again, or remove \(file(day).printable)."
    }
  }

  /// The patients who are expected on a day, without cancelled appointments; none if the file cannot be
  /// read.
  package func expectedPatients(on day: CivilDate) -> [ExpectedPatient] {
    let appointments = (try? schedule(day))?.appointments ?? []
    return appointments.filter { $0.cancellation == nil }.map { appointment in
      var expected = ExpectedPatient(
        time: appointment.clock, patient: appointment.patient, chair: appointment.chair,
        payer: appointment.payer, regimen: appointment.regimen,
        drugs: appointment.drugs.map { planned in
          PlannedDrug(
            drug: planned.drug, amount: planned.dose.isEmpty ? nil : planned.dose,
            minutes: planned.minutes.map(Double.init), technique: planned.technique)
        })
      expected.isNotInBook = appointment.isNotInFile
      expected.allergies = appointment.allergies
      return expected
    }
  }

  package func cancel(
    _ expected: ExpectedPatient, on day: CivilDate, permit: () throws -> Void
  ) throws {
    try change(day) { schedule in
      let index = schedule.appointments.firstIndex {
        $0.cancellation == nil && $0.clock == expected.time && $0.patient == expected.patient
      }
      guard let index else {
        throw Complaint(
          "The appointment at \(expected.time) is not in the list of \(day.display) any more; "
            + "no appointment was changed.")
      }
      try permit()
      return schedule.setCancelled(true, at: index)
    }
  }

  /// The days that have a file, in their order; none without a folder.
  package func days() throws -> [CivilDate] {
    guard let folder = opendir(path) else {
      if errno == ENOENT { return [] }
      throw Complaint("\(path) cannot be read: \(reason(errno)).")
    }
    defer { closedir(folder) }
    var days: [CivilDate] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".json"), let day = CivilDate(iso: String(name.dropLast(5))) {
        days.append(day)
      }
    }
    return days.sorted()
  }

  /// Deletes the file of a day.
  package func delete(_ day: CivilDate) throws {
    guard unlink(file(day)) == 0 || errno == ENOENT else {
      throw Complaint("\(file(day)) cannot be deleted: \(reason(errno)).")
    }
  }
}
