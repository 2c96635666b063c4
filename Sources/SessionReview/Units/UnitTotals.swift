public import TimelineEngine

/// Units by code over sessions, in the order in which statements list codes.
public struct UnitTotals: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public let code: Code
    public internal(set) var units: Int
    /// Those of them that may be posted: signed off as they stand.
    public internal(set) var postable: Int
  }

  public private(set) var lines: [Line] = []

  public init() {}

  public mutating func add(_ session: SessionExport) {
    for charge in session.statement.charges {
      add(charge.units, of: charge.code, isPostable: session.standing.posts(charge.status))
    }
  }

  mutating func add(_ units: Int, of code: Code, isPostable: Bool) {
    let postable = isPostable ? units : 0
    if let index = lines.firstIndex(where: { $0.code == code }) {
      lines[index].units += units
      lines[index].postable += postable
    } else {
      lines.append(Line(code: code, units: units, postable: postable))
      lines.sort { $0.code.rawValue < $1.code.rawValue }
    }
  }
}
