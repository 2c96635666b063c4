internal import InfusionRecord
import PlainText

// The elements that the resources have in common.

extension JSONWriter {
  mutating func identifier(_ system: String, _ value: String) {
    list("identifier", [value]) { json, value in
      json.object { json in
        json.member("system", system)
        json.member("value", value)
      }
    }
  }

  mutating func reference(_ name: String, _ id: String) {
    object(name) { $0.member("reference", "urn:uuid:\(id)") }
  }

  mutating func concept(
    _ name: String, _ system: String, _ code: String, text: String? = nil
  ) {
    object(name) { json in
      json.list("coding", [code]) { json, code in
        json.object { json in
          json.member("system", system)
          json.member("code", code)
        }
      }
      json.member("text", text)
    }
  }

  mutating func extensionList(_ values: [(url: String, code: String)]) {
    list("extension", values) { json, value in
      json.object { json in
        json.member("url", value.url)
        json.member("valueCode", value.code)
      }
    }
  }

  mutating func drug(_ name: String, in scope: Scope) {
    object("medicationCodeableConcept") { $0.member("text", name) }
    aboutVisit(scope)
  }

  mutating func aboutVisit(_ scope: Scope) {
    reference("subject", scope.patient)
    reference("context", scope.encounter)
  }

  /// A moment or a period. A period has no end while the drug runs, or if its stop was not observed.
  mutating func effective(from start: Instant, to stop: Instant?, _ scope: Scope) {
    if stop == start {
      return member("effectiveDateTime", scope.clock.written(start, seconds: true))
    }
    object("effectivePeriod") { json in
      json.member("start", scope.clock.written(start, seconds: true))
      json.member("end", stop.map { scope.clock.written($0, seconds: true) })
    }
  }

  mutating func performers(_ names: [String]) {
    guard !names.isEmpty else { return }
    list("performer", names) { json, name in
      json.object { json in
        json.object("actor") { $0.member("display", name) }
      }
    }
  }

  /// Written only if a volume or a rate was charted: R4 allows no dosage without either (mad-1).
  mutating func dosage(_ row: Administration) {
    guard row.volumeML != nil || row.rateMLPerHour != nil else { return }
    object("dosage") { json in
      json.object("route") { $0.member("text", row.technique.rawValue) }
      json.quantity("dose", row.volumeML, "mL")
      json.quantity("rateQuantity", row.rateMLPerHour, "mL/h")
    }
  }

  mutating func quantity(_ name: String, _ number: Double?, _ unit: String) {
    guard let number else { return }
    object(name) { json in
      json.member("value", number)
      json.member("unit", unit)
      json.member("system", "http://unitsofmeasure.org")
      json.member("code", unit)
    }
  }

  mutating func services(_ ids: [String]) {
    guard !ids.isEmpty else { return }
    list("service", ids) { json, id in json.object { $0.member("reference", "urn:uuid:\(id)") } }
  }

  mutating func notes(_ texts: [String]) {
    let texts = texts.filter { !$0.isEmpty }
    guard !texts.isEmpty else { return }
    list("note", texts) { json, text in json.object { $0.member("text", text) } }
  }
}
