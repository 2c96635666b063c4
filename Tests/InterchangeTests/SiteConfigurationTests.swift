import InfusionRecord
import Interchange
import Testing
import TimelineEngine

/// A site's file: what it sets, and how each fault is told.
struct SiteConfigurationTests {
  private func faults(_ text: String) -> [String] {
    SiteConfiguration.check(Array(text.utf8), file: "site.toml").faults.map(\.description)
  }

  private func site(_ text: String) throws -> SiteConfiguration {
    try SiteConfiguration(Array(text.utf8), file: "site.toml")
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
    #expect(site.fhir.recordNumber == "urn:oid:1.2.3")
    #expect(site.scheduleHeaders == [.mrn: "Record #"])
    #expect(site.maySignOff("R. Sample"))
    #expect(!site.maySignOff("J. Nobody"))
  }

  @Test func `a payer's settings lie over the site's`() throws {
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
          + "of name, unit, chairs, time_zone, setting, place_of_service."
      ])
  }

  @Test func `every fault is told, in the order of the lines`() {
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
      found[2].hasSuffix("a number that does not fit stands here; expected \"2.5.1\" or \"2.3.1\".")
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

  @Test func `what is no TOML is told with line and column`() {
    let found = faults("[facility]\nname = \n")
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("site.toml:2:"))
    #expect(found[0].contains("this is no TOML"))
  }

  @Test func `a key twice is a fault of its line`() {
    let found = faults("[facility]\nunit = \"A\"\nunit = \"B\"\n")
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("site.toml:3:"))
  }

  @Test(arguments: [[0xFF, 0xFE], [0x00], [0x5B], [0x22, 0x22, 0x22]] as [[UInt8]])
  func `no bytes are too bad to be told`(bytes: [UInt8]) {
    #expect(!SiteConfiguration.check(bytes, file: "site.toml").faults.isEmpty)
  }

  @Test func `an empty file is the usual site`() throws {
    #expect(try site("") == SiteConfiguration())
  }

  @Test func `a new file has no fault and changes nothing but the suite's name`() throws {
    var expected = SiteConfiguration()
    expected.facility.name = "Suite B"
    #expect(try site(SiteConfiguration.newFile) == expected)
  }

  @Test func `no text of the file reaches a terminal raw`() {
    let found = faults("[facility]\n\"a\\u001b[2J\" = 1\nname = \"B\\u001b]0;x\\u0007\"\n")
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0 == $0.printable })
  }
}
