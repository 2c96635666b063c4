import InfusionRecord
import SessionReview
import TestSupport
import Testing
import TimelineEngine

/// A name is put under what was seen, and only if it may be.
@Suite struct SignOffTests {
  private func record(isClosed: Bool = true, isSeen: Bool = true) -> SampleRecord {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    record.add(
      .drugStopped(DrugStop(administration: "a1", isNotObserved: !isSeen)), at: "10:40")
    if isClosed { record.add(.sessionClosed(answers: []), at: "12:00") }
    return record
  }

  private func derivation() -> SessionDerivation {
    SessionDerivation(formulary: SampleRecord.formulary, now: SampleRecord().at("13:00"))
  }

  private let now = RecordedTime(milliseconds: SampleRecord().at("13:00").seconds * 1000 + 30_250)

  /// Why this record cannot be signed off.
  private func refusal(_ record: SampleRecord, despite reason: String? = nil) -> String? {
    var derivation = derivation()
    do {
      _ = try derivation.order(
        for: derivation.session(record.log), by: "R. SAMPLE", despite: reason)
      return nil
    } catch {
      return error.sentence
    }
  }

  @Test func `the event names the reviewer, the whole minute and what was signed`() throws {
    let record = record()
    var derivation = derivation()
    let session = derivation.session(record.log)
    let order = try derivation.order(for: session, by: "R. SAMPLE")
    let event = try derivation.event(for: order, on: record.log, workstation: "desk", at: now)
    #expect(event.actor == "R. SAMPLE")
    #expect(event.workstation == "desk")
    #expect(event.clinicalTime == record.at("13:00"))
    #expect(event.recordedTime == now)
    #expect(event.reason == nil)
    let review = try #require(record.log.appending(event).review)
    #expect(review == order.review)
    #expect(review.statementHash == session.statement.digest)
    #expect(review.rulebook == session.statement.rulebook)
    #expect(derivation.session(record.log.appending(event)).standing.isSignedOff)
  }

  @Test func `an open session is not signed off`() {
    #expect(
      refusal(record(isClosed: false)) == "The session is open; close it before it is signed off.")
  }

  @Test func `a signed session is not signed again`() throws {
    var record = record()
    var derivation = derivation()
    let order = try derivation.order(for: derivation.session(record.log), by: "R. SAMPLE")
    record.events.append(
      try derivation.event(for: order, on: record.log, workstation: "desk", at: now))
    #expect(refusal(record) == "It is signed off already, by R. SAMPLE; reopen it first.")
  }

  @Test func `a session with a question is signed off with a reason`() throws {
    let record = record(isSeen: false)
    #expect(
      refusal(record) == """
        1 question is open (PACLitaxel: The stop is not recorded and could not be computed.); \
        resolve them, or sign off anyway with a reason.
        """)
    var derivation = derivation()
    let order = try derivation.order(
      for: derivation.session(record.log), by: "R. SAMPLE", despite: "looked into")
    let event = try derivation.event(for: order, on: record.log, workstation: "desk", at: now)
    #expect(event.reason == "looked into")
  }

  @Test func `what changed after it was seen is not signed off`() throws {
    var record = record()
    var derivation = derivation()
    let order = try derivation.order(for: derivation.session(record.log), by: "R. SAMPLE")
    record.add(.noteAdded(text: "felt warm", administration: nil), at: "12:30")
    #expect(throws: SignOffRefusal.self) {
      try derivation.event(for: order, on: record.log, workstation: "desk", at: now)
    }
    var other = order
    other.review.policy = ["missing_stop=hold"]
    #expect(throws: SignOffRefusal.self) {
      try derivation.event(for: other, on: self.record().log, workstation: "desk", at: now)
    }
  }

  @Test func `an offer says the policy, and tells terms apart`() {
    let record = record()
    var derivation = derivation()
    let usual = SignOffOffer(derivation.statement(of: record.log))
    let other = SignOffOffer(
      derivation.statement(
        of: record.log,
        under: DerivationTerms(
          policy: Policy(settings: ["second_initial.requires_reason=false", "missing_stop=hold"]))))
    #expect(usual.policyWords == "the default policy")
    #expect(
      other.policyWords == "policy missing_stop=hold, second_initial.requires_reason=false")
    #expect(usual.hasTerms(of: usual) && !usual.hasTerms(of: other))
  }
}
