public import InfusionRecord

// Units of a session that reaches into another day.

extension Statement {
  /// Whether a date must stand beside each charge: one is of another day than the session began on.
  public func spansDates(from opened: CivilDate?) -> Bool {
    var known = opened
    for charge in charges {
      guard let date = charge.serviceDate else { continue }
      if let known, known != date { return true }
      known = date
    }
    return false
  }

  /// How many of the units a reason counts are in this charge, where the others are of another date:
  /// `11 of them on 22-Nov-2026.`
  ///
  /// Hours are counted for the dose as a whole and dated one by one (`DateOfService`), so the count in
  /// the reason can be larger than that of the charge.
  public func share(of reason: Reason, in charge: Charge) -> String? {
    guard Statement.countsHours(reason), let date = charge.serviceDate else { return nil }
    var counted = 0
    var reasons = 0
    for other in self.reasons(of: charge) where Statement.countsHours(other) {
      counted += other.first
      reasons += 1
    }
    guard counted > charge.units else { return nil }
    if reasons > 1 { return "Here stand those on \(date.display)." }
    return "\(charge.units) of them on \(date.display)."
  }

  private static func countsHours(_ reason: Reason) -> Bool {
    reason.form == .furtherHours || reason.form == .subcutaneousHours
  }
}
