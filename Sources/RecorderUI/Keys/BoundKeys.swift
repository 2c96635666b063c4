package import PlainText
import TerminalCore

/// Why a binding of keys is not taken.
package struct KeyFault: Error, Hashable, Sendable {
  package let binding: KeyBinding
  package let found: String
  package let expected: String
  /// The words among which the wrong one may be meant.
  package var known: [String] = []
  /// The wrong word.
  package var word = ""
}

extension Keymap {
  /// The table with the keys of a file, and the faults of the file. With a fault the table stays as it is.
  ///
  /// The file is taken as a whole, so two actions may exchange their keys.
  package func bound(by bindings: [KeyBinding]) -> (keymap: Keymap, faults: [KeyFault]) {
    var bound = self
    var faults: [KeyFault] = []
    for binding in bindings {
      do throws(KeyFault) {
        try bound.bind(binding)
      } catch {
        faults.append(error)
      }
    }
    if faults.isEmpty { faults = bound.clashes(of: bindings) }
    return (faults.isEmpty ? bound : self, faults)
  }

  // MARK: One binding

  private mutating func bind(_ binding: KeyBinding) throws(KeyFault) {
    let places = try KeyRow.Place.bound(by: binding)
    let keys = try binding.presses()
    let meant = rows.indices.filter { index in
      rows[index].intent.actionName == binding.action
        && rows[index].places.contains { places.contains($0) }
    }
    guard !meant.isEmpty else { throw unknown(binding) }
    for index in meant.reversed() {
      let row = rows[index]
      if keys.isEmpty, row.name.isEmpty {
        throw KeyFault(
          binding: binding, found: "without a key nothing leads to this action",
          expected: "at least one key")
      }
      var (changed, rest) = (row, row)
      changed.keys = keys
      changed.places = row.places.filter { places.contains($0) }
      rest.places = row.places.filter { !places.contains($0) }
      rows.replaceSubrange(index...index, with: rest.places.isEmpty ? [changed] : [changed, rest])
    }
  }

  private func unknown(_ binding: KeyBinding) -> KeyFault {
    let elsewhere = rows.filter { $0.intent.actionName == binding.action }.flatMap(\.places)
      .filter(\.takesKeys)
    if let screen = binding.screen, !elsewhere.isEmpty {
      return KeyFault(
        binding: binding, found: "\(binding.action) is no action of \(screen)",
        expected: "one of "
          + KeyRow.Place.allCases.filter { elsewhere.contains($0) }
          .map(\.rawValue).joined(separator: ", "))
    }
    return KeyFault(
      binding: binding, found: "there is no such action",
      expected: "a name in the list of keys, such as stop-a-drug", known: Keymap.actionNames,
      word: binding.action)
  }

  /// The names of all actions whose keys can change, each once, in the order of the table.
  package static let actionNames: [String] = {
    var told: Set<String> = []
    return rows.filter { $0.places.contains(where: \.takesKeys) }.compactMap(\.intent.actionName)
      .filter { told.insert($0).inserted }
  }()

  // MARK: Clashes

  /// One fault for each pair of actions that have one key on one screen, at the later binding.
  private func clashes(of bindings: [KeyBinding]) -> [KeyFault] {
    var faults: [KeyFault] = []
    var told: Set<String> = []
    for place in KeyRow.Place.allCases where place.takesKeys {
      var owners: [KeyPress: KeyRow] = [:]
      for row in rows(in: place) {
        for key in row.keys {
          guard let owner = owners.updateValue(row, forKey: key), owner.intent != row.intent else {
            continue
          }
          let binding = bindings.last { binding in
            (binding.screen == nil || binding.screen == place.rawValue)
              && [owner, row].contains { $0.intent.actionName == binding.action }
          }
          guard let binding else { continue }
          let other = row.intent.actionName == binding.action ? owner : row
          guard told.insert("\(binding.path) \(key) \(other.help)").inserted else { continue }
          let name = other.intent.actionName.map { " (\($0))" } ?? ""
          faults.append(
            KeyFault(
              binding: binding,
              found: "\(key) is on the screen \(place.rawValue) already: \(other.help)\(name)",
              expected: name.isEmpty ? "another key" : "another key for one of them"))
        }
      }
    }
    return faults
  }
}

extension KeyRow.Place {
  /// Whether a file may bind keys here: a screen, where letters are no text.
  package var takesKeys: Bool { !takesText && self != .locked }

  /// The screens on which a binding holds.
  fileprivate static func bound(by binding: KeyBinding) throws(KeyFault) -> Set<Self> {
    let screens = allCases.filter(\.takesKeys)
    guard let name = binding.screen else { return Set(screens) }
    guard let place = screens.first(where: { $0.rawValue == name }) else {
      throw KeyFault(
        binding: binding, found: "there is no such screen",
        expected: "one of " + screens.map(\.rawValue).joined(separator: ", "),
        known: screens.map(\.rawValue), word: name)
    }
    return [place]
  }
}

extension KeyBinding {
  /// What these mean does not change, or no terminal tells them from another key.
  private static let fixed: [KeyPress] =
    [KeyPress(.enter), KeyPress(.escape)] + "czijmh".map { KeyPress.control($0) }

  fileprivate func presses() throws(KeyFault) -> [KeyPress] {
    var presses: [KeyPress] = []
    for name in keys {
      guard let press = KeyPress(named: name) else {
        throw KeyFault(
          binding: self, found: "there is no key \(name.printable)",
          expected: "a character, or a name such as F5, Ctrl-X, Alt-x, PgUp, Space")
      }
      guard !Self.fixed.contains(press) else {
        throw KeyFault(
          binding: self, found: "\(press) cannot be bound",
          expected: "a key other than Enter, Esc, Ctrl-C, Ctrl-Z, Ctrl-H, Ctrl-I, Ctrl-J, Ctrl-M")
      }
      if !presses.contains(press) { presses.append(press) }
    }
    return presses
  }
}
