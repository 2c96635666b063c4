import InfusionRecord
import TerminalCore
import Testing

@testable import RecorderUI

/// Seating a patient who is there already, or late.
@Suite struct OpeningTests {
  @Test(arguments: [("0931", TimeBasis.observed), ("0929", TimeBasis.lateEntry)])
  func `a session opened late is a late entry, as everything else`(time: String, basis: TimeBasis) {
    var it = Driver()
    it.at("10:00")
    it.press("n", "90000417", "Enter", "Tester", "Enter", "Amara", "Enter", "04-Feb-1961")
    while it.state.prompt?.focused?.name != .time { it.press("Tab") }
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
    while it.state.prompt?.focused?.name != .reason { it.press("Tab") }
    it.press("second", "Enter", "Enter")
    #expect(it.store.order.count == 2, "\(it.screen)")
    #expect(it.store.logs[it.store.order[1]]?.events[0].reason == "a second visit today")
  }
}
