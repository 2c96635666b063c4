import InfusionRecord
package import PlainText
import TimelineEngine

extension SessionDocument {
  /// The document as JSON. Reading it gives the same session.
  ///
  /// Keys with their default value are left out. Times have their offset, so no time is ambiguous.
  package func json(_ layout: JSONWriter.Layout = .indented) -> [UInt8] {
    var writer = JSONWriter(layout)
    write(to: &writer)
    writer.endLine()
    return writer.bytes
  }

  /// Writes the document as one value of a larger one.
  package func write(to json: inout JSONWriter) {
    let session = timeline.session
    json.object { json in
      json.member("format", SessionDocument.format)
      json.member("id", session.id)
      json.member("setting", session.setting.rawValue)
      json.member("placeOfService", session.placeOfService)
      json.member("payer", session.payer)
      json.member("timeZone", session.clock.zone)
      write(reasons: session.reasonsForVisit, to: &json)
      if let inpatientFrom = session.inpatientFrom {
        write("inpatientFrom", inpatientFrom, to: &json)
      }
      write(policy, to: &json)
      write(sites: timeline.sites, to: &json)
      json.key("administrations")
      json.list(timeline.administrations) { json, row in write(row, to: &json) }
      json.member(of: safety.reactions) { session.clock.written($0) }
      json.member(of: safety.statement)
    }
  }

  /// One reason is written as its id, several as an object from encounter to id.
  private func write(reasons: [Int], to json: inout JSONWriter) {
    guard let first = reasons.first else { return }
    json.key("reasonForVisit")
    guard reasons.count > 1 else {
      json.value(timeline.administrations[first].id)
      return
    }
    json.object { json in
      for reason in reasons {
        json.key(timeline.administrations[reason].encounter)
        json.value(timeline.administrations[reason].id)
      }
    }
  }

  private func write(_ policy: Policy, to json: inout JSONWriter) {
    let settings = policy.differences
    guard !settings.isEmpty else { return }
    json.key("policy")
    json.object { json in
      for setting in settings {
        json.key(setting.name)
        switch setting.value {
        case .text(let text): json.value(text)
        case .flag(let flag): json.value(flag)
        case .number(let number): json.value(number)
        }
      }
    }
  }

  private func write(sites: [AccessSite], to json: inout JSONWriter) {
    guard sites.contains(where: \.isCharted) else { return }
    json.key("sites")
    json.list(sites) { json, site in
      json.object { json in
        json.member("id", site.id)
        json.member("kind", site.kind.rawValue)
        json.member("parent", site.parent.map { sites[$0].id })
        json.member("secondSiteReason", site.secondSiteReason?.rawValue)
      }
    }
  }

  private func write(_ row: Administration, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", row.id)
      json.member("drug", row.drug.text)
      json.member("class", row.statedClass?.rawValue)
      json.member("technique", row.technique.rawValue)
      writeSite(of: row, to: &json)
      json.member("encounter", row.encounter == "1" ? nil : row.encounter)
      json.member("order", row.order)
      json.member("dose", row.dose)
      json.member("bag", row.bag)
      let isLastSeen = row.stopBasis == .lastSeenRunning && row.stop != nil
      write("start", row.start, to: &json)
      write("stop", isLastSeen ? nil : row.stop, to: &json)
      if isLastSeen { write("lastSeenRunning", row.stop, to: &json) }
      write("minutes", row.statedMinutes, to: &json)
      json.member("day", row.day?.iso)
      if row.isRunning {
        json.key("running")
        json.value(true)
      }
      if !row.pauses.isEmpty {
        json.key("pauses")
        json.list(row.pauses) { json, pause in
          json.object { json in
            write("start", pause.start, to: &json)
            write("stop", pause.stop, to: &json)
          }
        }
      }
      write("volumeML", row.volumeML, to: &json)
      write("rateMLPerHour", row.rateMLPerHour, to: &json)
      write("plannedMinutes", row.plannedMinutes, to: &json)
      json.member("stopReason", row.stopReason == .completed ? nil : row.stopReason.rawValue)
      json.member("pumpOwner", row.pumpOwner == .supplier ? nil : row.pumpOwner.rawValue)
      if row.goesHome {
        json.key("goesHome")
        json.value(true)
      }
      json.member("purpose", row.purpose == .hydration ? nil : row.purpose.rawValue)
      if let facts = row.drugFacts { write(facts, to: &json) }
    }
  }

  /// Null if the technique uses a site and none was charted: without the key it would be the first.
  private func writeSite(of row: Administration, to json: inout JSONWriter) {
    let site = timeline.sites[row.site]
    if row.isSiteCharted {
      if site.isCharted { json.member("site", site.id) }
    } else if row.technique.usesSite {
      json.key("site")
      json.null()
    }
  }

  private func write(_ key: String, _ moment: Instant?, to json: inout JSONWriter) {
    json.key(key)
    if let moment {
      json.value(timeline.session.clock.written(moment))
    } else {
      json.null()
    }
  }

  private func write(_ key: String, _ number: Double?, to json: inout JSONWriter) {
    guard let number else { return }
    json.key(key)
    json.value(number)
  }
}
