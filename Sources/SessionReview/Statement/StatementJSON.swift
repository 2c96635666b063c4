import InfusionRecord
package import PlainText
package import TimelineEngine

extension Statement {
  /// The value of the key `format`.
  package static let format = "chairtime.statement/1"

  /// Writes the statement as `chairtime.statement/1`: one object, one line.
  ///
  /// Signatures hold a hash over the bytes, so a change of them is a decision (`docs/decisions.md`, 60).
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
      json.key("editTables")
      json.list(editTables.tables(for: EditTables.Setting(session.setting))) { json, table in
        json.object { json in
          json.member("kind", table.kind.rawValue)
          json.member("setting", table.setting.rawValue)
          json.member("quarter", table.quarter.text)
          json.member("source", table.source)
        }
      }
      json.key("charges")
      json.list { json in
        for charge in charges { write(charge, to: &json) }
      }
      json.key("uncharged")
      let date = uncharged.isEmpty ? nil : firstDate
      json.list { json in
        for part in uncharged { write(part, on: date, to: &json) }
      }
      json.key("minutes")
      json.list { json in
        for entry in minutes { write(entry, to: &json) }
      }
      writeDrugs(to: &json)
      json.key("findings")
      json.list { json in
        for finding in findings { write(finding, to: &json) }
      }
      write(conflicts, to: &json)
    }
  }

  private func write(_ part: Uncharged, on date: CivilDate?, to json: inout JSONWriter) {
    json.object { json in
      json.member("administration", timeline.administrations[part.administration].id)
      json.key("minutes")
      json.value(part.minutes.count)
      json.member("rule", part.clause.text)
      json.member("text", sentence(part, on: date))
      json.member("citation", part.clause.source.line)
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
      json.key("site")
      if let site = site(of: charge) {
        json.value(site.id)
      } else {
        json.null()
      }
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
        for ground in grounds(of: charge) { write(ground, of: charge, to: &json) }
      }
      writeParts(of: charge, to: &json)
    }
  }

  /// The parts of a charge whose status differs, which a claim has on one line (rulebook D85).
  private func writeParts(of charge: Charge, to json: inout JSONWriter) {
    let parts = parts(of: charge)
    guard parts.contains(where: { $0.status != charge.status }) else { return }
    json.key("parts")
    json.list(parts) { json, part in
      json.object { json in
        json.key("administrations")
        json.list(rows(of: part)) { json, position in
          json.value(timeline.administrations[position].id)
        }
        json.key("units")
        json.value(part.units)
        json.member("status", part.status.text)
      }
    }
  }

  private func write(_ ground: GroundedReason, of charge: Charge, to json: inout JSONWriter) {
    json.object { json in
      json.member("rule", ground.reason.rule.text)
      json.member("text", sentence(ground.reason, of: charge))
      json.member("citation", ground.reason.citedLine)
      json.key("administrations")
      json.list { json in
        for position in ground.administrations {
          json.value(timeline.administrations[position].id)
        }
      }
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
