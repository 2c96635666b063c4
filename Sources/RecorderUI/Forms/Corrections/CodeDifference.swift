import TimelineEngine

/// The difference of two statements in units per code, short enough to stand below a prompt.
enum CodeDifference {
  static func lines(from old: Statement, to new: Statement) -> [String] {
    var codes: [Code] = []
    func units(_ statement: Statement) -> [Code: Int] {
      var units: [Code: Int] = [:]
      for charge in statement.charges {
        if !codes.contains(charge.code) { codes.append(charge.code) }
        units[charge.code, default: 0] += charge.units
      }
      return units
    }
    let before = units(old)
    let after = units(new)
    let changes = codes.compactMap { code -> String? in
      let was = before[code] ?? 0
      let becomes = after[code] ?? 0
      return was == becomes ? nil : "\(code.number): \(was) to \(becomes)"
    }
    return changes.isEmpty
      ? ["No unit changes."] : ["Units change: " + changes.joined(separator: ", ")]
  }
}
