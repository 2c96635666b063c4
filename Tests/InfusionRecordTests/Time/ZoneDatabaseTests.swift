import Foundation
import TestSupport
import Testing

@testable import InfusionRecord

@Suite struct ZoneDatabaseTests {
  @Test(arguments: [
    "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "Pacific/Honolulu",
    "America/Anchorage", "Europe/Oslo", "Asia/Tokyo", "America/Indiana/Knox", "UTC",
  ])
  func `a copy of a zone's file is that zone`(zone: String) throws {
    let folder = TemporaryFolder()
    let path = folder.file("localtime")
    try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(zone)"))
      .write(to: URL(filePath: path))
    let found = try #require(ZoneDatabase.zone(ofFile: path))
    // tzdata may hold one zone under several names.
    let changes = [found, zone].map { ZoneFile(name: $0, years: LocalClock.years)?.changes }
    #expect(changes[0] == changes[1])
    if zone.hasPrefix("America/") || zone == "UTC" { #expect(found == zone) }
  }

  @Test(arguments: [
    ("EST5EDT", "America/New_York"), ("CST6CDT", "America/Chicago"),
    ("MST7MDT", "America/Denver"), ("PST8PDT", "America/Los_Angeles"),
    ("EST5EDT,M3.2.0,M11.1.0", "America/New_York"), ("Japan", "Asia/Tokyo"), ("UTC0", "UTC"),
    ("EST5", "Etc/GMT+5"), ("<-03>3", "Etc/GMT+3"),
  ])
  func `a POSIX zone that the database knows is found by content`(text: String, zone: String) {
    #expect(ZoneDatabase.zone(posix: text) == zone)
  }

  /// Many zones share these rules and differ in earlier years, or none has them.
  @Test(arguments: [
    "XYZ5ABC,M3.2.0,M11.1.0", "EST5EDT,M4.1.0,M10.5.0", "America_Chicago", "Chicago", "EST5EDTX",
    "",
    "CST5:17", "../../etc/passwd", "posixrules",
  ])
  func `a zone that could be several, or none, is not guessed`(text: String) {
    #expect(ZoneDatabase.zone(posix: text) == nil)
  }

  @Test func `a file that is no zone has no name`() {
    #expect(ZoneDatabase.zone(ofFile: "/etc/passwd") == nil)
    #expect(ZoneDatabase.zone(ofFile: "/nonexistent") == nil)
    #expect(ZoneDatabase.zone(ofFile: "/usr/share/zoneinfo") == nil)
  }
}
