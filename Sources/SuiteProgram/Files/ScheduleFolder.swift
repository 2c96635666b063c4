import Glibc
package import InfusionRecord
package import Interchange
package import RecorderUI

/// The appointments, one file per day in a folder (0700, files 0600).
package struct ScheduleFolder {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  package func file(_ day: CivilDate) -> String { "\(path)/\(day.iso).json" }

  /// The day's appointments; none if nothing was imported.
  package func schedule(_ day: CivilDate) throws -> DaySchedule {
    let file = InputFile(path: file(day))
    guard access(file.path, F_OK) == 0 else { return DaySchedule(date: day) }
    return try DaySchedule(file.bytes(), file: file.name)
  }

  /// The patients who are expected on a day; none if the file cannot be read.
  package func expectedPatients(on day: CivilDate) -> [ExpectedPatient] {
    let appointments = (try? schedule(day))?.appointments ?? []
    return appointments.map { appointment in
      ExpectedPatient(
        time: appointment.clock, patient: appointment.patient, chair: appointment.chair,
        payer: appointment.payer, regimen: appointment.regimen,
        drugs: appointment.drugs.map { planned in
          AdministrationFacts(
            administration: "", drug: planned.drug, technique: .infusion,
            amount: planned.dose.isEmpty ? nil : planned.dose,
            plannedMinutes: planned.minutes.map(Double.init))
        })
    }
  }

  package func keep(_ schedule: DaySchedule) throws {
    let file = OutputFile(own: file(schedule.date))
    try OutputFile.makeFolder(of: file.path)
    let sink = Sink(file)
    try sink.take(schedule.json())
    try sink.finish()
  }
}
