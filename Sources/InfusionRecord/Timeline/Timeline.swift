/// A session as the engine reads it: its context, access sites and administrations.
///
/// It is made from a session document, or from the recorded events and a moment. Administrations refer
/// to sites by index, so the engine compares numbers; indices are checked when documents are read.
package struct Timeline: Sendable {
  package var session: SessionContext
  package var sites: [AccessSite]
  package var administrations: [Administration]

  package init(session: SessionContext, sites: [AccessSite], administrations: [Administration]) {
    self.session = session
    self.sites = sites
    self.administrations = administrations
  }
}

/// The facts that hold for the whole session.
package struct SessionContext: Sendable {
  package enum Setting: String, Sendable, CaseIterable { case facility, professional }

  package var id: String
  package var setting: Setting
  /// Two digits, or nil if not given.
  package var placeOfService: String?
  /// Free text; `medicare` has its own defaults. Nil is not `medicare` (rulebook D67).
  package var payer: String?
  package var clock: LocalClock
  /// The indices of the administrations that are the reason for the visit, at most one per encounter;
  /// used in the professional setting (rulebook D82).
  package var reasonsForVisit: [Int]
  /// When the inpatient order was signed; services from then on are not outpatient services (rulebook
  /// D84).
  package var inpatientFrom: Instant?
  /// Whether the visit has an account number; nil for a session document, which names no patient.
  package var hasAccount: Bool?

  package init(
    id: String, setting: Setting = .facility, placeOfService: String? = nil, payer: String? = nil,
    clock: LocalClock = .utc, reasonsForVisit: [Int] = [],
    inpatientFrom: Instant? = nil, hasAccount: Bool? = nil
  ) {
    self.id = id
    self.setting = setting
    self.placeOfService = placeOfService
    self.payer = payer
    self.clock = clock
    self.reasonsForVisit = reasonsForVisit
    self.inpatientFrom = inpatientFrom
    self.hasAccount = hasAccount
  }
}

/// The place where a drug enters the patient.
package struct AccessSite: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case port, picc, central, peripheral, subcutaneous, implanted
  }
  package enum SecondSiteReason: String, Sendable, CaseIterable {
    case protocolRequired = "protocol"
    case incompatibility
    case patientCondition = "patient-condition"
  }

  package var id: String
  package var kind: Kind
  /// The index of the site whose lumen this is; lumens of one catheter are one site.
  package var parent: Int?
  package var secondSiteReason: SecondSiteReason?
  /// Whether it is in the record. Rows without a charted site need a position, so a session without any
  /// site has one that is not.
  package var isCharted: Bool

  package init(
    id: String, kind: Kind = .peripheral, parent: Int? = nil,
    secondSiteReason: SecondSiteReason? = nil, isCharted: Bool = true
  ) {
    self.id = id
    self.kind = kind
    self.parent = parent
    self.secondSiteReason = secondSiteReason
    self.isCharted = isCharted
  }
}
