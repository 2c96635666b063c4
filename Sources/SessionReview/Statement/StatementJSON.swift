import InfusionRecord
package import PlainText
package import TimelineEngine

extension Statement {
  /// The value of the key `format`.
  package static let format = "chairtime.statement/1"

  /// Writes the statement as `chairtime.statement/1`: one object, one line.
  ///
  /// The bytes are frozen: signatures hold a hash over them.
  package func write(to json: inout JSONWriter) {
    let session = timeline.session
    json.object { json in
      json.member("format", Statement.format)
      json.member("session", session.id)
      json.key("asOf")
      if let asOf {
        json.value(session.clock.written(asOf, seconds: true))
      } else {
        json.null()
      }
      json.member("status", status.text)
      json.member("rulebook", rulebook)
      json.key("charges")
      json.list { json in
        for charge in charges { write(charge, to: &json) }
      }
      json.key("uncharged")
      json.list { json in
        for part in uncharged { write(part, to: &json) }
      }
      json.key("minutes")
      json.list { json in
        for entry in minutes { write(entry, to: &json) }
      }
      json.key("findings")
      json.list { json in
        for finding in findings { write(finding, to: &json) }
      }
      write(conflicts, to: &json)
    }
  }

  private func write(_ part: Uncharged, to json: inout JSONWriter) {
    json.object { json in
      json.member("administration", timeline.administrations[part.administration].id)
      json.key("minutes")
      json.value(part.minutes.count)
      json.member("rule", part.clause.text)
      json.member("text", part.clause.sentence)
    }
  }

  private func write(_ entry: MinutesLedger.Entry, to json: inout JSONWriter) {
    json.object { json in
      json.member("administration", timeline.administrations[entry.administration].id)
      json.key("recorded")
      json.value(entry.recorded.count)
      json.key("charged")
      json.value(entry.charged.count)
      json.key("uncharged")
      json.value(entry.uncharged.count)
    }
  }

  private func write(_ finding: Finding, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", finding.id.text)
      json.member("severity", finding.severity.rawValue)
      json.key("administration")
      if let administration = finding.administration {
        json.value(timeline.administrations[administration].id)
      } else {
        json.null()
      }
      json.member("text", sentence(finding))
    }
  }

  private func write(_ charge: Charge, to json: inout JSONWriter) {
    json.object { json in
      json.member("code", charge.code.number)
      json.key("units")
      json.value(charge.units)
      json.key("modifiers")
      json.list { json in
        for modifier in charge.modifiers.texts { json.value(modifier) }
      }
      json.key("serviceDate")
      if let date = charge.serviceDate {
        json.value(date.iso)
      } else {
        json.null()
      }
      json.member("site", site(of: charge).id)
      json.member("encounter", encounter(of: charge))
      json.member("status", charge.status.text)
      json.key("administrations")
      json.list { json in
        for position in rows(of: charge) { json.value(timeline.administrations[position].id) }
      }
      json.key("minutes")
      json.value(charge.minutes.count)
      json.key("because")
      json.list { json in
        for reason in reasons(of: charge) { write(reason, of: charge, to: &json) }
      }
    }
  }

  private func write(_ reason: Reason, of charge: Charge, to json: inout JSONWriter) {
    json.object { json in
      json.member("rule", reason.rule.text)
      json.member("text", sentence(reason, of: charge))
      json.member("citation", reason.citedLine)
    }
  }

  /// Two rules that answered one question. A sound rulebook has none, so the key is rare.
  private func write(_ conflicts: [Conflict], to json: inout JSONWriter) {
    guard !conflicts.isEmpty else { return }
    json.key("conflicts")
    json.list(conflicts) { json, conflict in
      json.object { json in
        json.key("rules")
        json.list([conflict.first, conflict.second]) { $0.value($1.text) }
        json.member("administration", timeline.administrations[conflict.administration].id)
      }
    }
  }
}
