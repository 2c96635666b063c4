import InfusionRecord
package import SessionReview
import TimelineEngine

/// A day as a table: a line for each code of a session, and for minutes that are not charged.
///
/// A line without a code holds minutes that no unit covers, and the rule that says why. Its units are
/// 0, so that the sum over the column is the sum of the units.
package enum CSVExport {
  package static let header = [
    "session_id", "visit_no", "mrn", "service_date", "administration_id", "drug", "route", "site",
    "start", "start_basis", "stop", "stop_basis", "minutes", "code", "units", "modifiers", "rule",
    "rulebook", "explanation", "recorded_by", "reviewed_by", "status", "corrected", "reason",
    "reactions",
  ]

  package static func writeHeader(to csv: inout CSVWriter) {
    for name in header { csv.cell(name) }
    csv.endRecord()
  }

  package static func write(_ session: DerivedSession, to csv: inout CSVWriter) {
    for unit in session.units {
      write(
        Line(
          serviceDate: unit.serviceDate, administrations: unit.administrations, drugs: unit.drugs,
          techniques: unit.techniques, site: unit.site, start: unit.start,
          startBasis: unit.startBasis, stop: unit.stop, stopBasis: unit.stopBasis,
          minutes: unit.minutes, code: unit.code.number, units: unit.count,
          modifiers: unit.modifiers, rule: unit.rule, explanation: unit.explanation,
          recordedBy: unit.recordedBy, status: status(of: unit, in: session),
          isCorrected: unit.isCorrected, corrections: unit.corrections),
        of: session, to: &csv)
    }
    let date = session.statement.uncharged.isEmpty ? nil : session.statement.firstDate
    for part in session.statement.uncharged {
      let row = session.statement.timeline.administrations[part.administration]
      let facts = SourceFacts([session.recorded.administrations[part.administration]])
      write(
        Line(
          serviceDate: facts.start.map { session.clock.date(at: $0) } ?? row.day,
          administrations: [row.id],
          drugs: [row.drug.displayName], techniques: [row.technique.rawValue],
          site: row.isSiteCharted ? session.statement.timeline.sites[row.site].id : "",
          start: facts.start,
          startBasis: facts.startBasis, stop: facts.stop, stopBasis: facts.stopBasis,
          minutes: part.minutes.count, code: "", units: 0, modifiers: [], rule: part.clause.text,
          explanation: session.statement.sentence(part, on: date), recordedBy: facts.recordedBy,
          status: "uncharged",
          isCorrected: facts.isCorrected, corrections: facts.corrections),
        of: session, to: &csv)
    }
  }

  /// `reviewed` if the unit may be posted, otherwise why it may not.
  private static func status(of unit: ExportedUnit, in session: DerivedSession) -> String {
    switch session.statement.unpostedCause(of: unit.status) {
    case .held?, .provisional?: unit.status.text
    case .noAccount? where session.standing.isSignedOff: UnpostedUnits.Cause.noAccount.rawValue
    case .noAccount?, nil: session.standing.text
    }
  }

  /// The reactions ascribed to these administrations, and those ascribed to none.
  private static func reactions(
    to administrations: [String], in session: DerivedSession
  ) -> [String] {
    session.log.reactions.filter {
      $0.reaction.administration.map(administrations.contains) ?? true
    }.map { "\(session.clock.written($0.time)) \($0.reaction.words)" }
  }

  private struct Line {
    var serviceDate: CivilDate?
    var administrations: [String]
    var drugs: [String]
    var techniques: [String]
    var site: String
    var start: Instant?
    var startBasis: TimeBasis?
    var stop: Instant?
    var stopBasis: TimeBasis?
    var minutes: Int
    var code: String
    var units: Int
    var modifiers: [String]
    var rule: String
    var explanation: String
    var recordedBy: [String]
    var status: String
    var isCorrected: Bool
    var corrections: [String]
  }

  private static func write(_ line: Line, of session: DerivedSession, to csv: inout CSVWriter) {
    let patient = session.opening?.patient
    func list(_ texts: [String]) -> String { texts.joined(separator: "; ") }
    func time(_ moment: Instant?) -> String { moment.map { session.clock.written($0) } ?? "" }
    csv.cell(session.log.session.text)
    csv.cell(patient?.visitNumber ?? "")
    csv.cell(patient?.mrn ?? "")
    csv.cell(iso: line.serviceDate?.iso ?? "")
    csv.cell(list(line.administrations))
    csv.cell(list(line.drugs))
    csv.cell(list(line.techniques))
    csv.cell(line.site)
    csv.cell(iso: time(line.start))
    csv.cell(line.startBasis?.rawValue ?? "")
    csv.cell(iso: time(line.stop))
    // A stop that was not observed has a basis and no time.
    csv.cell(line.stopBasis.map { line.stop == nil ? "not-observed" : $0.rawValue } ?? "")
    csv.cell(line.minutes)
    csv.cell(line.code)
    csv.cell(line.units)
    csv.cell(list(line.modifiers))
    csv.cell(line.rule)
    csv.cell(session.statement.rulebook)
    csv.cell(line.explanation)
    csv.cell(list(line.recordedBy))
    csv.cell(session.standing.signOff?.review.reviewer ?? "")
    csv.cell(line.status)
    csv.cell(line.isCorrected ? "yes" : "no")
    csv.cell(list(line.corrections))
    csv.cell(list(reactions(to: line.administrations, in: session)))
    csv.endRecord()
  }
}
