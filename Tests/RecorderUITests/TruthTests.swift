import InfusionRecord
import TerminalCore
import Testing

@testable import RecorderUI

/// What the screens say of a session is so.
@Suite struct TruthTests {
  private static func closed() -> Driver {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("08:31")
    it.press("x", "Enter")
    if it.state.prompt != nil { it.press("Enter") }
    let id = it.store.order[0]
    it.store.add(.siteClosed(site: "port"), to: id, at: Driver.morning + 95 * 60)
    it.store.add(.sessionClosed(answers: []), to: id, at: Driver.morning + 96 * 60)
    it.follow(it.store)
    it.at("09:00")
    it.press("q")
    return it
  }

  @Test func `a site that was closed is not called unrecorded where charges are signed`() {
    var it = TruthTests.closed()
    for keys in [["y"], ["r"]] {
      it.press("d")
      for key in keys { it.press(key) }
      #expect(it.state.prompt != nil, "\(it.screen)")
      #expect(!it.words.contains("access site not recorded"), "\(it.screen)")
      #expect(it.words.contains("Port, closed 08:35"), "\(it.screen)")
      it.press("Esc", "Esc")
    }
  }

  @Test func `a session without any site says so`() {
    var it = Driver()
    it.seat()
    #expect(it.words.contains("access site not recorded"))
  }

  @Test func `an open site is named before one that was closed`() {
    var it = Driver()
    it.seat()
    let id = it.store.order[0]
    it.store.add(
      .siteOpened(SiteOpening(site: "picc", kind: .picc)), to: id, at: Driver.morning + 60)
    it.store.add(
      .siteOpened(SiteOpening(site: "port", kind: .port)), to: id, at: Driver.morning + 120)
    it.store.add(.siteClosed(site: "port"), to: id, at: Driver.morning + 180)
    it.follow(it.store)
    it.at("07:10")
    #expect(it.words.contains("PICC"))
    #expect(!it.words.contains("closed"))
  }
}
