/// A claim modifier that the engine can set.
package enum Modifier: String, CaseIterable, Sendable, Hashable {
  case discontinued = "53"
  case distinct = "59"
  case repeated = "76"
  case separateEncounter = "XE"
  case separateSite = "XS"
  case unusual = "XU"
}

/// The modifiers of one charge, in the order of their texts.
package struct Modifiers: Hashable, Sendable {
  private var bits: UInt8 = 0

  package init() {}

  package mutating func insert(_ modifier: Modifier) { bits |= Modifiers.bit(modifier) }

  package var isEmpty: Bool { bits == 0 }
  package var texts: [String] {
    Modifier.allCases.filter { bits & Modifiers.bit($0) != 0 }.map(\.rawValue)
  }
  /// A key for sorting charges; no modifier sorts first.
  var order: UInt8 { bits }

  private static func bit(_ modifier: Modifier) -> UInt8 {
    switch modifier {
    case .discontinued: 1
    case .distinct: 2
    case .repeated: 4
    case .separateEncounter: 8
    case .separateSite: 16
    case .unusual: 32
    }
  }
}
