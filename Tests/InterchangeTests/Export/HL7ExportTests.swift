import InfusionRecord
import SessionReview
import TestSupport
import Testing
import TimelineEngine

@testable import Interchange

/// HL7 v2, read back by two libraries that are not ours, field by field.
struct HL7ExportTests {
  private static let at = RecordedTime(milliseconds: 1_795_500_000_123)

  private func names(_ version: HL7Names.Version = .v251) -> HL7Names {
    var names = HL7Names()
    names.sendingFacility = "NORTH & SOUTH"
    names.assigningAuthority = "MAIN^MRN"
    names.version = version
    return names
  }

  private func message(
    _ session: DerivedSession, version: HL7Names.Version = .v251
  ) -> DetailedTransaction {
    DetailedTransaction(session, names: names(version), unit: "INF|1", at: HL7ExportTests.at)
  }

  /// The messages that follow those sent before.
  private func messages(
    _ session: DerivedSession, after sent: [DetailedTransaction]
  ) -> [DetailedTransaction] {
    DetailedTransaction.correcting(
      session, from: sent.flatMap { SentPosting.all(in: Array($0.text.utf8), $0.postings) },
      names: names(), unit: "INF|1", at: HL7ExportTests.at)
  }

  /// Segments as the libraries read them: name, and texts by place.
  private func read(_ text: String) throws -> [[(name: String, at: [String: String])]] {
    let found = try IndependentReader.run("hl7_check.py", Array(text.utf8))
    return (found["messages"]?.list ?? []).map { message in
      (message.list ?? []).map { segment in
        var places: [String: String] = [:]
        if let list = segment.list, list.count == 2, case .object(let members) = list[1].content {
          for member in members { places[member.key] = member.value.text }
        }
        return (segment.list?.first?.text ?? "", places)
      }
    }
  }

  @Test func `every field of a charge is read back as it was`() throws {
    let session = ExportSample.export(ExportSample.record().log)
    let unit = session.units[0]
    let message = message(session)
    let segments = try #require(try read(message.text).first)
    #expect(
      segments.map(\.name) == [
        "MSH", "EVN", "PID", "PV1", "FT1", "NTE", "FT1", "NTE", "FT1", "NTE",
      ])
    #expect(
      segments[0].at == [
        "1": "|", "2": "^~\\&", "3.1.1": "CHAIRTIME", "4.1.1": "NORTH & SOUTH",
        "5.1.1": "BILLING", "6.1.1": "HOSPITAL", "7.1.1": "20261124000000-0600",
        "9.1.1": "DFT", "9.1.2": "P03", "9.1.3": "DFT_P03", "10.1.1": message.controlID,
        "11.1.1": "P", "12.1.1": "2.5.1", "15.1.1": "AL", "16.1.1": "NE",
        "18.1.1": "UNICODE UTF-8",
      ])
    #expect(
      segments[2].at == [
        "1.1.1": "1", "3.1.1": "90000417", "3.1.4": "MAIN^MRN", "3.1.5": "MR",
        "5.1.1": "Tester", "5.1.2": "Amara", "5.1.7": "L", "7.1.1": "19610204", "8.1.1": "F",
        "18.1.1": "V1",
      ])
    #expect(
      segments[3].at == [
        "1.1.1": "1", "2.1.1": "O", "3.1.1": "INF|1", "3.1.3": "3", "19.1.1": "V1",
      ])
    #expect(
      segments[4].at == [
        "1.1.1": "1", "2.1.1": unit.id, "4.1.1": "202611230800-0600",
        "4.1.2": "202611231040-0600", "5.1.1": "20261123120100-0600", "6.1.1": "CG",
        "7.1.1": "96413", "7.1.2": "chemo infusion, first block", "7.1.3": "C4", "10.1.1": "1",
        "16.1.1": "INF|1", "16.1.3": "3", "24.1.2": "RN T. SAMPLE",
        "25.1.1": "96413", "25.1.2": "chemo infusion, first block", "25.1.3": "C4",
      ])
    #expect(segments[5].at == ["1.1.1": "1", "3.1.1": unit.explanation])
  }

  @Test(arguments: [
    "O|Fiction", "Sample^Tester", "A&B", "One~Two", "Back\\slash", "\\F\\", "\\X0D\\",
    "All|^~\\& of them", "line\rbreak\nhere", "Björn 李 عربي", "\u{1B}[2J",
  ])
  func `a name with delimiters comes back as it was`(name: String) throws {
    let session = ExportSample.export(
      ExportSample.record(family: name, given: "Amara \(name)").log)
    let segments = try #require(try read(message(session).text).first)
    #expect(segments[2].at["5.1.1"] == name)
    #expect(segments[2].at["5.1.2"] == "Amara \(name)")
    #expect(segments.count == 10)
  }

  @Test func `texts drawn at random come back as they were`() throws {
    let alphabet = Array(
      "|^&~\\FSTREX0D.AB \r\n\t\u{1B}\u{7F}\u{85}\u{202E}\u{301}é李😀".unicodeScalars)
    var generator = SeededGenerator(seed: 20)
    var names: [String] = []
    for _ in 0..<200 {
      var name = "N"
      for _ in 0..<Int.random(in: 1...30, using: &generator) {
        name.unicodeScalars.append(alphabet.randomElement(using: &generator) ?? "N")
      }
      names.append(name + "N")
    }
    let text = names.map { name in
      message(ExportSample.export(ExportSample.record(family: name).log)).text
    }.joined()
    let found = try read(text).map { $0[2].at["5.1.1"] ?? "" }
    #expect(found.count == names.count)
    for (found, name) in zip(found, names) {
      #expect(Array(found.unicodeScalars) == Array(name.unicodeScalars))
    }
  }

  @Test func `version 2_3_1 has no range and no note`() throws {
    let session = ExportSample.export(ExportSample.record().log)
    let segments = try #require(try read(message(session, version: .v231).text).first)
    #expect(segments.map(\.name) == ["MSH", "EVN", "PID", "PV1", "FT1", "FT1", "FT1"])
    #expect(segments[0].at["12.1.1"] == "2.3.1")
    #expect(segments[4].at["4.1.1"] == "202611230800-0600")
    #expect(segments[4].at["4.1.2"] == nil)
  }

  @Test func `a change of one code credits and charges that code alone`() throws {
    var record = ExportSample.record()
    let before = ExportSample.export(record.log)
    let stop = record.events[5].id
    record.add(
      .eventSuperseded(replaces: stop, replacement: .drugStopped(DrugStop(administration: "a2"))),
      at: "09:20", recorded: "12:30", reason: "wrong clock")
    let after = ExportSample.export(record.log)
    let first = try #require(messages(before, after: []).first)
    #expect(first.text == message(before).text)
    let following = messages(after, after: [first])
    #expect(following.count == 1)
    let segments = try #require(try read(following[0].text).first)
    let charges = segments.filter { $0.name == "FT1" }
    let summary = charges.map {
      [$0.at["6.1.1"], $0.at["7.1.1"], $0.at["10.1.1"]].map { $0 ?? "" }.joined(separator: " ")
    }
    // The first hour and the premedication bill what they billed: nothing is said of them.
    #expect(summary == ["CD 96415 2"])
    #expect(charges[0].at["2.1.1"] == before.units[1].id)
    #expect(charges.map { $0.at["1.1.1"] } == ["1"])
    // The credit is the charge as it was sent, but for its number, its kind and its posting time.
    let sent = try #require(try read(first.text).first).filter { $0.name == "FT1" }
    for (credit, charge) in zip(charges, sent.dropFirst()) {
      var expected = charge.at
      expected["6.1.1"] = "CD"
      expected["5.1.1"] = credit.at["5.1.1"]
      expected["1.1.1"] = credit.at["1.1.1"]
      #expect(credit.at == expected)
    }
    #expect(messages(after, after: [first] + following).isEmpty)
    // Back to what was sent first: the same content, but an id that was credited is not used again.
    let back = messages(before, after: [first] + following)
    #expect(back.map { $0.postings.map(\.isCredit) } == [[false]])
    #expect(back[0].postings.map(\.unit) == [before.units[1].id])
    let used = Set((first.postings + following[0].postings).map(\.transaction))
    #expect(used.isDisjoint(with: back[0].postings.map(\.transaction)))
  }

  @Test func `a correction of the chair, the name or the nurse posts nothing`() throws {
    var record = ExportSample.record()
    let first = try #require(messages(ExportSample.export(record.log), after: []).first)
    var corrected = try #require(record.events[0].fact.opening)
    corrected.chair = "9"
    corrected.nurse = "RN U. SAMPLE"
    corrected.patient.family = "Testerman"
    record.add(
      .eventSuperseded(replaces: record.events[0].id, replacement: .sessionOpened(corrected)),
      at: "07:00", recorded: "12:30", reason: "misread")
    let session = ExportSample.export(record.log)
    #expect(session.units.map(\.id) == first.postings.map(\.unit))
    #expect(messages(session, after: [first]).isEmpty)
  }

  @Test func `a charge with an id of an earlier version is known by what it bills`() throws {
    let session = ExportSample.export(ExportSample.record().log)
    let first = try #require(messages(session, after: []).first)
    let sent = SentPosting.all(
      in: Array(first.text.utf8),
      first.postings.map { posting in
        DetailedTransaction.Posting(
          transaction: "OLD" + posting.transaction, unit: "OLD" + posting.unit, code: posting.code,
          count: posting.count, isCredit: false)
      })
    #expect(
      DetailedTransaction.correcting(
        session, from: sent, names: names(), unit: "INF|1", at: HL7ExportTests.at
      ).isEmpty)
  }

  @Test func `order numbers reach the charge; a corrected one re-posts it`() throws {
    var record = OddSession.orderNumbers.record
    let before = ExportSample.export(record.log)
    let first = try #require(messages(before, after: []).first)
    let charges = try #require(try read(first.text).first).filter { $0.name == "FT1" }
    #expect(charges.map { $0.at["23.1.1"] } == ["ORD-77"])
    let start = record.events[2]
    var facts = try #require(start.fact.beginning)
    facts.order = "ORD-78"
    record.add(
      .eventSuperseded(replaces: start.id, replacement: .drugStarted(facts)), at: "08:00",
      recorded: "12:30", reason: "misread")
    let next = messages(ExportSample.export(record.log), after: [first])
    let posted = try #require(try next.first.map { try read($0.text) }?.first)
      .filter { $0.name == "FT1" }
    #expect(posted.map { $0.at["6.1.1"] } == ["CD", "CG"])
    #expect(posted.map { $0.at["23.1.1"] } == ["ORD-77", "ORD-78"])
  }

  /// The kinds and orders of the charges that follow once the orders of an infusion are others, and the
  /// units that are posted.
  private func posted(
    from before: [String?], to after: [String?]
  ) throws -> (kinds: [String], orders: [String], codes: [String]) {
    func record(_ orders: [String?]) -> SampleRecord {
      var record = SampleRecord(session: "2026-11-23-orders", zone: "America/Chicago")
      var opening = SampleRecord.opening
      opening.zone = record.zone
      record.add(.sessionOpened(opening), at: "07:00")
      record.add(.siteOpened(SiteOpening(site: "port", kind: .port)), at: "07:00")
      record.start("a9", "paclitaxel", at: "07:05")
      record.stop("a9", at: "07:45")
      // One dose in as many rows as there are orders: one charge.
      for (index, order) in orders.enumerated() {
        var facts = AdministrationFacts(
          administration: "a\(index)", drug: "ondansetron", technique: .infusion, site: "port")
        facts.order = order
        facts.dose = "premedication"
        record.add(.drugStarted(facts), at: "0\(8 + index):00")
        record.stop("a\(index)", at: "0\(8 + index):20")
      }
      record.add(.sessionClosed(answers: []), at: "12:00")
      return record
    }
    let first = try #require(messages(ExportSample.export(record(before).log), after: []).first)
    let next = messages(ExportSample.export(record(after).log), after: [first])
    let charges = try next.flatMap { try #require(try read($0.text).first) }
    let lines = charges.filter { $0.name == "FT1" }
    return (
      lines.map { $0.at["6.1.1"] ?? "" },
      zip(charges, charges.dropFirst()).filter { $0.0.name == "FT1" }.map { charge, note in
        charge.at["23.1.1"]
          ?? note.at["3.1.1"]?.split(separator: "Orders: ").dropFirst().last.map(String.init) ?? ""
      },
      lines.map { $0.at["7.1.1"] ?? "" }
    )
  }

  @Test(
    arguments: [
      ([nil], [nil], []), (["ORD-1"], ["ORD-1"], []), ([nil], ["ORD-1"], ["", "ORD-1"]),
      (["ORD-1"], [nil], ["ORD-1", ""]), (["ORD-1"], ["ORD-2"], ["ORD-1", "ORD-2"]),
      (["ORD-1", "ORD-2"], ["ORD-1", "ORD-3"], ["ORD-1, ORD-2.", "ORD-1, ORD-3."]),
      (["ORD-1", "ORD-2"], ["ORD-1", "ORD-2"], []),
      (["ORD-1", nil], ["ORD-1", "ORD-2"], ["ORD-1", "ORD-1, ORD-2."]),
    ] as [([String?], [String?], [String])])
  func `an order that is added, changed or removed credits and charges that code alone`(
    before: [String?], after: [String?], orders: [String]
  ) throws {
    let found = try posted(from: before, to: after)
    #expect(found.orders == orders)
    #expect(found.kinds == (orders.isEmpty ? [] : ["CD", "CG"]))
    #expect(Set(found.codes).count == (orders.isEmpty ? 0 : 1))
  }

  @Test func `a session without an account number is never posted, unless the policy allows it`() {
    #expect(message(OddSession.noAccount.signed).postings.isEmpty)
    #expect(messages(OddSession.noAccount.signed, after: []).isEmpty)
    var policy = Policy.standard
    policy.accountRequired = false
    let allowed = ExportSample.export(OddSession.noAccount.record.log, policy: policy)
    #expect(message(allowed).postings.count == 1)
  }

  @Test func `held units are in no message and are counted`() {
    let session = OddSession.heldUnit.signed
    #expect(session.unposted.words == "1 unit held (96367)")
    #expect(message(session).postings.map(\.code) == ["96413"])
  }

  @Test(arguments: [
    ("HOSPITAL&1.2.840.1&ISO", true), ("HOSPITAL", true), ("North & South", true),
    ("&1.2.840.1&ISO", true), ("H&hospital.example&DNS", true), ("H&&", false), ("H&1.2", false),
    ("H&1.2&OID", false), ("H&1.2.x&ISO", false), ("H&1&ISO", false), ("H&1.02&ISO", false),
    ("H^1.2^ISO", false), ("A|B", false), ("H&1.2&ISO&X", false),
  ])
  func `an identifier is a name, or a name with a universal id and its type`(
    text: String, isRead: Bool
  ) {
    #expect((HL7Identifier(text) != nil) == isRead)
  }

  @Test func `the parts of an identifier are components, and subcomponents in PID-3`() {
    var names = HL7Names()
    names.sendingFacility = "NORTH&2.16.840.1&ISO"
    names.assigningAuthority = "HOSPITAL&1.2.840.1&ISO"
    let text = DetailedTransaction(
      ExportSample.export(ExportSample.record().log), names: names, unit: "INF",
      at: HL7ExportTests.at
    ).text
    #expect(text.hasPrefix("MSH|^~\\&|CHAIRTIME|NORTH^2.16.840.1^ISO|BILLING|"))
    #expect(text.contains("PID|1||90000417^^^HOSPITAL&1.2.840.1&ISO^MR|"))
    #expect((try? read(text))?.count == 1)
  }

  @Test func `a charge under a wrong record number is credited under it`() throws {
    var record = ExportSample.record()
    let before = ExportSample.export(record.log)
    let opening = record.events[0]
    guard case .sessionOpened(var corrected) = opening.fact else { return }
    corrected.patient.mrn = "90000999"
    record.add(
      .eventSuperseded(replaces: opening.id, replacement: .sessionOpened(corrected)), at: "07:00",
      recorded: "12:30", reason: "wrong wristband")
    let first = try #require(messages(before, after: []).first)
    let following = messages(ExportSample.export(record.log), after: [first])
    let found = try following.map { try #require(try read($0.text).first) }
    #expect(found.map { $0[2].at["3.1.1"] } == ["90000417", "90000999"])
    #expect(
      found.map { $0.filter { $0.name == "FT1" }.map { $0.at["6.1.1"] } } == [
        ["CD", "CD", "CD"], ["CG", "CG", "CG"],
      ])
    #expect(Set(following.map(\.controlID)).count == 2)
  }

  @Test func `the same facts have the same ids, other content has others`() {
    let one = ExportSample.export(ExportSample.record().log)
    let two = ExportSample.export(ExportSample.record().log, reviewed: false)
    let other = ExportSample.export(ExportSample.record(session: "2026-11-23-other1").log)
    #expect(one.units.map(\.id) == two.units.map(\.id))
    #expect(Set(one.units.map(\.id)).isDisjoint(with: other.units.map(\.id)))
    #expect(one.units.allSatisfy { $0.id.utf8.count == 12 })
  }

  @Test func `units that are not signed off are not posted`() {
    let session = ExportSample.export(ExportSample.record().log, reviewed: false)
    #expect(message(session).postings.isEmpty)
    let sent = message(ExportSample.export(ExportSample.record().log))
    #expect(messages(session, after: [sent]).isEmpty)
  }

  @Test func `a control id is never used twice`() {
    let session = ExportSample.export(ExportSample.record().log)
    var seen: Set<String> = []
    for millisecond in 0..<50 {
      let transaction = DetailedTransaction(
        session, names: names(), unit: "INF",
        at: RecordedTime(milliseconds: HL7ExportTests.at.milliseconds + Int64(millisecond)))
      #expect(transaction.controlID.utf8.count == 20)
      #expect(seen.insert(transaction.controlID).inserted)
    }
  }

  @Test func `a stream frames a message in one start and one end`() {
    let bytes = HL7Envelope.framed(
      message(ExportSample.export(ExportSample.record(family: "\u{0B}\u{1C}\r").log)).text)
    #expect(bytes.first == 0x0B)
    #expect(bytes.suffix(2) == [0x1C, 0x0D])
    #expect(bytes.count { $0 == 0x0B } == 1)
    #expect(bytes.count { $0 == 0x1C } == 1)
  }

  @Test func `a batch file counts its messages`() throws {
    let text =
      HL7Envelope.head(names: names(), name: "2026-11-23", at: HL7ExportTests.at, clock: .utc)
      + message(ExportSample.export(ExportSample.record().log)).text
      + HL7Envelope.foot(messages: 1)
    let envelope = try IndependentReader.run("hl7_check.py", Array(text.utf8))["envelope"]?.list
    #expect(envelope?.map { String($0.text?.prefix(3) ?? "") } == ["FHS", "BHS", "BTS", "FTS"])
    #expect(envelope?.suffix(2).map(\.text) == ["BTS|1", "FTS|1"])
  }

  @Test func `hours after midnight are charged on their own date`() throws {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort(at: "21:00")
    record.start("a1", "paclitaxel", at: "21:30")
    record.stop("a1", at: "26:15")
    record.add(.sessionClosed(answers: []), at: "26:31")
    let session = ExportSample.export(record.log)
    #expect(session.units.map(\.codeText) == ["96413", "96415", "96415"])
    let charges = try #require(try read(message(session).text).first).filter { $0.name == "FT1" }
    #expect(
      charges.map { $0.at["4.1.1"] } == [
        "202611232130-0600", "202611232130-0600", "202611240000-0600",
      ])
    #expect(Set(charges.map { $0.at["4.1.2"] }) == ["202611240215-0600"])
    let old = try #require(try read(message(session, version: .v231).text).first)
    #expect(old.last?.at["4.1.1"] == "202611240000-0600")
  }
}
