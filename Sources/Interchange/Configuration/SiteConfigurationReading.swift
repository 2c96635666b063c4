internal import InfusionRecord
import PlainText
internal import TimelineEngine
import PlainText

extension SiteConfiguration {
  /// Reads a site's file and tells every fault in it, in the order of the lines.
  ///
  /// - Parameters:
  ///   - bytes: the whole file, UTF-8.
  ///   - file: how to call it in a fault.
  /// - Returns: the configuration with every entry that could be taken, and the faults; only with
  ///   no fault is it the site's.
  public static func check(
    _ bytes: [UInt8], file: String
  ) -> (configuration: SiteConfiguration, faults: [DocumentError]) {
    var reading = Reading(file: file)
    do throws(DocumentError) {
      try reading.read(bytes)
    } catch {
      reading.faults.append(error)
    }
    return (
      reading.site,
      reading.faults.enumerated().sorted { left, right in
        let (a, b) = (left.element.line ?? 0, right.element.line ?? 0)
        return a != b ? a < b : left.offset < right.offset
      }.map(\.element)
    )
  }

  /// Reads a site's file.
  ///
  /// - Throws: the first fault, with file and line.
  public init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    let (configuration, faults) = SiteConfiguration.check(bytes, file: file)
    if let first = faults.first { throw first }
    self = configuration
  }
}

private struct Reading {
  let file: String
  var site = SiteConfiguration()
  var faults: [DocumentError] = []
  /// The document, and the line of each of its keys.
  var lines = TOMLReader("", file: "")

  /// Tables whose keys are read here, not by the key table.
  private static let openTables = ["policy", "payers"]

  init(file: String) {
    self.file = file
  }

  mutating func read(_ bytes: [UInt8]) throws(DocumentError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DocumentError(file: file, found: "this is not UTF-8", expected: "a TOML file in UTF-8")
    }
    lines = TOMLReader(text, file: file)
    let tree = try lines.document()
    guard case .table(let tables) = tree else { return }
    for entry in tables {
      let (name, value) = (entry.key, entry.value)
      switch name {
      case "policy": policies(value, at: ["policy"]) { $0.policy = $1 }
      case "payers": payers(value)
      default: table(value, at: [name])
      }
    }
  }

  /// A table of the key table, or one that holds such tables.
  private mutating func table(_ value: TOMLTree, at path: [String]) {
    let name = path.joined(separator: ".")
    let rows = SiteConfigurationKey.all.filter { $0.table == name }
    let within = Set(
      SiteConfigurationKey.all.filter { $0.table.hasPrefix(name + ".") }.map {
        String($0.table.dropFirst(name.count + 1))
      })
    guard !rows.isEmpty || !within.isEmpty else {
      let known = Set(
        SiteConfigurationKey.all.compactMap {
          $0.table.split(separator: ".").first.map(String.init)
        }
          + Reading.openTables
      ).sorted()
      return unknown(path, among: known, called: "table")
    }
    guard case .table(let entries) = value else {
      return wrong(path, value, expected: "a table")
    }
    for entry in entries {
      let (key, value) = (entry.key, entry.value)
      let place = path + [key]
      if within.contains(key) {
        table(value, at: place)
      } else if let row = rows.first(where: { $0.name == key }) {
        if !row.set(&site, value) { wrong(place, value, expected: row.expected) }
      } else {
        unknown(place, among: rows.map(\.name) + within.sorted(), called: "key")
      }
    }
  }

  private mutating func payers(_ value: TOMLTree) {
    guard case .table(let payers) = value else {
      return wrong(["payers"], value, expected: "a table for each payer")
    }
    for entry in payers {
      let (payer, value) = (entry.key, entry.value)
      let place = ["payers", payer]
      guard case .table(let entries) = value else {
        wrong(place, value, expected: "a table with a policy")
        continue
      }
      for entry in entries {
        let (key, value) = (entry.key, entry.value)
        guard key == "policy" else {
          unknown(place + [key], among: ["policy"], called: "key")
          continue
        }
        var taken: [SiteConfiguration.Setting] = []
        settings(value, at: place + [key], name: "") { taken.append($0) }
        if site.payerSettings[payer.lowercased()] != nil {
          fault(place, "this payer stands there twice", expected: "each payer once")
        }
        site.payerSettings[payer.lowercased()] = taken
      }
    }
  }

  private mutating func policies(
    _ value: TOMLTree, at path: [String],
    _ take: (inout SiteConfiguration, Policy) -> Void
  ) {
    var policy = Policy.standard
    settings(value, at: path, name: "") { try? policy.set($0.key, to: $0.value) }
    take(&site, policy)
  }

  /// Policy entries; `push.interval_from` may be one quoted key or a dotted one.
  private mutating func settings(
    _ value: TOMLTree, at path: [String], name: String,
    _ take: (SiteConfiguration.Setting) -> Void
  ) {
    let found: PolicyValue
    switch value {
    case .table(let entries):
      for entry in entries {
        let (key, value) = (entry.key, entry.value)
        settings(value, at: path + [key], name: name.isEmpty ? key : "\(name).\(key)", take)
      }
      return
    case .text(let text): found = .text(text)
    case .flag(let flag): found = .flag(flag)
    case .whole(let number): found = .number(Double(number))
    case .number(let number): found = .number(number)
    case .list, .moment:
      return wrong(path, value, expected: "a text, a number, true or false")
    }
    var trial = Policy.standard
    do throws(PolicyError) {
      try trial.set(name, to: found)
      take(SiteConfiguration.Setting(key: name, value: found))
    } catch {
      switch error {
      case .unknownKey: unknown(path, among: Policy.keys.map(\.name), called: "policy", name: name)
      case .badValue(_, let allowed): wrong(path, value, expected: allowed)
      }
    }
  }

  // MARK: Faults

  private mutating func unknown(
    _ path: [String], among known: [String], called: String, name: String? = nil
  ) {
    let name = name ?? path.last ?? ""
    fault(
      path, "there is no such \(called)\(suggestion(for: name, among: known))",
      expected: "one of \(known.joined(separator: ", "))")
  }

  private mutating func wrong(_ path: [String], _ value: TOMLTree, expected: String) {
    fault(path, "\(value.kind) stands here", expected: expected)
  }

  private mutating func fault(_ path: [String], _ found: String, expected: String) {
    let name = path.joined(separator: ".").printable
    faults.append(
      DocumentError(
        file: file, line: lines.line(of: path), path: name, found: found, expected: expected))
  }
}
