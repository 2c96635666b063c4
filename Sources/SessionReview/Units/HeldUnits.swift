internal import InfusionRecord
package import TimelineEngine

/// Units of a statement that are not posted, even if the session is signed off: a person must act first
/// (held), or they may still change (provisional).
package struct HeldUnits: Sendable, Hashable {
  package struct Line: Sendable, Hashable {
    /// `96365-59`.
    package let code: String
    package internal(set) var units: Int
    package let status: Statement.Status
  }

  /// One line for each code and status, in the order of the statement.
  package private(set) var lines: [Line] = []

  init(_ statement: Statement) {
    for charge in statement.charges where charge.status.isWithheld {
      let code = charge.codeText
      if let index = lines.firstIndex(where: { $0.code == code && $0.status == charge.status }) {
        lines[index].units += charge.units
      } else {
        lines.append(Line(code: code, units: charge.units, status: charge.status))
      }
    }
  }

  package var count: Int { lines.reduce(0) { $0 + $1.units } }
  package var isEmpty: Bool { lines.isEmpty }

  /// `1 unit held (96365), 2 provisional (96416×2)`; empty if there is none.
  package var words: String {
    [Statement.Status.held, .provisional].compactMap { status in
      let these = lines.filter { $0.status == status }
      guard !these.isEmpty else { return nil }
      let units = these.reduce(0) { $0 + $1.units }
      let codes = these.map { $0.units == 1 ? $0.code : "\($0.code)×\($0.units)" }
      return "\(units.pluralized("unit")) \(status.text) (\(codes.joined(separator: " ")))"
    }.joined(separator: ", ")
  }
}

extension Statement.Status {
  /// Whether units of this status wait: no message posts them.
  package var isWithheld: Bool {
    switch self {
    case .held, .provisional: true
    case .final, .review: false
    }
  }
}

extension Statement {
  /// Whether the policy requires an account number and the recorded session has none.
  package var lacksAccount: Bool {
    policy.accountRequired && timeline.session.hasAccount == false
  }
}
