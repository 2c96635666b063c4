/// Everything that can happen to the program.
package enum Input: Hashable, Sendable {
  case key(KeyPress)
  /// Text that arrived as a whole. It is never read as keys.
  case paste(String)
  case resize(Size)
  /// The mouse, on a terminal that was asked to tell of it.
  case mouse(MouseEvent)
  /// A new minute began, or a timeout expired.
  case tick
  /// This or another process added facts to the store.
  case storeChanged
  /// The user pressed Ctrl-Z: the event loop suspends the program and redraws afterwards.
  case suspend
  /// The program was continued after a suspend.
  case resume
  /// The terminal is gone, or a signal asked the program to end.
  case hangup
}

/// What a mouse did. Of the buttons only the left one is told, and only when it goes down.
package enum MouseEvent: Hashable, Sendable {
  case click(Point)
  case wheelUp, wheelDown
}

/// One key with its modifiers.
package struct KeyPress: Hashable, Sendable {
  package struct Modifiers: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// xterm's modifier parameter: 1 plus shift 1, alt 2, control 4.
    init(parameter: Int) {
      self.init(rawValue: UInt8(truncatingIfNeeded: max(0, parameter - 1)) & 7)
    }
    package static let shift = Modifiers(rawValue: 1)
    package static let alt = Modifiers(rawValue: 2)
    package static let control = Modifiers(rawValue: 4)
  }

  package var key: Key
  package var modifiers: Modifiers

  package init(_ key: Key, _ modifiers: Modifiers = []) {
    self.key = key
    self.modifiers = modifiers
  }

  /// Ctrl with a letter, in lower case.
  package static func control(_ letter: Character) -> KeyPress {
    KeyPress(.character(letter), .control)
  }
}

/// A key by name. A shifted letter is the upper-case character without a modifier.
package enum Key: Hashable, Sendable {
  case character(Character)
  case enter, tab, backTab, escape, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 is `function(1)`.
  case function(Int)
}

extension KeyPress: CustomStringConvertible {
  /// The name in help and status bar: `Ctrl-L`, `Enter`, `s`.
  package var description: String {
    var name = ""
    if modifiers.contains(.control) { name += "Ctrl-" }
    if modifiers.contains(.alt) { name += "Alt-" }
    if modifiers.contains(.shift) { name += "Shift-" }
    if case .character(let letter) = key, modifiers.contains(.control) {
      return name + letter.uppercased()
    }
    return name + key.description
  }
}

extension Key: CustomStringConvertible {
  package var description: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    }
  }
}
