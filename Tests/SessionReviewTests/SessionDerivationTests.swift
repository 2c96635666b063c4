import InfusionRecord
import SessionReview
import TestSupport
import Testing
import TimelineEngine

/// A session as it stands, as it was signed, and what changed after that.
@Suite struct SessionDerivationTests {
  private static let spares = PayerPolicies(
    Policy(settings: ["pause.flag_gap_min=60"]),
    byPayer: ["plan-a": Policy(settings: ["missing_stop=hold"])])

  /// An infusion of 160 minutes at a port, closed at 12:00.
  private func closed() -> SampleRecord {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    record.stop("a1", at: "10:40")
    record.add(.sessionClosed(answers: []), at: "12:00")
    return record
  }

  private func derivation(_ policies: PayerPolicies = PayerPolicies()) -> SessionDerivation {
    SessionDerivation(
      formulary: SampleRecord.formulary, policies: policies, now: SampleRecord().at("11:00"))
  }

  /// Signs the record off at 13:00, as a reviewer does.
  private func sign(
    _ record: inout SampleRecord, under policies: PayerPolicies = PayerPolicies(),
    despite reason: String? = nil
  ) throws -> Review {
    var derivation = derivation(policies)
    let session = derivation.session(record.log)
    let order = try derivation.order(for: session, by: "R. SAMPLE", despite: reason)
    record.add(.sessionReviewed(order.review), at: "13:00")
    return order.review
  }

  private func edits(
    _ quarter: String, units: Int, in setting: EditTables.Setting = .outpatientHospital
  ) throws -> EditTables.Table {
    EditTables.Table(
      unlikelyEdits: [EditTables.UnlikelyLimit(code: .chemoHour, units: units)],
      setting: setting, quarter: try #require(Quarter(quarter)), source: "made-up.csv")
  }

  @Test func `a session that was never signed is derived under its payer's policy`() {
    var record = closed()
    var opening = SampleRecord.opening
    opening.payer = "PLAN-A"
    record.events[0].fact = .sessionOpened(opening)
    var derivation = derivation(SessionDerivationTests.spares)
    let session = derivation.session(record.log)
    #expect(session.standing == .closed)
    #expect(session.statement.policy.missingStop == .hold)
    #expect(session.statement.policy.pauseFlagGap == 120)
    #expect(derivation.session(closed().log).statement.policy.pauseFlagGap == 60)
  }

  @Test func `an open session is seen from now, a closed one from its last word`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    var derivation = derivation()
    let open = derivation.session(record.log)
    #expect(open.standing == .open)
    #expect(open.statement.asOf == record.at("11:00"))
    #expect(open.statement.charges.map(\.units) == [1, 2])
    let closed = derivation.session(closed().log)
    #expect(closed.recorded.timeline.administrations[0].stop == record.at("10:40"))
  }

  @Test func `a signed session stays what was signed when the site's policy changes`() throws {
    var record = closed()
    let review = try sign(&record)
    var derivation = derivation(SessionDerivationTests.spares)
    let session = derivation.session(record.log)
    #expect(session.standing.isSignedOff)
    #expect(session.statement.digest == review.statementHash)
    #expect(session.statement.policy == .standard)
    #expect(derivation.signedStatement(of: record.log)?.isAsSigned == true)
    #expect(derivation.offer(for: session) == nil)
  }

  @Test func `a session signed under a site's policy keeps it when the site has none`() throws {
    var record = closed()
    let review = try sign(&record, under: SessionDerivationTests.spares)
    #expect(review.policy == ["pause.flag_gap_min=60"])
    var derivation = derivation()
    let session = derivation.session(record.log)
    #expect(session.standing.isSignedOff)
    #expect(session.statement.policy.pauseFlagGap == 60)
    #expect(derivation.signedStatement(of: record.log)?.statement.policy.pauseFlagGap == 60)
  }

  @Test func `a signed session stays what was signed when edit tables are loaded after it`()
    throws
  {
    let third = try edits("2026Q3", units: 1)
    var record = closed()
    let review = try sign(&record)
    #expect(review.editTables == [])
    var later = derivation(PayerPolicies(editTables: EditTables([third])))
    let session = later.session(record.log)
    #expect(session.standing.isSignedOff)
    #expect(session.statement.digest == review.statementHash)
    #expect(session.statement.editTables.isEmpty)
    #expect(session.statement.findings.map(\.id) == [])
    #expect(later.signedStatement(of: record.log)?.isAsSigned == true)
    // The same session, not signed, is checked against the table.
    #expect(later.session(closed().log).statement.findings.map(\.id) == [.aboveMUE])
  }

  @Test func `a signature names the tables of its setting, and those that came later are left out`()
    throws
  {
    let third = try edits("2026Q3", units: 1)
    let other = try edits("2026Q3", units: 1, in: .practitioner)
    var record = closed()
    let tables = EditTables([third, other])
    let review = try sign(
      &record, under: PayerPolicies(editTables: tables), despite: "seen by the coder")
    #expect(review.editTables == ["unlikely-edits outpatient-hospital 2026Q3"])
    let newer = try edits("2026Q4", units: 9)
    var derivation = derivation(PayerPolicies(editTables: EditTables([third, newer])))
    let session = derivation.session(record.log)
    #expect(session.standing.isSignedOff)
    #expect(session.statement.editTables.names == review.editTables)
    #expect(session.statement.findings.map(\.id) == [.aboveMUE])
  }

  @Test func `a signed session stays coded by the tables of drugs it was signed with`() throws {
    let row = DrugCode(
      code: "J9777", drug: "nemotinib", measure: .amount(ExactDecimal(5), .mg),
      from: CivilDate(dayNumber: 0))
    func source(_ names: [String]) -> PayerPolicies {
      let loaded = names.map {
        DrugTableSource.Loaded(name: $0, from: CivilDate(dayNumber: 0))
      }
      return PayerPolicies(
        drugTables: DrugTableSource("test", loaded: loaded) { names in
          DrugTables(
            vintage: names.joined(separator: ", "), names: names,
            codes: names.isEmpty
              ? [] : [names.count > 1 ? row.ending(CivilDate(dayNumber: 1)) : row],
            packages: [])
        })
    }
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "nemotinib", at: "08:00")
    record.stop("a1", at: "10:40")
    record.add(
      .drugAccounted(
        DrugAccount(
          administration: "a1", facts: DrugFacts(given: DrugAmount(ExactDecimal(10), .mg)))),
      at: "10:45")
    record.add(.sessionClosed(answers: []), at: "12:00")
    let review = try sign(&record, under: source(["hcpcs 2026Q3"]), despite: "seen by the coder")
    #expect(review.editTables == ["hcpcs 2026Q3"])
    var later = derivation(source(["hcpcs 2026Q3", "hcpcs 2026Q4"]))
    let session = later.session(record.log)
    #expect(session.standing.isSignedOff)
    #expect(session.statement.drugCodes == "hcpcs 2026Q3")
    #expect(session.statement.drugLines.map(\.code.code) == ["J9777"])
    // The same session, not signed, is coded by what is loaded.
    record.events.removeLast()
    #expect(later.session(record.log).statement.drugLines.map(\.code.code) != ["J9777"])
  }

  @Test func `a signature over a table that is gone is no longer as signed`() throws {
    var record = closed()
    let tables = EditTables([try edits("2026Q3", units: 1)])
    _ = try sign(&record, under: PayerPolicies(editTables: tables), despite: "seen by the coder")
    var derivation = derivation()
    #expect(derivation.signedStatement(of: record.log)?.isAsSigned == false)
    #expect(derivation.session(record.log).standing.text == "changed since review")
  }

  @Test func `a unit of a signed session is posted unless it is provisional or held`() throws {
    var record = closed()
    var derivation = derivation()
    let closed = derivation.session(record.log)
    _ = try sign(&record)
    let signed = derivation.session(record.log)
    #expect(Statement.Status.allCases.filter(signed.posts) == [.final, .review])
    #expect(Statement.Status.allCases.filter(closed.posts) == [])
  }

  /// A premedication without a site, whose unit a person must place first, and an infusion at a port.
  private func withHeldUnit() -> SampleRecord {
    var record = SampleRecord()
    record.openWithPort()
    record.add(
      .drugStarted(
        AdministrationFacts(administration: "a1", drug: "ondansetron", technique: .infusion)),
      at: "07:10")
    record.stop("a1", at: "07:50")
    record.start("a2", "paclitaxel", at: "08:00")
    record.stop("a2", at: "09:00")
    record.add(.sessionClosed(answers: []), at: "12:00")
    return record
  }

  @Test func `a held unit is signed and shown, but neither posted nor counted as postable`()
    throws
  {
    var record = withHeldUnit()
    _ = try sign(&record, despite: "the site is not known any more")
    var derivation = derivation()
    let session = derivation.session(record.log)
    #expect(session.standing.isSignedOff)
    #expect(session.units.map(\.codeText) == ["96413", "96367"])
    #expect(session.units.map(session.isPostable) == [true, false])
    #expect(session.unposted.words == "1 unit held (96367)")
    var totals = UnitTotals()
    totals.add(session)
    #expect(totals.lines.map(\.units) == [1, 1])
    #expect(totals.lines.map(\.postable) == [1, 0])
    let row = ReviewRow(session)
    #expect(row.statusText == "reviewed, 1 unit not posted")
    #expect(row.units.map(\.isPostable) == [true, false])
  }

  @Test func `of a signed session without an account number no unit is posted, and it is shown so`()
    throws
  {
    var record = withHeldUnit()
    var opening = SampleRecord.opening
    opening.patient.visitNumber = " "
    record.events[0].fact = .sessionOpened(opening)
    _ = try sign(&record, despite: "the account follows")
    var derivation = derivation()
    let session = derivation.session(record.log)
    #expect(session.units.map(session.isPostable) == [false, false])
    #expect(session.unposted.count == 2)
    #expect(session.unposted.countHeld == 1)
    #expect(session.unposted.lacksAccount)
    #expect(
      session.unposted.words
        == "1 unit held (96367), 1 unit without an account number (96413)")
    #expect(ReviewRow(session).statusText == "reviewed, 2 units not posted")
  }

  @Test func `a session signed with a drug without a class is not told as plainly reviewed`() throws
  {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "newdrug", at: "08:00")
    record.stop("a1", at: "09:00")
    record.start("a2", "paclitaxel", at: "09:00")
    record.stop("a2", at: "10:00")
    record.add(.sessionClosed(answers: []), at: "12:00")
    _ = try sign(&record, despite: "the pharmacy decides tomorrow")
    var derivation = derivation()
    let session = derivation.session(record.log)
    #expect(session.standing.isSignedOff && session.unposted.count == 0)
    #expect(session.unposted.words == "1 drug without a class")
    #expect(ReviewRow(session).statusText == "reviewed, 1 drug without a class")
  }

  @Test func `a changed order or visit is told although no unit changes, with what follows`() throws
  {
    var record = closed()
    let started = record.events[2]
    let facts = try #require(started.fact.beginning)
    _ = try sign(&record)
    record.add(.sessionReopened, at: "13:10", reason: "order missing")
    var changed = facts
    changed.order = "O-77"
    changed.plannedMinutes = 180
    record.add(
      .eventSuperseded(replaces: started.id, replacement: .drugStarted(changed)), at: "08:00",
      recorded: "13:11", reason: "order missing")
    var derivation = derivation()
    let words = try #require(
      record.events.last?.fact.words(in: record.log, formulary: SampleRecord.formulary))
    #expect(
      words.hasSuffix(", order O-77 instead of none, planned 180 min instead of none"), "\(words)")
    let changes = derivation.session(record.log).standing.changes
    #expect(changes.contains("No unit changed."))
    #expect(
      changes.last?.hasSuffix(
        ": order O-77 instead of none, planned 180 min instead of none. What was sent is credited "
          + "and charged again.") == true, "\(changes)")
    // A planned time alone posts nothing again, another visit does, and no number is told.
    changed.plannedMinutes = 170
    record.add(
      .eventSuperseded(
        replaces: record.events[record.events.count - 1].id, replacement: .drugStarted(changed)),
      at: "08:00", recorded: "13:12", reason: "order missing")
    var opening = SampleRecord.opening
    opening.patient.visitNumber = "V2"
    record.add(
      .eventSuperseded(replaces: record.events[0].id, replacement: .sessionOpened(opening)),
      at: "07:00", recorded: "13:13", reason: "wrong visit")
    let more = derivation.session(record.log).standing.changes
    #expect(more.contains { $0.hasSuffix(": planned 170 min instead of 180 min.") }, "\(more)")
    #expect(
      more.last?.hasSuffix(": visit number changed. What was sent is credited and charged again.")
        == true, "\(more)")
  }

  @Test func `a signature stands for the policy under which it was given, whatever the site's is`()
    throws
  {
    var record = closed()
    var opening = SampleRecord.opening
    opening.patient.visitNumber = ""
    record.events[0].fact = .sessionOpened(opening)
    var lenient = PayerPolicies()
    lenient.standard.accountRequired = false
    let review = try sign(&record, under: lenient)
    #expect(review.policy == ["account.required=false"])
    // The site requires an account number since. What was signed and posted stays so.
    var derivation = derivation()
    let session = derivation.session(record.log)
    #expect(session.standing.isSignedOff)
    #expect(session.units.map(session.isPostable) == [true, true])
    #expect(session.unposted.isEmpty)
    // The other way round, nothing that was signed as not posted is posted since.
    var strict = closed()
    strict.events[0].fact = .sessionOpened(opening)
    _ = try sign(&strict, despite: "the account follows")
    var later = self.derivation(lenient)
    #expect(later.session(strict.log).unposted.count == 3)
  }

  @Test func `a change after the sign-off is told in units, and the session is derived as today`()
    throws
  {
    var record = closed()
    let review = try sign(&record)
    record.add(.sessionReopened, at: "13:10", reason: "stop misread")
    record.add(
      .eventSuperseded(
        replaces: record.events[3].id, replacement: .drugStopped(DrugStop(administration: "a1"))),
      at: "09:10", recorded: "13:11", reason: "stop misread")
    var derivation = derivation(SessionDerivationTests.spares)
    var session = derivation.session(record.log)
    #expect(session.standing.signOff?.review == review)
    #expect(
      session.standing.changes.prefix(2) == [
        "It was reopened.",
        "96415 on 23-Nov-2026 fell from 2 to 0: Its minutes no longer earn it.",
      ])
    #expect(session.statement.policy.pauseFlagGap == 60)
    #expect(derivation.offer(for: session) == nil)
    #expect(derivation.signedStatement(of: record.log) == nil)
    record.add(.sessionClosed(answers: []), at: "13:20")
    session = derivation.session(record.log)
    #expect(session.standing.changes.first == "It was reopened and closed again.")
    // What is signed next are the facts without the first signature.
    let found = derivation.offer(for: session)
    let offer = try #require(found)
    #expect(offer.statementHash == derivation.statement(of: record.log.withoutReviews).digest)
    #expect(offer.policy == ["pause.flag_gap_min=60"])
  }

  @Test func `a second sign-off is checked against all facts before it`() throws {
    var record = closed()
    _ = try sign(&record)
    record.add(.sessionReopened, at: "13:10", reason: "second look")
    record.add(.sessionClosed(answers: []), at: "13:20")
    let review = try sign(&record)
    // The clock of the first reviewer's workstation was two hours fast.
    record.events[5].recordedTime.milliseconds += 7_200_000
    var derivation = derivation()
    let signed = derivation.signedStatement(of: record.log)
    #expect(signed?.isAsSigned == true)
    #expect(signed?.statement.digest == review.statementHash)
    #expect(derivation.session(record.log).standing.isSignedOff)
  }

  @Test func `a statement that no longer comes to its hash is not as signed`() throws {
    var record = closed()
    _ = try sign(&record)
    guard case .sessionReviewed(var review) = record.events[5].fact else { return }
    review.statementHash = String(repeating: "0", count: 64)
    record.events[5].fact = .sessionReviewed(review)
    var derivation = derivation()
    #expect(derivation.signedStatement(of: record.log)?.isAsSigned == false)
    let session = derivation.session(record.log)
    #expect(!session.standing.isSignedOff)
    #expect(session.standing.text == "changed since review")
    #expect(
      session.standing.changes == [
        "Its facts are those that were signed, but this version of Chairtime states them otherwise; "
          + "sign it again."
      ])
  }

  @Test func `policies are changed for every payer`() {
    let policies = SessionDerivationTests.spares.changed { $0.pauseFlagGap = 30 }
    #expect(policies[nil].pauseFlagGap == 30)
    #expect(policies["Plan-A"].pauseFlagGap == 30)
    #expect(policies["Plan-A"].missingStop == .hold)
    #expect(policies["another"] == policies.standard)
  }
}
