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

  /// Who charted it. The record does not say who performed it, and the function says so.
  mutating func performers(_ names: [String]) {
    guard !names.isEmpty else { return }
    list("performer", names) { json, name in
      json.object { json in
        json.object("function") { $0.member("text", "charted it") }
        json.object("actor") { $0.member("display", name) }
      }
    }
  }

  /// Written only if a dose or a rate was charted: R4 allows no dosage without either (mad-1).
  mutating func dosage(_ dosage: ChartedDosage) {
    guard dosage.dose != nil || dosage.rateMLPerHour != nil else { return }
    object("dosage") { json in
      if let route = dosage.route { json.object("route") { $0.member("text", route) } }
      json.object("method") { $0.member("text", dosage.technique.rawValue) }
      if let dose = dosage.dose { json.quantity("dose", dose.value, dose.unit) }
      json.quantity("rateQuantity", dosage.rateMLPerHour, "mL/h")
    }
  }

  /// A reference to an order by its number; the order itself is not ours to export.
  mutating func request(_ order: String?, in scope: Scope) {
    guard let order else { return }
    object("request") { json in
      json.member("type", "MedicationRequest")
      json.object("identifier") { json in
        json.member("system", scope.systems.orderNumber)
        json.member("value", order)
      }
    }
  }

  /// - Parameter unit: a unit of UCUM.
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
