// An appointment book's table: taken row by row or told row by row, and nothing lost between.

import InfusionRecord
import Interchange

@_cdecl("LLVMFuzzerTestOneInput")
package func readOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do throws(DocumentError) {
    let file = try ScheduleFile(
      bytes, file: "fuzz.csv", day: CivilDate(dayNumber: 20_780))
    for fault in file.faults { check(isSentence(fault.description), "no sentence") }
    for appointments in file.days.values {
      check(Set(appointments).count == appointments.count, "an appointment twice")
      check(appointments.allSatisfy { !$0.patient.mrn.isEmpty }, "an appointment without a patient")
    }
  } catch {
    check(isSentence(error.description), "no sentence")
  }
  return 0
}

private func isSentence(_ text: String) -> Bool {
  !text.utf8.contains(0x0A) && !text.utf8.contains(0x1B) && text.hasSuffix(".")
}

private func check(_ holds: Bool, _ law: StaticString) {
  if !holds { fatalError("broken law: \(law)") }
}
