import InfusionRecord
import TestSupport
import TimelineEngine

/// What holds for the reasons and the standing of every statement.
enum SoundReasons {
  /// The first fault of a statement, or nil.
  static func fault(_ statement: Statement) -> String? {
    parts(statement) ?? uncharged(statement) ?? standing(statement)
  }

  /// Parts make up their charge, and each reason is about an administration of its part and cites a
  /// source of its rule.
  private static func parts(_ statement: Statement) -> String? {
    for charge in statement.charges {
      let code = charge.code.number
      let parts = statement.parts(of: charge)
      if parts.reduce(0, { $0 + $1.units }) != charge.units { return "\(code) has other units" }
      if parts.map(\.status).max() != charge.status { return "\(code) has another status" }
      if parts.reduce(0, { $0 + statement.reasons(of: $1).count })
        != statement.reasons(of: charge).count
      {
        return "\(code) has a reason outside its parts"
      }
      for part in parts {
        let rows = statement.administrations(of: part)
        for reason in statement.reasons(of: part) {
          guard let row = reason.administration, rows.contains(Int32(row)) else {
            return "\(code): \(reason.form) is about no administration of its part"
          }
          if !reason.rule.rule.citations.contains(reason.source) {
            return "\(code): \(reason.rule.text) does not list the source of \(reason.form)"
          }
          if reason.text.contains(where: { "#&%".contains($0) }) { return reason.text }
        }
      }
    }
    return nil
  }

  /// Uncharged minutes have the stretches in which they ran; those that another administration has
  /// name it.
  private static func uncharged(_ statement: Statement) -> String? {
    for part in statement.uncharged {
      let row = statement.timeline.administrations[part.administration]
      let stretches = statement.stretches(of: part)
      if stretches.isEmpty, row.start != nil || row.stop != nil {
        return "\(row.id) \(part.clause.text) has no stretch"
      }
      if stretches.contains(where: { $0.beside == part.administration }) {
        return "\(row.id) \(part.clause.text) ran beside itself"
      }
      switch part.clause {
      case .coveredByInfusion, .hydrationBesideDrug, .hydrationOnce:
        if part.minutes.count > 0, stretches.contains(where: { $0.beside == nil }) {
          return "\(row.id) \(part.clause.text) does not say what ran beside it"
        }
      default: break
      }
    }
    return nil
  }

  /// The status of the session agrees with its findings.
  private static func standing(_ statement: Statement) -> String? {
    let severities = Set(statement.findings.map(\.severity))
    switch statement.status {
    case .final:
      if severities.contains(.error) { return "final with an error" }
      if statement.charges.contains(where: { $0.status != .final }) { return "final with a doubt" }
    case .review:
      if severities.isSubset(of: [.note]) { return "a review without a finding" }
    case .held:
      if severities.isSubset(of: [.note]) { return "held without a finding" }
    case .provisional:
      let asOf = statement.asOf ?? .distantPast
      let isRunning = statement.timeline.administrations.contains {
        $0.isRunning || ($0.stop ?? .distantPast) > asOf
          || $0.start != nil && $0.stop == nil && $0.volumeML != nil
      }
      if !isRunning { return "provisional, and nothing runs" }
    }
    let reasons = statement.findings.filter { $0.id == .reasonForVisit }
    let isRecorded = statement.timeline.session.reasonsForVisit.contains { reason in
      statement.minutes.contains { $0.administration == reason }
    }
    if reasons.contains(where: { ($0.wording == .usual) == isRecorded }) {
      return "the finding on the reason for the visit contradicts the header"
    }
    return nil
  }
}
