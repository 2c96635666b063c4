import InfusionRecord
import PlainText
import SessionReview

// Reactions, vital signs, allergies and alerts as resources.

/// One measured value, by its code of LOINC and its unit of UCUM.
struct MeasuredValue {
  let loinc: String
  let name: String
  let value: Double
  let unit: String
}

/// One Observation: a single value, or the two of a blood pressure.
struct MeasuredObservation {
  let loinc: String
  let name: String
  let values: [MeasuredValue]

  /// Those of a reaction, in the order of the form.
  static func all(_ vitals: VitalSigns) -> [MeasuredObservation] {
    func single(_ loinc: String, _ name: String, _ value: Double?, _ unit: String)
      -> MeasuredObservation?
    {
      value.map {
        MeasuredObservation(
          loinc: loinc, name: name,
          values: [MeasuredValue(loinc: loinc, name: name, value: $0, unit: unit)])
      }
    }
    let pressure = vitals.bloodPressure.map { pressure in
      MeasuredObservation(
        loinc: "85354-9", name: "blood pressure",
        values: [
          MeasuredValue(
            loinc: "8480-6", name: "systolic", value: Double(pressure.systolic), unit: "mm[Hg]"),
          MeasuredValue(
            loinc: "8462-4", name: "diastolic", value: Double(pressure.diastolic), unit: "mm[Hg]"),
        ])
    }
    return [
      pressure,
      single("8867-4", "heart rate", vitals.heartRate.map(Double.init), "/min"),
      single("59408-5", "oxygen saturation", vitals.oxygen.map(Double.init), "%"),
      single(
        "8310-5", "body temperature", vitals.temperature?.degrees,
        vitals.temperature?.unit == .fahrenheit ? "[degF]" : "Cel"),
      single("9279-1", "respiratory rate", vitals.respirations.map(Double.init), "/min"),
    ].compactMap(\.self)
  }
}

extension Scope {
  func reaction(_ found: RecordedReaction) -> String {
    ExportedUnit.uuid(["reaction", found.entry.original.id.text])
  }

  func observation(_ found: RecordedReaction, _ observation: MeasuredObservation) -> String {
    ExportedUnit.uuid(["observation", found.entry.original.id.text, observation.loinc])
  }

  /// Of one session: each session states again what is known.
  func allergy(_ position: Int) -> String {
    ExportedUnit.uuid(["allergy", name, String(position)])
  }

  func alert(_ position: Int) -> String { ExportedUnit.uuid(["alert", name, String(position)]) }
}

extension FHIRBundle {
  mutating func addSafety(_ scope: Scope) {
    for found in scope.session.log.reactions {
      entry("AdverseEvent", scope.reaction(found)) { $0.adverseEvent(found, in: scope) }
      for observation in MeasuredObservation.all(found.reaction.vitals) {
        entry("Observation", scope.observation(found, observation)) {
          $0.observation(observation, of: found, in: scope)
        }
      }
    }
    guard let statement = scope.session.log.allergyStatement else { return }
    switch statement.allergies {
    case .notRecorded: break
    case .noneKnown:
      entry("AllergyIntolerance", scope.allergy(0)) { $0.noKnownAllergy(in: scope) }
    case .known(let list):
      for (position, allergy) in list.enumerated() {
        entry("AllergyIntolerance", scope.allergy(position)) { $0.allergy(allergy, in: scope) }
      }
    }
    for (position, alert) in statement.alerts.enumerated() {
      entry("Flag", scope.alert(position)) { $0.flag(alert, in: scope) }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func adverseEvent(_ found: RecordedReaction, in scope: Scope) {
    let reaction = found.reaction
    member("actuality", "actual")
    object("event") { $0.member("text", reaction.words) }
    reference("subject", scope.patient)
    reference("encounter", scope.encounter)
    member("date", scope.clock.written(found.time, seconds: true))
    let recorded = found.entry.original.recordedTime.instant
    member("recordedDate", LocalClock.utc.written(recorded, seconds: true))
    let severity = reaction.grade < 3 ? ["mild", "moderate"][reaction.grade - 1] : "severe"
    concept(
      "severity", "http://terminology.hl7.org/CodeSystem/adverse-event-severity", severity,
      text: "CTCAE grade \(reaction.grade)")
    if let id = reaction.administration, scope.administrationIDs.contains(id) {
      list("suspectEntity", [id]) { json, id in
        json.object { $0.reference("instance", scope.administration(id)) }
      }
    }
  }

  fileprivate mutating func observation(
    _ observation: MeasuredObservation, of found: RecordedReaction, in scope: Scope
  ) {
    member("status", "final")
    list("category", ["vital-signs"]) { json, code in
      json.object { json in
        json.list("coding", [code]) { json, code in
          json.object { json in
            json.member("system", "http://terminology.hl7.org/CodeSystem/observation-category")
            json.member("code", code)
          }
        }
      }
    }
    concept("code", "http://loinc.org", observation.loinc, text: observation.name)
    reference("subject", scope.patient)
    reference("encounter", scope.encounter)
    member("effectiveDateTime", scope.clock.written(found.time, seconds: true))
    if observation.values.count == 1, let only = observation.values.first {
      quantity("valueQuantity", only.value, only.unit)
    } else {
      list("component", observation.values) { json, value in
        json.object { json in
          json.concept("code", "http://loinc.org", value.loinc, text: value.name)
          json.quantity("valueQuantity", value.value, value.unit)
        }
      }
    }
  }

  /// What every AllergyIntolerance has: told by the patient, active, not confirmed by a test.
  private mutating func allergyHead() {
    let base = "http://terminology.hl7.org/CodeSystem/allergyintolerance-"
    concept("clinicalStatus", base + "clinical", "active")
    concept("verificationStatus", base + "verification", "unconfirmed")
  }

  fileprivate mutating func allergy(_ allergy: Allergy, in scope: Scope) {
    allergyHead()
    object("code") { $0.member("text", allergy.substance) }
    reference("patient", scope.patient)
    reference("encounter", scope.encounter)
    if let reaction = allergy.reaction {
      list("reaction", [reaction]) { json, reaction in
        json.object { json in
          json.list("manifestation", [reaction]) { json, text in
            json.object { $0.member("text", text) }
          }
        }
      }
    }
  }

  fileprivate mutating func noKnownAllergy(in scope: Scope) {
    allergyHead()
    concept("code", "http://snomed.info/sct", "716186003", text: "no allergy known")
    reference("patient", scope.patient)
    reference("encounter", scope.encounter)
  }

  fileprivate mutating func flag(_ alert: String, in scope: Scope) {
    member("status", "active")
    object("code") { $0.member("text", alert) }
    reference("subject", scope.patient)
    reference("encounter", scope.encounter)
  }
}
