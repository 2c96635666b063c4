import InfusionRecord

/// Packages decide the units only of a code that counts containers, doses or treatments.
///
/// ```
/// 10 mg given, unit 1 mg      10 units, whether from one vial or two
/// 2 vials opened, unit vial    2 units
/// unit dose or treatment       1 unit an administration
/// ```
///
/// Every other code counts the amount given, however it was packed or stocked.
enum PackageCount {
  static let rule = Rule(
    .packageCount,
    claim: """
      Packages decide the units only of a code that counts containers, doses or treatments.
      """,
    sections: ["DU2"], citations: [.cmsPackageUnits, .cmsDrugFiles])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.doses.indices {
      guard case .count(let what)? = draft.drugs.doses[index].code?.measure else { continue }
      switch what {
      case "vial", "each": count(containersOf: index, &draft)
      case "dose", "treatment":
        count(1, of: index, &draft)
        draft.drugs.doses[index].because.append(DrugReason(.countedDoses, what))
      default:
        let dose = draft.drugs.doses[index]
        draft.find(
          .unitMismatch, dose.row, [dose.given.text, dose.code?.code ?? "", what])
        count(1, of: index, &draft)
        draft.drugs.doses[index].status = .held
      }
    }
  }

  private static func count(containersOf index: Int, _ draft: inout Draft) {
    let dose = draft.drugs.doses[index]
    var number = dose.containers.reduce(0) { $0 + $1.count }
    if number == 0, let size = dose.package?.amount, let given = dose.given.value(in: size.unit) {
      number = given.unitsCovering(by: size.value)
    }
    if number == 0 {
      draft.find(.containerMissing, dose.row, [dose.code?.code ?? ""])
      draft.drugs.doses[index].status = .held
      number = 1
    }
    count(number, of: index, &draft)
    draft.drugs.doses[index].because.append(
      DrugReason(.countedContainers, number == 1 ? "1 container" : "\(number) containers"))
  }

  /// Counts whole containers, so that nothing of them is left.
  private static func count(_ number: Int, of index: Int, _ draft: inout Draft) {
    let containers = draft.drugs.doses[index].containers
    draft.drugs.doses[index].amount = ExactDecimal(number)
    draft.drugs.doses[index].discarded = .zero
    if let first = containers.first {
      let kinds = Set(containers.map(\.kind))
      draft.drugs.doses[index].containers = [
        OpenedContainer(
          kind: kinds.count == 1 ? first.kind : nil, amount: ExactDecimal(1), count: number,
          ndc: first.ndc, package: first.package)
      ]
    }
  }
}

extension DrugReason.Definition {
  static let countedContainers = Self(
    .packageCount, .cmsDrugFiles, "The code counts containers: $.")
  static let countedDoses = Self(
    .packageCount, .cmsDrugFiles, "The code counts each $ whole, whatever its amount.")
}
