import TimelineEngine

/// Units by code over sessions, in the order in which statements list codes; drugs after services.
package struct UnitTotals: Sendable, Hashable {
  package struct Line: Sendable, Hashable {
    package let code: BilledCode
    package internal(set) var units: Int
    /// Units that may be posted: signed off as they stand.
    package internal(set) var postable: Int
  }

  package private(set) var lines: [Line] = []

  package init() {}

  package mutating func add(_ session: DerivedSession) {
    for charge in session.statement.charges {
      add(charge.units, of: BilledCode(charge.code), isPostable: session.posts(charge.status))
    }
    for line in session.statement.drugLines {
      add(line.units, of: BilledCode(line.code), isPostable: session.posts(line.status))
    }
  }

  mutating func add(_ units: Int, of code: BilledCode, isPostable: Bool) {
    let postable = isPostable ? units : 0
    if let index = lines.firstIndex(where: { $0.code == code }) {
      lines[index].units += units
      lines[index].postable += postable
    } else {
      lines.append(Line(code: code, units: units, postable: postable))
      lines.sort { $0.code < $1.code }
    }
  }
}

extension DerivedSession {
  /// How many units are charged, of all codes.
  package var unitCount: Int {
    statement.charges.reduce(0) { $0 + $1.units }
      + statement.drugLines.reduce(0) { $0 + $1.units }
  }
}
