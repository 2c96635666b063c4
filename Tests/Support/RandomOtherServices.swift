import InfusionRecord

// What else is given in a suite: injections, pumps, refills, flushes, blood, oral drugs.

extension RandomSession {
  private enum Other: CaseIterable {
    case muscle, skin, flush, onBody, oral, blood, pump, refill, implantedRefill, disconnect
    case skinInfusion
  }

  mutating func addOther() {
    let from = otherStart()
    switch random.one(of: Other.allCases) {
    case .muscle: addInjections(.intramuscular, from)
    case .skin: addInjections(.subcutaneous, from)
    case .flush: addFlush(random.happens(0.4) ? from + 1440 : from)
    case .onBody: addSingle(("pegfilgrastim", .therapeutic), .onBodyInjector, from, 0)
    case .oral: addSingle(random.one(of: palette), .oral, from, 0)
    case .blood: addBlood(from)
    case .pump: addPump(from)
    case .refill: addSingle(random.one(of: palette), .pumpRefill, from, 5)
    case .implantedRefill: addSingle(random.one(of: palette), .implantedPumpRefill, from, 5)
    case .disconnect: addSingle(random.one(of: palette), .pumpDisconnect, from, 1)
    case .skinInfusion: addSubcutaneousInfusions()
    }
  }

  private mutating func otherStart() -> Int {
    random.happens(0.5) ? cursor + random.one(of: [0, 1, 15, 31, 60]) : encounterStart
  }

  private mutating func addSingle(
    _ drug: (name: String, drugClass: Drug.Class?), _ technique: Technique, _ from: Int,
    _ minutes: Int, change: (inout Administration) -> Void = { _ in }
  ) {
    var row = Administration(
      id: "a\(timeline.administrations.count + 1)",
      drug: RandomSession.formulary.drug(named: drug.name),
      statedClass: random.happens(0.75) ? drug.drugClass : nil, technique: technique,
      site: random.one(of: intravenousSites), encounter: String(encounter),
      start: base + Int64(from * 60), stop: base + Int64((from + minutes) * 60))
    change(&row)
    timeline.administrations.append(row)
    high = max(high, from + 1, from + minutes + 1)
  }

  private mutating func addInjections(_ technique: Technique, _ from: Int) {
    var pool = palette
    if random.happens(0.3) { pool.append(("fulvestrant", .hormonalAntineoplastic)) }
    if random.happens(0.05) { pool.append(("sodium chloride", .hydration)) }
    let drug = random.one(of: pool)
    let dose = random.happens(0.4) ? "id\(timeline.administrations.count)" : nil
    for number in 0..<random.one(of: [1, 1, 2]) {
      addSingle(drug, technique, from + 2 * number, 0) { $0.dose = dose }
    }
  }

  private mutating func addFlush(_ from: Int) {
    let drugClass = random.one(of: [Drug.Class.hydration, .other, .therapeutic])
    addSingle(("heparin", drugClass), .flush, from, 0) { $0.purpose = .flush }
  }

  private mutating func addBlood(_ from: Int) {
    addSingle(("red cells", .other), .infusion, from, 120) { $0.statedClass = .other }
    guard random.happens(0.4) else { return }
    addSingle(("sodium chloride", .hydration), .infusion, from + 30, 60) {
      $0.purpose = .betweenBloodUnits
    }
  }

  private mutating func addPump(_ from: Int) {
    let chemotherapy: (String, Drug.Class?) = ("fluorouracil", .chemotherapy)
    let drug = random.happens(0.5) ? chemotherapy : random.one(of: palette)
    let planned: Double? =
      random.happens(0.75) ? random.one(of: [60, 480, 481, 1440, 2760]) : nil
    let owner = random.one(of: Administration.PumpOwner.allCases)
    let goesHome = random.happens(0.5)
    let lot = random.one(of: 0...9)
    let minutes = random.one(of: [10, 60, 120, 480, 481, 600])
    addSingle(drug, .pump, from, minutes) {
      $0.plannedMinutes = planned
      $0.pumpOwner = owner
      $0.goesHome = goesHome
      if lot < 5 { $0.stop = nil }
      if lot < 4 { $0.isRunning = true }
    }
    cursor = from + 2
  }

  private mutating func addSubcutaneousInfusions() {
    if subcutaneousSites.isEmpty {
      subcutaneousSites = [timeline.sites.count, timeline.sites.count + 1]
      timeline.sites += [
        AccessSite(id: "sc1", kind: .subcutaneous), AccessSite(id: "sc2", kind: .subcutaneous),
      ]
    }
    var drug = random.happens(0.5) ? random.one(of: palette) : ("immune globulin", .therapeutic)
    for _ in 0..<random.one(of: [1, 1, 2]) {
      if random.happens(0.4) { drug = ("immune globulin", .therapeutic) }
      let minutes = random.one(of: [8, 15, 16, 31, 60, 90, 91, 151])
      let from = otherStart()
      let site = random.one(of: subcutaneousSites)
      let lot = random.one(of: 0...99)
      addSingle(drug, .subcutaneousInfusion, from, minutes) {
        $0.site = site
        if lot < 16 { $0.stop = nil }
        if lot < 6 { $0.isRunning = true }
      }
      cursor = max(cursor, from + minutes)
    }
  }
}
