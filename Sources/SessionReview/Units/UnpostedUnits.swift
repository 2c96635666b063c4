internal import InfusionRecord
package import TimelineEngine

/// How many units of a statement no message posts, even if the session is signed off, and why.
package struct UnpostedUnits: Sendable, Hashable {
  /// Why a unit is not posted. A unit with two causes has the first.
  package enum Cause: String, Sendable, CaseIterable {
    /// A person must act first.
    case held
    /// It may still change.
    case provisional
    /// The policy requires an account number and the session has none, so none of its units is posted.
    case noAccount = "no account number"
  }

  package struct Line: Sendable, Hashable {
    /// `96365-59`.
    package let code: String
    package internal(set) var units: Int
    package let cause: Cause
  }

  /// One line for each code and cause, in the order of the statement.
  package private(set) var lines: [Line] = []
  /// How many administrations are charged nothing because nobody knows the drug's class.
  package let drugsWithoutClass: Int

  /// None.
  package init() { drugsWithoutClass = 0 }

  init(_ statement: Statement) {
    drugsWithoutClass = statement.findings.count { $0.id == .unclassifiedDrug }
    let charged = statement.charges.map { ($0.codeText, $0.units, $0.status) }
    let drugs = statement.drugLines.map { ($0.codeText, $0.units, $0.status) }
    for (code, units, status) in charged + drugs {
      guard let cause = statement.unpostedCause(of: status) else { continue }
      if let index = lines.firstIndex(where: { $0.code == code && $0.cause == cause }) {
        lines[index].units += units
      } else {
        lines.append(Line(code: code, units: units, cause: cause))
      }
    }
  }

  package var count: Int { units(of: lines) }
  package var isEmpty: Bool { lines.isEmpty && drugsWithoutClass == 0 }

  /// Whether units are left that the session's account number alone keeps back.
  package var lacksAccount: Bool { lines.contains { $0.cause == .noAccount } }

  /// How many units wait for a person or may still change, whatever the account number is.
  package var countHeld: Int { units(of: lines.filter { $0.cause != .noAccount }) }

  private func units(of lines: [Line]) -> Int { lines.reduce(0) { $0 + $1.units } }

  /// `1 unit held (96365), 2 units provisional (96416×2), 1 drug without a class`; empty if there is none. It
  /// names no drug, because pages of restricted patients show it too.
  package var words: String {
    let parts = Cause.allCases.compactMap { cause -> String? in
      let these = lines.filter { $0.cause == cause }
      guard !these.isEmpty else { return nil }
      let codes = these.map { $0.units == 1 ? $0.code : "\($0.code)×\($0.units)" }
      let count = units(of: these).pluralized("unit")
      return "\(count) \(cause.words) (\(codes.joined(separator: " ")))"
    }
    return (parts + [drugWords].compactMap(\.self)).joined(separator: ", ")
  }

  /// `1 drug without a class`; nil if there is none.
  fileprivate var drugWords: String? {
    drugsWithoutClass == 0
      ? nil
      : drugsWithoutClass.pluralized("drug without a class", "drugs without a class")
  }
}

extension ReviewStanding {
  /// How the review stands, for a person: `reviewed, 1 unit not posted, 1 drug without a class`.
  package func text(with unposted: UnpostedUnits) -> String {
    guard isSignedOff else { return text }
    let units = unposted.count == 0 ? nil : "\(unposted.count.pluralized("unit")) not posted"
    return ([text] + [units, unposted.drugWords].compactMap(\.self)).joined(separator: ", ")
  }
}

extension UnpostedUnits.Cause {
  /// What stands after the number of units.
  fileprivate var words: String {
    switch self {
    case .held: "held"
    case .provisional: "provisional"
    case .noAccount: "without an account number"
    }
  }

  /// The cause that lies in the unit itself; nil if it is settled.
  init?(_ status: Statement.Status) {
    switch status {
    case .held: self = .held
    case .provisional: self = .provisional
    case .final, .review: return nil
    }
  }
}

extension Statement {
  /// Why no message posts units of a status, even if the session is signed off; nil if one does.
  package func unpostedCause(of status: Status) -> UnpostedUnits.Cause? {
    UnpostedUnits.Cause(status) ?? (lacksAccount ? .noAccount : nil)
  }

  /// Whether the policy requires an account number and the recorded session has none.
  package var lacksAccount: Bool {
    policy.accountRequired && timeline.session.hasAccount == false
  }
}
