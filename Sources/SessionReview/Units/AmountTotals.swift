package import InfusionRecord
package import TimelineEngine

/// What was opened of each drug over sessions, and what became of it: opened = given + discarded +
/// unaccounted for.
///
/// Amounts of one drug in units that cannot be added are lines of their own.
package struct AmountTotals: Sendable, Hashable {
  package struct Line: Sendable, Hashable {
    package let drug: String
    package let unit: DrugAmount.Unit
    package fileprivate(set) var opened: ExactDecimal
    package fileprivate(set) var given: ExactDecimal
    package fileprivate(set) var discarded: ExactDecimal

    /// Neither given nor discarded; below zero if more was given than the containers held.
    package var unaccounted: ExactDecimal { opened - given - discarded }

    package init(
      drug: String, unit: DrugAmount.Unit, opened: ExactDecimal, given: ExactDecimal,
      discarded: ExactDecimal
    ) {
      self.drug = drug
      self.unit = unit
      self.opened = opened
      self.given = given
      self.discarded = discarded
    }
  }

  /// By the drug's name.
  package private(set) var lines: [Line] = []

  package init() {}

  package mutating func add(_ other: Line) {
    let place = lines.firstIndex { line in
      line.drug == other.drug && DrugAmount(.zero, other.unit).value(in: line.unit) != nil
    }
    guard let place else {
      lines.append(other)
      lines.sort { $0.drug < $1.drug }
      return
    }
    func converted(_ value: ExactDecimal) -> ExactDecimal {
      DrugAmount(value, other.unit).value(in: lines[place].unit) ?? .zero
    }
    lines[place].opened = lines[place].opened + converted(other.opened)
    lines[place].given = lines[place].given + converted(other.given)
    lines[place].discarded = lines[place].discarded + converted(other.discarded)
  }
}

extension Statement {
  /// The amounts of each administration whose containers are recorded.
  package var amountLines: [AmountTotals.Line] {
    drugAmounts.map { balance in
      AmountTotals.Line(
        drug: timeline.administrations[balance.administration].drug.displayName,
        unit: balance.unit, opened: balance.opened, given: balance.given,
        discarded: balance.discarded)
    }
  }
}
