import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore

@Suite struct FactBodyTests {
  private static let full = AdministrationFacts(
    administration: "a1", drug: "PACLitaxel", technique: .infusion, site: "port",
    amount: "175 mg/m2", order: "o1", dose: "d1", bag: "b1", plannedMinutes: 180, volumeML: 250.5,
    rateMLPerHour: 83.333333, purpose: .keepOpen, statedClass: .complexBiologic,
    hydrationFacts: .all, encounter: "2", pumpOwner: .practice, goesHome: true,
    isReasonForVisit: true)
  private static let plain = AdministrationFacts(
    administration: "a1", drug: "x", technique: .push)

  private static let onPaper = AdministrationFacts(
    administration: "a1", drug: "x", technique: .infusion, purpose: .integral,
    isWithoutClock: true)
  private static let transferred: SessionOpening = {
    var opening = SampleRecord.opening
    opening.inpatientFrom = Instant(seconds: 1_795_500_000)
    return opening
  }()

  private static let reaction = Reaction(
    administration: "a1", grade: 3, signs: [.flushing, .throatTightness], otherSigns: "grey lips",
    action: .paused, drugsGiven: "hydrocortisone 100 mg",
    vitals: VitalSigns(
      bloodPressure: .init(systolic: 88, diastolic: 50), heartRate: 118, oxygen: 91,
      temperature: .init(degrees: 100.8, unit: .fahrenheit), respirations: 24))

  private static let account = DrugAccount(
    administration: "a1",
    facts: DrugFacts(
      given: DrugAmount(ExactDecimal("315.5") ?? .zero, .mg),
      product: DrugProduct(ndc: "57894-030-01", brand: "Remicade"),
      containers: [
        DrugContainer(
          ndc: "57894003001", amount: DrugAmount(ExactDecimal(100), .mg), kind: .singleDose,
          count: 4, lot: "LOT7", expires: CivilDate(dayNumber: 20_900), serial: "S1"),
        DrugContainer(),
      ],
      discarded: DrugDiscard(
        DrugAmount(ExactDecimal("84.5") ?? .zero, .mg), at: Instant(seconds: 1_795_500_000),
        by: "RN T. SAMPLE", reason: "rest of the vial", witness: "RN N. NOBODY", place: .chair),
      supply: .whiteBag, isShared: true))

  /// One fact of each kind at least, bare and with every member.
  static let facts: [Fact] = [
    .sessionOpened(SampleRecord.opening),
    .sessionOpened(
      SessionOpening(
        patient: PatientIdentity(
          family: "Fiction", given: "Mei-Lin", dateOfBirth: CivilDate(dayNumber: 1094),
          sex: .other, mrn: "1", visitNumber: ""),
        chair: "12", setting: .professional, placeOfService: "11", payer: "medicare",
        zone: "America/Chicago", nurse: "N")),
    .sessionOpened(transferred), .pushGiven(onPaper, minutes: 45),
    .drugStarted(full), .drugStarted(plain), .drugPaused(administration: "a1"),
    .drugResumed(administration: "a1"), .drugStopped(DrugStop(administration: "a1")),
    .drugStopped(
      DrugStop(
        administration: "a1", stopReason: .patientRequest, isNotObserved: true, volumeML: 12)),
    .rateChanged(administration: "a1", rateMLPerHour: 0.1),
    .bagChanged(administration: "a1", bag: "b2", volumeML: nil),
    .bagChanged(administration: "a1", bag: "b2", volumeML: 100), .pushGiven(full, minutes: 0),
    .pushGiven(plain, minutes: nil), .injectionGiven(plain), .pumpConnected(full),
    .pumpDisconnected(PumpDisconnection(administration: "a2", drug: "x")),
    .pumpDisconnected(
      PumpDisconnection(administration: "a2", pump: "a1", drug: "x", site: "port")),
    .deviceFlushed(administration: "a3", site: nil),
    .deviceFlushed(administration: "a3", site: "port"),
    .siteOpened(SiteOpening(site: "port", kind: .port)),
    .siteOpened(
      SiteOpening(
        site: "l2", kind: .central, location: "left arm", parent: "l1",
        secondSiteReason: .protocolRequired)),
    .siteClosed(site: "port"), .noteAdded(text: "a \"b\" \\ \n \u{1} é", administration: nil),
    .noteAdded(text: "", administration: "a1"),
    .doubleCheckRecorded(administration: "a1", checker: "RN N. NOBODY"),
    .handedOff(to: "RN N. NOBODY"), .handedOff(to: "RN N. NOBODY", words: "The filter is on."),
    .movedToChair("7"), .wordsRead(handOver: Event.ID(high: 5, low: 6)),
    .eventSuperseded(replaces: Event.ID(high: 1, low: .max), replacement: nil),
    .eventSuperseded(
      replaces: Event.ID(high: .max, low: 2), replacement: .pushGiven(full, minutes: 3)),
    .sessionClosed(answers: []),
    .sessionClosed(answers: [
      GapAnswer(issue: "missing-stop", administration: "a1", answer: "not observed"),
      GapAnswer(issue: "no-site", answer: "peripheral"),
    ]),
    .sessionReopened,
    .sessionReviewed(
      Review(
        statementHash: String(repeating: "ab", count: 32), rulebook: "2026.1",
        policy: ["hydration.join=never"], reviewer: "R. SAMPLE")),
    .sessionReviewed(
      Review(
        statementHash: String(repeating: "ab", count: 32), rulebook: "2026.1", policy: [],
        editTables: ["unlikely-edits practitioner 2026Q4"], reviewer: "R. SAMPLE")),
    .sessionReviewed(Review(statementHash: "", rulebook: "", policy: [], reviewer: "")),
    .reactionRecorded(Reaction(grade: 1)), .reactionRecorded(reaction),
    .eventSuperseded(
      replaces: Event.ID(high: 3, low: 4), replacement: .reactionRecorded(reaction)),
    .allergiesRecorded(AllergyStatement()),
    .allergiesRecorded(AllergyStatement(allergies: .noneKnown, alerts: ["fall risk"])),
    .allergiesRecorded(
      AllergyStatement(
        allergies: .known([
          Allergy(substance: "penicillin", reaction: "rash"), Allergy(substance: "latex"),
        ]))),
    .drugAccounted(DrugAccount(administration: "a1", facts: .none)), .drugAccounted(account),
    .eventSuperseded(replaces: Event.ID(high: 3, low: 5), replacement: .drugAccounted(account)),
  ]

  @Test func `every fact is read back as it was written`() throws {
    for fact in Self.facts {
      let bytes = FactBody.bytes(of: fact)
      #expect(try FactBody.fact(kind: FactBody.number(of: fact.kind), bytes) == fact)
      #expect(FactBody.bytes(of: fact) == bytes)
    }
    #expect(Set(Self.facts.map(\.kind)).count == Fact.Kind.allCases.count)
  }

  /// The numbers are on disk.
  @Test func `the numbers of kinds, bases and statuses never change`() {
    #expect(
      Fact.Kind.allCases.sorted { FactBody.number(of: $0) < FactBody.number(of: $1) }
        .map { "\(FactBody.number(of: $0)) \($0.rawValue)" } == [
          "1 sessionOpened", "2 drugStarted", "3 drugPaused", "4 drugResumed", "5 drugStopped",
          "6 rateChanged", "7 bagChanged", "8 pushGiven", "9 injectionGiven", "10 pumpConnected",
          "11 pumpDisconnected", "12 deviceFlushed", "13 siteOpened", "14 siteClosed",
          "15 noteAdded", "16 doubleCheckRecorded", "17 handedOff", "18 eventSuperseded",
          "19 sessionClosed", "20 sessionReopened", "21 sessionReviewed",
          "22 reactionRecorded", "23 allergiesRecorded", "24 drugAccounted",
          "25 movedToChair", "26 wordsRead",
        ])
    #expect(
      TimeBasis.allCases.sorted { FactBody.number(of: $0) < FactBody.number(of: $1) }
        .map { "\(FactBody.number(of: $0)) \($0.rawValue)" } == [
          "1 observed", "2 reported-by-colleague", "3 pump-log", "4 computed-from-rate-and-volume",
          "5 last-seen-running", "6 late-entry",
        ])
    #expect(EventLog.Status.allCases.map { SessionListing.number(of: $0) } == [0, 1, 2])
    #expect(EventLog.Status.allCases == [.open, .closed, .reviewed])
    #expect(
      OutboxState.allCases.map { "\($0.rawValue) \($0.text)" } == [
        "1 held", "2 sent", "3 acknowledged", "4 rejected", "5 withdrawn",
      ])
  }

  @Test func `every number stands for one kind and one basis`() {
    #expect((0...30).compactMap { FactBody.kind($0) }.count == Fact.Kind.allCases.count)
    #expect((0...30).compactMap { FactBody.basis($0) }.count == TimeBasis.allCases.count)
    for kind in Fact.Kind.allCases { #expect(FactBody.kind(FactBody.number(of: kind)) == kind) }
    for basis in TimeBasis.allCases {
      #expect(FactBody.basis(FactBody.number(of: basis)) == basis)
    }
  }

  @Test func `a body is compact JSON with a fixed order`() {
    #expect(
      String(decoding: FactBody.bytes(of: .drugStarted(Self.full)), as: UTF8.self)
        == """
        {"adm":"a1","drug":"PACLitaxel","tech":"infusion","site":"port","amount":"175 mg/m2",\
        "order":"o1","dose":"d1","bag":"b1","plan":180,"vol":250.5,"rate":83.333333,\
        "purpose":"keep-open","class":"complex-biologic","charted":3,"enc":"2",\
        "owner":"practice","home":true,"visit":true}
        """)
    #expect(
      String(decoding: FactBody.bytes(of: .pushGiven(Self.onPaper, minutes: 45)), as: UTF8.self)
        == """
        {"adm":"a1","drug":"x","tech":"infusion","purpose":"integral","paper":true,"min":45}
        """)
    #expect(
      String(decoding: FactBody.bytes(of: .reactionRecorded(Self.reaction)), as: UTF8.self)
        == """
        {"adm":"a1","grade":3,"signs":["flushing","throat-tightness"],"other":"grey lips",\
        "action":"paused","given":"hydrocortisone 100 mg","sys":88,"dia":50,"heart":118,\
        "oxygen":91,"temp":100.8,"degrees":"F","breaths":24}
        """)
    #expect(
      String(decoding: FactBody.bytes(of: .drugAccounted(Self.account)), as: UTF8.self)
        == """
        {"adm":"a1","given":"315.5 mg","ndc":"57894-030-01","brand":"Remicade",\
        "opened":[{"ndc":"57894003001","holds":"100 mg","kind":"single-dose","n":4,"lot":"LOT7",\
        "expires":"2027-03-23","serial":"S1"},{}],\
        "discarded":{"amount":"84.5 mg","minute":29925000,"by":"RN T. SAMPLE",\
        "why":"rest of the vial","witness":"RN N. NOBODY","place":"chair"},\
        "supply":"white-bag","shared":true}
        """)
    #expect(
      String(decoding: FactBody.bytes(of: .drugPaused(administration: "a3")), as: UTF8.self)
        == #"{"adm":"a3"}"#)
  }

  @Test func `a body that is cut anywhere is unreadable and does not trap`() {
    for fact in Self.facts where fact != .sessionReopened {
      let bytes = FactBody.bytes(of: fact)
      for count in 0..<bytes.count {
        #expect(throws: FactBody.Unreadable.self) {
          _ = try FactBody.fact(kind: FactBody.number(of: fact.kind), Array(bytes[..<count]))
        }
      }
    }
  }

  @Test func `a body with any byte changed reads as something or not at all`() {
    for fact in Self.facts {
      let bytes = FactBody.bytes(of: fact)
      for position in bytes.indices {
        for bit in 0..<8 {
          var changed = bytes
          changed[position] ^= 1 << bit
          _ = try? FactBody.fact(kind: FactBody.number(of: fact.kind), changed)
        }
      }
    }
    for kind in [0, 63, 64, -1, Int64.max] {
      #expect(throws: FactBody.Unreadable.self) {
        _ = try FactBody.fact(kind: kind, Array("{}".utf8))
      }
    }
  }

  @Test(arguments: ["1e999", "-1e999", "9" + String(repeating: "9", count: 400)])
  func `a number without end is unreadable`(number: String) {
    #expect(throws: FactBody.Unreadable.self) {
      _ = try FactBody.fact(kind: 6, Array(#"{"adm":"a1","rate":\#(number)}"#.utf8))
    }
  }

  @Test(arguments: [
    #"{}"#, #"{"grade":0}"#, #"{"grade":6}"#, #"{"grade":2.5}"#, #"{"grade":2,"sys":120}"#,
    #"{"grade":2,"sys":80,"dia":120}"#, #"{"grade":2,"temp":38}"#,
    #"{"grade":2,"signs":["happy"]}"#, #"{"grade":2,"oxygen":1e300}"#,
  ])
  func `an impossible reaction is unreadable`(body: String) {
    #expect(throws: FactBody.Unreadable.self) {
      _ = try FactBody.fact(kind: 22, Array(body.utf8))
    }
  }

  @Test(arguments: ["-1", "1e300"])
  func `a push of impossible minutes is unreadable`(minutes: String) {
    #expect(throws: FactBody.Unreadable.self) {
      _ = try FactBody.fact(
        kind: 8, Array(#"{"adm":"a1","drug":"x","tech":"push","min":\#(minutes)}"#.utf8))
    }
  }

  /// The seal of one fact, worked out once and pinned: the chain of a store outlives the program.
  @Test func `the seal of a fact never changes`() {
    var row = FactRow(
      Event(
        id: Event.ID(high: 0x0190_b6f5_8c1e_7d3a, low: 0x9f10_2b4c_6d8e_0f12),
        session: SessionID("2026-11-23-sample"), clinicalTime: Instant(seconds: 1_795_500_000),
        recordedTime: RecordedTime(milliseconds: 1_795_500_012_345), actor: "RN T. SAMPLE",
        workstation: "chairside-3", basis: .pumpLog, reason: nil,
        fact: .drugPaused(administration: "a3")), number: 7)
    var chain = FactChain()
    let first = chain.append(row)
    #expect(
      hexadecimal(first) == Self.pinned)
    row.reason = ""
    #expect(chain.sealing(row, after: Head.empty.hash) != first)
  }

  private static let pinned = "3b9b3f96eba105c0d5aeb32b7ea4c9537a2be1a0caed41940a36a8a5ab75a545"
}
