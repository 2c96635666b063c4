package import InfusionRecord
import PlainText
package import SessionReview
import TimelineEngine

/// Sessions as a FHIR R4 Bundle (4.0.1) of the type `collection`.
///
/// | resource | of |
/// |---|---|
/// | Patient | each person, by record number, once in a bundle |
/// | Encounter | each session, class AMB |
/// | MedicationAdministration | each administration; one withdrawn is `entered-in-error` |
/// | ChargeItem | each code of a statement; minutes without a unit are `not-billable`; what fell away since an earlier export or sign-off is `aborted`, or `entered-in-error` if it was billable |
/// | AdverseEvent, Observation | each reaction; each vital sign that was measured with it |
/// | AllergyIntolerance, Flag | each allergy, or that none is known; each alert |
/// | Provenance | each correction |
///
/// Every id is a UUID made from Chairtime's own names, so the same fact has the same id in every export.
/// Every reference is the full URL of an entry of the same bundle.
package struct FHIRBundle {
  let systems: FHIRSystems
  /// Who gives out record numbers.
  let authority: String
  private(set) var json = JSONWriter()
  private var patients: Set<String> = []
  private var hasEntries = false

  package init(systems: FHIRSystems, authority: String) {
    self.systems = systems
    self.authority = authority
  }

  /// The bytes since the last call. Callers take them after every session to keep memory flat.
  package mutating func takeBytes() -> [UInt8] {
    let bytes = json.bytes
    json.removeAll()
    return bytes
  }

  /// Begins the bundle.
  ///
  /// - Parameter at: `Bundle.timestamp`, when it is made.
  package mutating func begin(at: RecordedTime) {
    json.begin()
    json.member("resourceType", "Bundle")
    json.member("type", "collection")
    json.member("timestamp", LocalClock.utc.written(at.instant, seconds: true))
  }

  package mutating func end() {
    if hasEntries { json.endList() }
    json.end()
    json.endLine()
  }

  package mutating func add(_ session: DerivedSession) {
    let scope = Scope(session: session, systems: systems, authority: authority)
    if let opening = session.opening, patients.insert(scope.patient).inserted {
      entry("Patient", scope.patient) { $0.patient(opening.patient, in: scope) }
    }
    entry("Encounter", scope.encounter) { $0.encounter(in: scope) }
    for (position, row) in session.statement.timeline.administrations.enumerated() {
      entry("MedicationAdministration", scope.administration(row.id)) {
        $0.administration(at: position, in: scope)
      }
    }
    for withdrawn in scope.withdrawn {
      entry("MedicationAdministration", scope.administration(withdrawn.facts.administration)) {
        $0.withdrawn(withdrawn, in: scope)
      }
    }
    for unit in session.units {
      entry("ChargeItem", scope.unit(unit)) { $0.charge(unit, in: scope) }
    }
    for (part, place) in zip(session.statement.uncharged, session.statement.unchargedPlaces) {
      entry("ChargeItem", scope.uncharged(place)) { $0.uncharged(part, in: scope) }
    }
    for charge in session.fallen {
      entry("ChargeItem", scope.fallen(charge)) { $0.fallen(charge, in: scope) }
    }
    addSafety(scope)
    for entry in session.log.entries {
      for amendment in entry.amendments {
        self.entry("Provenance", scope.correction(amendment)) {
          $0.correction(amendment, of: entry, in: scope)
        }
      }
    }
  }

  mutating func entry(
    _ type: String, _ id: String, _ body: (inout JSONWriter) -> Void
  ) {
    // FHIR's JSON has no empty list, so an empty bundle has no `entry`.
    if !hasEntries { json.beginList("entry") }
    hasEntries = true
    json.object { json in
      json.member("fullUrl", "urn:uuid:\(id)")
      json.object("resource") { json in
        json.member("resourceType", type)
        json.member("id", id)
        body(&json)
      }
    }
  }
}

/// What the resources of one session share, and their ids.
struct Scope {
  let session: DerivedSession
  let systems: FHIRSystems
  let authority: String

  var clock: LocalClock { session.clock }
  var name: String { session.log.session.text }

  /// A record number is one person, in whatever case it was typed. If the record says that two people
  /// have the number, each has a resource.
  var patient: String {
    guard let opening = session.opening else {
      return ExportedUnit.uuid(["patient", authority, name])
    }
    let patient = opening.patient
    let number = ["patient", authority, PatientNumber.folded(patient.mrn)]
    return ExportedUnit.uuid(
      opening.sharesNumber
        ? number + [patient.family, patient.given, patient.dateOfBirth?.iso ?? ""] : number)
  }
  var encounter: String { ExportedUnit.uuid(["encounter", name]) }
  func administration(_ id: String) -> String {
    ExportedUnit.uuid(["administration", name, id])
  }
  func unit(_ unit: ExportedUnit) -> String { ExportedUnit.uuid(["charge", name, unit.place]) }
  func uncharged(_ place: UnchargedPlace) -> String {
    ExportedUnit.uuid([
      "uncharged", name, place.administration, place.clause.text, String(place.ordinal),
    ])
  }
  func fallen(_ charge: FallenCharge) -> String {
    switch charge.content {
    case .unit(let unit): self.unit(unit)
    case .uncharged(let place): uncharged(place)
    }
  }
  func correction(_ event: Event) -> String { ExportedUnit.uuid(["correction", event.id.text]) }

  /// Administrations whose start was withdrawn. The record keeps them.
  var withdrawn: [(facts: AdministrationFacts, entry: EventLog.Entry)] {
    let holding = Set(session.statement.timeline.administrations.map(\.id))
    var seen: Set<String> = []
    return session.log.entries.compactMap { entry in
      guard entry.isWithdrawn, let facts = entry.original.fact.beginning,
        !holding.contains(facts.administration), seen.insert(facts.administration).inserted
      else { return nil }
      return (facts, entry)
    }
  }

  /// The administrations that the bundle has.
  var administrationIDs: Set<String> {
    Set(
      session.statement.timeline.administrations.map(\.id)
        + withdrawn.map(\.facts.administration))
  }

  /// What a correction is about: its administration if the bundle has it, otherwise the session.
  func target(of entry: EventLog.Entry) -> String {
    let ids = administrationIDs
    let about = entry.fact?.administration ?? entry.original.fact.administration
    if let found = session.log.reactions.first(where: { $0.entry.original.id == entry.original.id })
    {
      return reaction(found)
    }
    return about.flatMap { ids.contains($0) ? administration($0) : nil } ?? encounter
  }
}
