import InfusionRecord
import PlainText
import Testing
import TimelineEngine

@testable import Interchange

/// A site's file: what it sets, and how each fault is reported.
struct SiteConfigurationTests {
  private func faults(_ text: String) -> [String] {
    SiteConfiguration.check(Array(text.utf8), file: "site.toml").faults.map(\.description)
  }

  private func site(_ text: String) throws -> SiteConfiguration {
    try SiteConfiguration(Array(text.utf8), file: "site.toml")
  }

  @Test func `keys are read for everywhere and for one screen, with their lines`() throws {
    let site = try site(
      """
      [keys]
      stop-a-drug = "X"
      lock = ["Ctrl-L", "F12"]
      [keys.board]
      review = []
      """)
    #expect(
      site.keys == [
        KeyBinding(screen: "board", action: "review", keys: [], line: 5),
        KeyBinding(action: "lock", keys: ["Ctrl-L", "F12"], line: 3),
        KeyBinding(action: "stop-a-drug", keys: ["X"], line: 2),
      ])
    #expect(
      faults("[keys]\nlock = 5\n[keys.board]\nreview = [\"D\", 1]\n[keys.board.more]\nx = \"y\"\n")
        == [
          "site.toml:2: keys.lock: a whole number stands here; expected the name of a key, or a list "
            + "of names.",
          "site.toml:4: keys.board.review: a list stands here; expected a list of the names of keys.",
          "site.toml:5: keys.board.more: a table stands here; expected the name of a key, or a list of "
            + "names.",
        ])
    #expect(faults("keys = 1\n").count == 1)
  }

  @Test func `a user's file decides keys, tones and the mouse, and nothing else`() {
    func own(_ text: String) -> (SiteConfiguration, [DocumentError]) {
      let read = SiteConfiguration.checkOwn(Array(text.utf8), file: "user.toml")
      return (read.configuration, read.faults)
    }
    let (site, faults) = own(
      "[screens]\ntheme = \"light\"\nmouse = true\n[keys]\nlock = \"L\"\n")
    #expect(faults.isEmpty)
    #expect(site.theme == .light && site.mouse == true && site.keys.count == 1)
    for text in [
      "[facility]\nname = \"X\"\n", "[screens]\nidle_minutes = 240\n",
      "[policy]\n\"push.interval_from\" = \"end\"\n", "[store]\naddress = \"/tmp/x\"\n",
      "[roles]\nsupervisors = [\"N. Nobody\"]\n", "[screens]\nend_alert = \"off\"\n",
    ] {
      let (read, faults) = own(text)
      #expect(faults.count == 1, "\(text)")
      #expect(read == SiteConfiguration(), "\(text)")
    }
  }

  @Test func `every part of a site is read`() throws {
    let site = try site(
      """
      [facility]
      name = "Suite B"
      unit = "INF"
      chairs = ["1", "2", "Bay A"]
      time_zone = "America/Chicago"
      setting = "professional"
      place_of_service = "11"

      [payer]
      default = "medicare"

      [policy]
      push.interval_from = "end"
      "pause.flag_gap_min" = 90

      [payers.Medicare.policy]
      "modifier.second_site" = "XS"

      [hl7]
      sending_application = "CT"
      sending_facility = "NORTH"
      receiving_application = "BILL"
      receiving_facility = "MAIN"
      assigning_authority = "MAINMRN"
      version = "2.3.1"
      peer = "[::1]:2575"
      peer_seconds = 5

      [fhir]
      record_number = "urn:oid:1.2.3"

      [roles]
      supervisors = ["R. Sample"]

      [schedule.columns]
      mrn = "Record #"
      """)
    #expect(site.facility.name == "Suite B")
    #expect(site.facility.unit == "INF")
    #expect(site.facility.chairs == ["1", "2", "Bay A"])
    #expect(site.facility.timeZone == "America/Chicago")
    #expect(site.facility.setting == .professional)
    #expect(site.facility.placeOfService == "11")
    #expect(site.defaultPayer == "medicare")
    #expect(site.hl7.version == .v231)
    #expect(site.hl7.assigningAuthority == "MAINMRN")
    #expect(site.hl7Peer == HL7Peer("[::1]:2575"))
    #expect(site.hl7Seconds == 5)
    #expect(site.fhir.recordNumber == "urn:oid:1.2.3")
    #expect(site.schedule.headers == [.mrn: "Record #"])
    #expect(site.maySignOff("R. Sample"))
    #expect(!site.maySignOff("J. Nobody"))
  }

  @Test func `a payer's settings override the site's`() throws {
    let site = try site(
      """
      [policy]
      "push.interval_from" = "end"
      "modifier.second_site" = "XU"
      [payers.Medicare.policy]
      "modifier.second_site" = "XS"
      """)
    #expect(site.policy(for: nil).secondSiteModifier == .unusual)
    #expect(site.policy(for: "medicare").secondSiteModifier == .separateSite)
    #expect(site.policy(for: "MEDICARE").pushInterval == .end)
    #expect(site.policy(for: "another").secondSiteModifier == .unusual)
  }

  @Test func `an unknown key is named with its line and the key that was meant`() {
    #expect(
      faults("[facility]\nname = \"B\"\nchars = 12\n") == [
        "site.toml:3: facility.chars: there is no such key (did you mean \"chairs\"?); expected one "
          + "of name, unit, chairs, time_zone, setting, place_of_service, wristband."
      ])
  }

  @Test func `every fault is reported, in the order of the lines`() {
    let found = faults(
      """
      [facility]
      chairs = 0
      time_zone = "Mars/Base"

      [hl7]
      version = 2.5
      charge = ""

      [fhir]
      record_number = "no uri"

      [policy]
      dos.rule = "yesterday"
      "dos.rul" = "unit_start"

      [extra]
      a = 1
      """)
    #expect(
      found.map { $0.split(separator: ":").prefix(3).joined(separator: ":") } == [
        "site.toml:2: facility.chairs", "site.toml:3: facility.time_zone",
        "site.toml:6: hl7.version", "site.toml:7: hl7.charge", "site.toml:10: fhir.record_number",
        "site.toml:13: policy.dos.rule", "site.toml:14: policy.dos.rul", "site.toml:16: extra",
      ])
    #expect(
      found[2].hasSuffix("a number stands here; expected \"2.5.1\" or \"2.3.1\".")
    )
  }

  @Test func `a key after a list over several lines has its own line`() {
    #expect(
      faults(
        """
        [facility]
        chairs = [
          "1", # not a ] of its own
          "2",
        ]
        note = '''
        name = 3
        '''
        nome = 1
        """
      ).map { $0.split(separator: ":").prefix(3).joined(separator: ":") } == [
        "site.toml:6: facility.note", "site.toml:9: facility.nome",
      ])
  }

  @Test func `a text that is not TOML is a fault with line and column`() {
    let found = faults("[facility]\nname = \n")
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("site.toml:2:"))
    #expect(found[0].contains("this is not TOML"))
  }

  @Test func `a key twice is a fault of its line`() {
    let found = faults("[facility]\nunit = \"A\"\nunit = \"B\"\n")
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("site.toml:3:"))
  }

  @Test(arguments: [[0xFF, 0xFE], [0x00], [0x5B], [0x22, 0x22, 0x22]] as [[UInt8]])
  func `any bytes that are not a site are faults`(bytes: [UInt8]) {
    #expect(!SiteConfiguration.check(bytes, file: "site.toml").faults.isEmpty)
  }

  /// TOMLKit 0.6 crashed on these.
  @Test(arguments: [
    "[!x]", "[", "[[", "[ ", "[\u{1B}]", "[ä]", "[\u{301}a]", "[[.a]]", "[[[a]]]", "\u{2003}[=]",
  ])
  func `a table header without a name is a fault with its line`(header: String) {
    for ending in ["\n", "\r\n", ""] {
      let found = faults("[facility]\nunit = \"\"\"A\"\"\"\n\(header)\(ending)")
      #expect(found.count == 1)
      #expect(found.first?.hasPrefix("site.toml:3") == true, "\(found)")
    }
  }

  @Test(arguments: [
    "a = [[[~]]]", "a = [,]", "a = [1 2]", "a = {b = 1,}", "a = {b = 1 c = 2}", "a = 01",
    "a = 1__0", "a = 1.", "a = .5", "a = 0x", "a = +", "a = tru", "a = \"\\x\"",
    "a = \"\\uD800\"", "a = \"x", "a = 'x", "a = \"\"\"x\"\"", "a", "a =", "= 1", "a.b. = 1",
    "a = 1 b = 2", "a = \"\\u0000\"", "a = \"\u{7}\"", "# \u{0}", "a = 1\rb = 2",
    "a.b = 1\na.b.c = 2",
    "a = {b = 1}\na.c = 2", "[a]\n[a]", "a = 1\n[a]", "[[a]]", "\u{0}", "a\u{301} = 1",
  ])
  func `a fault in TOML quotes nothing of the text`(text: String) {
    let found = faults(text)
    #expect(found.count == 1, "\(found)")
    #expect(
      found.first?.contains("this is not TOML; expected TOML 1.0 (") == true, "\(found)")
  }

  @Test func `thousands of brackets are a fault, not a crash`() {
    for text in [
      "a = " + String(repeating: "[", count: 100_000),
      "a = " + String(repeating: "{a=", count: 9_999),
    ] {
      #expect(faults(text).first?.contains("fewer brackets in each other") == true)
    }
  }

  @Test func `every notation of a value is read`() throws {
    let site = try site(
      #"""
      facility.name = "a\tb\u00e9\U0001F600\"" # a comment
      facility . 'unit' = 'C:\x'
      "facility"."chairs" = [ # one
        "1", 'two' ,
        """
      th\
         ree""",
      ]
      payer = { default = '''m''' }
      [policy]
      "pause.flag_gap_min" = 0x5A
      """#.replacing("a\\tb", with: "ab"))
    #expect(site.facility.name == "abé😀\"")
    #expect(site.facility.unit == "C:\\x")
    #expect(site.facility.chairs == ["1", "two", "three"])
    #expect(site.defaultPayer == "m")
    #expect(faults("\u{FEFF}facility.name = \"\"").count == 1)
    let kinds = [
      ("1_000", "a whole number"), ("-0x1", "not TOML"), ("1e3", "a number"), ("-inf", "a number"),
      ("nan", "a number"), ("true", "true or false"), ("1979-05-27", "a date or time"),
      ("1979-05-27 07:32:00Z", "a date or time"), ("07:32:00", "a date or time"),
      ("{}", "a table"), ("[]", "a list"), ("9223372036854775808", "not TOML"),
    ]
    for (value, kind) in kinds {
      #expect(faults("payer.default = \(value)").first?.contains(kind) == true, "\(value)")
    }
  }

  @Test func `lines that end with CR LF are counted`() {
    #expect(
      faults("[facility]\r\nchairs = 0\r\n[hl7]\r\npeer = \"x\"\r\n").map {
        $0.split(separator: ":").prefix(3).joined(separator: ":")
      } == ["site.toml:2: facility.chairs", "site.toml:4: hl7.peer"])
  }

  @Test(arguments: [
    ("127.0.0.1:2575", "127.0.0.1:2575"), ("[::1]:1", "[::1]:1"), ("hl7.example:65535", nil),
    ("host", ""), ("host:0", ""), ("host:65536", ""), (":1", ""), ("a b:1", ""), ("-h:1", ""),
    ("host:+1", ""), ("::1:1", ""), ("[]:1", ""), ("host\u{1B}:1", ""),
    ("unix:/run/hl7.sock", "unix:/run/hl7.sock"), ("unix:hl7.sock", ""), ("unix:/", ""),
    ("unix:/run/a b", ""), ("unix:/run/\u{1B}", ""),
  ])
  func `a peer is a host and a port`(text: String, expected: String?) {
    #expect(HL7Peer(text)?.text ?? "" == expected ?? text)
  }

  @Test(arguments: [(107, true), (108, false)])
  func `a path of a socket has up to 107 bytes`(length: Int, isRead: Bool) {
    let path = "/" + String(repeating: "s", count: length - 1)
    #expect((HL7Peer("unix:" + path) != nil) == isRead)
  }

  @Test(arguments: [
    ("127.0.0.1:2575", false, nil), ("localhost:1", false, nil), ("[::1]:1", false, nil),
    ("unix:/run/hl7.sock", false, nil), ("hl7.example:2575", false, "refuses it"),
    ("127.example:2575", false, "refuses it"), ("10.0.0.7:2575", true, "without encryption"),
  ])
  func `a way that nothing encrypts is warned of`(
    peer: String, isInClear: Bool, warning: String?
  ) throws {
    let file = "[hl7]\npeer = \"\(peer)\"\npeer_in_clear = \(isInClear)\n"
    let site = try SiteConfiguration(Array(file.utf8), file: "site.toml")
    #expect(site.hl7PeerInClear == isInClear)
    #expect((site.hl7PeerWarning == nil) == (warning == nil))
    if let warning { #expect(site.hl7PeerWarning?.contains(warning) == true) }
  }

  @Test func `the account behind a peer's socket is named`() throws {
    let file = "[hl7]\npeer = \"unix:/run/hl7.sock\"\npeer_account = \"stunnel4\"\n"
    let site = try SiteConfiguration(Array(file.utf8), file: "site.toml")
    #expect(site.hl7PeerAccount == "stunnel4")
  }

  @Test(arguments: [(1, true), (253, true), (254, false)])
  func `a peer's host has up to 253 bytes`(length: Int, isRead: Bool) {
    #expect((HL7Peer(String(repeating: "h", count: length) + ":1") != nil) == isRead)
  }

  @Test(arguments: [
    ("facility.chairs", 1...500), ("screens.idle_minutes", 1...240), ("hl7.peer_seconds", 1...300),
  ])
  func `a number at a limit is read, a number beyond it is a fault`(
    key: String, range: ClosedRange<Int>
  ) {
    for (number, isRead) in [
      (range.lowerBound - 1, false), (range.lowerBound, true), (range.upperBound, true),
      (range.upperBound + 1, false),
    ] {
      #expect(faults("\(key) = \(number)").isEmpty == isRead, "\(number)")
    }
  }

  @Test(arguments: [(500, true), (501, false), (0, false)])
  func `a list names 1 to 500 different chairs`(count: Int, isRead: Bool) {
    let names = (0..<count).map { "\"c\($0)\"" }.joined(separator: ",")
    #expect(faults("facility.chairs = [\(names)]").isEmpty == isRead)
    #expect(!faults("facility.chairs = [\"1\", \"1\"]").isEmpty)
  }

  @Test(arguments: [(64, "a list stands here"), (65, "fewer brackets")])
  func `64 lists inside each other are read, 65 are a fault`(depth: Int, fault: String) {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(faults("payer.default = \(text)").first?.contains(fault) == true, "\(depth)")
  }

  @Test func `an empty file is the default site`() throws {
    #expect(try site("") == SiteConfiguration())
  }

  @Test func `a new file has no fault and changes nothing but the suite's name`() throws {
    var expected = SiteConfiguration()
    expected.facility.name = "Suite B"
    expected.acceptedBytes = Array(SiteConfiguration.newFile.utf8)
    #expect(try site(SiteConfiguration.newFile) == expected)
  }

  /// Each terminal has an address of its own.
  @Test(arguments: [
    ("[store]\naddress = \"/srv/a\"\n", "[store]\naddress = \n"),
    ("store.address = '/srv/a' # here\n", "store.address =  # here\n"),
    ("store = { address = \"/srv/a\" }\n", "store = { address =  }\n"),
    // What only looks like it.
    ("[hl7]\nfacility = \"\"\"\n[store]\naddress = 'a'\"\"\"\n", nil),
    ("# [store]\n# address = 'a'\n", nil), ("[fhir]\naddress = 'a'\n", nil), ("", nil),
  ])
  func `all but the value of the store's address is accepted`(text: String, accepted: String?) {
    let read = SiteConfiguration.check(Array(text.utf8), file: "site.toml").configuration
    #expect(String(decoding: read.acceptedBytes, as: UTF8.self) == accepted ?? text)
  }

  @Test func `no text of the file reaches a terminal raw`() {
    let found = faults("[facility]\n\"a\\u001b[2J\" = 1\nname = \"B\\u001b]0;x\\u0007\"\n")
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0 == $0.printable })
  }
}
