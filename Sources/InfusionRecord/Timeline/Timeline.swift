/// A session as the engine reads it: who pays, where the access sites are, what ran when.
///
/// Made from a session document, or from the recorded events and a moment. Administrations and sites
/// name each other by position, so that the engine compares numbers; positions are checked where
/// texts come in.
public struct Timeline: Sendable {
  public var session: SessionContext
  public var sites: [AccessSite]
  public var administrations: [Administration]

  public init(session: SessionContext, sites: [AccessSite], administrations: [Administration]) {
    self.session = session
    self.sites = sites
    self.administrations = administrations
  }
}

/// What holds for the whole session.
public struct SessionContext: Sendable {
  public enum Setting: String, Sendable, CaseIterable { case facility, professional }

  public var id: String
  public var setting: Setting
  /// Two digits, or nil where none was given.
  public var placeOfService: String?
  /// Free text; `medicare` has its own defaults. Nil is not `medicare` (rulebook D67).
  public var payer: String?
  public var clock: LocalClock
  /// Position of the administration that is the reason for the visit; professional setting only.
  public var reasonForVisit: Int?

  public init(
    id: String, setting: Setting = .facility, placeOfService: String? = nil, payer: String? = nil,
    clock: LocalClock = .utc, reasonForVisit: Int? = nil
  ) {
    self.id = id
    self.setting = setting
    self.placeOfService = placeOfService
    self.payer = payer
    self.clock = clock
    self.reasonForVisit = reasonForVisit
  }
}

/// Where a drug enters the patient.
public struct AccessSite: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case port, picc, central, peripheral, subcutaneous, implanted
  }
  public enum SecondSiteReason: String, Sendable, CaseIterable {
    case protocolRequired = "protocol"
    case incompatibility
    case patientCondition = "patient-condition"
  }

  public var id: String
  public var kind: Kind
  /// Position of the site whose lumen this is; lumens of one catheter are one site.
  public var parent: Int?
  public var secondSiteReason: SecondSiteReason?

  public init(
    id: String, kind: Kind = .peripheral, parent: Int? = nil,
    secondSiteReason: SecondSiteReason? = nil
  ) {
    self.id = id
    self.kind = kind
    self.parent = parent
    self.secondSiteReason = secondSiteReason
  }
}
