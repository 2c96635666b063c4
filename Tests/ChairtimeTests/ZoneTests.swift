import Foundation
import TestSupport
import Testing

/// One store under hosts of several time zones.
struct ZoneTests {
  @Test func `a host in another zone charts the same minutes and the same day`() throws {
    let home = TemporaryFolder()
    func run(_ line: String, zone: String) throws -> String {
      let ended = try Shell.run(line, home: home, environment: ["TZ": zone])
      #expect(ended.code == 0, "\(line): \(ended.error)")
      return ended.output
    }
    _ = try run(
      "printf 'family: Sample\\ngiven: Odd\\nborn: 1961-02-04\\nmrn: 1\\n' "
        + "| chairtime session open --chair 1 --id s1 --at -100", zone: "America/Chicago")
    _ = try run("chairtime session site s1 port --kind port --at -95", zone: "UTC")
    _ = try run("chairtime session start s1 paclitaxel --at -90", zone: "America/Phoenix")
    _ = try run("chairtime session stop s1 paclitaxel --at -10", zone: "Asia/Tokyo")
    let shown = ["America/Chicago", "UTC", "Pacific/Kiritimati"].map { zone in
      (try? run("chairtime session show s1", zone: zone)) ?? zone
    }
    #expect(shown[0].contains("zone America/Chicago") && shown[0].contains("  80 min\n"))
    // But for the minute it is now.
    let pages = Set(shown.map { $0.split(separator: "\n").dropFirst().joined(separator: "\n") })
    #expect(pages.count == 1)
  }

  private static let patient =
    "printf 'family: Sample\\ngiven: Odd\\nborn: 1961-02-04\\nmrn: 1\\n' "
    + "| chairtime session open --chair 1 --id s1"

  @Test(arguments: [
    ["TZ": "../../../etc/passwd"], ["TZ": ":Nowhere/Nothing", "CHAIRTIME_ZONE": "\u{1B}[2J"],
    ["TZ": "America/Chigaco"], ["TZ": "EST5EDT,M4.1.0,M10.5.0"], ["CHAIRTIME_ZONE": "Chicago"],
  ])
  func `a zone that is mistyped is refused with a sentence, and nothing is recorded`(
    environment: [String: String]
  ) throws {
    let home = TemporaryFolder()
    for line in [Self.patient, "chairtime board --plain | cat; exit ${PIPESTATUS[0]}"] {
      let ended = try Shell.run(line, home: home, environment: environment)
      #expect(ended.code == 1 && ended.error.hasPrefix("The time zone "), "\(ended)")
      #expect(
        ended.error.contains("Set time_zone in [facility]") && !ended.error.contains("\u{1B}"))
    }
    // A zone in the site's configuration wins.
    let site = home.file("site.toml")
    try "[facility]\ntime_zone = \"America/Denver\"\n".write(
      toFile: site, atomically: true, encoding: .utf8)
    let ended = try Shell.run(
      Self.patient, home: home, environment: environment.merging(["CHAIRTIME_CONFIG": site]) { $1 })
    #expect(ended.code == 0, "\(ended.error)")
    let shown = try Shell.run("chairtime session show s1", home: home)
    #expect(shown.output.contains("zone America/Denver"))
  }

  @Test func `a POSIX zone and a path are the zone they mean`() throws {
    for (setting, zone) in [
      ("EST5EDT", "America/New_York"), ("/usr/share/zoneinfo/America/Denver", "America/Denver"),
    ] {
      let home = TemporaryFolder()
      _ = try Shell.run(Self.patient, home: home, environment: ["TZ": setting])
      let shown = try Shell.run("chairtime session show s1", home: home)
      #expect(shown.output.contains("zone \(zone)"), "\(shown)")
    }
  }

  @Test func `a command's answer and a page tell the hour that occurs twice apart`() throws {
    let home = TemporaryFolder()
    func run(_ line: String) throws -> String {
      let ended = try Shell.run(line, home: home, environment: ["TZ": "America/Chicago"])
      #expect(ended.code == 0, "\(line): \(ended.error)")
      return ended.output
    }
    _ = try run(
      "printf 'family: Sample\\ngiven: Odd\\nborn: 1961-02-04\\nmrn: 1\\n' "
        + "| chairtime session open --chair 1 --id s1 --at '02-Nov-2025 00:30'")
    _ = try run("chairtime session site s1 port --kind port --at '02-Nov-2025 00:40'")
    let started = try run(
      "chairtime session start s1 paclitaxel --at '02-Nov-2025 01:10 first'")
    #expect(started.contains("01:10 (UTC-5) on 02-Nov-2025"))
    let stopped = try run(
      "chairtime session stop s1 paclitaxel --at '02-Nov-2025 01:10 second' --format json")
    #expect(stopped.contains(#""time":"2025-11-02T01:10-06:00""#))
    let page = try run("chairtime session show s1 --facts")
    #expect(page.contains("01:10 (UTC-5) - 01:10 (UTC-6)  60 min"))
    #expect(page.contains("01:10 (UTC-6)  PACLitaxel stopped"))
    #expect(try run("chairtime explain s1").contains("01:10 (UTC-5) - 01:10 (UTC-6)"))
  }
}
