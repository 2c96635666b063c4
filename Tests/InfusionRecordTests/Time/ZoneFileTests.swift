import Foundation
import Testing

@testable import InfusionRecord

@Suite struct ZoneFileTests {
  private static let zones = [
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
    "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico",
    "America/Indiana/Indianapolis", "America/Adak", "Pacific/Guam", "America/Boise", "Etc/UTC",
    "Europe/London", "Europe/Oslo", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Asia/Tokyo", "Pacific/Apia", "America/Sao_Paulo", "Asia/Gaza", "Africa/Casablanca",
    "America/St_Johns", "Antarctica/Troll", "Asia/Kolkata",
  ]

  /// Foundation reads the same zones from ICU.
  @Test(arguments: zones) func `every day of every year has the offset Foundation says`(
    name: String
  ) throws {
    let clock = try #require(LocalClock(zone: name))
    let zone = try #require(TimeZone(identifier: name))
    for day in stride(from: 0, to: 47_000, by: 1) {
      let moment = Int64(day) * 86_400 + Int64(day % 24) * 3600
      // ICU goes by fixed tables after 2037 where rules follow the moon.
      if ["Africa/Casablanca", "Asia/Gaza"].contains(name), moment > 2_100_000_000 { break }
      let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(moment)))
      guard clock.offset(at: Instant(seconds: moment)) != expected else { continue }
      Issue.record("\(name), \(moment): \(clock.offset(at: Instant(seconds: moment))), \(expected)")
      return
    }
  }

  @Test func `both transitions of a year are exact to the second`() throws {
    let clock = try #require(LocalClock(zone: "America/Chicago"))
    // 8 March 2026 08:00 UTC, 1 November 2026 07:00 UTC, and a transition of 2060 by the rule.
    for (moment, before, after) in [
      (1_772_956_800, -21_600, -18_000), (1_793_516_400, -18_000, -21_600),
      (2_846_476_800, -21_600, -18_000),
    ] as [(Int64, Int, Int)] {
      #expect(clock.offset(at: Instant(seconds: moment - 1)) == before, "\(moment)")
      #expect(clock.offset(at: Instant(seconds: moment)) == after, "\(moment)")
    }
  }

  @Test func `a truncated or changed file does not crash`() throws {
    let bytes = [UInt8](
      try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/America/Chicago")))
    for count in 0..<bytes.count {
      _ = ZoneFile(Array(bytes[..<count]), years: 0..<4_102_444_800)
    }
    for position in bytes.indices {
      var changed = bytes
      changed[position] ^= 0xff
      _ = ZoneFile(changed, years: 0..<4_102_444_800)
    }
  }

  @Test(arguments: ["../../etc/passwd", "/etc/passwd", "No/Such", "America/Chicago\0", ""])
  func `a name that is not a zone is refused`(name: String) {
    #expect(LocalClock(zone: name) == nil)
  }
}
