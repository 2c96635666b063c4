/// A procedure code of the drug-administration family.
///
/// Code numbers with Chairtime's own short labels; the official descriptors belong to the American
/// Medical Association and are not here (rulebook 0.3). The order of the cases is the order in which
/// statements list them.
public enum Code: UInt8, CaseIterable, Sendable, Hashable {
  case chemoInfusion, chemoHour, chemoSequential, chemoPush, chemoPushFurther
  case pumpInitiation, medicarePump
  case infusion, infusionHour, infusionSequential, infusionConcurrent
  case push, pushNewDrug, pushSameDrug
  case hydration, hydrationHour
  case subcutaneousInfusion, subcutaneousHour, subcutaneousNewSite
  case injection, chemoInjection, hormonalInjection, onBodyInjector
  case pumpRefill, implantedPumpRefill, deviceFlush, unlistedChemo

  /// What a code is to the others.
  public enum Kind: Sendable {
    /// The one service an encounter and site starts from.
    case initial
    /// Payable only beside a listed primary (rulebook R19).
    case addOn
    /// Competes with nothing.
    case standAlone
  }

  private struct Row {
    let number: String
    let label: String
    let kind: Kind
  }

  private static let table: [Row] = [
    Row(number: "96413", label: "chemo infusion, first block", kind: .initial),
    Row(number: "96415", label: "chemo infusion, further hour", kind: .addOn),
    Row(number: "96417", label: "further chemo drug, first block", kind: .addOn),
    Row(number: "96409", label: "chemo push", kind: .initial),
    Row(number: "96411", label: "further chemo drug pushed", kind: .addOn),
    Row(number: "96416", label: "prolonged chemo on a pump, start", kind: .standAlone),
    Row(number: "G0498", label: "prolonged chemo, practice pump", kind: .standAlone),
    Row(number: "96365", label: "drug infusion, first block", kind: .initial),
    Row(number: "96366", label: "drug infusion, further hour", kind: .addOn),
    Row(number: "96367", label: "further drug infused, first block", kind: .addOn),
    Row(number: "96368", label: "drug beside another infusion", kind: .addOn),
    Row(number: "96374", label: "drug push", kind: .initial),
    Row(number: "96375", label: "further drug pushed", kind: .addOn),
    Row(number: "96376", label: "same drug pushed again", kind: .addOn),
    Row(number: "96360", label: "hydration, first block", kind: .initial),
    Row(number: "96361", label: "hydration, further hour", kind: .addOn),
    Row(number: "96369", label: "subcutaneous infusion, first block", kind: .initial),
    Row(number: "96370", label: "subcutaneous infusion, further hour", kind: .addOn),
    Row(number: "96371", label: "subcutaneous pump, new site", kind: .addOn),
    Row(number: "96372", label: "injection under skin or in muscle", kind: .standAlone),
    Row(number: "96401", label: "chemo injection", kind: .standAlone),
    Row(number: "96402", label: "hormonal chemo injection", kind: .standAlone),
    Row(number: "96377", label: "on-body injector applied", kind: .standAlone),
    Row(number: "96521", label: "portable pump refilled", kind: .standAlone),
    Row(number: "96522", label: "implanted pump refilled", kind: .standAlone),
    Row(number: "96523", label: "access device flushed", kind: .standAlone),
    Row(number: "96549", label: "unlisted chemo procedure", kind: .standAlone),
  ]

  /// `96413`.
  public var number: String { Code.table[Int(rawValue)].number }
  /// Chairtime's own short label.
  public var label: String { Code.table[Int(rawValue)].label }
  public var kind: Kind { Code.table[Int(rawValue)].kind }

  /// The code with this number.
  public init?(number: String) {
    guard let index = Code.table.firstIndex(where: { $0.number == number }) else { return nil }
    self.init(rawValue: UInt8(index))
  }
}

/// A claim modifier this engine may set.
public enum Modifier: String, CaseIterable, Sendable, Hashable {
  case discontinued = "53"
  case distinct = "59"
  case separateEncounter = "XE"
  case separateSite = "XS"
  case unusual = "XU"
}

/// The modifiers of one charge, in the order of their texts.
public struct Modifiers: Hashable, Sendable {
  private var bits: UInt8 = 0

  public init() {}

  public mutating func insert(_ modifier: Modifier) {
    bits |= Modifiers.bit(modifier)
  }

  public var isEmpty: Bool { bits == 0 }
  public var texts: [String] {
    Modifier.allCases.filter { bits & Modifiers.bit($0) != 0 }.map(\.rawValue)
  }
  /// Orders charges; no modifier comes first.
  var order: UInt8 { bits }

  private static func bit(_ modifier: Modifier) -> UInt8 {
    switch modifier {
    case .discontinued: 1
    case .distinct: 2
    case .separateEncounter: 4
    case .separateSite: 8
    case .unusual: 16
    }
  }
}
