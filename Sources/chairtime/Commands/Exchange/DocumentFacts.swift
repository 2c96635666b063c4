import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// The facts a session document amounts to.
///
/// A document says what ran; the record also says who wrote it down. So an imported fact is a late entry
/// of the person who imports it. What the record cannot hold is refused, not rounded: a time with
/// seconds, an administration that never began.
struct DocumentFacts {
  struct Timed {
    var fact: Fact
    var moment: Instant
    var basis = TimeBasis.lateEntry
  }

  let document: SessionDocument
  let patient: PatientIdentity
  let chair: String
  let nurse: String

  /// In an order in which they may be recorded: by time, beginnings before what hangs on them.
  func facts() throws -> [Timed] {
    let timeline = document.timeline
    var found: [(rank: Int, timed: Timed)] = []
    let reasons = Set(timeline.session.reasonsForVisit)
    let starts = firstStarts
    for (index, row) in timeline.administrations.enumerated() {
      let isReason = reasons.contains(index)
      if let minutes = row.statedMinutes {
        found.append((0, try paper(row, minutes, isReason: isReason, starts)))
        continue
      }
      guard let start = row.start else {
        throw Complaint("administration \(row.id.printable) has no start, which no fact can say")
      }
      add(row, from: start, isReason: isReason, to: &found)
    }
    for row in timeline.administrations {
      guard let drug = row.drugFacts else { continue }
      if let at = drug.discarded?.at, at.seconds % 60 != 0 {
        throw Complaint("a discard has a time with seconds; the record holds whole minutes")
      }
      // What is known at the end: after the stop, and after the rest was discarded.
      let end = found.filter { $0.timed.fact.administration == row.id }.map(\.timed.moment).max()
      let moments = [end, row.stop, drug.discarded?.at].compactMap(\.self)
      guard let moment = moments.max() else { continue }
      let account = DrugAccount(administration: row.id, facts: drug)
      found.append((5, Timed(fact: .drugAccounted(account), moment: moment)))
    }
    for timed in document.safety.reactions {
      found.append((4, Timed(fact: .reactionRecorded(timed.reaction), moment: timed.time)))
    }
    let first = found.map(\.timed.moment).min() ?? Instant(seconds: 0)
    let last = found.map { $0.timed.moment + $0.timed.fact.length }.max() ?? first
    let session = timeline.session
    var facts = [
      Timed(
        fact: .sessionOpened(
          SessionOpening(
            patient: patient, chair: chair, setting: session.setting,
            placeOfService: session.placeOfService, payer: session.payer,
            zone: session.clock.zone, nurse: nurse, inpatientFrom: session.inpatientFrom)),
        moment: first)
    ]
    if let statement = document.safety.statement {
      facts.append(Timed(fact: .allergiesRecorded(statement), moment: first))
    }
    let sitesFrom = facts.count
    let used = Set(timeline.administrations.filter(\.isSiteCharted).map(\.site))
    for (index, site) in timeline.sites.enumerated() where site.isCharted || used.contains(index) {
      facts.append(
        Timed(
          fact: .siteOpened(
            SiteOpening(
              site: site.id, kind: site.kind,
              parent: site.parent.flatMap { $0 == index ? nil : timeline.sites[$0].id },
              secondSiteReason: site.secondSiteReason)), moment: first))
    }
    facts[sitesFrom...].sort { left, right in parentless(left.fact) && !parentless(right.fact) }
    facts += found.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.timed.moment != b.timed.moment { return a.timed.moment < b.timed.moment }
      return a.rank != b.rank ? a.rank < b.rank : left.offset < right.offset
    }.map(\.element.timed)
    if !timeline.administrations.contains(where: \.isRunning) {
      facts.append(Timed(fact: .sessionClosed(answers: []), moment: last))
    }
    let times = facts.map(\.moment) + [session.inpatientFrom].compactMap(\.self)
    for moment in times where moment.seconds % 60 != 0 {
      throw Complaint("a time has seconds; the record holds whole minutes")
    }
    return facts
  }

  private func parentless(_ fact: Fact) -> Bool {
    if case .siteOpened(let opening) = fact { return opening.parent == nil }
    return false
  }

  /// The first start of each day.
  private var firstStarts: [CivilDate: Instant] {
    let clock = document.timeline.session.clock
    return Dictionary(
      document.timeline.administrations.compactMap(\.start).map { (clock.date(at: $0), $0) },
      uniquingKeysWith: min)
  }

  /// A dose of a paper record, on its day or on that of the session's first time.
  private func paper(
    _ row: Administration, _ minutes: Double, isReason: Bool, _ starts: [CivilDate: Instant]
  ) throws -> Timed {
    let clock = document.timeline.session.clock
    let moment =
      if let day = row.day {
        starts[day] ?? clock.beginning(of: day)
      } else {
        starts.values.min()
      }
    guard let moment else {
      throw Complaint(
        "administration \(row.id.printable) has no day and no administration has a time; the record "
          + "needs a day")
    }
    guard minutes == minutes.rounded(), minutes >= 1 else {
      throw Complaint(
        "administration \(row.id.printable) has part of a minute; the record holds whole minutes")
    }
    var facts = self.facts(of: row, isReason: isReason)
    facts.isWithoutClock = true
    return Timed(fact: .pushGiven(facts, minutes: Int(minutes)), moment: moment)
  }

  private func facts(of row: Administration, isReason: Bool) -> AdministrationFacts {
    AdministrationFacts(
      administration: row.id, drug: row.drug.writtenName, technique: row.technique,
      site: row.isSiteCharted ? document.timeline.sites[row.site].id : nil, order: row.order,
      dose: row.dose, bag: row.bag,
      plannedMinutes: row.plannedMinutes, volumeML: row.volumeML,
      rateMLPerHour: row.rateMLPerHour, purpose: row.purpose, statedClass: row.statedClass,
      hydrationFacts: row.hydrationFacts, encounter: row.encounter, pumpOwner: row.pumpOwner,
      goesHome: row.goesHome, isReasonForVisit: isReason)
  }

  private func add(
    _ row: Administration, from start: Instant, isReason: Bool,
    to found: inout [(rank: Int, timed: Timed)]
  ) {
    let facts = facts(of: row, isReason: isReason)
    let isPlain =
      row.pauses.isEmpty && row.stopReason == .completed && !row.isRunning && row.stopBasis == nil
    // What has one moment needs no stop, and none is invented.
    let isMoment = isPlain && (row.stop ?? start) == start
    if row.technique == .push, isPlain, row.stop.map({ $0 >= start }) ?? true {
      let minutes = isMoment ? nil : Int(((row.stop ?? start) - start) / 60)
      found.append((0, Timed(fact: .pushGiven(facts, minutes: minutes), moment: start)))
      return
    }
    if [.subcutaneous, .intramuscular, .onBodyInjector].contains(row.technique), isMoment {
      found.append((0, Timed(fact: .injectionGiven(facts), moment: start)))
      return
    }
    found.append(
      (
        0,
        Timed(
          fact: row.technique == .pump ? .pumpConnected(facts) : .drugStarted(facts), moment: start)
      ))
    for pause in row.pauses {
      found.append((1, Timed(fact: .drugPaused(administration: row.id), moment: pause.start)))
      if let stop = pause.stop {
        found.append((2, Timed(fact: .drugResumed(administration: row.id), moment: stop)))
      }
    }
    if row.isRunning { return }
    let stop = DrugStop(
      administration: row.id, stopReason: row.stopReason, isNotObserved: row.stop == nil)
    let lastPause = row.pauses.compactMap(\.stop).max() ?? start
    found.append(
      (
        3,
        Timed(
          fact: .drugStopped(stop), moment: row.stop ?? lastPause,
          basis: row.stopBasis ?? .lateEntry)
      ))
  }
}
