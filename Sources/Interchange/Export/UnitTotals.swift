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
    add(session.units, standing: session.standing)
  }

  /// Adds the units of a session that stands so.
  public mutating func add(_ units: [ExportedUnit], standing: ReviewStanding) {
    for unit in units {
      let postable = standing.posts(unit) ? unit.count : 0
      if let index = lines.firstIndex(where: { $0.code == unit.code }) {
        lines[index].units += unit.count
        lines[index].postable += postable
      } else {
        lines.append(Line(code: unit.code, units: unit.count, postable: postable))
        lines.sort { $0.code.rawValue < $1.code.rawValue }
      }
    }
  }
}
