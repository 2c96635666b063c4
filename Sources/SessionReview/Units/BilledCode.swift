package import InfusionRecord
package import TimelineEngine

/// The code of a line of a claim: of a service, or of a drug.
package struct BilledCode: Sendable, Hashable {
  /// `96413`, `J9045`.
  package let number: String
  /// Our own short label.
  package let label: String
  /// The place of a service among services; drugs come after all of them.
  private let place: UInt8

  package init(_ code: Code) {
    number = code.number
    label = code.label
    place = code.rawValue
  }

  package init(_ code: DrugCode) {
    number = code.code
    label = code.label
    place = .max
  }

  /// `96413-59`, `J1745-JW`.
  package func text(with modifiers: [String]) -> String {
    ([number] + modifiers).joined(separator: "-")
  }
}

extension BilledCode: Comparable {
  package static func < (left: BilledCode, right: BilledCode) -> Bool {
    (left.place, left.number) < (right.place, right.number)
  }
}
