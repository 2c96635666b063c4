import Glibc

/// Finds the name of a time zone by what its file holds, in `/usr/share/zoneinfo` (package tzdata).
///
/// Two zones are equal here if they have the same offsets from 1970 to 2099, the years that
/// `LocalClock` knows. A zone found so charts the same times, whatever its name is.
package enum ZoneDatabase {
  static let folder = "/usr/share/zoneinfo"
  /// Files of the database that name no place: the zone of this computer, defaults, and a zone for a
  /// computer whose zone was never set.
  private static let unnamed: Set = ["localtime", "posixrules", "Factory"]

  /// The zone whose file has the content of the file at `path`; nil if there is none.
  package static func zone(ofFile path: String) -> String? {
    ZoneFile.bytes(path).flatMap(zone(holding:))
  }

  /// The zone that a POSIX text such as `EST5EDT` or `EST5EDT,M3.2.0,M11.1.0` means; nil if the
  /// database has none or several that differ.
  ///
  /// Many zones share today's rule and differ in earlier years. Only a zone of the database that has the
  /// text's own name, or one without summer time, is certain.
  package static func zone(posix text: String) -> String? {
    let name = String(text.prefix { $0 != "," })
    if ZoneFile.isName(name), !name.isEmpty, !unnamed.contains(name),
      let bytes = ZoneFile.bytes("\(folder)/\(name)")
    {
      let isWhole = name == text
      if isWhole || ZoneFile.footer(bytes) == text { return zone(holding: bytes) }
    }
    guard !text.contains(","), let rule = ZoneFile.Rule(text),
      rule.transitions(after: .min, LocalClock.years).isEmpty
    else { return nil }
    let wanted = [ZoneFile.Change(.min, rule.standard)]
    let equal = names().filter { ZoneFile(name: $0, years: LocalClock.years)?.changes == wanted }
    // `UTC` and `Etc/GMT+5` win over names of places.
    func rank(_ name: String) -> (Int, String) {
      (name == "UTC" ? 0 : name.hasPrefix("Etc/") ? 1 : 2, name)
    }
    return equal.min { rank($0) < rank($1) }
  }

  private static func zone(holding bytes: [UInt8]) -> String? {
    guard let wanted = ZoneFile(bytes, years: LocalClock.years)?.changes else { return nil }
    var equal: [String] = []
    var identical: [String] = []
    for name in names() {
      guard let known = ZoneFile.bytes("\(folder)/\(name)") else { continue }
      if known == bytes {
        identical.append(name)
      } else if identical.isEmpty,
        ZoneFile(known, years: LocalClock.years)?.changes == wanted
      {
        equal.append(name)
      }
    }
    let order = places()
    return (identical.isEmpty ? equal : identical).min { rank($0, order) < rank($1, order) }
  }

  /// Names of places come first, in the order of `zone1970.tab`, so that the present name of a zone wins
  /// over its earlier ones.
  private static func rank(_ name: String, _ places: [String]) -> (Int, Int, String) {
    if let place = places.firstIndex(of: name) { return (0, place, name) }
    return (name == "UTC" ? 1 : 2, 0, name)
  }

  /// The third column of `zone1970.tab`.
  private static func places() -> [String] {
    guard let bytes = ZoneFile.bytes("\(folder)/zone1970.tab", limit: 1 << 18) else { return [] }
    return bytes.split(separator: 0x0A).compactMap { line in
      let columns = line.split(separator: 0x09)
      guard line.first != 0x23, columns.count >= 3 else { return nil }
      return String(decoding: columns[2], as: UTF8.self)
    }
  }

  /// The names in the database that `LocalClock` takes, in no order.
  private static func names() -> [String] {
    var names = ["UTC"]
    for area in entries("") where !["posix", "right", "SystemV"].contains(area) {
      for place in entries(area) {
        let name = "\(area)/\(place)"
        names.append(name)
        names += entries(name).map { "\(name)/\($0)" }
      }
    }
    return names
  }

  /// The entries of a folder of the database; none if it is a file.
  private static func entries(_ folder: String) -> [String] {
    guard let directory = opendir("\(self.folder)/\(folder)") else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), ZoneFile.isName(name) { names.append(name) }
    }
    return names
  }
}
