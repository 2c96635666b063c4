import InfusionRecord
import SessionStore
import TestSupport
import Testing

/// What every `Outbox` must do.
@Suite struct OutboxTests {
  private let folder = TemporaryFolder()
  private static let at = RecordedTime(milliseconds: 1_795_500_000_123)

  private func message(
    _ control: String = "M1", content: String = "MSH|one\r", id: String = "U1", units: Int = 2,
    isCredit: Bool = false
  ) -> OutboxMessage {
    OutboxMessage(
      control: control, session: SessionID("2026-11-23-sample"), made: Self.at,
      content: Array(content.utf8),
      postings: [
        OutboxMessage.Posting(id: id, unit: id, isCredit: isCredit, code: "96415", units: units)
      ])
  }

  private func step(_ state: OutboxState, _ note: String? = nil) -> OutboxStep {
    OutboxStep(state, at: Self.at, actor: "R. SAMPLE", note: note)
  }

  private func change(
    _ store: any Store, adding: [OutboxMessage] = [], withdrawing: [String] = [],
    expecting: Int = 0
  ) throws {
    try store.change(
      [
        OutboxChange(
          session: SessionID("2026-11-23-sample"), expecting: expecting, withdrawing: withdrawing,
          adding: adding, reason: "changed")
      ], seen: 1, by: "R. SAMPLE", at: Self.at)
  }

  /// A store with one session and one held message.
  private func filled(_ kind: StoreKind) throws -> any Store {
    let store = try kind.open(folder)
    var record = SampleRecord()
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    try change(store, adding: [message()])
    return store
  }

  @Test(arguments: StoreKind.allCases)
  func `a message is read back as it was added, with its steps`(kind: StoreKind) throws {
    let store = try filled(kind)
    try store.record(step(.sent), of: "M1", expecting: 1)
    try store.record(step(.rejected, "AE: no visit"), of: "M1", expecting: 2)
    let entry = try #require(try store.entry("M1"))
    #expect(entry.message == message())
    #expect(entry.steps == [step(.held), step(.sent), step(.rejected, "AE: no visit")])
    #expect(try store.entries(of: SessionID("2026-11-23-sample")) == [entry])
    #expect(try store.controls([.rejected], limit: 9) == ["M1"])
    #expect(try store.controls([.held, .sent], limit: 9) == [])
    #expect(try store.entry("M2") == nil)
    #expect(try store.verify().isWhole)
  }

  @Test(arguments: StoreKind.allCases)
  func `the same id never comes with other content`(kind: StoreKind) throws {
    let store = try filled(kind)
    #expect(throws: StoreError.self) {
      try change(store, adding: [message(content: "MSH|two\r")], expecting: 1)
    }
    #expect(throws: StoreError.self) {
      try change(store, adding: [message("M2", units: 3)], expecting: 1)
    }
    // The same content may come again under the same transaction id, and be credited.
    try change(store, adding: [message("M2"), message("M3", isCredit: true)], expecting: 1)
    #expect(try store.entries(of: SessionID("2026-11-23-sample")).count == 3)
  }

  @Test(arguments: StoreKind.allCases)
  func `a change that was decided on an older outbox is refused`(kind: StoreKind) throws {
    let store = try filled(kind)
    let other = try kind.open(folder)
    try other.record(step(.sent), of: "M1", expecting: 1)
    func isChanged(_ error: any Error) -> Bool {
      if case StoreError.messageChanged = error { true } else { false }
    }
    #expect { try store.record(step(.sent), of: "M1", expecting: 1) } throws: { isChanged($0) }
    #expect { try change(store, withdrawing: ["M1"], expecting: 1) } throws: { isChanged($0) }
    #expect(try store.entry("M1")?.steps.count == 2)
  }

  /// Every pair of states: what may follow what.
  @Test(arguments: StoreKind.allCases)
  func `only what may follow follows`(kind: StoreKind) throws {
    let after: [OutboxState: Set<OutboxState>] = [
      .held: [.sent, .withdrawn], .sent: [.sent, .acknowledged, .rejected],
      .rejected: [.held, .withdrawn], .acknowledged: [], .withdrawn: [],
    ]
    let ways: [OutboxState: [OutboxState]] = [
      .held: [], .sent: [.sent], .acknowledged: [.sent, .acknowledged],
      .rejected: [.sent, .rejected], .withdrawn: [.withdrawn],
    ]
    let store = try filled(kind)
    var number = 1
    for from in OutboxState.allCases {
      for next in OutboxState.allCases {
        number += 1
        let control = "P\(number)"
        let steps = try store.entries(of: SessionID("2026-11-23-sample")).reduce(0) {
          $0 + $1.steps.count
        }
        try change(store, adding: [message(control)], expecting: steps)
        var count = 1
        for state in ways[from] ?? [] {
          try store.record(step(state), of: control, expecting: count)
          count += 1
        }
        let isAllowed = after[from]?.contains(next) == true
        if isAllowed {
          try store.record(step(next), of: control, expecting: count)
        } else {
          #expect(throws: StoreError.self, "\(from) \(next)") {
            try store.record(step(next), of: control, expecting: count)
          }
        }
        #expect(try store.entry(control)?.state == (isAllowed ? next : from))
      }
    }
    #expect(try store.verify().isWhole)
  }

  @Test(arguments: StoreKind.allCases)
  func `a session is examined if a message is open or a fact is new`(kind: StoreKind) throws {
    let store = try filled(kind)
    let session = SessionID("2026-11-23-sample")
    #expect(try store.sessionsToLookAt() == [session])
    try store.record(step(.sent), of: "M1", expecting: 1)
    #expect(try store.sessionsToLookAt() == [session])
    try store.record(step(.acknowledged), of: "M1", expecting: 2)
    // The first message was added when one of the two facts had been examined.
    #expect(try store.sessionsToLookAt() == [session])
    try store.change([], seen: 2, by: "R. SAMPLE", at: Self.at)
    #expect(try store.sessionsToLookAt() == [])
    var other = SampleRecord(session: "other", seed: 2)
    other.open()
    try store.append(other.events, to: other.session, expecting: 0)
    #expect(try store.sessionsToLookAt() == [])
  }
}
