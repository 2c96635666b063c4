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
