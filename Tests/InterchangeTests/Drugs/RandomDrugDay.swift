import InfusionRecord
import Interchange
import TestSupport
import TimelineEngine

/// A day of drugs of any shape, the same for the same seed.
///
/// Amounts lie at the borders of units and containers, and everything a document can say about an amount is said
/// now and then: waste that fits, that does not, and that nobody recorded, several kinds of containers, other
/// units, shared containers, stopped doses, drugs that were not bought, every policy.
struct RandomDrugDay {
  let timeline: Timeline
  private(set) var policy = Policy.standard
  private var random: Chance
  private let date: CivilDate

  private struct Choice {
    let drug: String
    let technique: Technique
    let unit: DrugAmount.Unit
    /// Labelled amounts in thousandths of the unit.
    let sizes: [Int]
    let brands: [String?]
    var drugClass: Drug.Class?
  }

  private static let choices: [Choice] = [
    Choice(
      drug: "infliximab", technique: .infusion, unit: .mg, sizes: [100_000],
      brands: ["Remicade", "Inflectra", nil]),
    Choice(
      drug: "bortezomib", technique: .push, unit: .mg, sizes: [3500, 1000, 2500],
      brands: ["Velcade", "Hospira", nil]),
    Choice(
      drug: "ondansetron", technique: .push, unit: .mg, sizes: [4000, 40_000], brands: [nil]),
    Choice(
      drug: "furosemide", technique: .push, unit: .mg, sizes: [40_000, 20_000], brands: [nil]),
    Choice(
      drug: "pemetrexed", technique: .infusion, unit: .mg, sizes: [500_000, 100_000],
      brands: ["Alimta", nil]),
    Choice(
      drug: "nivolumab", technique: .infusion, unit: .mg,
      sizes: [40_000, 100_000, 120_000, 240_000], brands: ["Opdivo"]),
    Choice(
      drug: "rituximab", technique: .infusion, unit: .mg, sizes: [100_000, 500_000],
      brands: ["Rituxan", "Truxima"]),
    Choice(
      drug: "piperacillin-tazobactam", technique: .infusion, unit: .g, sizes: [3375, 4500],
      brands: [nil]),
    Choice(
      drug: "digoxin immune fab", technique: .infusion, unit: .mg, sizes: [40_000], brands: [nil]),
    Choice(
      drug: "onabotulinumtoxina", technique: .intramuscular, unit: .units,
      sizes: [100_000, 200_000], brands: ["Botox", nil]),
    Choice(
      drug: "eculizumab", technique: .infusion, unit: .mg, sizes: [300_000], brands: ["Soliris"]),
    Choice(drug: "morphine", technique: .push, unit: .mg, sizes: [4000, 10_000], brands: [nil]),
    Choice(
      drug: "fictitious drug", technique: .infusion, unit: .mg, sizes: [5000], brands: [nil],
      drugClass: .chemotherapy),
    Choice(
      drug: "another fictitious drug", technique: .push, unit: .mg, sizes: [5000], brands: [nil],
      drugClass: .therapeutic),
  ]

  private static let days = [
    "2023-06-30", "2023-07-01", "2025-03-31", "2025-04-01", "2026-03-02", "2026-03-02",
  ]

  private static let settings: [String] = Policy.keys.flatMap { key -> [String] in
    switch key.name {
    case "jwjz.from": return ["jwjz.from=2023-01-01", "jwjz.from=2026-03-03"]
    case "drug.lines", "drug.round_per", "jwjz.applies", "minimum_waste", "stopped_dose",
      "discard.must_be_recorded", "noc.units", "modifier.340b", "zero_cost_line":
      return key.allowed.map { "\(key.name)=\($0)" }
    default: return []
    }
  }

  init(seed: UInt64) {
    var random = Chance(seed: seed)
    let date = CivilDate(iso: random.one(of: RandomDrugDay.days)) ?? CivilDate(dayNumber: 0)
    self.date = date
    var session = SessionContext(id: "drugs-\(seed)", clock: .utc)
    if random.happens(0.5) { session.setting = .professional }
    for _ in 0..<random.one(of: [0, 0, 1, 1, 2, 4]) {
      try? policy.set(argument: random.one(of: RandomDrugDay.settings))
    }
    var rows: [Administration] = []
    let palette = random.some(RandomDrugDay.choices, random.one(of: 1...3))
    for index in 0..<random.one(of: 1...4) {
      rows.append(
        RandomDrugDay.row(index, random.one(of: palette), on: date, &random))
    }
    self.random = random
    timeline = Timeline(
      session: session, sites: [AccessSite(id: "port", kind: .port)], administrations: rows)
  }

  private static func row(
    _ index: Int, _ choice: Choice, on date: CivilDate, _ random: inout Chance
  ) -> Administration {
    let start = Instant(seconds: Int64(date.dayNumber) * 86_400 + Int64(8 + index) * 3600)
    var row = Administration(
      id: "a\(index)", drug: Formulary.starter.drug(named: choice.drug),
      statedClass: choice.drugClass, technique: choice.technique, start: start, stop: start + 1800)
    if random.happens(0.15) { row.dose = "d1" }
    if random.happens(0.1) { row.encounter = "2" }
    if random.happens(0.15) { row.stopReason = .reaction }
    let containers = containers(choice, &random)
    let labelled = containers.reduce(0) { $0 + thousandths($1) }
    let size = choice.sizes[0]
    let given =
      random.one(of: [
        labelled, labelled - size / 20, labelled - size / 10, labelled - size / 3, labelled / 2,
        labelled + 1000, size / 100 * 7, 300, 0, size,
      ])
    let amount = DrugAmount(decimal(max(0, given)), choice.unit)
    let left = max(0, labelled - max(0, given))
    let discarded = random.one(of: [left, left, left, 0, left - size / 10, left + 1000, -1])
    row.drugFacts = DrugFacts(
      given: random.happens(0.05) ? nil : other(amount, &random),
      product: random.one(of: choice.brands).map { DrugProduct(brand: $0) },
      containers: random.happens(0.1) ? [] : containers,
      discarded: discarded < 0
        ? nil : DrugDiscard(other(DrugAmount(decimal(discarded), choice.unit), &random)),
      supply: random.happens(0.1) ? random.one(of: DrugFacts.Supply.allCases) : .stock,
      isShared: random.happens(0.08))
    return row
  }

  private static func containers(_ choice: Choice, _ random: inout Chance) -> [DrugContainer] {
    let kind: DrugContainer.Kind = random.happens(0.85) ? .singleDose : .multiDose
    return (0..<random.one(of: [1, 1, 1, 2])).map { _ in
      var container = DrugContainer(
        amount: DrugAmount(decimal(random.one(of: choice.sizes)), choice.unit), kind: kind,
        count: random.one(of: [1, 1, 2, 3, 4]))
      if random.happens(0.05) { container.kind = nil }
      if random.happens(0.1) {
        container.kind = kind == .singleDose ? .multiDose : .singleDose
      }
      if random.happens(0.03) { container.amount = nil }
      return container
    }
  }

  private static func thousandths(_ container: DrugContainer) -> Int {
    (container.amount?.value.shifted(by: 3).wholes(of: ExactDecimal(1)) ?? 0) * container.count
  }

  private static func decimal(_ thousandths: Int) -> ExactDecimal {
    ExactDecimal(max(0, thousandths)).shifted(by: -3)
  }

  /// Now and then the amount in another unit, or in one that measures something else.
  private static func other(_ amount: DrugAmount, _ random: inout Chance) -> DrugAmount {
    guard random.happens(0.12) else { return amount }
    switch amount.unit {
    case .mg:
      return random.happens(0.2)
        ? DrugAmount(amount.value, .units) : DrugAmount(amount.value.shifted(by: 3), .mcg)
    case .g: return DrugAmount(amount.value.shifted(by: 3), .mg)
    case .units: return DrugAmount(amount.value, .internationalUnits)
    default: return amount
    }
  }
}
