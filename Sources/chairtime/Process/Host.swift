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

  /// `CHAIRTIME_ZONE`, or `TZ` if it names a zone, or the target of /etc/localtime, or UTC.
  static var zone: String {
    for name in ["CHAIRTIME_ZONE", "TZ"] {
      guard let value = variable(name) else { continue }
      let zone = value.hasPrefix(":") ? String(value.dropFirst()) : value
      if LocalClock(zone: zone) != nil { return zone }
    }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/etc/localtime", &buffer, buffer.count - 1)
    guard count > 0 else { return "UTC" }
    buffer[count] = 0
    let folder = "/zoneinfo/"
    let zone = buffer.withUnsafeBufferPointer { path in
      path.baseAddress.flatMap { strstr($0, folder) }.map {
        String(cString: $0 + folder.utf8.count)
      }
    }
    guard let zone, LocalClock(zone: zone) != nil else { return "UTC" }
    return zone
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
