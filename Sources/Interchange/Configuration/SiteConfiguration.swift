public import InfusionRecord
public import TimelineEngine

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
public struct SiteConfiguration: Sendable, Equatable {
  public var facility = Facility()
  /// The payer a new session starts with.
  public var defaultPayer: String?
  /// Settings for every payer.
  public var policy = Policy.standard
  /// Settings of single payers that override `policy`, by payer name in lower case.
  public var payerSettings: [String: [Setting]] = [:]
  public var hl7 = HL7Names()
  /// The receiver of HL7 v2 messages; nil if the site sends none.
  public var hl7Peer: HL7Peer?
  /// The timeout for one answer of the peer, 1 to 300 seconds.
  public var hl7Seconds = 30
  public var fhir = FHIRSystems()
  public var roles = Roles()
  /// Minutes without a key after which a screen locks, 1 to 240; nil means the default.
  public var idleMinutes: Int?
  /// The appointment book's headers that differ from the names of `ScheduleColumn`.
  public var scheduleHeaders: [ScheduleColumn: String] = [:]

  public init() {}

  /// The suite itself.
  public struct Facility: Sendable, Equatable {
    public var name = "Infusion suite"
    /// The hospital's name for the unit, `INF`; HL7 PV1-3.1.
    public var unit = "INFUSION"
    /// The chairs in the order of the board; never empty.
    public var chairs: [String] = (1...12).map(String.init)
    /// The IANA name; nil means the zone of the host.
    public var timeZone: String?
    public var setting = SessionContext.Setting.facility
    /// Two digits (CMS place-of-service codes), or nil.
    public var placeOfService: String?

    public init() {}
  }

  /// One policy setting, with key and value as in the policy table.
  public struct Setting: Sendable, Equatable {
    public var key: String
    public var value: PolicyValue

    public init(key: String, value: PolicyValue) {
      self.key = key
      self.value = value
    }
  }

  /// The people with a role; a name in no list is a nurse.
  public struct Roles: Sendable, Equatable {
    public var supervisors: [String] = []
    public var nurses: [String] = []

    public init() {}
  }
}

/// A column of the appointment book; the raw value is its default header.
public enum ScheduleColumn: String, Sendable, CaseIterable, Hashable {
  case date, time, family, given, born, sex, mrn, visit, chair, regimen, drugs, payer
}

/// The names in HL7 v2 messages: sender, receiver and assigning authority.
public struct HL7Names: Sendable, Equatable {
  public enum Version: String, Sendable, CaseIterable {
    case v251 = "2.5.1"
    case v231 = "2.3.1"
  }

  /// MSH-3 to MSH-6.
  public var sendingApplication = "CHAIRTIME"
  public var sendingFacility = "FACILITY"
  public var receivingApplication = "BILLING"
  public var receivingFacility = "HOSPITAL"
  /// The issuer of record numbers; PID-3.4.
  public var assigningAuthority = "HOSPITAL"
  public var version = Version.v251
  /// FT1-6 of a charge and of its reversal; HL7 table 0017.
  public var charge = "CG"
  public var credit = "CD"
  /// MSH-11: `P` production, `T` training, `D` debugging; HL7 table 0103.
  public var processing = "P"

  public init() {}
}

/// The receiver of HL7 v2 messages (MLLP over TCP).
public struct HL7Peer: Sendable, Equatable {
  /// A name or an address.
  public var host: String
  /// 1 to 65,535.
  public var port: Int

  /// Reads `interfaces.example:2575` or `[::1]:2575`; nil for any other text.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port),
      text[text.index(after: colon)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    var host = text[..<colon]
    let isAddress = host.hasPrefix("[") && host.hasSuffix("]")
    if isAddress { host = host.dropFirst().dropLast() }
    let allowed = isAddress ? ":.%_-" : "._-"
    guard (1...253).contains(host.utf8.count), host.utf8.first != 0x2D,
      host.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || allowed.utf8.contains(byte)
      })
    else { return nil }
    self.host = String(host)
    self.port = port
  }

  public var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// The URIs of the site's identifiers on a FHIR server.
public struct FHIRSystems: Sendable, Equatable {
  public var recordNumber = "urn:oid:2.16.840.1.113883.19.5"
  public var visitNumber = "urn:oid:2.16.840.1.113883.19.6"
  /// The system of Chairtime's ids of sessions, administrations and units.
  public var chairtime = "urn:chairtime"
  /// CPT (HL7 terminology, external code systems).
  public var procedureCode = "http://www.ama-assn.org/go/cpt"
  /// HCPCS level II, for codes that begin with a letter.
  public var hcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
  /// The canonical URI of rulebooks; the version follows after a bar.
  public var rulebook = "urn:chairtime:rulebook"

  public init() {}
}

extension SiteConfiguration {
  /// The policy for a payer: the site's settings, overridden by those of the payer.
  public func policy(for payer: String?) -> Policy {
    guard let payer, let settings = payerSettings[payer.lowercased()] else { return policy }
    var result = policy
    // Every setting was checked when the file was read, so none can fail here.
    for setting in settings { try? result.set(setting.key, to: setting.value) }
    return result
  }

  /// The policy of every payer with its own settings, by payer name in lower case.
  public var payerPolicies: [String: Policy] {
    Dictionary(uniqueKeysWithValues: payerSettings.keys.map { ($0, policy(for: $0)) })
  }

  /// Whether this person may sign off; if the site names no supervisor, everyone may.
  public func maySignOff(_ name: String) -> Bool {
    roles.supervisors.isEmpty || roles.supervisors.contains(name)
  }
}
