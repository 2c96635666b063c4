internal import InfusionRecord
import PlainText

/// One key of the site's file: how it is read and how a new file shows it.
///
/// The reader, the fault for an unknown key and `config init` all use this table.
struct SiteConfigurationKey: Sendable {
  let table: String
  let name: String
  /// The note in a new file.
  let note: String
  /// The TOML value in a new file; the key is commented out if the value begins with `#`.
  let sample: String
  /// The expected value, for the end of a fault.
  let expected: String
  /// Sets the value; false if the value is not valid for this key.
  let set: @Sendable (inout SiteConfiguration, TOMLTree) -> Bool
}

extension SiteConfigurationKey {
  static let all: [SiteConfigurationKey] =
    facility + screens + payer + hl7 + fhir + roles + schedule

  private static let facility: [SiteConfigurationKey] = [
    text("facility", "name", "The suite's name, for the board's head.", \.facility.name, "Suite B"),
    text(
      "facility", "unit", "The hospital's name for the unit (HL7 PV1-3).", \.facility.unit,
      "INFUSION"),
    SiteConfigurationKey(
      table: "facility", name: "chairs", note: "How many chairs, or their names.", sample: "12",
      expected: "a number from 1 to 500, or a list of different names",
      set: { site, value in
        switch value {
        case .whole(let count) where (1...500).contains(count):
          site.facility.chairs = (1...count).map(String.init)
          return true
        case .list:
          guard let names = names(value), (1...500).contains(names.count),
            Set(names).count == names.count
          else { return false }
          site.facility.chairs = names
          return true
        default: return false
        }
      }),
    SiteConfigurationKey(
      table: "facility", name: "time_zone", note: "IANA time zone; otherwise the host's.",
      sample: "#\"America/Chicago\"", expected: "the IANA name of a zone this system knows",
      set: { site, value in
        guard case .text(let zone) = value, LocalClock(zone: zone) != nil else { return false }
        site.facility.timeZone = zone
        return true
      }),
    SiteConfigurationKey(
      table: "facility", name: "setting", note: "Whose claim it is: facility or professional.",
      sample: "\"facility\"", expected: "\"facility\" or \"professional\"",
      set: { site, value in
        guard case .text(let text) = value, let setting = SessionContext.Setting(rawValue: text)
        else { return false }
        site.facility.setting = setting
        return true
      }),
    SiteConfigurationKey(
      table: "facility", name: "place_of_service", note: "Place of service, two digits.",
      sample: "#\"22\"", expected: "a text of two digits",
      set: { site, value in
        guard case .text(let code) = value, code.utf8.count == 2,
          code.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return false }
        site.facility.placeOfService = code
        return true
      }),
    SiteConfigurationKey(
      table: "facility", name: "wristband",
      note: "A wristband's barcode: {mrn} is the record number, * at the end is anything.",
      sample: "#\"PT{mrn}^*\"", expected: "a text with {mrn} once, and * only at its end",
      set: { site, value in
        guard case .text(let text) = value, let format = WristbandFormat(text) else { return false }
        site.facility.wristband = format
        return true
      }),
  ]

  private static let screens: [SiteConfigurationKey] = [
    whole(
      "screens", "idle_minutes",
      "Minutes without a key after which a screen locks; default 10 if people are enrolled.",
      sample: "#10", 1...240, expected: "a number from 1 to 240"
    ) { $0.idleMinutes = $1 },
    SiteConfigurationKey(
      table: "screens", name: "end_alert",
      note: "What a terminal does when a drug comes to its planned end: ring, flash or nothing.",
      sample: "\"bell\"", expected: "\"bell\", \"visual\" or \"off\"",
      set: { site, value in
        guard case .text(let name) = value, ["bell", "visual", "off"].contains(name) else {
          return false
        }
        site.endAlert = name
        return true
      }),
    whole(
      "screens", "end_alert_before", "The same so many minutes before.", sample: "#5", 1...60,
      expected: "a number from 1 to 60"
    ) { $0.endAlertBefore = $1 },
  ]

  private static let payer: [SiteConfigurationKey] = [
    SiteConfigurationKey(
      table: "payer", name: "default", note: "The payer a new session starts with.",
      sample: "#\"medicare\"", expected: "a text",
      set: { site, value in
        guard let payer = word(value) else { return false }
        site.defaultPayer = payer
        return true
      })
  ]

  private static let hl7: [SiteConfigurationKey] = [
    identifier(
      "sending_application", "MSH-3: a name, or NAME&ID&TYPE.", \.hl7.sendingApplication,
      "CHAIRTIME"),
    identifier("sending_facility", "MSH-4.", \.hl7.sendingFacility, "FACILITY"),
    identifier("receiving_application", "MSH-5.", \.hl7.receivingApplication, "BILLING"),
    identifier("receiving_facility", "MSH-6.", \.hl7.receivingFacility, "HOSPITAL"),
    identifier(
      "assigning_authority", "The issuer of record numbers (PID-3.4).", \.hl7.assigningAuthority,
      "HOSPITAL"),
    SiteConfigurationKey(
      table: "hl7", name: "version", note: "HL7 version: 2.5.1 or 2.3.1.", sample: "\"2.5.1\"",
      expected: "\"2.5.1\" or \"2.3.1\"",
      set: { site, value in
        guard case .text(let text) = value, let version = HL7Names.Version(rawValue: text) else {
          return false
        }
        site.hl7.version = version
        return true
      }),
    text("hl7", "charge", "FT1-6 of a charge.", \.hl7.charge, "CG"),
    text("hl7", "credit", "FT1-6 of its reversal.", \.hl7.credit, "CD"),
    SiteConfigurationKey(
      table: "hl7", name: "processing", note: "MSH-11: P production, T training, D debugging.",
      sample: "\"P\"", expected: "\"P\", \"T\" or \"D\"",
      set: { site, value in
        guard case .text(let text) = value, ["P", "T", "D"].contains(text) else { return false }
        site.hl7.processing = text
        return true
      }),
    SiteConfigurationKey(
      table: "hl7", name: "peer",
      note: "Where chairtime outbox sends to (MLLP): host and port, or a Unix socket's path.",
      sample: "#\"unix:/run/chairtime/hl7.sock\"",
      expected: "a text of host and port, \"127.0.0.1:2575\", or \"unix:\" and a path from / on",
      set: { site, value in
        guard case .text(let text) = value, let peer = HL7Peer(text) else { return false }
        site.hl7Peer = peer
        return true
      }),
    SiteConfigurationKey(
      table: "hl7", name: "peer_in_clear",
      note: "Whether charges may go to another host without encryption.", sample: "false",
      expected: "true or false",
      set: { site, value in
        guard case .flag(let flag) = value else { return false }
        site.hl7PeerInClear = flag
        return true
      }),
    SiteConfigurationKey(
      table: "hl7", name: "peer_account",
      note: "The account that listens on the Unix socket; otherwise this account or root.",
      sample: "#\"stunnel4\"", expected: "the name of an account",
      set: { site, value in
        guard let name = word(value) else { return false }
        site.hl7PeerAccount = name
        return true
      }),
    whole(
      "hl7", "peer_seconds", "Seconds the peer has for one answer, 1 to 300.", sample: "30",
      1...300, expected: "a whole number from 1 to 300"
    ) { $0.hl7Seconds = $1 },
  ]

  private static let fhir: [SiteConfigurationKey] = [
    uri("record_number", "System of record numbers.", \.fhir.recordNumber),
    uri("visit_number", "System of visit numbers.", \.fhir.visitNumber),
    uri("order_number", "System of order numbers.", \.fhir.orderNumber),
    uri("chairtime", "System of Chairtime's own ids.", \.fhir.chairtime),
    uri("procedure_code", "System of the codes.", \.fhir.procedureCode),
    uri("hcpcs", "System of codes that begin with a letter.", \.fhir.hcpcs),
    uri("rulebook", "Where rulebook versions are published.", \.fhir.rulebook),
  ]

  private static let roles: [SiteConfigurationKey] = [
    list("roles", "supervisors", "Who may sign off; if empty, everyone.", \.roles.supervisors),
    list("roles", "nurses", "Who records.", \.roles.nurses),
  ]

  // MARK: Kinds of keys

  static func text(
    _ table: String, _ name: String, _ note: String,
    _ path: any WritableKeyPath<SiteConfiguration, String> & Sendable, _ sample: String
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      table: table, name: name, note: note, sample: "\"\(sample)\"",
      expected: "a text that is not empty",
      set: { site, value in
        guard let text = word(value) else { return false }
        site[keyPath: path] = text
        return true
      })
  }

  /// A name, or a name with its universal id.
  private static func identifier(
    _ name: String, _ note: String,
    _ path: any WritableKeyPath<SiteConfiguration, String> & Sendable, _ sample: String
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      table: "hl7", name: name, note: note, sample: "\"\(sample)\"",
      expected: "a name, or NAME&ID&TYPE as in \"HOSPITAL&1.2.840.1&ISO\"",
      set: { site, value in
        guard let text = word(value), HL7Identifier(text) != nil else { return false }
        site[keyPath: path] = text
        return true
      })
  }

  static func whole(
    _ table: String, _ name: String, _ note: String, sample: String, _ range: ClosedRange<Int>,
    expected: String, _ keep: @escaping @Sendable (inout SiteConfiguration, Int) -> Void
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      table: table, name: name, note: note, sample: sample, expected: expected,
      set: { site, value in
        guard case .whole(let number) = value, range.contains(number) else { return false }
        keep(&site, number)
        return true
      })
  }

  private static func uri(
    _ name: String, _ note: String,
    _ path: any WritableKeyPath<SiteConfiguration, String> & Sendable
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      table: "fhir", name: name, note: note, sample: "\"\(SiteConfiguration()[keyPath: path])\"",
      expected: "an absolute URI without blanks or bars",
      set: { site, value in
        guard let text = word(value), text.contains(":"), text.first?.isLetter == true,
          text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x7C })
        else { return false }
        site[keyPath: path] = text
        return true
      })
  }

  private static func list(
    _ table: String, _ name: String, _ note: String,
    _ path: any WritableKeyPath<SiteConfiguration, [String]> & Sendable
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      table: table, name: name, note: note, sample: "[]", expected: "a list of different names",
      set: { site, value in
        guard let names = names(value), Set(names).count == names.count else { return false }
        site[keyPath: path] = names
        return true
      })
  }

  /// A text that is not blank and has no control characters.
  static func word(_ value: TOMLTree) -> String? {
    guard case .text(let text) = value, !text.isEmpty, text == text.printable,
      text.contains(where: { !$0.isWhitespace })
    else { return nil }
    return text
  }

  static func names(_ value: TOMLTree) -> [String]? {
    guard case .list(let list) = value else { return nil }
    var names: [String] = []
    for element in list {
      guard let name = word(element) else { return nil }
      names.append(name)
    }
    return names
  }
}
