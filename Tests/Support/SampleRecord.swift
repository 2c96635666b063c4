package import InfusionRecord

/// Facts of a plainly fictitious session, for tests to start from.
package struct SampleRecord {
  package var session: SessionID
  package var events: [Event] = []
  package var zone: String
  package var day: CivilDate
  package var actor = "RN T. SAMPLE"
  /// Who holds the session, and whose record it is; nil for those of `opening`.
  package var nurse: String?
  package var mrn: String?
  private var generator: SeededGenerator

  package init(
    session: String = "2026-11-23-sample", day: CivilDate = CivilDate(dayNumber: 20_780),
    zone: String = "UTC", seed: UInt64 = 1
  ) {
    self.session = SessionID(session)
    self.day = day
    self.zone = zone
    generator = SeededGenerator(seed: seed)
  }

  package static let opening = SessionOpening(
    patient: PatientIdentity(
      family: "Tester", given: "Amara", dateOfBirth: CivilDate(dayNumber: -3253), sex: .female,
      mrn: "90000417", visitNumber: "V1"),
    chair: "3", zone: "UTC", nurse: "RN T. SAMPLE")

  package static let paclitaxel = FormularyEntry(
    name: "paclitaxel", displayName: "PACLitaxel", brands: ["Taxol"], drugClass: .chemotherapy)
  package static let ondansetron = FormularyEntry(
    name: "ondansetron", displayName: "ondansetron", drugClass: .therapeutic)
  package static let saline = FormularyEntry(
    name: "sodium chloride 0.9%", displayName: "sodium chloride 0.9%", drugClass: .hydration)
  package static let formulary = Formulary([paclitaxel, ondansetron, saline])

  /// The moment the clock of the session's day shows `HH:mm`.
  package func at(_ time: String) -> Instant {
    let parts = time.split(separator: ":").map { Int($0) ?? 0 }
    let local = LocalTime(date: day, secondOfDay: parts[0] * 3600 + parts[1] * 60)
    let clock = LocalClock(zone: zone) ?? .utc
    return clock.moments(showing: local).first ?? Instant(seconds: 0)
  }

  /// An event of `fact` at `time`, written down at once unless `recorded` says otherwise.
  package mutating func event(
    _ fact: Fact, at time: String, recorded: String? = nil, basis: TimeBasis = .observed,
    reason: String? = nil
  ) -> Event {
    let written = RecordedTime(milliseconds: at(recorded ?? time).seconds * 1000 + 250)
    return Event(
      id: Event.ID(at: written, using: &generator), session: session, clinicalTime: at(time),
      recordedTime: written, actor: actor, workstation: "chairside-3", basis: basis,
      reason: reason, fact: fact)
  }

  /// Adds an event to the session.
  @discardableResult
  package mutating func add(
    _ fact: Fact, at time: String, recorded: String? = nil, basis: TimeBasis = .observed,
    reason: String? = nil
  ) -> Event {
    let event = event(fact, at: time, recorded: recorded, basis: basis, reason: reason)
    events.append(event)
    return event
  }

  package mutating func open(at time: String = "07:00") {
    var opening = SampleRecord.opening
    opening.zone = zone
    opening.nurse = nurse ?? opening.nurse
    opening.patient.mrn = mrn ?? opening.patient.mrn
    add(.sessionOpened(opening), at: time)
  }

  /// Opens the session with a port, `port`.
  package mutating func openWithPort(at time: String = "07:00") {
    open(at: time)
    add(.siteOpened(SiteOpening(site: "port", kind: .port)), at: time)
  }

  /// Starts an infusion into the port.
  @discardableResult
  package mutating func start(
    _ id: String, _ drug: String, at time: String, site: String? = "port"
  ) -> Event {
    add(
      .drugStarted(
        AdministrationFacts(administration: id, drug: drug, technique: .infusion, site: site)),
      at: time)
  }

  @discardableResult
  package mutating func stop(_ id: String, at time: String) -> Event {
    add(.drugStopped(DrugStop(administration: id)), at: time)
  }

  package var log: EventLog { EventLog(session: session, events: events) }
}

/// Random numbers that are the same for the same seed (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
