import Glibc
package import InfusionRecord
import PlainText

/// The time zone of the computer: `TZ`, otherwise `/etc/localtime`.
///
/// Either may hold anything that the C library understands: a name, a path, a POSIX text such as
/// `EST5EDT`, a copy of a zone's file. The record needs the zone's name, so a zone without one is found
/// by its content. A zone that cannot be found is refused. The C library would silently use UTC.
package enum HostZone {
  /// - Parameters:
  ///   - setting: the value of `TZ`; nil or empty if it is not set.
  ///   - localtime: the file that holds the system's zone.
  package static func clock(
    setting: String?, localtime: String = "/etc/localtime"
  ) throws(Complaint) -> LocalClock {
    if let setting, !setting.isEmpty {
      guard let clock = named(setting) else { throw unknown("TZ", setting) }
      return clock
    }
    if let clock = file(localtime) { return clock }
    let reason =
      access(localtime, F_OK) == 0
      ? "\(localtime.printable) holds no time zone of this system"
      : "it has no \(localtime.printable)"
    throw Complaint("The time zone of this computer is not known: \(reason). \(advice)")
  }

  /// The clock of a zone that is named as the variable `TZ` names one; nil if it is none.
  package static func named(_ setting: String) -> LocalClock? {
    let zone = setting.hasPrefix(":") ? String(setting.dropFirst()) : setting
    if let clock = LocalClock(zone: zone) { return clock }
    return zone.hasPrefix("/")
      ? file(zone) : ZoneDatabase.zone(posix: zone).flatMap { LocalClock(zone: $0) }
  }

  /// The refusal of a variable that names no zone.
  package static func unknown(_ variable: String, _ setting: String) -> Complaint {
    Complaint(
      "The time zone \(variable)=\(String(setting.prefix(60)).printable) is none that this system "
        + "knows by one name. \(advice)")
  }

  private static let advice =
    "Set time_zone in [facility] of the site's configuration, or the variable CHAIRTIME_ZONE, to a "
    + "name such as America/Chicago."

  /// The zone that a link leads to, otherwise the one with the file's content.
  private static func file(_ path: String) -> LocalClock? {
    for target in [link(path), resolved(path)].compactMap(\.self) {
      if let zone = zoneName(in: target), let clock = LocalClock(zone: zone) { return clock }
    }
    return ZoneDatabase.zone(ofFile: path).flatMap { LocalClock(zone: $0) }
  }

  /// `America/Chicago` of `/usr/share/zoneinfo/America/Chicago`.
  private static func zoneName(in path: String) -> String? {
    let folders = path.split(separator: "/", omittingEmptySubsequences: true)
    guard let database = folders.lastIndex(of: "zoneinfo") else { return nil }
    return folders[(database + 1)...].drop { $0 == "posix" }.joined(separator: "/")
  }

  private static func link(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
