import InfusionRecord
import Interchange
import SQLiteStore
import TestSupport
import Testing

@testable import SuiteProgram

@Suite struct DemonstrationTests {
  private let day = CivilDate(dayNumber: 20_601)

  private func suite(_ size: DemoSuite.Size, seed: UInt64 = 1) -> DemoSuite {
    DemoSuite(size: size, seed: seed, clock: LocalClock(zone: "America/Chicago") ?? .utc)
  }

  @Test func `every fact of the demo could have been recorded when it was`() {
    for seed in 1...6 {
      for session in suite(.community, seed: UInt64(seed)).sessions(of: day + seed) {
        var log = EventLog(session: session.session)
        for event in session.events {
          let refusal = log.refusal(of: event, now: event.recordedTime, formulary: .starter)
          #expect(refusal == nil, "\(session.session), fact \(log.version + 1)")
          log.append(event)
        }
        #expect(log.status == .closed)
      }
    }
  }

  @Test func `every drug of the demo is in the formulary`() {
    for session in suite(.large).sessions(of: day) {
      for event in session.events {
        guard let drug = event.fact.beginning?.drug else { continue }
        #expect(Formulary.starter.drug(named: drug).entry != nil, "\(drug)")
      }
    }
  }

  @Test func `the same seed makes the same facts and another seed others`() {
    let one = suite(.small).sessions(of: day).map(\.events)
    #expect(one == suite(.small).sessions(of: day).map(\.events))
    #expect(one != suite(.small, seed: 2).sessions(of: day).map(\.events))
    #expect(suite(.small).sessions(of: day + 1).count == 35)
    let saturday = CivilDate(year: 2026, month: 6, day: 6) ?? day
    #expect(suite(.small).sessions(of: saturday).isEmpty)
    // A user who tries the program on a Saturday sees patients.
    #expect(suite(.small).sessions(of: saturday, isShown: true).count == 35)
    #expect(suite(.extreme).sessions(of: saturday).count == 500)
  }

  @Test func `nobody sits in two chairs' places at once`() {
    var until: [String: Instant] = [:]
    for session in suite(.extreme).sessions(of: day) {
      let log = EventLog(session: session.session, events: session.events)
      guard let chair = log.opening?.chair, let opened = log.openedAt, let closed = log.closedAt
      else { continue }
      if let before = until[chair] { #expect(before < opened) }
      until[chair] = closed
    }
  }

  @Test func `allergies are told at every visit, and some days have a reaction`() {
    var reactions: [Reaction] = []
    var told: Set<AllergyStatement> = []
    for offset in 0..<5 {
      for session in suite(.small).sessions(of: day + offset) {
        let log = EventLog(session: session.session, events: session.events)
        if let statement = log.allergyStatement { told.insert(statement) }
        #expect(log.allergyStatement != nil)
        reactions += log.reactions.map(\.reaction)
        // Nothing that was given is what a patient named.
        #expect(
          log.timeline(asOf: log.latestMoment, formulary: .starter).issues.allSatisfy {
            !$0.sentence.lowercased().contains("allerg")
          })
      }
    }
    #expect(told.count >= 3 && told.contains(AllergyStatement(allergies: .noneKnown)))
    #expect(reactions.contains { $0.administration != nil && $0.vitals.heartRate != nil })
  }

  @Test func `the slips of a busy day are there`() {
    var kinds: Set<InfusionRecord.Issue.Kind> = []
    var corrected = false
    for offset in 0..<10 {
      for session in suite(.community).sessions(of: day + offset) {
        let log = EventLog(session: session.session, events: session.events)
        corrected = corrected || log.entries.contains(where: \.isAmended)
        kinds.formUnion(
          log.timeline(asOf: log.latestMoment, formulary: .starter).issues.map(\.kind))
      }
    }
    #expect(corrected)
    #expect(
      kinds.isSuperset(of: [
        .missingStop, .stopNotObserved, .chartingOverlap, .lateEntry, .hydrationWithoutIndication,
        .secondSiteWithoutReason,
      ]), "\(kinds)")
  }
}
