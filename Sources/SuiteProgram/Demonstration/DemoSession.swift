package import InfusionRecord

/// One visit, simulated minute by minute, with the slips of a busy day.
///
/// Of 100 sessions about three lack a stop, four hold a correction, five a reaction, and five bags that
/// overlap by a minute or two. Some hold a late entry, a second access site without a reason, or a
/// hydration without an order.
package struct DemoSession {
  package let session: SessionID
  /// 06:00 local of its day.
  let dawn: Instant
  let nurse: String
  let workstation: String
  package private(set) var events: [Event] = []
  /// When the chair is free again, in minutes after dawn.
  private(set) var endsAt = 0
  private var draw: DemoDraw
  private var minute: Int
  /// Milliseconds since 1970 of the last entry.
  private var written: Int64 = 0
  private var administrations = 0
  private var site: String?

  init(
    session: SessionID, dawn: Instant, nurse: String, workstation: String, arrival: Int,
    draw: DemoDraw
  ) {
    self.session = session
    self.dawn = dawn
    self.nurse = nurse
    self.workstation = workstation
    self.draw = draw
    minute = arrival
  }

  // MARK: The visit

  mutating func live(_ opening: SessionOpening, _ regimen: DemoRegimen) {
    record(.sessionOpened(opening))
    minute += draw.number(in: 4...12)
    if regimen.site != .subcutaneous { openSite(regimen.site) }
    record(
      .noteAdded(text: "Two identifiers checked. Vital signs within limits.", administration: nil))
    aside { visit in
      visit.record(.allergiesRecorded(DemoPeople.allergies(of: opening.patient)))
    }
    minute += draw.number(in: 5...20)
    for (index, step) in regimen.steps.enumerated() {
      if index == 1, site != nil, draw.happens(1, in: 50) { openAnotherSite() }
      give(step)
      if draw.happens(1, in: 5) {
        record(.noteAdded(text: "Vital signs within limits.", administration: nil))
      }
    }
    if draw.happens(1, in: 5) { handOff() }
    leave()
  }

  private mutating func openSite(_ kind: AccessSite.Kind) {
    let name = kind == .peripheral ? "left-arm" : kind.rawValue
    site = name
    let location = kind == .peripheral ? "left forearm" : "right chest"
    record(.siteOpened(SiteOpening(site: name, kind: kind, location: location)))
    if kind != .peripheral {
      minute += 1
      record(.deviceFlushed(administration: nextName(), site: site))
    }
    minute += draw.number(in: 3...8)
  }

  /// Opens a second access site, in half of the cases without a reason.
  private mutating func openAnotherSite() {
    let reason: AccessSite.SecondSiteReason? = draw.happens(1, in: 2) ? .incompatibility : nil
    record(
      .siteOpened(
        SiteOpening(
          site: "right-arm", kind: .peripheral, location: "right hand", secondSiteReason: reason)))
    site = "right-arm"
    minute += 3
  }

  private mutating func give(_ step: DemoRegimen.Step) {
    switch step {
    case .push(let drug, let amount, let minutes):
      let facts = facts(drug, amount, .push)
      record(.pushGiven(facts, minutes: minutes + draw.number(in: 0...2)))
      minute += minutes + draw.number(in: 2...6)
    case .injection(let drug, let amount, let technique):
      record(.injectionGiven(facts(drug, amount, technique)))
      minute += draw.number(in: 3...8)
    case .infusion(let drug, let amount, let volume, let minutes):
      infuse(drug, amount, volume, minutes, titrated: false)
    case .titrated(let drug, let amount, let volume, let minutes):
      infuse(drug, amount, volume, minutes, titrated: true)
    case .hydration(let drug, let volume, let minutes):
      hydrate(drug, volume, minutes)
    case .beside(let drug, let amount, let volume, let minutes):
      let facts = facts(drug, amount, .infusion, volume, minutes)
      record(.drugStarted(facts))
      let end = minute + minutes + draw.number(in: -2...6)
      pending.append((end, .drugStopped(DrugStop(administration: facts.administration))))
      minute += 1
    case .homePump(let drug, let amount, let hours):
      var facts = facts(drug, amount, .pump, nil, hours * 60)
      facts.goesHome = true
      facts.pumpOwner = draw.happens(1, in: 2) ? .practice : .supplier
      record(.pumpConnected(facts))
      check(facts.administration)
      minute += draw.number(in: 5...10)
    }
  }

  /// Stops that are due while other administrations run.
  private var pending: [(minute: Int, fact: Fact)] = []

  private mutating func infuse(
    _ drug: String, _ amount: String, _ volume: Double, _ minutes: Int, titrated: Bool
  ) {
    let facts = facts(drug, amount, .infusion, volume, minutes)
    let id = facts.administration
    let late = draw.happens(1, in: 40)
    record(.drugStarted(facts), late: late ? draw.number(in: 35...70) : 0)
    check(id)
    let began = minute
    let end = began + minutes + draw.number(in: -3...9)
    if titrated {
      for step in 1...4 where began + 15 * step < end - 30 {
        advance(to: began + 15 * step)
        record(.rateChanged(administration: id, rateMLPerHour: Double(25 * (1 << step))))
        if step < 3 { observe(id, until: began + 15 * step + 14) }
      }
    }
    let reacts = titrated && draw.happens(1, in: 6)
    if reacts || draw.happens(1, in: 9), minute + 3 < end - 8 {
      let moment = draw.number(in: (minute + 3)...(end - 8))
      observe(id, until: moment)
      pause(id, because: reacts ? "flushing and chills" : nil, at: moment)
    }
    observe(id, until: end - 2)
    if volume >= 500, minutes > 100, draw.happens(1, in: 3), minute < end - 20 {
      advance(to: max(minute + 2, end - 20))
      record(.bagChanged(administration: id, bag: "bag 2", volumeML: 250))
    }
    if reacts, draw.happens(1, in: 3) {
      advance(to: max(minute + 1, min(end, minute + 4)))
      record(.drugStopped(DrugStop(administration: id, stopReason: .reaction)), reason: nil)
      return
    }
    advance(to: max(minute + 1, end))
    finish(id, at: max(minute, end))
  }

  /// Records a note about every quarter of an hour.
  private mutating func observe(_ id: String, until end: Int) {
    var next = minute + draw.number(in: 4...10)
    while next < end {
      advance(to: next)
      record(.noteAdded(text: draw.one(of: DemoSession.observations), administration: id))
      next += draw.number(in: 6...10)
    }
  }

  private static let observations = [
    "Vital signs within limits.", "Comfortable, no complaints.", "Access site clean and dry.",
    "Blood pressure 124/76, pulse 72.", "Warm blanket given.", "Tolerating well.",
  ]

  private mutating func finish(_ id: String, at end: Int) {
    if draw.happens(1, in: 90) {
      // The end of the bag was not observed.
      minute += draw.number(in: 10...25)
      record(.drugStopped(DrugStop(administration: id, isNotObserved: true)))
      return
    }
    if draw.happens(1, in: 150) { return }
    if draw.happens(1, in: 25) {
      // The next bag starts before this one is charted as stopped: they overlap by a minute or two.
      pending.append((end + draw.number(in: 1...2), .drugStopped(DrugStop(administration: id))))
      return
    }
    let stop = record(.drugStopped(DrugStop(administration: id)))
    if draw.happens(1, in: 60) {
      let right = minute - draw.number(in: 1...4)
      minute += draw.number(in: 3...9)
      correct(stop, to: .drugStopped(DrugStop(administration: id)), at: max(right, 0))
    }
    minute += draw.number(in: 2...7)
  }

  private mutating func pause(_ id: String, because reason: String?, at moment: Int) {
    advance(to: moment)
    record(.drugPaused(administration: id), reason: reason)
    if reason != nil {
      aside { visit in visit.record(.reactionRecorded(DemoSession.reaction(to: id, &visit.draw))) }
      minute += 2
      record(
        .pushGiven(
          facts("hydrocortisone sodium succinate", "100 mg", .push), minutes: 2), reason: reason)
      minute += draw.number(in: 12...25)
    } else {
      minute += draw.number(in: 4...15)
    }
    record(.drugResumed(administration: id))
    minute += 1
  }

  /// A reaction as a nurse charts it in the minute in which the drug is paused.
  private static func reaction(to id: String, _ draw: inout DemoDraw) -> Reaction {
    let isSevere = draw.happens(1, in: 5)
    return Reaction(
      administration: id, grade: isSevere ? 3 : 2,
      signs: isSevere ? [.flushing, .chills, .dyspnea] : [.flushing, .chills], action: .paused,
      vitals: VitalSigns(
        bloodPressure: VitalSigns.BloodPressure(
          systolic: draw.number(in: 92...118), diastolic: draw.number(in: 54...72)),
        heartRate: draw.number(in: 96...124),
        oxygen: draw.number(in: isSevere ? 88...92 : 94...98)))
  }

  private mutating func hydrate(_ drug: String, _ volume: Double, _ minutes: Int) {
    var facts = facts(drug, nil, .infusion, volume, minutes)
    facts.rateMLPerHour = (volume * 60 / Double(minutes)).rounded()
    facts.order = "hydration"
    facts.hydrationFacts = draw.happens(1, in: 12) ? [.order] : .all
    record(.drugStarted(facts))
    advance(to: minute + minutes + draw.number(in: -5...10))
    if draw.happens(1, in: 30) {
      record(
        .drugStopped(
          DrugStop(administration: facts.administration, isNotObserved: true, volumeML: volume)))
    } else {
      finish(facts.administration, at: minute)
    }
  }

  private mutating func check(_ id: String) {
    record(
      .doubleCheckRecorded(administration: id, checker: draw.one(of: DemoPeople.nurses)))
  }

  private mutating func handOff() {
    record(.handedOff(to: draw.one(of: DemoPeople.nurses)))
  }

  private mutating func leave() {
    advance(to: max(minute, pending.map(\.minute).max() ?? minute))
    if let site, draw.happens(9, in: 10) {
      minute += draw.number(in: 2...6)
      record(.deviceFlushed(administration: nextName(), site: site))
      record(.siteClosed(site: site))
    }
    minute += draw.number(in: 2...8)
    record(.sessionClosed(answers: []))
    endsAt = minute
  }

  // MARK: Recording

  /// Records something with draws of its own, so that the rest of the visit is as it would be without it.
  private mutating func aside(_ record: (inout DemoSession) -> Void) {
    let rest = draw
    draw = DemoDraw(seed: draw.next() ^ 0x5bd1_e995)
    record(&self)
    draw = rest
  }

  /// Advances to `target` and records what falls due before.
  private mutating func advance(to target: Int) {
    for due in pending.sorted(by: { $0.minute < $1.minute }) where due.minute <= target {
      minute = max(minute, due.minute)
      record(due.fact)
    }
    pending.removeAll { $0.minute <= target }
    minute = max(minute, target)
  }

  private mutating func facts(
    _ drug: String, _ amount: String?, _ technique: Technique, _ volume: Double? = nil,
    _ planned: Int? = nil
  ) -> AdministrationFacts {
    AdministrationFacts(
      administration: nextName(), drug: drug, technique: technique,
      site: technique == .push || technique == .infusion || technique == .pump ? site : nil,
      amount: amount, plannedMinutes: planned.map(Double.init), volumeML: volume)
  }

  private mutating func nextName() -> String {
    administrations += 1
    return "a\(administrations)"
  }

  @discardableResult
  private mutating func record(_ fact: Fact, late: Int = 0, reason: String? = nil) -> Event {
    let happened = dawn + Int64(minute) * 60
    let delay = Int64(late) * 60_000 + fact.length * 1000 + Int64(draw.number(in: 2_000...50_000))
    written = max(written + 150, happened.seconds * 1000 + delay)
    let time = RecordedTime(milliseconds: written)
    let event = Event(
      id: Event.ID(at: time, using: &draw), session: session, clinicalTime: happened,
      recordedTime: time, actor: nurse, workstation: workstation,
      basis: late > 0 ? .lateEntry : .observed, reason: reason, fact: fact)
    events.append(event)
    return event
  }

  private mutating func correct(_ event: Event, to fact: Fact, at right: Int) {
    var correction = record(
      .eventSuperseded(replaces: event.id, replacement: fact), reason: "read from the pump")
    correction.clinicalTime = dawn + Int64(right) * 60
    correction.basis = .pumpLog
    events[events.count - 1] = correction
  }

  /// Adds a reviewer's sign-off, some hours later.
  mutating func review(_ review: Review) {
    minute += draw.number(in: 30...300)
    record(.sessionReviewed(review))
  }
}
