import InfusionRecord
import SessionReview
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// A reviewer signs exactly what was shown.
@Suite struct SignOffTargetTests {
  static let fiction = SessionID("2026-11-23-aaaaaa")
  static let tester = SessionID("2026-11-23-bbbbbb")
  static let late = Driver.morning + 13_300

  /// Records on another screen; the loop shows it a second later.
  static func record(in it: inout Driver, _ meanwhile: (inout MemoryStore) -> Void) {
    meanwhile(&it.store)
    it.follow(it.store)
  }

  /// Expects that nothing can be signed, Enter is not offered, and Esc and the same key show it again.
  static func expectOvertaken(_ it: inout Driver, _ key: String, said: String) {
    #expect(it.words.contains(said), "\(it.screen)")
    #expect(it.words.contains("nothing is signed off from here, Esc closes"), "\(it.screen)")
    #expect(!it.words.contains("Enter sign off"), "\(it.screen)")
    let facts = it.store.all.map(\.version)
    for _ in 0..<3 { it.press("Enter") }
    #expect(it.store.all.map(\.version) == facts, "\(it.screen)")
    #expect(it.state.prompt != nil)
    it.press("Esc", key)
    #expect(!it.words.contains("changed meanwhile"), "\(it.screen)")
  }

  @Test func `a session that gains a fact while its sign-off is asked is not signed`() {
    var it = ReviewTests.day()
    it.press("d", "/", "fiction", "Enter", "y", "Read")
    #expect(it.words.contains("Enter sign off"))
    SignOffTargetTests.record(in: &it) {
      $0.add(
        .noteAdded(text: "felt warm", administration: nil), to: SignOffTargetTests.fiction,
        at: SignOffTargetTests.late)
    }
    SignOffTargetTests.expectOvertaken(&it, "y", said: "note: felt warm, 10:41, by T. Kowalski")
    it.press("Read", "Enter")
    #expect(it.store.logs[SignOffTargetTests.fiction]?.events.last?.fact.kind == .sessionReviewed)
  }

  @Test func `a session reopened while its sign-off is asked is not signed`() {
    var it = ReviewTests.day()
    it.press("d", "/", "fiction", "Enter", "y", "Read")
    SignOffTargetTests.record(in: &it) {
      $0.add(
        .sessionReopened, to: SignOffTargetTests.fiction, at: SignOffTargetTests.late,
        reason: "a drug was missing")
    }
    SignOffTargetTests.expectOvertaken(&it, "y", said: "session reopened, 10:41, by T. Kowalski")
  }

  @Test func `what a reason was typed for and then changed keeps the reason and is not signed`() {
    var it = ReviewTests.day()
    it.press("d", "/", "tester", "Enter", "y", "looked", "Enter", "Read")
    SignOffTargetTests.record(in: &it) {
      $0.add(
        .noteAdded(text: "felt warm", administration: nil), to: SignOffTargetTests.tester,
        at: SignOffTargetTests.late)
    }
    SignOffTargetTests.expectOvertaken(&it, "y", said: "note: felt warm, 10:41, by T. Kowalski")
  }

  @Test func `a session that becomes clean while all clean are asked for is not signed unseen`() {
    var it = ReviewTests.day()
    it.press("d", "Y")
    #expect(it.words.contains("1 session without a question"))
    SignOffTargetTests.record(in: &it) {
      $0.add(
        .sessionClosed(answers: []), to: SessionID("2026-11-23-eeeeee"),
        at: SignOffTargetTests.late)
      $0.add(
        .drugStopped(DrugStop(administration: "a1")), to: SessionID("2026-11-23-eeeeee"),
        at: SignOffTargetTests.late + -60)
    }
    SignOffTargetTests.expectOvertaken(&it, "Y", said: "PLACEHOLDER, Wu is clean now")
    #expect(it.words.contains("2 sessions without a question"))
    it.press("Enter")
    #expect(it.shows("Signed off 2 sessions."))
  }

  @Test func `a session that is clean no more while all clean are asked for stops the rest too`() {
    var it = ReviewTests.day()
    it.press("d", "Y")
    SignOffTargetTests.record(in: &it) {
      $0.add(
        .sessionReopened, to: SignOffTargetTests.fiction, at: SignOffTargetTests.late,
        reason: "a drug was missing")
    }
    SignOffTargetTests.expectOvertaken(&it, "Y", said: "FICTION, Olu is open again")
  }

  @Test func `a clean session that reads otherwise is not signed as it was shown`() {
    var it = ReviewTests.day()
    it.press("d", "Y")
    SignOffTargetTests.record(in: &it) {
      $0.add(
        .noteAdded(text: "felt warm", administration: nil), to: SignOffTargetTests.fiction,
        at: SignOffTargetTests.late)
    }
    SignOffTargetTests.expectOvertaken(&it, "Y", said: "FICTION, Olu has new facts")
  }

  @Test func `days still being read are pinned once they are whole`() throws {
    var it = ReviewTests.day()
    it.press("d")
    let whole = try #require(it.state.review).page
    let part = DayReview(days: whole.days, sessions: whole.sessions)
    it.state.take(part)
    it.press("Y")
    it.state.take(whole)
    #expect(it.words.contains("Enter sign off"), "\(it.screen)")
    SignOffTargetTests.record(in: &it) {
      $0.add(
        .noteAdded(text: "felt warm", administration: nil), to: SignOffTargetTests.fiction,
        at: SignOffTargetTests.late)
    }
    SignOffTargetTests.expectOvertaken(&it, "Y", said: "FICTION, Olu has new facts")
  }

  @Test func `a change of a session that is not clean does not disturb the rest`() {
    var it = ReviewTests.day()
    it.press("d", "Y")
    SignOffTargetTests.record(in: &it) {
      $0.add(
        .noteAdded(text: "felt warm", administration: nil), to: SignOffTargetTests.tester,
        at: SignOffTargetTests.late)
    }
    it.press("Enter")
    #expect(it.shows("Signed off 1 session."))
  }
}
