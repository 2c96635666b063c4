import Glibc
import InfusionRecord
import TestSupport
import Testing

/// A log that is checked fact by fact, as an import does it.
@Suite struct ManyFactsTests {
  private let formulary = SampleRecord.formulary
  private let now = RecordedTime(milliseconds: 1_900_000_000_000)

  /// Facts that share few ids, sites, drugs and minutes, so that every check is met in both ways.
  private func fact(_ random: inout SeededGenerator) -> (fact: Fact, minute: Int) {
    func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    let id = "a\(pick(6))"
    let facts = AdministrationFacts(
      administration: id, drug: ["paclitaxel", "Taxol", "ondansetron", "unheard"][pick(4)],
      technique: .infusion, site: ["port", "left", "none"][pick(3)], dose: ["1", "2"][pick(2)])
    var pump = facts
    pump.technique = .pump
    let fact: Fact =
      switch pick(14) {
      case 0, 1, 2: .drugStarted(facts)
      case 3: .pumpConnected(pump)
      case 4: .pushGiven(facts, minutes: pick(4))
      case 5, 6: .drugPaused(administration: id)
      case 7, 8: .drugResumed(administration: id)
      case 9: .drugStopped(DrugStop(administration: id, isNotObserved: pick(4) == 0))
      case 10: .siteOpened(SiteOpening(site: ["port", "left", "x"][pick(3)], kind: .port))
      case 11: .siteClosed(site: ["port", "left", "x"][pick(3)])
      case 12: .rateChanged(administration: id, rateMLPerHour: 100)
      default: [.sessionClosed(answers: []), .sessionReopened][pick(2)]
      }
    return (fact, pick(40))
  }

  @Test(arguments: 0..<60) func `a log with an index refuses what one without it refuses`(seed: Int)
  {
    var random = SeededGenerator(seed: UInt64(seed))
    var record = SampleRecord(seed: UInt64(seed))
    record.openWithPort()
    var plain = EventLog(session: record.session)
    var indexed = EventLog(session: record.session, indexedBy: formulary)
    var refused = 0
    for number in 0..<160 {
      let event: Event
      if number < 2 {
        event = record.events[number]
      } else {
        let (fact, minute) = fact(&random)
        var made = record.event(fact, at: "08:00", reason: "why")
        // Later facts lie later most of the time.
        made.clinicalTime = made.clinicalTime + Int64(minute + number * 2) * 60
        event = made
      }
      let refusal = plain.refusal(of: event, now: now, formulary: formulary)
      #expect(indexed.refusal(of: event, now: now, formulary: formulary) == refusal)
      // A fact that is refused is taken now and then all the same, as an old store may hold it.
      if refusal != nil {
        refused += 1
        if number % 9 != 0 { continue }
      }
      plain.append(event)
      indexed.append(event)
      #expect(indexed.status == plain.status)
    }
    #expect(indexed == plain)
    #expect(refused > 20 && plain.version > 20)
  }

  @Test func `a correction ends the index, and the checks go on`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    var indexed = EventLog(session: record.session, indexedBy: formulary)
    for event in record.events { indexed.append(event) }
    let withdrawal = record.event(
      .eventSuperseded(replaces: record.events[2].id, replacement: nil), at: "08:10",
      reason: "wrong")
    #expect(indexed.refusal(of: withdrawal, now: now, formulary: formulary) == nil)
    indexed.append(withdrawal)
    let stop = record.event(.drugStopped(DrugStop(administration: "a1")), at: "09:00")
    #expect(
      indexed.refusal(of: stop, now: now, formulary: formulary)?.kind == .unknownAdministration)
  }

  enum Shape: CaseIterable {
    case oneAfterAnother, together, pauses, sites, pushes
  }

  /// A session of so many facts.
  private func events(_ shape: Shape, _ count: Int) -> [Event] {
    var record = SampleRecord()
    record.openWithPort()
    func add(_ fact: Fact, _ minute: Int) {
      record.add(fact, at: "07:00")
      record.events[record.events.count - 1].clinicalTime =
        record.at("07:00") + Int64(minute * 60)
    }
    func infusion(_ number: Int, site: String = "port") -> Fact {
      .drugStarted(
        AdministrationFacts(
          administration: "a\(number)", drug: "drug \(number)", technique: .infusion, site: site))
    }
    if shape == .pauses { add(infusion(0), 0) }
    for number in 1...(count / 2) {
      switch shape {
      case .oneAfterAnother:
        add(infusion(number), number)
        add(.drugStopped(DrugStop(administration: "a\(number)")), number + 1)
      case .together:
        add(infusion(2 * number), number)
        add(infusion(2 * number + 1), number)
      case .pauses:
        add(.drugPaused(administration: "a0"), number)
        add(.drugResumed(administration: "a0"), number)
      case .sites:
        add(.siteOpened(SiteOpening(site: "s\(number)", kind: .peripheral)), number)
        add(infusion(number, site: "s\(number)"), number)
      case .pushes:
        for place in 0...1 {
          let facts = AdministrationFacts(
            administration: "a\(2 * number + place)", drug: "Taxol", technique: .push, site: "port")
          add(.pushGiven(facts, minutes: 1), number)
        }
      }
    }
    return record.events
  }

  /// Seconds of this thread's processor time.
  private func seconds(_ body: () -> Void) -> Double {
    func time() -> Double {
      var now = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
      return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
    let start = time()
    body()
    return time() - start
  }

  /// Ten times the facts take a hundred times as long if each is compared with all before it.
  @Test(arguments: Shape.allCases)
  func `20,000 facts take no hundred times as long as 2,000`(shape: Shape) {
    func check(_ count: Int) -> Double {
      let events = events(shape, count)
      return seconds {
        var log = EventLog(session: events[0].session, indexedBy: formulary)
        var refused = 0
        for event in events {
          if log.refusal(of: event, now: now, formulary: formulary) != nil { refused += 1 }
          log.append(event)
        }
        #expect(refused == 0)
        let recorded = log.timeline(asOf: now.instant, formulary: formulary)
        #expect(recorded.timeline.session.id == events[0].session.text)
        #expect(recorded.issues.count < 100_000)
      }
    }
    let few = check(2_000)
    let many = check(20_000)
    #expect(many < few * 35, "\(shape): \(few) s, \(many) s")
  }
}
