/// The numbers and letters by which terminals name keys.
enum KeyCodes {
  /// The final letters of CSI and SS3.
  static let letters: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]

  /// The final letters of SS3 that a keypad in application mode sends (VT100, DECKPAM).
  static let keypad: [UInt8: Key] = {
    var keys: [UInt8: Key] = [
      UInt8(ascii: "M"): .enter, UInt8(ascii: "I"): .tab, UInt8(ascii: " "): .character(" "),
      UInt8(ascii: "j"): .character("*"), UInt8(ascii: "k"): .character("+"),
      UInt8(ascii: "l"): .character(","), UInt8(ascii: "m"): .character("-"),
      UInt8(ascii: "n"): .character("."), UInt8(ascii: "o"): .character("/"),
      UInt8(ascii: "X"): .character("="),
    ]
    for digit in UInt8(0)...9 {
      keys[UInt8(ascii: "p") + digit] = .character(Character(Unicode.Scalar(0x30 + digit)))
    }
    return keys
  }()

  /// The numbers before `~`.
  static let numbers: [Int: Key] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]

  /// Whether a terminal can mean this character as text.
  ///
  /// Some send a key without a character as one of the private-use area (U+E000 to U+F8FF).
  static func isText(_ character: Character) -> Bool {
    !character.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F...0x9F, 0xE000...0xF8FF, 0xF0000...0x10FFFF: true
      default: false
      }
    }
  }

  /// The key of `CSI … u` in kitty's keyboard protocol; nil for keys that the program does not know.
  ///
  /// - Parameters:
  ///   - codes: the code of the key without shift, then with shift.
  ///   - parameter: 1 plus the bits of the modifiers.
  ///   - text: the text that the key types, if the terminal reports it.
  static func press(of codes: [Int], _ parameter: Int, text: [Int]) -> KeyPress? {
    guard let code = codes.first else { return nil }
    let modifiers = KeyPress.Modifiers(parameter: parameter)
    switch code {
    case 9: return modifiers == .shift ? KeyPress(.backTab) : KeyPress(.tab, modifiers)
    case 13, 57414: return KeyPress(.enter, modifiers)
    case 27: return KeyPress(.escape, modifiers)
    case 8, 127: return KeyPress(.backspace, modifiers)
    case 57344...63743: return functional(code).map { KeyPress($0, modifiers) }
    default: break
    }
    let types = modifiers.subtracting(.shift).isEmpty
    if types, let typed = character(text.first) { return KeyPress(.character(typed)) }
    guard let plain = character(code) else { return nil }
    guard types else { return KeyPress(.character(plain), modifiers) }
    let isShifted = modifiers.contains(.shift)
    if isShifted, codes.count > 1, let shifted = character(codes[1]) {
      return KeyPress(.character(shifted))
    }
    let isCapsLocked = max(0, parameter - 1) & 64 != 0
    if plain.isLetter, isShifted != isCapsLocked, let upper = plain.uppercased().first {
      return KeyPress(.character(upper))
    }
    return KeyPress(.character(plain), plain.isLetter ? [] : modifiers)
  }

  private static func character(_ code: Int?) -> Character? {
    guard let code, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else {
      return nil
    }
    let character = Character(scalar)
    return isText(character) ? character : nil
  }

  /// The keys that kitty's protocol numbers in the private-use area: the keypad. Locks, media keys and
  /// modifiers by themselves mean nothing here.
  private static func functional(_ code: Int) -> Key? {
    switch code {
    case 57399...57408: .character(Character(Unicode.Scalar(UInt8(code - 57399 + 0x30))))
    case 57409: .character(".")
    case 57410: .character("/")
    case 57411: .character("*")
    case 57412: .character("-")
    case 57413: .character("+")
    case 57415: .character("=")
    case 57416: .character(",")
    case 57417: .left
    case 57418: .right
    case 57419: .up
    case 57420: .down
    case 57421: .pageUp
    case 57422: .pageDown
    case 57423: .home
    case 57424: .end
    case 57425: .insert
    case 57426: .delete
    default: nil
    }
  }
}
