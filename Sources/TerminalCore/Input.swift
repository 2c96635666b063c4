/// Everything that can happen to the program, in one queue.
public enum Input: Hashable, Sendable {
  case key(KeyPress)
  /// Text that arrived as a whole; never keys, whatever it contains.
  case paste(String)
  case resize(Size)
  /// The clock moved on to another minute, or a deadline came.
  case tick
  /// Another process, or this one, added facts to the store.
  case storeChanged
  /// A person asked to go to the shell; the loop suspends and draws again after.
  case suspend
  /// Back from the shell.
  case resume
  /// The terminal is gone, or somebody asked the program to end.
  case hangup
}

/// One key with what was held down.
public struct KeyPress: Hashable, Sendable {
  public struct Modifiers: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let shift = Modifiers(rawValue: 1)
    public static let alt = Modifiers(rawValue: 2)
    public static let control = Modifiers(rawValue: 4)
  }

  public var key: Key
  public var modifiers: Modifiers

  public init(_ key: Key, _ modifiers: Modifiers = []) {
    self.key = key
    self.modifiers = modifiers
  }

  /// A letter with Ctrl; the letter is lower case.
  public static func control(_ letter: Character) -> KeyPress {
    KeyPress(.character(letter), .control)
  }
}

/// A key by name. Shifted letters are the upper-case character without a modifier.
public enum Key: Hashable, Sendable {
  case character(Character)
  case enter, tab, backTab, escape, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 is `function(1)`.
  case function(Int)
}

extension KeyPress: CustomStringConvertible {
  /// The key as help and status bar name it: `Ctrl-L`, `Enter`, `s`.
  public var description: String {
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
  public var description: String {
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
