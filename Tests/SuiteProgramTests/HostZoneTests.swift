import Foundation
import InfusionRecord
import TestSupport
import Testing

@testable import SuiteProgram

@Suite struct HostZoneTests {
  private let folder = TemporaryFolder()

  private func zone(_ setting: String?, localtime: String = "/nonexistent") -> String {
    do {
      return try HostZone.clock(setting: setting, localtime: localtime).zone
    } catch { return error.description }
  }

  @Test(arguments: [
    ("America/Chicago", "America/Chicago"), (":America/Chicago", "America/Chicago"),
    ("/usr/share/zoneinfo/America/Denver", "America/Denver"),
    (":/usr/share/zoneinfo/posix/America/Denver", "America/Denver"), ("UTC", "UTC"),
    ("/usr/share/zoneinfo/CST6CDT", "America/Chicago"), ("EST5EDT", "America/New_York"),
    ("PST8PDT,M3.2.0,M11.1.0", "America/Los_Angeles"), ("US/Central", "US/Central"),
  ])
  func `TZ is a name, a path or a POSIX zone`(setting: String, found: String) {
    #expect(zone(setting) == found)
  }

  @Test(arguments: [
    "America/Chigaco", "Chicago", "/etc/passwd", "EST5EDT,M4.1.0,M10.5.0", "../../etc/passwd", ":",
    "\u{1B}[2J",
  ])
  func `a zone that is mistyped is refused, and never UTC`(setting: String) {
    let sentence = zone(setting)
    #expect(sentence.hasPrefix("The time zone TZ="), "\(sentence)")
    #expect(sentence.hasSuffix("CHAIRTIME_ZONE, to a name such as America/Chicago."))
    #expect(!sentence.contains("\u{1B}"))
  }

  @Test func `without TZ the system's file decides, as a link or as a copy`() throws {
    let link = folder.file("link")
    symlink("/usr/share/zoneinfo/America/Chicago", link)
    let chain = folder.file("chain")
    symlink(link, chain)
    let copy = folder.file("copy")
    try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/America/Chicago"))
      .write(to: URL(filePath: copy))
    for path in [link, chain, copy] {
      #expect(zone(nil, localtime: path) == "America/Chicago")
      #expect(zone("", localtime: path) == "America/Chicago")
      #expect(zone("America/Denver", localtime: path) == "America/Denver")
    }
  }

  @Test func `a computer without a zone is asked for one`() throws {
    let garbage = folder.file("garbage")
    try Data("not a zone, but long enough to be looked at as one by its length alone".utf8)
      .write(to: URL(filePath: garbage))
    #expect(
      zone(nil, localtime: garbage).contains("\(garbage) holds no time zone of this system. Set"))
    #expect(zone(nil).contains("it has no /nonexistent. Set time_zone in [facility]"))
  }
}
