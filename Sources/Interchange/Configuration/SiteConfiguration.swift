package import InfusionRecord
package import PlainText
package import SessionReview
package import TimelineEngine

/// A site's settings: names, chairs, time zone, payers, policies and identifiers in other systems.
///
/// They are read from one TOML 1.0 file. An unknown key, a wrong type or a value out of range is a
/// fault with its line. Missing keys have the values of `SiteConfiguration()`. The file contains no
/// patient and no secret.
///
/// ```
/// [facility]                         [payers.medicare.policy]
/// name = "Suite B"                   "pump.code" = "by_payer_and_owner"
/// chairs = 22
/// time_zone = "America/Chicago"      [hl7]
///                                    sending_facility = "NORTH"
/// ```
package struct SiteConfiguration: Sendable, Equatable {
  package var facility = Facility()
  /// The payer a new session starts with.
  package var defaultPayer: String?
  /// Settings for every payer.
  package var policy = Policy.standard
  /// Settings of single payers that override `policy`, by payer name in lower case.
  package var payerSettings: [String: [Setting]] = [:]
  package var hl7 = HL7Names()
  /// The receiver of HL7 v2 messages; nil if the site sends none.
  package var hl7Peer: HL7Peer?
  /// Whether messages may go to a peer on another host, where nothing encrypts them.
  package var hl7PeerInClear = false
  /// The account that the process behind the peer's socket runs as; nil means this one or root.
  package var hl7PeerAccount: String?
  /// The timeout for one answer of the peer, 1 to 300 seconds.
  package var hl7Seconds = 30
  package var fhir = FHIRSystems()
  package var roles = Roles()
  /// Minutes without a key after which a screen locks, 1 to 240; nil means the default.
  package var idleMinutes: Int?
  package var endAlerts = EndAlerts()
  package var theme = Theme.auto
  /// Whether the mouse selects; nil if the file does not say.
  package var mouse: Bool?
  /// The keys of the tables `keys`; whether the actions exist is not known here.
  package var keys: [KeyBinding] = []
  /// The lots of drugs that were recalled; a container of one asks before it is recorded.
  package var recalledLots: [String] = []
  /// Whether another person must see what is discarded at the chair.
  package var witnessesDiscards = false
  /// Where the record is if no option and no variable names it; nil means the account's own file.
  package var store: String?
  /// The bytes of the file that a supervisor accepts: all but the value of `store.address`.
  ///
  /// Each terminal has an address of its own, because each has its own login at the server. The acceptance is
  /// kept in the store that the address leads to, so it could not protect the address.
  package internal(set) var acceptedBytes: [UInt8] = []
  /// What the appointment book looks like.
  package var schedule = ScheduleLayout()

  package init() {}

  /// The suite itself.
  package struct Facility: Sendable, Equatable {
    package var name = "Infusion suite"
    /// The hospital's name for the unit, `INF`; HL7 PV1-3.1.
    package var unit = "INFUSION"
    /// The chairs in the order of the board; never empty.
    package var chairs: [String] = (1...12).map(String.init)
    /// The IANA name; nil means the zone of the host.
    package var timeZone: String?
    package var setting = SessionContext.Setting.facility
    /// Two digits (CMS place-of-service codes), or nil.
    package var placeOfService: String?
    /// Where a wristband's barcode holds the record number; nil if it holds nothing more.
    package var wristband: WristbandFormat?

    package init() {}
  }

  /// One policy setting, with key and value as in the policy table.
  package struct Setting: Sendable, Equatable {
    package var key: String
    package var value: PolicyValue
  }

  /// The people with a role; a name in no list is a nurse.
  package struct Roles: Sendable, Equatable {
    package var supervisors: [String] = []
    package var nurses: [String] = []

    package init() {}
  }
}

/// The names in HL7 v2 messages: sender, receiver and assigning authority.
package struct HL7Names: Sendable, Equatable {
  package enum Version: String, Sendable, CaseIterable {
    case v251 = "2.5.1"
    case v231 = "2.3.1"
  }

  /// MSH-3 to MSH-6.
  package var sendingApplication = "CHAIRTIME"
  package var sendingFacility = "FACILITY"
  package var receivingApplication = "BILLING"
  package var receivingFacility = "HOSPITAL"
  /// The issuer of record numbers; PID-3.4.
  package var assigningAuthority = "HOSPITAL"
  package var version = Version.v251
  /// FT1-6 of a charge and of its reversal; HL7 table 0017.
  package var charge = "CG"
  package var credit = "CD"
  /// MSH-11: `P` production, `T` training, `D` debugging; HL7 table 0103.
  package var processing = "P"

  package init() {}
}

/// The URIs of the site's identifiers on a FHIR server.
package struct FHIRSystems: Sendable, Equatable {
  package var recordNumber = "urn:oid:2.16.840.1.113883.19.5"
  package var visitNumber = "urn:oid:2.16.840.1.113883.19.6"
  package var orderNumber = "urn:oid:2.16.840.1.113883.19.7"
  /// The system of Chairtime's ids of sessions, administrations and units.
  package var chairtime = "urn:chairtime"
  /// CPT (HL7 terminology, external code systems).
  package var procedureCode = "http://www.ama-assn.org/go/cpt"
  /// HCPCS level II, for codes that begin with a letter.
  package var hcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
  /// The canonical URI of rulebooks; the version follows after a bar.
  package var rulebook = "urn:chairtime:rulebook"

  package init() {}
}

extension SiteConfiguration {
  /// The policy for a payer: the site's settings, overridden by those of the payer.
  package func policy(for payer: String?) -> Policy {
    guard let payer, let settings = payerSettings[payer.lowercased()] else { return policy }
    var result = policy
    // Every setting was checked when the file was read, so none can fail here.
    for setting in settings { try? result.set(setting.key, to: setting.value) }
    return result
  }

  /// The policies of the site and of every payer that has settings of its own.
  package var policies: PayerPolicies {
    var policies = PayerPolicies(policy, drugTables: .starter)
    for payer in payerSettings.keys { policies.byPayer[payer] = policy(for: payer) }
    return policies
  }

  /// Whether this person may sign off; if the site names no supervisor, everyone may.
  package func maySignOff(_ name: String) -> Bool {
    roles.supervisors.isEmpty || roles.supervisors.contains(name)
  }
}
