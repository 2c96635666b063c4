package import InfusionRecord

// A session that reaches into another day has units of two dates.

extension Statement {
  /// Whether each charge must be shown with its date, because one has another date than the session
  /// began on.
  package func spansDates(from opened: CivilDate?) -> Bool {
    var known = opened
    for charge in charges {
      guard let date = charge.serviceDate else { continue }
      if let known, known != date { return true }
      known = date
    }
    return false
  }

  /// `11 of them on 22-Nov-2026.` if the reason counts more units than this part has.
  ///
  /// Hours are counted for the whole dose and dated one by one (`DateOfService`), so the reason of a
  /// part can count units of other dates.
  package func share(of reason: Reason, in part: ChargePart, of charge: Charge) -> String? {
    guard Statement.countsHours(reason), reason.first > part.units, let date = charge.serviceDate
    else { return nil }
    return "\(part.units) of them on \(date.display)."
  }

  private static func countsHours(_ reason: Reason) -> Bool {
    reason.form == .furtherHours || reason.form == .subcutaneousHours
  }
}
