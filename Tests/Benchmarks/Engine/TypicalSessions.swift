import InfusionRecord
import Interchange

/// Typical sessions of six administrations, from a seed.
///
/// Two pushes before, a premedication bag, a long and a short infusion that sometimes overlap, and
/// hydration after; one long infusion in ten was paused.
struct TypicalSessions {
  private var state: UInt64
  private let drugs: [Drug]
  private let clock: LocalClock

  init(seed: UInt64) {
    state = seed
    drugs = [
      "ondansetron", "dexamethasone", "famotidine", "paclitaxel", "carboplatin",
      "sodium chloride 0.9%",
    ].map { Formulary.starter.drug(named: $0) }
    clock = LocalClock(zone: "America/Chicago") ?? .utc
  }

  private mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func session(_ number: Int) -> Timeline {
    var moment = Instant(seconds: 1_772_460_000 + Int64(below(100_000)) * 60)
    var rows: [Administration] = []
    func add(_ drug: Int, _ technique: Technique, minutes: Int, then gap: Int, isPaused: Bool) {
      let stop = moment + Int64(minutes) * 60
      let pause = Administration.Pause(start: moment + 600, stop: moment + 1800)
      rows.append(
        Administration(
          id: "a\(rows.count + 1)", drug: drugs[drug], technique: technique, start: moment,
          stop: stop, pauses: isPaused ? [pause] : []))
      moment = stop + Int64(gap) * 60
    }
    add(0, .push, minutes: 2, then: 3, isPaused: false)
    add(1, .infusion, minutes: 16 + below(10), then: 2, isPaused: false)
    add(2, .push, minutes: 2, then: 10, isPaused: false)
    add(3, .infusion, minutes: 120 + below(90), then: 5, isPaused: below(10) == 0)
    add(4, .infusion, minutes: 30 + below(40), then: below(2) == 0 ? -10 : 5, isPaused: false)
    add(5, .infusion, minutes: 40 + below(80), then: 0, isPaused: false)
    return Timeline(
      session: SessionContext(id: "s\(number)", payer: "medicare", clock: clock),
      sites: [AccessSite(id: "port", kind: .port)], administrations: rows)
  }

  /// One session of `count` administrations, each beginning two minutes before the last one ended.
  mutating func longSession(_ count: Int) -> Timeline {
    var rows: [Administration] = []
    var moment = Instant(seconds: 1_772_460_000)
    while rows.count < count {
      for var row in session(0).administrations where rows.count < count {
        guard let start = row.start, let stop = row.stop else { continue }
        row.id = "a\(rows.count)"
        row.pauses = []
        row.start = moment
        row.stop = moment + (stop - start)
        moment = moment + (stop - start) - 120
        rows.append(row)
      }
    }
    return Timeline(
      session: SessionContext(id: "long", clock: clock), sites: [AccessSite(id: "port")],
      administrations: rows)
  }
}

extension Instant {
  fileprivate static func - (moment: Instant, seconds: Int64) -> Instant { moment + -seconds }
}
