import InfusionRecord
import ScriptedProgram
import SessionReview
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// What is signed has been on the screen, from its first line to its last.
@Suite struct SignedReadingTests {
  /// Nineteen clean sessions of a morning.
  private static func day(_ size: Size) -> Driver {
    let store = MemoryStore()
    for number in 0..<19 {
      let id = SessionID("2026-11-23-\(String(number + 100))")
      let at = Driver.morning + Int64(number) * 300
      let patient = PatientIdentity(
        family: "Sample\(String(number + 100))", given: "Olu",
        dateOfBirth: CivilDate(dayNumber: -4000), sex: .unknown, mrn: "9000\(number + 1000)",
        visitNumber: "V\(number)")
      store.add(
        .sessionOpened(
          SessionOpening(
            patient: patient, chair: "\(number)", zone: "America/Chicago", nurse: "T. Kowalski")),
        to: id, at: at)
      store.add(.siteOpened(SiteOpening(site: "port", kind: .port)), to: id, at: at)
      store.add(
        .drugStarted(
          AdministrationFacts(
            administration: "a1", drug: "PACLitaxel", technique: .infusion, site: "port")),
        to: id, at: at)
      store.add(.drugStopped(DrugStop(administration: "a1")), to: id, at: at + 3600)
      store.add(.sessionClosed(answers: []), to: id, at: at + 4200)
    }
    var it = Driver(size: size, actor: "S. Visor", store: store)
    it.at("12:00")
    return it
  }

  private static func signed(_ it: Driver) -> Int {
    it.store.all.count { $0.status == .reviewed }
  }

  @Test(arguments: [Size(columns: 60, rows: 15), Size(columns: 80, rows: 24)])
  func `Enter pages through every name before it signs all`(size: Size) {
    var it = Self.day(size)
    it.press("d", "Y")
    var shown: Set<String> = []
    var pages = 0
    while it.state.prompt != nil, pages < 30 {
      #expect(Self.signed(it) == 0)
      for number in 100..<119 where it.words.contains("SAMPLE\(number), Olu") {
        shown.insert("\(number)")
      }
      let isMore = it.words.contains("Enter more")
      #expect(isMore != it.words.contains("Enter sign off"), "\(it)")
      #expect(isMore || shown.count == 19, "\(it)")
      it.press("Enter")
      pages += 1
    }
    #expect(shown.count == 19 && pages > 1, "\(it)")
    #expect(Self.signed(it) == 19, "\(it)")
  }

  @Test func `a page that did not stand on the screen is not signed`() {
    var it = Self.day(Size(columns: 80, rows: 24))
    it.press("d", "Y")
    for _ in 0..<6 { it.program.turn([.key(KeyPress(.enter))], after: 100) }
    it.press("C-s")
    #expect(Self.signed(it) == 0, "\(it)")
  }

  @Test func `a statement that does not fit is read to its end before it is signed`() {
    var it = ReviewTests.day(size: Size(columns: 60, rows: 15))
    it.press("d", "/", "fiction", "Enter", "y")
    #expect(it.words.contains("Enter more"), "\(it)")
    let id = SessionID("2026-11-23-aaaaaa")
    var pages = 0
    while it.state.prompt != nil, pages < 60 {
      #expect(it.store.logs[id]?.status == .closed)
      it.press("Enter")
      pages += 1
    }
    #expect(pages > 1 && it.store.logs[id]?.status == .reviewed, "\(it)")
  }
}
