internal import InfusionRecord
import PlainText
internal import TimelineEngine
import PlainText

extension SiteConfiguration {
  /// Reads a site's file and returns every fault in it, in the order of the lines.
  ///
  /// - Parameters:
  ///   - bytes: the whole file, UTF-8.
  ///   - file: the file's name for faults.
  /// - Returns: the configuration with every valid entry, and the faults. Use the configuration only if
  ///   there is no fault.
  package static func check(
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

  /// Reads a user's own file: keys, tones and mouse, and nothing that others see.
  package static func checkOwn(
    _ bytes: [UInt8], file: String
  ) -> (configuration: SiteConfiguration, faults: [DocumentError]) {
    var (configuration, faults) = check(bytes, file: file)
    guard faults.isEmpty else { return (configuration, faults) }
    var own = SiteConfiguration()
    own.theme = configuration.theme
    own.mouse = configuration.mouse
    own.keys = configuration.keys
    configuration.acceptedBytes = []
    if own != configuration {
      faults.append(
        DocumentError(
          file: file, found: "the file decides more than a user's own screens",
          expected: "[keys], and theme and mouse in [screens]; the rest belongs to the site's file")
      )
    }
    return (own, faults)
  }

  /// Reads a site's file.
  ///
  /// - Throws: the first fault, with file and line.
  package init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    let (configuration, faults) = SiteConfiguration.check(bytes, file: file)
    if let first = faults.first { throw first }
    self = configuration
  }
}

private struct Reading {
  let file: String
  var site = SiteConfiguration()
  var faults: [DocumentError] = []
  /// The reader of the document, which knows the line of each key.
  var lines = TOMLReader("", file: "")

  /// Tables with any keys, which `SiteConfigurationKey` does not list.
  private static let openTables = ["policy", "payers", "keys"]

  init(file: String) {
    self.file = file
  }

  mutating func read(_ bytes: [UInt8]) throws(DocumentError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DocumentError(
        file: file, found: "the file is not UTF-8", expected: "a TOML file in UTF-8")
    }
    lines = TOMLReader(text, file: file)
    let tree = try lines.document()
    var rest = lines.bytes
    if let address = lines.values[["store", "address"]] { rest.removeSubrange(address) }
    site.acceptedBytes = rest
    guard case .table(let tables) = tree else { return }
    for (name, value) in tables {
      switch name {
      case "policy":
        for setting in settings(value, at: ["policy"]) {
          try? site.policy.set(setting.key, to: setting.value)
        }
      case "payers": payers(value)
      case "keys": keys(value, screen: nil)
      default: table(value, at: [name])
      }
    }
    for fault in site.schedule.contradictions {
      self.fault(
        ["schedule", "columns", fault.key.rawValue], fault.found, expected: fault.expected)
    }
  }

  /// Reads a table of `SiteConfigurationKey`, or a table that contains such tables.
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
    for (key, value) in entries {
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

  /// Reads `stop-a-drug = "X"`, a list of keys, and a table of them for one screen.
  private mutating func keys(_ value: TOMLTree, screen: String?) {
    let path = ["keys"] + [screen].compactMap { $0 }
    guard case .table(let entries) = value else {
      return wrong(path, value, expected: "a table of actions with their keys")
    }
    for (name, value) in entries {
      let place = path + [name]
      var binding = KeyBinding(screen: screen, action: name, keys: [], line: lines.line(of: place))
      switch value {
      case .text(let key): binding.keys = [key]
      case .list(let list):
        let keys = list.compactMap(\.asText)
        guard keys.count == list.count else {
          wrong(place, value, expected: "a list of the names of keys")
          continue
        }
        binding.keys = keys
      case .table where screen == nil:
        keys(value, screen: name)
        continue
      case .table, .whole, .number, .flag, .moment:
        wrong(place, value, expected: "the name of a key, or a list of names")
        continue
      }
      site.keys.append(binding)
    }
  }

  private mutating func payers(_ value: TOMLTree) {
    guard case .table(let payers) = value else {
      return wrong(["payers"], value, expected: "a table for each payer")
    }
    for (payer, value) in payers {
      let place = ["payers", payer]
      guard case .table(let entries) = value else {
        wrong(place, value, expected: "a table with a policy")
        continue
      }
      for (key, value) in entries {
        guard key == "policy" else {
          unknown(place + [key], among: ["policy"], called: "key")
          continue
        }
        let settings = settings(value, at: place + [key])
        if site.payerSettings[payer.lowercased()] != nil {
          fault(place, "this payer is there twice", expected: "each payer once")
        }
        site.payerSettings[payer.lowercased()] = settings
      }
    }
  }

  /// Reads policy settings; `push.interval_from` may be one quoted key or a dotted key.
  private mutating func settings(
    _ value: TOMLTree, at path: [String], name: String = ""
  ) -> [SiteConfiguration.Setting] {
    let found: PolicyValue
    switch value {
    case .table(let entries):
      return entries.flatMap { key, value in
        settings(value, at: path + [key], name: name.isEmpty ? key : "\(name).\(key)")
      }
    case .text(let text): found = .text(text)
    case .flag(let flag): found = .flag(flag)
    case .whole(let number): found = .number(Double(number))
    case .number(let number): found = .number(number)
    case .list, .moment:
      wrong(path, value, expected: "a text, a number, true or false")
      return []
    }
    var trial = Policy.standard
    do throws(PolicyError) {
      try trial.set(name, to: found)
      return [SiteConfiguration.Setting(key: name, value: found)]
    } catch {
      switch error {
      case .unknownKey: unknown(path, among: Policy.keys.map(\.name), called: "policy", name: name)
      case .badValue(_, let allowed): wrong(path, value, expected: allowed)
      }
      return []
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
