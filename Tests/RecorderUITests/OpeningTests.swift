import InfusionRecord
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Opening a session for a patient who already has one, or late.
@Suite struct OpeningTests {
  @Test(arguments: [("0931", TimeBasis.observed), ("0929", TimeBasis.lateEntry)])
  func `a session opened late is a late entry, as any other fact`(time: String, basis: TimeBasis) {
    var it = Driver()
    it.at("10:00")
    it.press("n", "90000417", "Enter", "Tester", "Enter", "Amara", "Enter", "04-Feb-1961")
    it.focus(.time)
    it.press(time)
    #expect(it.words.contains("(late entry)") == (basis == .lateEntry))
    it.press("Enter")
    #expect(it.store.all.first?.events[0].basis == basis, "\(it.screen)")
  }

  @Test func `Enter alone opens no second session of one record number`() {
    var it = Driver()
    it.seat()
    it.press("q")
    it.seat()
    #expect(it.store.order.count == 1)
    #expect(it.words.contains("MRN 90000417 has an open session already"))
    for _ in 0..<12 { it.press("Enter") }
    #expect(it.store.order.count == 1, "\(it.screen)")
    it.focus(.reason)
    it.press("second", "Enter", "Enter")
    #expect(it.store.order.count == 2, "\(it.screen)")
    #expect(it.store.logs[it.store.order[1]]?.events[0].reason == "a second visit today")
  }

  @Test func `Enter goes through every field of the opening and records from the last`() {
    var it = Driver()
    it.press("n", "90000417", "Enter", "Tester", "Enter", "Amara", "Enter", "04-Feb-1961")
    var seen: [Field.Name] = []
    while let field = it.state.prompt?.focused, seen.count < 12 {
      seen.append(field.name)
      let isLast = field.name == .time
      #expect(it.words.contains(isLast ? "Enter record" : "Enter next"), "\(it.words)")
      #expect(it.words.contains("Ctrl-S record") == !isLast, "\(it.words)")
      if field.name == .visit { it.press("V7") }
      if field.name == .sex { it.press("Up") }
      it.press("Enter")
    }
    #expect(seen == [.born, .sex, .visit, .chair, .payer, .time])
    #expect(it.store.all.first?.opening?.patient.visitNumber == "V7", "\(it.screen)")
    #expect(it.store.all.first?.opening?.patient.sex != .unknown)
  }

  @Test func `Ctrl-S records from any field once all that must be there is`() {
    var it = Driver()
    it.press("n", "90000417", "C-s")
    #expect(it.state.prompt?.focused?.name == .family, "\(it.screen)")
    #expect(!it.words.contains("Ctrl-S"))
    it.press("Tester", "Enter", "Amara", "Enter", "04-Feb-1961")
    #expect(it.words.contains("Ctrl-S record"))
    it.press("C-s")
    #expect(it.store.order.count == 1, "\(it.screen)")
  }

  @Test func `Enter does not leave a date of birth that cannot be`() {
    var it = Driver()
    it.press("n", "90000417", "Enter", "Tester", "Enter", "Amara", "Enter", "31-Feb-1961", "Enter")
    #expect(it.state.prompt?.focused?.name == .born)
    #expect(it.words.contains("There is no such day as 31-Feb-1961"))
    #expect(!it.words.contains("Ctrl-S record"))
  }
}
