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
  /// A key whose value `read` makes of the TOML value, or nil if that is not valid, and `keep` sets.
  init<Value>(
    _ table: String, _ name: String, _ note: String, sample: String, expected: String,
    read: @escaping @Sendable (TOMLTree) -> Value?,
    keep: @escaping @Sendable (inout SiteConfiguration, Value) -> Void
  ) {
    self.init(table: table, name: name, note: note, sample: sample, expected: expected) {
      site, value in
      guard let found = read(value) else { return false }
      keep(&site, found)
      return true
    }
  }

  static let all: [SiteConfigurationKey] =
    facility + screens + drugs + payer + hl7 + fhir + roles + store + schedule

  private static let store: [SiteConfigurationKey] = [
    SiteConfigurationKey(
      "store", "address",
      "Where the record is: a file, or a server as postgres://host,host/database?suite=north.",
      sample: "#\"/srv/chairtime/chairtime.store\"",
      expected: "a path or an address, without a password",
      read: { $0.asText.flatMap { $0.isEmpty ? nil : $0 } }
    ) { $0.store = $1 }
  ]

  private static let facility: [SiteConfigurationKey] = [
    text("facility", "name", "The suite's name, for the board's head.", "Suite B") {
      $0.facility.name = $1
    },
    text("facility", "unit", "The hospital's name for the unit (HL7 PV1-3).", "INFUSION") {
      $0.facility.unit = $1
    },
    SiteConfigurationKey(
      "facility", "chairs", "How many chairs, or their names.", sample: "12",
      expected: "a number from 1 to 500, or a list of different names", read: chairs
    ) { $0.facility.chairs = $1 },
    SiteConfigurationKey(
      "facility", "time_zone", "IANA time zone; otherwise the host's.",
      sample: "#\"America/Chicago\"", expected: "the IANA name of a zone this system knows",
      read: { $0.asText.flatMap { LocalClock(zone: $0) == nil ? nil : $0 } }
    ) { $0.facility.timeZone = $1 },
    SiteConfigurationKey(
      "facility", "setting", "Whose claim it is: facility or professional.",
      sample: "\"facility\"", expected: "\"facility\" or \"professional\"",
      read: { $0.asText.flatMap(SessionContext.Setting.init) }
    ) { $0.facility.setting = $1 },
    SiteConfigurationKey(
      "facility", "place_of_service", "Place of service, two digits.", sample: "#\"22\"",
      expected: "a text of two digits", read: twoDigits
    ) { $0.facility.placeOfService = $1 },
    SiteConfigurationKey(
      "facility", "wristband",
      "A wristband's barcode: {mrn} is the record number, * at the end is anything.",
      sample: "#\"PT{mrn}^*\"", expected: "a text with {mrn} once, and * only at its end",
      read: { $0.asText.flatMap { WristbandFormat($0) } }
    ) { $0.facility.wristband = $1 },
  ]

  private static let screens: [SiteConfigurationKey] = [
    whole(
      "screens", "idle_minutes",
      "Minutes without a key after which a screen locks; default 10 if people are enrolled.",
      sample: "#10", 1...240, expected: "a number from 1 to 240"
    ) { $0.idleMinutes = $1 },
    SiteConfigurationKey(
      "screens", "end_alert",
      "What a terminal does when a drug comes to its planned end: ring, flash or nothing.",
      sample: "\"bell\"", expected: "\"bell\", \"visual\" or \"off\"",
      read: { $0.asText.flatMap(EndAlerts.Signal.init) }
    ) { $0.endAlerts.signal = $1 },
    whole(
      "screens", "end_alert_before",
      "Minutes before the planned end of an earlier alert; otherwise there is none.", sample: "#5",
      1...60,
      expected: "a number from 1 to 60"
    ) { $0.endAlerts.minutesBefore = $1 },
    SiteConfigurationKey(
      "screens", "theme",
      "Tones for a dark or a light background, or white on black of at least 7 to 1; auto suits both.",
      sample: "\"auto\"", expected: "\"auto\", \"dark\", \"light\" or \"high_contrast\"",
      read: { $0.asText.flatMap { Theme(rawValue: $0) } }
    ) { $0.theme = $1 },
    SiteConfigurationKey(
      "screens", "mouse",
      "Whether a click selects and the wheel moves the highlight; nothing is accepted by mouse.",
      sample: "#false", expected: "true or false", read: { $0.asFlag }
    ) { $0.mouse = $1 },
  ]

  private static let drugs: [SiteConfigurationKey] = [
    SiteConfigurationKey(
      "drugs", "recalled_lots",
      "Lots that were recalled: a container of one asks before it is recorded.", sample: "[]",
      expected: "a list of different lots", read: differentNames
    ) { $0.recalledLots = $1 },
    SiteConfigurationKey(
      "drugs", "witness_discards",
      "Whether another person must see what is discarded at the chair.", sample: "false",
      expected: "true or false", read: { $0.asFlag }
    ) { $0.witnessesDiscards = $1 },
  ]

  private static let payer: [SiteConfigurationKey] = [
    SiteConfigurationKey(
      "payer", "default", "The payer a new session starts with.", sample: "#\"medicare\"",
      expected: "a text", read: word
    ) { $0.defaultPayer = $1 }
  ]

  private static let hl7: [SiteConfigurationKey] = [
    identifier("sending_application", "MSH-3: a name, or NAME&ID&TYPE.", "CHAIRTIME") {
      $0.hl7.sendingApplication = $1
    },
    identifier("sending_facility", "MSH-4.", "FACILITY") { $0.hl7.sendingFacility = $1 },
    identifier("receiving_application", "MSH-5.", "BILLING") { $0.hl7.receivingApplication = $1 },
    identifier("receiving_facility", "MSH-6.", "HOSPITAL") { $0.hl7.receivingFacility = $1 },
    identifier("assigning_authority", "The issuer of record numbers (PID-3.4).", "HOSPITAL") {
      $0.hl7.assigningAuthority = $1
    },
    SiteConfigurationKey(
      "hl7", "version", "HL7 version: 2.5.1 or 2.3.1.", sample: "\"2.5.1\"",
      expected: "\"2.5.1\" or \"2.3.1\"", read: { $0.asText.flatMap(HL7Names.Version.init) }
    ) { $0.hl7.version = $1 },
    text("hl7", "charge", "FT1-6 of a charge.", "CG") { $0.hl7.charge = $1 },
    text("hl7", "credit", "FT1-6 of its reversal.", "CD") { $0.hl7.credit = $1 },
    SiteConfigurationKey(
      "hl7", "processing", "MSH-11: P production, T training, D debugging.", sample: "\"P\"",
      expected: "\"P\", \"T\" or \"D\"",
      read: { $0.asText.flatMap { ["P", "T", "D"].contains($0) ? $0 : nil } }
    ) { $0.hl7.processing = $1 },
    SiteConfigurationKey(
      "hl7", "peer",
      "Where chairtime outbox sends to (MLLP): host and port, or a Unix socket's path.",
      sample: "#\"unix:/run/chairtime/hl7.sock\"",
      expected: "a text of host and port, \"127.0.0.1:2575\", or \"unix:\" and a path from / on",
      read: { $0.asText.flatMap { HL7Peer($0) } }
    ) { $0.hl7Peer = $1 },
    SiteConfigurationKey(
      "hl7", "peer_in_clear", "Whether charges may go to another host without encryption.",
      sample: "false", expected: "true or false",
      read: { $0.asFlag }
    ) { $0.hl7PeerInClear = $1 },
    SiteConfigurationKey(
      "hl7", "peer_account",
      "The account that listens on the Unix socket; otherwise this account or root.",
      sample: "#\"stunnel4\"", expected: "the name of an account", read: word
    ) { $0.hl7PeerAccount = $1 },
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
    list("supervisors", "Who may sign off; if empty, everyone.") { $0.roles.supervisors = $1 },
    list("nurses", "Who records.") { $0.roles.nurses = $1 },
  ]

  // MARK: Kinds of keys

  private static func text(
    _ table: String, _ name: String, _ note: String, _ sample: String,
    _ keep: @escaping @Sendable (inout SiteConfiguration, String) -> Void
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      table, name, note, sample: "\"\(sample)\"", expected: "a text that is not empty", read: word,
      keep: keep)
  }

  /// A name, or a name with its universal id.
  private static func identifier(
    _ name: String, _ note: String, _ sample: String,
    _ keep: @escaping @Sendable (inout SiteConfiguration, String) -> Void
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      "hl7", name, note, sample: "\"\(sample)\"",
      expected: "a name, or NAME&ID&TYPE as in \"HOSPITAL&1.2.840.1&ISO\"",
      read: { word($0).flatMap { HL7Identifier($0) == nil ? nil : $0 } }, keep: keep)
  }

  static func whole(
    _ table: String, _ name: String, _ note: String, sample: String, _ range: ClosedRange<Int>,
    expected: String, _ keep: @escaping @Sendable (inout SiteConfiguration, Int) -> Void
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      table, name, note, sample: sample, expected: expected,
      read: { $0.asWhole.flatMap { range.contains($0) ? $0 : nil } },
      keep: keep)
  }

  private static func uri(
    _ name: String, _ note: String,
    _ path: any WritableKeyPath<SiteConfiguration, String> & Sendable
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      "fhir", name, note, sample: "\"\(SiteConfiguration()[keyPath: path])\"",
      expected: "an absolute URI without blanks or bars", read: absoluteURI
    ) { $0[keyPath: path] = $1 }
  }

  private static func list(
    _ name: String, _ note: String,
    _ keep: @escaping @Sendable (inout SiteConfiguration, [String]) -> Void
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      "roles", name, note, sample: "[]", expected: "a list of different names",
      read: differentNames, keep: keep)
  }

  // MARK: Values

  private static func chairs(_ value: TOMLTree) -> [String]? {
    if let count = value.asWhole {
      return (1...500).contains(count) ? (1...count).map(String.init) : nil
    }
    return differentNames(value).flatMap { (1...500).contains($0.count) ? $0 : nil }
  }

  private static func twoDigits(_ value: TOMLTree) -> String? {
    guard let code = value.asText, code.utf8.count == 2,
      code.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return code
  }

  private static func absoluteURI(_ value: TOMLTree) -> String? {
    guard let text = word(value), text.contains(":"), text.first?.isLetter == true,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x7C })
    else { return nil }
    return text
  }

  /// A text that is not blank and has no control characters.
  static func word(_ value: TOMLTree) -> String? {
    guard let text = value.asText, !text.isEmpty, text == text.printable,
      text.contains(where: { !$0.isWhitespace })
    else { return nil }
    return text
  }

  /// A list of words, each once.
  static func differentNames(_ value: TOMLTree) -> [String]? {
    guard case .list(let list) = value else { return nil }
    let names = list.compactMap(word)
    return names.count == list.count && Set(names).count == names.count ? names : nil
  }
}

extension TOMLTree {
  /// The text; nil if it is another value. Likewise below.
  var asText: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var asFlag: Bool? {
    if case .flag(let flag) = self { flag } else { nil }
  }

  var asWhole: Int? {
    if case .whole(let number) = self { number } else { nil }
  }
}
