import InfusionRecord
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Units of a session that reaches into another day.
@Suite struct DatedUnitsTests {
  @Test func `units of two dates name their dates, and the sentence matches the row`() {
    var it = Driver(size: Size(columns: 120, rows: 40))
    it.seat()
    let id = it.store.order[0]
    it.store.add(.siteOpened(SiteOpening(site: "port", kind: .port)), to: id, at: Driver.morning)
    it.store.add(
      .drugStarted(
        AdministrationFacts(
          administration: "a1", drug: "carboplatin", technique: .infusion, site: "port")),
      to: id, at: Driver.morning + 12 * 3600)
    it.store.add(
      .drugStopped(DrugStop(administration: "a1")), to: id, at: Driver.morning + 24 * 3600)
    it.follow(it.store)
    it.setClock(
      RecordedTime(milliseconds: (Driver.morning.seconds + 25 * 3600) * 1000))
    #expect(it.words.contains("CARBOplatin, 23-Nov-2026"), "\(it.screen)")
    #expect(it.words.contains("CARBOplatin, 24-Nov-2026"), "\(it.screen)")
    it.press("e")
    #expect(it.words.contains("96415 × 4 CARBOplatin, 23-Nov-2026"), "\(it.screen)")
    #expect(
      it.words.contains("each with more than 30 past the hour before. 4 of them on 23-Nov-2026."),
      "\(it.screen)")
  }

  @Test func `units of one date need no date`() {
    let it = SnapshotTests.driver(.session, Size(columns: 120, rows: 40))
    #expect(!it.words.contains("PACLitaxel, 23-Nov-2026"))
  }
}
