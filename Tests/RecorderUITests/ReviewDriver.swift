import InfusionRecord
import TerminalCore
import Testing
import TimelineEngine

@testable import RecorderUI

extension Driver {
  /// Shows the days on screen as the store has them now.
  mutating func showDays() {
    guard let days = state.review?.days else { return }
    state.take(page(days))
  }

  /// The page of some days, made from the memory store: one question for each thing left to do.
  func page(_ days: ClosedRange<CivilDate>) -> ReviewPage {
    var rows: [ReviewRow] = []
    var units: [String: (all: Int, signed: Int)] = [:]
    for log in store.all {
      guard let opened = log.openedAt, days.contains(log.clock.date(at: opened)),
        let reading = SessionReading(
          log: log, asOf: state.now.instant, formulary: .tests, policy: state.suite.policy)
      else { continue }
      let row = row(reading, opened)
      rows.append(row)
      for unit in row.units {
        units[unit.code, default: (0, 0)].all += unit.count
        if row.need == .reviewed { units[unit.code, default: (0, 0)].signed += unit.count }
      }
    }
    rows.sort {
      ($0.need == .person ? 0 : 1, $0.openedAt) < ($1.need == .person ? 0 : 1, $1.openedAt)
    }
    return ReviewPage(
      days: days, rows: rows,
      totals: units.sorted { $0.key < $1.key }.map {
        ReviewPage.Total(code: $0.key, label: "", units: $0.value.all, signed: $0.value.signed)
      }, integrity: .sample, sessions: rows.count)
  }

  private func row(_ reading: SessionReading, _ opened: Instant) -> ReviewRow {
    let log = reading.log
    let wasReviewed = log.events.last { $0.fact.kind == .sessionReviewed }
    let isChanged = wasReviewed != nil && reading.status != .reviewed
    let questions = reading.toDo.map(\.sentence)
    let need: ReviewRow.Need =
      reading.status == .reviewed
      ? .reviewed
      : isChanged || (reading.status == .closed && !questions.isEmpty)
        ? .person : reading.status == .open ? .open : .clean
    let closed = log.closedAt.map { reading.clock.reading(at: $0).clock } ?? "open"
    return ReviewRow(
      id: log.session, version: log.version, date: reading.clock.date(at: opened),
      openedAt: opened, span: "\(reading.clock.reading(at: opened).clock)-\(closed)",
      chair: reading.opening.chair, patient: reading.opening.patient.displayName,
      born: reading.opening.patient.dateOfBirth?.display ?? "", mrn: reading.opening.patient.mrn,
      nurse: reading.holder, need: need, isChanged: isChanged,
      units: reading.statement.charges.map {
        ReviewRow.Unit(code: $0.code.number, count: $0.units)
      }, questions: questions,
      changes: isChanged ? ["It was reopened.", "96415 fell from 1 to 0."] : [],
      reviewer: wasReviewed?.actor,
      offer: reading.status == .closed
        ? ReviewRow.Offer(
          statementHash: "3f2a9c41d07e" + String(repeating: "0", count: 50) + "\(10 + log.version)",
          rulebook: "2026.1", policy: []) : nil)
  }
}

extension IntegrityPage {
  /// A day with a heap at 91 minutes.
  static let sample: IntegrityPage = {
    var page = IntegrityPage()
    page.counts = [
      Count(label: "Sessions", value: "5", isPart: false),
      Count(label: "Facts of administrations", value: "31", isPart: false),
      Count(label: "written more than 30 min later", value: "2 (6.5 %)", isPart: true),
      Count(label: "Stops", value: "13", isPart: false),
      Count(label: "not observed", value: "1 (7.7 %)", isPart: true),
      Count(label: "computed from rate and volume", value: "0 (0.0 %)", isPart: true),
    ]
    page.bins = [
      Bin(minutes: 0...4, count: 0), Bin(minutes: 5...9, count: 2), Bin(minutes: 10...14, count: 9),
    ]
    page.longer = 1
    page.heaps = [
      Heap(
        minutes: 16, found: 0, expected: "0.2", why: "first minute of an infusion", isHigh: false),
      Heap(
        minutes: 91, found: 9, expected: "0.4", why: "first minute of a further hour", isHigh: true),
    ]
    return page
  }()
}

extension MemoryStore {
  mutating func signOff(
    _ orders: [SignOffOrder], by actor: Actor, at now: RecordedTime
  ) -> SignOffOutcome {
    var outcome = SignOffOutcome()
    if let failure {
      outcome.failure = failure
      return outcome
    }
    for order in orders {
      var numbers = SeededNumbers(
        seed: UInt64(order.version) &+ UInt64(order.session.text.utf8.count))
      let event = Event(
        id: Event.ID(at: now, using: &numbers), session: order.session,
        clinicalTime: Instant(seconds: now.instant.seconds / 60 * 60), recordedTime: now,
        actor: actor.name, workstation: actor.workstation, fact: .sessionReviewed(order.review))
      switch append([event], to: order.session, expecting: order.version, done: "") {
      case .recorded: outcome.signed += 1
      case .changedMeanwhile(let events): outcome.changed.append((order.session, events))
      case .failed(let sentence):
        outcome.failure = sentence
        return outcome
      }
    }
    return outcome
  }
}
