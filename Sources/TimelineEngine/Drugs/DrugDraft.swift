import InfusionRecord

/// The working value of the drug rules.
///
/// ```
/// administrations ──► doses, each with its code ──► groups, one a claim line ──► lines
/// ```
///
/// It is empty for a session without amounts, and then no step of the drug stages runs.
struct DrugDraft {
  var tables: DrugTables?
  var doses: [DrugDose] = []
  var groups: [DrugGroup] = []
  var lines: [DrugLine] = []
  /// Something is missing that a line needs, and no line can say so.
  var isHeld = false
}

/// An administration whose amount is recorded.
struct DrugDose {
  let row: Int32
  let facts: DrugFacts
  let given: DrugAmount
  let route: DrugCode.Route
  let encounter: Int32
  var date: CivilDate?
  /// The rows of one interrupted dose have one; its own otherwise.
  var identity: String
  /// The package of the recorded National Drug Code, or another of its product.
  var package: DrugPackage?
  /// The codes of the drug that are in force on the date.
  var candidates: [DrugCode] = []
  var code: DrugCode?
  /// The amount given in units of the code's measure.
  var amount = ExactDecimal.zero
  var containers: [OpenedContainer] = []
  /// What was discarded, in the same measure; nil if it was not recorded.
  var discarded: ExactDecimal?
  /// Some amount is written in a unit that the code does not know.
  var isMismatched = false
  var isStopped = false
  /// Whether what is left of its containers may count as discarded.
  var leavesRest = true
  var isRunning = false
  var brand: String?
  /// The worst that a rule of the dose alone asks for.
  var status = Statement.Status.final
  var because: [DrugReason] = []

  var isBought: Bool { facts.supply == .stock }
}

/// Containers of a dose in the measure of its code.
struct OpenedContainer {
  var kind: DrugContainer.Kind?
  /// The labelled amount of one; nil if it is not known.
  var amount: ExactDecimal?
  var count: Int
  /// Eleven digits.
  var ndc: String?
  var package: DrugPackage?

  /// The labelled amount of all of them.
  var labelled: ExactDecimal { (amount ?? .zero) * ExactDecimal(count) }
}

/// The doses that one claim line counts together.
struct DrugGroup {
  /// Which containers the doses came from.
  enum Containers { case unknown, single, multi, mixed }

  let code: DrugCode
  let date: CivilDate?
  let encounter: Int32
  let supply: DrugFacts.Supply
  var doses: [Int] = []

  /// What is counted as given, after the cap of the labels.
  var given = ExactDecimal.zero
  /// The labelled amounts of all containers, and of those for one dose.
  var labelled = ExactDecimal.zero
  var labelledSingle = ExactDecimal.zero
  var containers = Containers.unknown
  /// Whether a line of it takes JW or JZ if its containers are for one dose.
  var wantsModifier = false
  /// The discarded amount that counts for JW, and whether it may be billed already.
  var discarded = ExactDecimal.zero
  var isDiscardHeld = false
  /// The most that may count as discarded by the least waste; nil for no limit.
  var discardLimit: ExactDecimal?
  var units = 0
  var discardedUnits = 0
  var status = Statement.Status.final
  var because: [DrugReason] = []
  var discardBecause: [DrugReason] = []

  /// What all of it is counted in: 1 for containers and doses.
  var unit: ExactDecimal {
    if case .amount(let value, _) = code.measure { return value }
    return ExactDecimal(1)
  }

  /// Whether any of its containers is for one dose.
  var hasSingleDose: Bool { containers == .single || containers == .mixed }
}

extension Draft {
  /// The doses of a group.
  func doses(of group: DrugGroup) -> [DrugDose] { group.doses.map { drugs.doses[$0] } }

  /// Reports a finding about a dose with the texts of its sentence.
  mutating func find(
    _ id: Finding.ID, _ row: Int32, _ values: [String], number: Int = 0,
    wording: Finding.Wording = .usual
  ) {
    findings.append(Finding(id, Int(row), number: number, wording: wording, values: values))
  }

  /// The first administration of a group.
  func firstRow(of group: DrugGroup) -> Int32 {
    group.doses.first.map { drugs.doses[$0].row } ?? 0
  }

  /// An amount in the measure of a code, `350 mg`.
  func text(_ amount: ExactDecimal, of code: DrugCode) -> String {
    switch code.measure {
    case .amount(_, let unit): "\(amount.text) \(unit.rawValue)"
    case .count, .none: amount.text
    }
  }
}
