import InfusionRecord

// The services of a random session: what is given, when, and how badly it is charted.

extension RandomSession {
  private static let durations = [
    0, 1, 2, 8, 14, 15, 16, 17, 29, 30, 31, 32, 45, 60, 61, 75, 90, 91, 92, 120, 150, 151, 181,
    210, 211, 240, 480, 481, 510,
  ]
  private static let usual = [15, 16, 20, 30, 31, 45, 60, 90, 91, 120, 180]
  private static let gaps = [0, 0, 1, 2, 3, 5, 14, 15, 16, 29, 30, 31, 32, 60, 91]

  mutating func addService() {
    let lot = Double(random.one(of: 0...999)) / 1000
    switch lot {
    case ..<0.50: addInfusion()
    case ..<0.68: addPush()
    case ..<(0.68 + hydrationChance * 0.6): addHydration()
    case ..<0.93 where random.happens(0.5): addInfusion()
    default: addOther()
    }
  }

  // MARK: Rows

  private func moment(_ minute: Int, _ second: Int = 0) -> Instant {
    base + Int64(minute * 60 + second)
  }

  /// A row whose times are set, not yet added.
  private mutating func row(
    _ drug: (name: String, drugClass: Drug.Class?), _ technique: Technique, _ from: Int, _ to: Int
  ) -> Administration {
    var row = Administration(
      id: "a\(timeline.administrations.count + 1)",
      drug: RandomSession.formulary.drug(named: spelling(of: drug.name)),
      statedClass: random.happens(0.75) ? drug.drugClass : nil, technique: technique,
      encounter: String(encounter), start: moment(from), stop: moment(to))
    if random.happens(0.85) { row.site = random.one(of: intravenousSites) }
    high = max(high, from + 1, to + 1)
    return row
  }

  @discardableResult
  private mutating func add(_ row: Administration) -> Int {
    timeline.administrations.append(row)
    timeline.administrations[timeline.administrations.count - 1].id =
      "a\(timeline.administrations.count)"
    return timeline.administrations.count - 1
  }

  private mutating func spelling(of name: String) -> String {
    if name == "paclitaxel", random.happens(0.2) { return "Taxol" }
    return random.happens(0.05) ? name.uppercased() : name
  }

  private mutating func sharpen(_ row: inout Administration) {
    guard hasSeconds, random.happens(0.5), let start = row.start, let stop = row.stop else {
      return
    }
    let early = Int64(random.one(of: [0, 20, 59]))
    let late = Int64(random.one(of: [0, 19, 30, 59]))
    row.start = start + early
    row.stop = stop + (stop == start ? max(early, late) : late)
  }

  private mutating func run(_ row: inout Administration) {
    row.stop = nil
    row.isRunning = true
  }

  private mutating func start(of minutes: Int) -> Int {
    let lot = Double(random.one(of: 0...999)) / 1000
    var start: Int
    switch lot {
    case ..<(isCrowded ? 0.45 : 0.75): start = cursor + random.one(of: RandomSession.gaps)
    case ..<0.85:
      start = cursor - random.one(of: [1, 2, 3, 10, 15, 16, 17, 30, 31, 45, 60, 120])
      start = max(encounterStart, start)
    case ..<0.93: start = encounterStart
    default: start = cursor + random.one(of: [120, 240, 600])
    }
    cursor = random.happens(0.7) ? max(cursor, start + minutes) : start + minutes
    return start
  }

  private mutating func duration() -> Int {
    !isCrowded && random.happens(0.5)
      ? random.one(of: RandomSession.usual) : random.one(of: RandomSession.durations)
  }

  private mutating func pause(_ row: inout Administration, _ from: Int, _ to: Int) {
    guard to - from >= 7 else { return }
    let count = random.one(of: [1, 1, 2])
    let points = random.some(Array(from + 1..<to), 2 * count).sorted()
    row.pauses = (0..<count).map {
      Administration.Pause(start: moment(points[2 * $0]), stop: moment(points[2 * $0 + 1]))
    }
    if row.isRunning, random.happens(0.4) { row.pauses[count - 1].stop = nil }
  }

  // MARK: Infusions

  private mutating func addInfusion() {
    let drug = random.one(of: palette)
    let minutes = duration()
    let from = start(of: minutes)
    let lot = random.one(of: 0...99)
    let technique: Technique = isCrowded && random.happens(0.02) ? .pump : .infusion
    if lot < 7 { return addBag(drug, technique, from, minutes) }
    if lot < 15 { return addInterruptedDose(drug, technique, from) }
    var row = row(drug, technique, from, from + minutes)
    sharpen(&row)
    if random.happens(isCrowded ? 0.1 : 0.04) {
      switch random.one(of: 0...99) {
      case ..<55:
        row.stop = nil
        if random.happens(0.6) {
          row.volumeML = random.one(of: [250, 100, 50, 500, 33])
          row.rateMLPerHour = random.one(of: [125, 400, 200, 100, 1000, 77])
        }
      case ..<85: row.start = nil
      default:
        row.start = nil
        row.stop = nil
      }
    } else if random.happens(isCrowded ? 0.08 : 0.04) {
      run(&row)
    }
    let canRest = row.start != nil && (row.stop != nil || row.isRunning || row.volumeML != nil)
    if canRest, random.happens(0.14) { pause(&row, from, from + minutes) }
    if row.stop != nil, (minutes <= 31 && random.happens(0.3)) || random.happens(0.03) {
      row.stopReason = random.one(of: Administration.StopReason.allCases)
    }
    if random.happens(0.05) { row.plannedMinutes = random.one(of: [60, 480, 481]) }
    add(row)
  }

  /// Drugs mixed in one bag, and sometimes the same mixture again.
  private mutating func addBag(
    _ drug: (name: String, drugClass: Drug.Class?), _ technique: Technique, _ from: Int,
    _ minutes: Int
  ) {
    var first = row(drug, technique, from, from + minutes)
    sharpen(&first)
    first.bag = "bag\(timeline.administrations.count)"
    if random.happens(0.15) {
      pause(&first, from, from + minutes)
    } else if random.happens(0.08) {
      first.stop = nil
      if random.happens(0.7) {
        first.volumeML = 250
        first.rateMLPerHour = 250
      }
    }
    var rows = [first]
    func mate(_ name: String, _ drugClass: Drug.Class?, _ purpose: Administration.Purpose) {
      var row = first
      row.drug = RandomSession.formulary.drug(named: name)
      row.statedClass = drugClass
      row.purpose = purpose
      rows.append(row)
    }
    let others = palette.filter { $0.name != drug.name }
    for other in random.some(others, random.one(of: [0, 1, 1, 2])) {
      mate(other.name, other.drugClass, .hydration)
    }
    if rows.count == 1 || random.happens(0.3) {
      mate(
        random.one(of: RandomSession.fluids), .hydration,
        random.one(of: [.diluent, .diluent, .hydration]))
    }
    for row in rows { add(row) }
    guard random.happens(0.25) else { return }
    let again = cursor + random.one(of: RandomSession.gaps)
    let length = duration()
    for var row in rows {
      row.bag = (first.bag ?? "") + "b"
      row.start = moment(again)
      row.stop = moment(again + length)
      row.pauses = []
      row.volumeML = nil
      row.rateMLPerHour = nil
      add(row)
    }
    cursor = again + length
    high = max(high, cursor + 1)
  }

  /// One dose in two or three rows.
  private mutating func addInterruptedDose(
    _ drug: (name: String, drugClass: Drug.Class?), _ technique: Technique, _ from: Int
  ) {
    let dose = "d\(timeline.administrations.count)"
    let site = random.happens(0.8) ? random.one(of: intravenousSites) : nil
    var at = from
    for number in 0..<random.one(of: [2, 2, 3]) {
      let minutes = random.one(of: [3, 7, 8, 9, 15, 16, 30, 31, 45, 61])
      var row = row(drug, technique, at, at + minutes)
      sharpen(&row)
      row.dose = dose
      row.site = site ?? row.site
      if number > 0, random.happens(0.12) {
        row.stop = nil
      } else if number > 0, random.happens(0.06) {
        run(&row)
      } else if random.happens(0.1) {
        row.stopReason = random.one(of: [.reaction, .completed])
      }
      add(row)
      at += minutes + random.one(of: [1, 2, 5, 30, 40, 121])
    }
    cursor = at
  }

  // MARK: Pushes and hydration

  private mutating func addPush() {
    let drug = random.one(of: palette)
    let minutes = random.one(of: [0, 0, 0, 1, 2, 5, 10, 15, 16, 20])
    var at = start(of: minutes)
    let count = random.happens(0.6) ? 1 : random.one(of: 2...3)
    let dose = isCrowded && random.happens(0.05) ? "pd\(timeline.administrations.count)" : nil
    for _ in 0..<count {
      var row = row(drug, .push, at, at + minutes)
      row.dose = dose
      if isCrowded, random.happens(0.06) {
        let lot = random.one(of: 0...99)
        if lot >= 55 { row.start = nil }
        if lot < 55 || lot >= 92 { row.stop = nil }
      }
      add(row)
      at += minutes + random.one(of: [1, 14, 15, 29, 30, 31, 32, 40, 60])
    }
    cursor = max(cursor, at - 1)
  }

  private mutating func addHydration() {
    let order = random.one(of: [nil, "o1", "o1", "o2"])
    for _ in 0..<random.one(of: [1, 1, 1, 2, 3]) {
      let minutes = random.one(of: [15, 20, 29, 30, 31, 45, 60, 61, 90, 91, 120, 151, 240, 510])
      let from = start(of: minutes)
      let fluid = random.one(of: RandomSession.fluids)
      var row = row((fluid, .hydration), .infusion, from, from + minutes)
      sharpen(&row)
      row.order = order
      if random.happens(0.1) { row.purpose = random.one(of: Administration.Purpose.ofFluid) }
      switch random.one(of: 0...99) {
      case ..<5:
        row.stop = nil
        if random.happens(0.6) {
          row.volumeML = 500
          row.rateMLPerHour = random.one(of: [500, 250])
        }
      case ..<7: row.start = nil
      case ..<12: run(&row)
      case ..<25: pause(&row, from, from + minutes)
      default: break
      }
      if isCrowded, random.happens(0.06) { row.dose = "hd\(timeline.administrations.count / 3)" }
      if random.happens(0.02) { row.hydrationFacts = .indication }
      add(row)
    }
  }
}
