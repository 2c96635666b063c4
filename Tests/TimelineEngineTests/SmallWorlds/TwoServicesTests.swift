import InfusionRecord
import TestSupport
import Testing
import TimelineEngine

/// Every session of two services with durations at the borders, compared with a simple second engine.
@Suite struct TwoServicesTests {
  private static let durations = [1, 15, 16, 30, 31, 60, 90, 91, 150, 151]
  private static let offsets = [0, 1, 14, 15, 16, 30, 31, 59, 60, 61, 90, 91, 150, 151, 152]
  private static let pairs: [(TwoServices.Kind, TwoServices.Kind)] =
    TwoServices.Kind.allCases.flatMap { first in
      TwoServices.Kind.allCases.map { (first, $0) }
    }

  @Test(arguments: pairs)
  func `two services come out as counted minute by minute`(
    first: TwoServices.Kind, second: TwoServices.Kind
  ) {
    var deriver = Deriver()
    for left in Self.durations {
      for right in Self.durations {
        for offset in Self.offsets {
          let expected = TwoServices(
            TwoServices.Service(kind: first, start: 0, minutes: left),
            TwoServices.Service(kind: second, start: offset, minutes: right))
          let statement = deriver.statement(of: timeline(of: expected))
          let found = statement.charges.flatMap {
            Array(repeating: $0.code.number, count: $0.units)
          }.sorted()
          let charged = statement.minutes.sorted { $0.administration < $1.administration }
            .map(\.charged.count)
          guard found == expected.codes, charged == expected.charged else {
            Issue.record(
              """
              \(first) \(left) min, then \(second) \(right) min from \(offset): \(found) \
              \(charged), by the minute \(expected.codes) \(expected.charged)
              """)
            return
          }
        }
      }
    }
  }

  private func timeline(of two: TwoServices) -> Timeline {
    let classes: [TwoServices.Kind: Drug.Class] = [
      .chemo: .chemotherapy, .drug: .therapeutic, .fluid: .hydration, .integral: .therapeutic,
    ]
    let rows = two.services.enumerated().map { index, service in
      Administration(
        id: "a\(index)", drug: Formulary([]).drug(named: "drug \(index)"),
        statedClass: classes[service.kind], technique: .infusion,
        start: Instant(seconds: Int64(service.start * 60)),
        stop: Instant(seconds: Int64((service.start + service.minutes) * 60)),
        purpose: service.kind == .integral ? .integral : .hydration)
    }
    return Timeline(
      session: SessionContext(id: "two"), sites: [AccessSite(id: "site-1")], administrations: rows)
  }
}
