package import InfusionRecord
import SessionReview
import SessionStore

/// The format and the days of an export as the audit record words them: `fhir 2026-11-20`, or
/// `fhir 2026-11-20 to 2026-11-22`.
package struct ExportedDays: Sendable, Hashable {
  package let format: String
  package let days: ClosedRange<CivilDate>

  package init(format: String, days: ClosedRange<CivilDate>) {
    self.format = format
    self.days = days
  }

  package var text: String { "\(format) \(ExportedDays.text(of: days))" }

  /// `2026-11-20`, or `2026-11-20 to 2026-11-22`.
  static func text(of days: ClosedRange<CivilDate>) -> String {
    days.lowerBound == days.upperBound
      ? days.lowerBound.iso : "\(days.lowerBound.iso) to \(days.upperBound.iso)"
  }

  /// Reads what `text` wrote; nil if it is anything else.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2 || words.count == 4 && words[2] == "to",
      let first = CivilDate(iso: String(words[1])),
      let last = words.count == 4 ? CivilDate(iso: String(words[3])) : first, first <= last
    else { return nil }
    self.init(format: String(words[0]), days: first...last)
  }
}

/// An export that the audit record names: which days, and when.
///
/// Its receiver holds what the sessions came to then, so a later export tells what fell away since.
struct EarlierExport: Sendable {
  let days: ClosedRange<CivilDate>
  let at: RecordedTime

  /// Reads the words of an audited export; nil if it is of another format.
  init?(_ what: String, format: ExportFormat, at: RecordedTime) {
    guard let exported = ExportedDays(what), exported.format == format.rawValue else { return nil }
    days = exported.days
    self.at = at
  }

  /// Whether the export held a session: its day may have been corrected since.
  func covers(_ log: EventLog) -> Bool {
    guard let first = log.events.first, first.recordedTime <= at else { return false }
    let opening = log.entries.first { $0.fact?.kind == .sessionOpened }
    let isMoved = opening?.isAmended ?? true
    let then =
      isMoved
      ? EventLog(session: log.session, events: log.events.filter { $0.recordedTime <= at }) : log
    return then.openedAt.map { days.contains(then.clock.date(at: $0)) } ?? false
  }

  /// The exports before a moment, one for each minute; none from a store without an audit record.
  static func all(
    of format: ExportFormat, before moment: RecordedTime, in store: any FactStore
  ) throws -> [EarlierExport] {
    guard let audit = store as? any AuditLog else { return [] }
    var found: [EarlierExport] = []
    try audit.auditEntries { entry in
      guard case .exported(let what, _) = entry.action, entry.time < moment,
        let export = EarlierExport(what, format: format, at: entry.time)
      else { return }
      found.append(export)
    }
    return found
  }
}
