import Glibc
package import InfusionRecord
package import Interchange

/// The appointments, one file per day in the folder `schedule` next to the store (0700, 0600).
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

  package func keep(_ schedule: DaySchedule) throws {
    let file = OutputFile(path: file(schedule.date))
    try OutputFile.makeFolder(of: file.path)
    let sink = Sink(file)
    try sink.take(schedule.json())
    try sink.finish()
  }
}
