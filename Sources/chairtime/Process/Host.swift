import Glibc
import InfusionRecord
import SuiteProgram

/// The machine: its clock, its zone, its name, and the account that runs the program.
enum Host {
  static let workstation = Workstation(name: name) { now }

  static var now: RecordedTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return RecordedTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// The clock that sessions are opened by, of the first that names a zone: `CHAIRTIME_ZONE` by its
  /// name, the site's configuration, `CHAIRTIME_ZONE` by its content, the computer.
  ///
  /// Throws if `CHAIRTIME_ZONE` or the computer's setting names no zone that is known.
  static func clock(configured zone: String? = nil) throws(Complaint) -> LocalClock {
    let setting = variable("CHAIRTIME_ZONE").flatMap { $0.isEmpty ? nil : $0 }
    if let clock = setting.flatMap({ LocalClock(zone: $0) }) { return clock }
    if let clock = zone.flatMap({ LocalClock(zone: $0) }) { return clock }
    if let setting {
      guard let clock = HostZone.named(setting) else {
        throw HostZone.unknown("CHAIRTIME_ZONE", setting)
      }
      return clock
    }
    return try HostZone.clock(setting: variable("TZ"))
  }

  static var name: String {
    if let named = variable("CHAIRTIME_WORKSTATION"), !named.isEmpty { return named }
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    let name = String(
      decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return name.isEmpty ? "unknown" : name
  }

  /// The account's full name, or its short one; the author on the screens if nobody is enrolled.
  static var accountName: String {
    guard let account = getpwuid(geteuid())?.pointee else { return "unnamed" }
    let names = account.pw_gecos.map { String(cString: $0) } ?? ""
    // Room and telephone numbers may follow.
    let full = names.prefix { $0 != "," }
    return full.isEmpty ? String(cString: account.pw_name) : String(full)
  }

  /// `CHAIRTIME_ACTOR`, or the name of the account.
  static var actor: String {
    if let named = variable("CHAIRTIME_ACTOR"), !named.isEmpty { return named }
    if let account = getpwuid(geteuid()) { return String(cString: account.pointee.pw_name) }
    return "account \(geteuid())"
  }
}
