package import InfusionRecord

/// A line of a claim for a drug: units of one code, given or discarded, on one date.
package struct DrugLine: Sendable {
  /// The modifiers in the order in which they stand on a line: what decides the price first.
  package enum Modifier: String, Sendable, CaseIterable, Hashable, Comparable {
    case discarded = "JW"
    case nothingDiscarded = "JZ"
    case intravenous = "JA"
    case subcutaneous = "JB"
    case discounted = "TB"
    case discountedBefore2025 = "JG"

    package static func < (left: Modifier, right: Modifier) -> Bool {
      left.place < right.place
    }

    private var place: Int {
      switch self {
      case .discarded: 0
      case .nothingDiscarded: 1
      case .intravenous: 2
      case .subcutaneous: 3
      case .discounted: 4
      case .discountedBefore2025: 5
      }
    }
  }

  package let code: DrugCode
  /// 1 or more.
  package internal(set) var units: Int
  package internal(set) var modifiers: [Modifier]
  package let serviceDate: CivilDate?
  let encounterRow: Int32
  /// Positions in the timeline.
  package let administrations: [Int]
  /// The brand or product, as recorded or as the package's code tells; nil if neither is known.
  package internal(set) var product: String?
  /// Eleven digits, if the policy puts the code on the line.
  package internal(set) var ndc: String?
  /// `ML 1000`, what the claim says of the package beside its code.
  package internal(set) var quantity: String?
  package let supply: DrugFacts.Supply
  package internal(set) var status: Statement.Status
  package internal(set) var because: [DrugReason]
  /// The group of the draft that it belongs to.
  let group: Int
  /// Whether its units came from multi-dose containers while others did not.
  var isFromMultiDose = false
  /// The package that it is the line of, if each has one.
  var packageOfLine: String?

  /// Whether it is the line of what was discarded.
  package var isDiscarded: Bool { modifiers.contains(.discarded) }

  /// `J1745-JW`.
  package var codeText: String {
    ([code.code] + modifiers.map(\.rawValue)).joined(separator: "-")
  }

  mutating func insert(_ modifier: Modifier) {
    guard !modifiers.contains(modifier) else { return }
    modifiers.append(modifier)
    modifiers.sort()
  }
}

extension DrugLine {
  init(_ units: Int, of group: DrugGroup, at index: Int, in draft: Draft) {
    let doses = draft.doses(of: group)
    self.code = group.code
    self.units = units
    modifiers = []
    serviceDate = group.date
    encounterRow = draft.firstRow(of: group)
    administrations = doses.map { Int($0.row) }
    product = doses.lazy.compactMap(\.brand).first
    supply = doses.first?.facts.supply ?? .stock
    status = group.status
    because = group.because
    self.group = index
  }
}

/// The account of one administration's drug in one unit: what the opened containers held.
///
/// `opened = given + discarded + unaccounted`, always. More given than opened makes `unaccounted`
/// negative.
package struct DrugBalance: Sendable {
  /// Position in the timeline.
  package let administration: Int
  package let unit: DrugAmount.Unit
  package let opened: ExactDecimal
  package let given: ExactDecimal
  package let discarded: ExactDecimal
  package var unaccounted: ExactDecimal { opened - given - discarded }
}
