import InfusionRecord
import PlainText
import SessionReview
import TimelineEngine

// The drug of an administration with its codes, and its lot in a contained Medication.

extension JSONWriter {
  /// The drug: by name, and if its amounts are recorded by National Drug Code and HCPCS code too. One lot makes it a
  /// contained Medication, because R4 has no other place for lot and expiry.
  mutating func medication(of position: Int, in scope: Scope) {
    let statement = scope.session.statement
    let row = statement.timeline.administrations[position]
    guard let drug = row.drugFacts, !drug.isEmpty else {
      return self.drug(row.drug.displayName, in: scope)
    }
    let codings = JSONWriter.codings(of: drug, at: position, in: scope)
    let named = drug.containers.filter { $0.lot != nil }
    guard let lot = named.first,
      named.allSatisfy({ $0.lot == lot.lot && $0.expires == lot.expires })
    else {
      object("medicationCodeableConcept") { json in
        json.concept(codings, text: row.drug.displayName)
      }
      return aboutVisit(scope)
    }
    list("contained", [lot]) { json, lot in
      json.object { json in
        json.member("resourceType", "Medication")
        json.member("id", "drug")
        json.object("code") { json in json.concept(codings, text: row.drug.displayName) }
        json.object("batch") { json in
          json.member("lotNumber", lot.lot)
          json.member("expirationDate", lot.expires?.iso)
        }
      }
    }
    object("medicationReference") { $0.member("reference", "#drug") }
    aboutVisit(scope)
  }

  /// The codes of a drug, each once: systems and codes.
  private static func codings(
    of drug: DrugFacts, at position: Int, in scope: Scope
  ) -> [[String]] {
    let ndcs = [drug.product?.ndc] + drug.containers.map(\.ndc)
    let lines = scope.session.statement.drugLines.filter { $0.administrations.contains(position) }
    return
      (ndcs.compactMap(\.self).map { ["http://hl7.org/fhir/sid/ndc", $0] }
      + lines.map { [scope.systems.hcpcs, $0.code.code] }).uniqued
  }

  private mutating func concept(_ codings: [[String]], text: String) {
    if !codings.isEmpty {
      list("coding", codings) { json, coding in
        json.object { json in
          json.member("system", coding[0])
          json.member("code", coding[1])
        }
      }
    }
    member("text", text)
  }
}
