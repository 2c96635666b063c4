package import InfusionRecord
package import TimelineEngine

/// One session as a document, `chairtime.session/1`.
///
/// The format is a contract with other programs: every key is documented, an unknown key is an
/// error. Reading resolves every name, so the engine looks nothing up by text.
package struct SessionDocument: Sendable {
  /// The value of the key `format`.
  package static let format = "chairtime.session/1"

  package var timeline: Timeline
  /// The policy settings of the document; the others have their defaults.
  package var policy: Policy
  /// Reactions, allergies and alerts.
  package var safety: SafetyFacts
  /// What a conformance case adds to a session document.
  package var caseNotes: CaseNotes

  package init(
    timeline: Timeline, policy: Policy = .standard, safety: SafetyFacts = SafetyFacts(),
    caseNotes: CaseNotes = CaseNotes()
  ) {
    self.timeline = timeline
    self.policy = policy
    self.safety = safety
    self.caseNotes = caseNotes
  }
}

/// The keys of a case file that a session does not have; `derive` ignores them.
package struct CaseNotes: Sendable {
  package var title: JSONValue?
  package var source: JSONValue?
  package var times: JSONValue?
  package var tier: JSONValue?
  package var expected: JSONValue?
  package var note: JSONValue?

  package init() {}
}

extension SessionDocument {
  /// Reads a session document.
  ///
  /// - Parameters:
  ///   - bytes: the whole document, UTF-8.
  ///   - file: its name in errors.
  ///   - formulary: the drugs that names are resolved with.
  package init(_ bytes: [UInt8], file: String, formulary: Formulary) throws(DocumentError) {
    var json = try JSONReader(bytes, file: file)
    var draft = SessionDraft()
    try draft.read(&json)
    try json.finish(
      "one document a file; several are read from standard input, each on one line (JSON Lines)")
    self = try draft.resolved(in: json, formulary: formulary)
  }
}

// MARK: - Keys

/// The keys of a session document.
enum SessionKey: String, CaseIterable, Sendable {
  case format, id, setting, placeOfService, payer, timeZone, reasonForVisit, inpatientFrom, policy
  case sites, administrations, reactions, allergies, alerts
  case title, source, times, tier, expected, note
}

enum SiteKey: String, CaseIterable, Sendable {
  case id, kind, parent, secondSiteReason
}

enum AdministrationKey: String, CaseIterable, Sendable {
  case id, drug
  case drugClass = "class"
  case technique, site, encounter, order, dose, bag, start, stop, running, pauses, minutes, day
  case lastSeenRunning, volumeML, rateMLPerHour, plannedMinutes, stopReason, pumpOwner, goesHome
  case purpose
  case given, product, containers, discarded, supply, sharedContainer
}

enum AmountKey: String, CaseIterable, Sendable {
  case value, unit
}

enum ProductKey: String, CaseIterable, Sendable {
  case ndc, brand
}

enum ContainerKey: String, CaseIterable, Sendable {
  case ndc, amount, unit, type, count, lot, expires, serial
}

enum DiscardKey: String, CaseIterable, Sendable {
  case value, unit, at, by, reason, witness
  case place = "where"
}

enum PauseKey: String, CaseIterable, Sendable {
  case start, stop
}
