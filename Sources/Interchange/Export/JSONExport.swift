package import InfusionRecord
package import PlainText
package import SessionReview
import TimelineEngine

/// A day as JSON: one line a session, the session document and the statement side by side.
///
/// ```
/// {"format":"chairtime.export/1","record":{…who, where, reviewed…},
///  "session":{chairtime.session/1},"statement":{chairtime.statement/1}}
/// ```
package enum JSONExport {
  /// The value of the key `format`.
  package static let format = "chairtime.export/1"

  package static func write(_ session: DerivedSession, to json: inout JSONWriter) {
    writeObject(session, to: &json)
    json.endLine()
  }

  /// The only line of days without a session, because an empty file is no JSON.
  package static func nothing(on days: ClosedRange<CivilDate>) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("format", format)
      json.member("from", days.lowerBound.iso)
      json.member("to", days.upperBound.iso)
      json.member("sessions", 0)
    }
    json.endLine()
    return json.bytes
  }

  /// The same as a value of a larger document.
  static func writeObject(_ session: DerivedSession, to json: inout JSONWriter) {
    json.object { json in
      json.member("format", format)
      json.object("record") { json in writeRecord(of: session, to: &json) }
      json.key("session")
      SessionDocument(
        timeline: charted(session), policy: session.statement.policy,
        safety: session.log.safetyFacts
      ).write(to: &json)
      json.key("statement")
      session.statement.write(to: &json)
      json.list("units", session.units) { json, unit in
        json.object { json in
          json.member("id", unit.id)
          json.member("code", unit.code.number)
          json.member("units", unit.count)
          json.member("postable", session.isPostable(unit))
          json.member("status", unit.status.text)
        }
      }
    }
  }

  /// The timeline without the stops of injections and of pushes that have one moment, which nobody charted. The
  /// document comes to the same statement without them.
  private static func charted(_ session: DerivedSession) -> Timeline {
    var timeline = session.statement.timeline
    for (index, source) in session.recorded.administrations.enumerated() where source.isMoment {
      timeline.administrations[index].stop = nil
      timeline.administrations[index].stopBasis = nil
    }
    return timeline
  }

  private static func writeRecord(of session: DerivedSession, to json: inout JSONWriter) {
    let clock = session.clock
    if let opening = session.opening {
      json.object("patient") {
        $0.members(of: opening.patient, born: "dateOfBirth", visit: "visitNumber")
      }
      json.member("chair", opening.chair)
      json.member("nurse", session.log.holder)
    }
    json.member("opened", session.log.openedAt.map { clock.written($0) })
    json.member("closed", session.log.closedAt.map { clock.written($0) })
    json.member("status", session.standing.text)
    json.member(of: session.unposted)
    if let signOff = session.standing.signOff {
      json.object("review") { json in
        json.member("reviewer", signOff.review.reviewer)
        json.member("at", clock.written(signOff.at.instant, seconds: true))
        json.member("statementHash", signOff.review.statementHash)
        json.member("rulebook", signOff.review.rulebook)
        json.list("policy", signOff.review.policy) { $0.value($1) }
        json.list("editTables", signOff.review.editTables) { $0.value($1) }
      }
    }
    if case .changed(_, let sentences) = session.standing {
      json.list("changedSinceReview", sentences) { $0.value($1) }
    }
  }
}

extension JSONWriter {
  /// Writes the units that no message posts: `"notPosted": [{"code": …, "units": …, "cause": …}]`, and if drugs
  /// have no class how many: `"drugsWithoutClass": 1`.
  package mutating func member(of unposted: UnpostedUnits) {
    list("notPosted", unposted.lines) { json, line in
      json.object { json in
        json.member("code", line.code)
        json.member("units", line.units)
        json.member("cause", line.cause.rawValue)
      }
    }
    if unposted.drugsWithoutClass > 0 {
      member("drugsWithoutClass", unposted.drugsWithoutClass)
    }
  }

  /// Writes the members of a patient. An export spells two of their keys out.
  package mutating func members(
    of patient: PatientIdentity, born: String = "born", visit: String = "visit"
  ) {
    member("family", patient.family)
    member("given", patient.given)
    member(born, patient.dateOfBirth?.iso)
    member("sex", patient.sex.rawValue)
    member("mrn", patient.mrn)
    member(visit, patient.visitNumber)
  }
}
