/// A session as the engine reads it: its context, access sites and administrations.
///
/// It is made from a session document, or from the recorded events and a moment. Administrations refer
/// to sites by index, so the engine compares numbers; indices are checked when documents are read.
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

/// The facts that hold for the whole session.
public struct SessionContext: Sendable {
  public enum Setting: String, Sendable, CaseIterable { case facility, professional }

  public var id: String
  public var setting: Setting
  /// Two digits, or nil if not given.
  public var placeOfService: String?
  /// Free text; `medicare` has its own defaults. Nil is not `medicare` (rulebook D67).
  public var payer: String?
  public var clock: LocalClock
  /// The index of the administration that is the reason for the visit; professional setting only.
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

/// The place where a drug enters the patient.
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
  /// The index of the site whose lumen this is; lumens of one catheter are one site.
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
