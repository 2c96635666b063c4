package import InfusionRecord
package import TimelineEngine

/// A session of any shape, the same for the same seed.
///
/// Durations and gaps lie at the borders of the rules, drugs are few so that repeats are frequent,
/// and everything a session document can say is said now and then: bags, doses in several rows,
/// second sites, lumens, further encounters, missing times, running rows, pauses, pumps, injections,
/// refills, flushes, blood, seconds, nights on which clocks change, every policy. A session is always
/// valid: it passes the checks of a session document.
package struct RandomSession {
  package internal(set) var timeline: Timeline
  package internal(set) var policy = Policy.standard
  /// The first moment anything can happen.
  package let base: Instant
  /// Minutes after `base` by which all has begun.
  package internal(set) var high = 0

  var random: Chance
  /// Half the sessions or so are crowded with the rare shapes.
  let isCrowded: Bool
  let hasSeconds: Bool
  let hydrationChance: Double
  var palette: [(name: String, drugClass: Drug.Class?)] = []
  /// Minutes after `base`: where the last thing ended, and where this encounter began.
  var cursor = 0
  var encounterStart = 0
  var encounter = 1
  var intravenousSites: [Int] = [0]
  var subcutaneousSites: [Int] = []

  package init(seed: UInt64) {
    var random = Chance(seed: seed)
    isCrowded = random.happens(0.6)
    hasSeconds = random.happens(0.12)
    hydrationChance = random.one(of: [0, 0.15, 0.3, random.happens(0.3) ? 0.9 : 0.3])
    let zone = random.one(
      of: Array(repeating: "America/Chicago", count: 6)
        + ["America/New_York", "UTC", "America/Phoenix"])
    let clock = LocalClock(zone: zone) ?? .utc
    let day = random.one(of: RandomSession.days)
    let hour = random.happens(0.2) ? random.one(of: 20...23) : random.one(of: [7, 8, 8, 9, 10, 13])
    let local = LocalTime(
      date: day, secondOfDay: hour * 3600 + random.one(of: [0, 0, 10, 37]) * 60)
    base = clock.moments(showing: local).first ?? Instant(seconds: 0)
    var session = SessionContext(id: "random-\(seed)", clock: clock)
    if random.happens(0.4) { session.setting = .professional }
    if random.happens(0.15) {
      session.placeOfService = random.one(of: ["11", "11", "49", "20", "22", "19", "24", "65"])
    }
    if random.happens(0.6) { session.payer = random.one(of: ["medicare", "medicare", "acme"]) }
    timeline = Timeline(
      session: session, sites: [AccessSite(id: "site-1")], administrations: [])
    self.random = random
    choosePolicy()
    chooseSites()
    choosePalette()
    fill()
    settleRunning()
    chooseReason()
    chooseStay(seed: seed)
  }

  private static let days: [CivilDate] = [
    (3, 2), (3, 2), (3, 2), (3, 2), (3, 2), (3, 2), (3, 2), (3, 7), (10, 31), (12, 31),
  ].compactMap { CivilDate(year: 2026, month: $0.0, day: $0.1) }

  // MARK: What holds for the whole session

  private mutating func choosePolicy() {
    guard random.happens(0.5) else { return }
    for _ in 0..<random.one(of: 1...(isCrowded ? 5 : 2)) {
      try? policy.set(argument: random.one(of: RandomSession.settings))
    }
  }

  private static let settings: [String] = Policy.keys.flatMap { key in
    if key.name == "pause.flag_gap_min" { return ["0", "30", "240"].map { "\(key.name)=\($0)" } }
    return key.allowed.map { "\(key.name)=\($0.contains(" ") ? "" : $0)" }
  }

  private mutating func chooseSites() {
    guard random.happens(0.6) else { return }
    var sites = [AccessSite(id: "port", kind: .port)]
    for number in 0..<random.one(of: 0...2) {
      var site = AccessSite(
        id: "iv\(number + 1)", kind: random.one(of: [.peripheral, .central]))
      if random.happens(0.55) {
        site.secondSiteReason = random.one(of: AccessSite.SecondSiteReason.allCases)
      }
      sites.append(site)
    }
    if random.happens(0.1) { sites[0].secondSiteReason = .protocolRequired }
    sites.shuffle(using: &random.generator)
    if random.happens(0.3) {
      sites.append(
        AccessSite(id: "lumen", kind: .picc, parent: random.one(of: 0...(sites.count - 1))))
    }
    timeline.sites = sites
    intravenousSites = Array(sites.indices)
  }

  private mutating func choosePalette() {
    func named(_ names: [String], _ drugClass: Drug.Class) -> [(String, Drug.Class?)] {
      names.map { ($0, drugClass) }
    }
    palette = named(random.some(RandomSession.chemotherapy, random.one(of: 0...2)), .chemotherapy)
    palette += named(
      random.some(RandomSession.biologics, random.one(of: [0, 0, 0, 1])), .complexBiologic)
    palette += named(random.some(RandomSession.drugs, random.one(of: 1...3)), .therapeutic)
    if isCrowded, random.happens(0.2) {
      palette += named(["fulvestrant"], .hormonalAntineoplastic)
    }
    if isCrowded, random.happens(0.15) {
      palette.append((random.one(of: ["Drug  X", "drug x", "mystery agent"]), nil))
    }
  }

  static let chemotherapy = [
    "paclitaxel", "carboplatin", "oxaliplatin", "fluorouracil", "cyclophosphamide",
  ]
  static let biologics = ["rituximab", "pembrolizumab", "infliximab"]
  static let drugs = [
    "ondansetron", "ceftriaxone", "dexamethasone", "vancomycin", "morphine", "leucovorin",
  ]
  static let fluids = ["sodium chloride", "ringer's lactate"]

  /// The formulary the sessions' drugs come from.
  package static let formulary = Formulary(
    [
      (chemotherapy, Drug.Class.chemotherapy), (biologics, .complexBiologic),
      (["fulvestrant"], .hormonalAntineoplastic), (drugs, .therapeutic), (fluids, .hydration),
    ].flatMap { names, drugClass in
      names.map {
        FormularyEntry(
          name: $0, displayName: $0 == "paclitaxel" ? "PACLitaxel" : $0,
          brands: $0 == "paclitaxel" ? ["Taxol"] : [], drugClass: drugClass)
      }
    })

  private mutating func fill() {
    let count = isCrowded ? random.one(of: 2...8) : random.one(of: 1...5)
    while timeline.administrations.count < count {
      addService()
      if timeline.administrations.count < count, random.happens(0.1) {
        cursor = high + random.one(of: [250, 250, 400, 900])
        encounterStart = cursor
        encounter += 1
      }
    }
    if isCrowded, random.happens(0.3) {
      timeline.administrations.shuffle(using: &random.generator)
    }
  }

  /// A row left running belongs to the last encounter only.
  private mutating func settleRunning() {
    for index in timeline.administrations.indices
    where timeline.administrations[index].isRunning
      && timeline.administrations[index].encounter != String(encounter)
    {
      timeline.administrations[index].isRunning = false
      timeline.administrations[index].pauses.removeAll { $0.stop == nil }
    }
  }

  private mutating func chooseReason() {
    guard random.happens(timeline.session.setting == .professional ? 0.8 : 0.05) else { return }
    let candidates = timeline.administrations.indices.filter {
      [.infusion, .push].contains(timeline.administrations[$0].technique)
    }
    let reason =
      candidates.isEmpty || random.happens(0.1)
      ? random.one(of: 0...(timeline.administrations.count - 1)) : random.one(of: candidates)
    timeline.session.reasonsForVisit = [reason]
  }
}

/// Random choices, the same for the same seed.
package struct Chance {
  package var generator: SeededGenerator

  package init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  package mutating func happens(_ chance: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < chance
  }

  package mutating func one<Value>(of values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &generator)]
  }

  package mutating func one(of range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  package mutating func some<Value>(_ values: [Value], _ count: Int) -> [Value] {
    Array(values.shuffled(using: &generator).prefix(count))
  }
}
