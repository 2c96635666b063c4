public import InfusionRecord
public import TimelineEngine

/// One session as a document says it: `chairtime.session/1`.
///
/// The document is a contract with programs outside: every key has its meaning written down, an
/// unknown one is a fault. Reading one answers everything the engine needs to know, so that nothing
/// is looked up by text after that.
public struct SessionDocument: Sendable {
  /// The value of the key `format`.
  public static let format = "chairtime.session/1"

  public var timeline: Timeline
  /// The settings the document asks for; what it does not name is as usual.
  public var policy: Policy
  /// What a conformance case adds to a session document.
  public var caseNotes: CaseNotes

  public init(
    timeline: Timeline, policy: Policy = .standard, caseNotes: CaseNotes = CaseNotes()
  ) {
    self.timeline = timeline
    self.policy = policy
    self.caseNotes = caseNotes
  }
}

/// The keys a case file has beside those of a session; `derive` passes over them.
public struct CaseNotes: Sendable {
  public var title: JSONValue?
  public var source: JSONValue?
  public var times: JSONValue?
  public var tier: JSONValue?
  public var expected: JSONValue?
  public var note: JSONValue?

  public init() {}
}

extension SessionDocument {
  /// Reads a session document.
  ///
  /// - Parameters:
  ///   - bytes: the whole document, UTF-8.
  ///   - file: how to call it in a fault.
  ///   - formulary: the drugs known here.
  public init(_ bytes: [UInt8], file: String, formulary: Formulary) throws(DocumentError) {
    var json = try JSONReader(bytes, file: file)
    var draft = SessionDraft()
    try draft.read(&json)
    try json.finish()
    self = try draft.resolved(in: json, formulary: formulary)
  }
}

// MARK: - Keys

/// The keys of a session document.
enum SessionKey: String, CaseIterable, Sendable {
  case format, id, setting, placeOfService, payer, timeZone, reasonForVisit, policy, sites
  case administrations
  case title, source, times, tier, expected, note
}

enum SiteKey: String, CaseIterable, Sendable {
  case id, kind, parent, secondSiteReason
}

enum AdministrationKey: String, CaseIterable, Sendable {
  case id, drug
  case drugClass = "class"
  case technique, site, encounter, order, dose, bag, start, stop, running, pauses
  case volumeML, rateMLPerHour, plannedMinutes, stopReason, pumpOwner, goesHome, purpose
}

enum PauseKey: String, CaseIterable, Sendable {
  case start, stop
}
