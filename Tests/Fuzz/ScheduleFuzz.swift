// An appointment book's table, as it is by default and as a site's file declares it: taken row by row or
// told row by row, and nothing lost between. A book that is taken again changes nothing.

import InfusionRecord
import Interchange

private let day = CivilDate(dayNumber: 20_780)

@_cdecl("LLVMFuzzerTestOneInput")
package func readOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  var declared = ScheduleLayout()
  declared.headers = [.name: "name", .start: "start", .end: "end", .cancelled: "cancelled"]
  declared.nameRule = .familyCommaGiven
  declared.startFormat = WrittenFormat("MM/DD/YYYY hh:mm a")
  declared.dateFormat = WrittenFormat("MM/DD/YYYY")
  read(bytes, ScheduleLayout())
  read(bytes, declared)
  return 0
}

private func read(_ bytes: [UInt8], _ layout: ScheduleLayout) {
  do throws(DocumentError) {
    let file = try ScheduleFile(bytes, file: "fuzz.csv", layout: layout, day: day)
    for text in file.faults.map(\.description) + file.remarks {
      check(isSentence(text), "no sentence")
    }
    for (date, appointments) in file.days {
      check(Set(appointments).count == appointments.count, "an appointment twice")
      check(appointments.allSatisfy { !$0.patient.mrn.isEmpty }, "an appointment without a patient")
      var schedule = DaySchedule(date: date)
      _ = schedule.take(appointments)
      check(schedule.appointments.count == appointments.count, "an appointment lost")
      check(schedule.take(appointments).isNothing, "the same book changed something")
    }
  } catch {
    check(isSentence(error.description), "no sentence")
  }
}

private func isSentence(_ text: String) -> Bool {
  !text.utf8.contains(0x0A) && !text.utf8.contains(0x1B) && text.hasSuffix(".")
}

private func check(_ holds: Bool, _ law: StaticString) {
  if !holds { fatalError("broken law: \(law)") }
}
