import TerminalCore

/// What the screen says about a key that does nothing where it was pressed.
///
/// The usual reasons are Caps Lock, a keyboard that types another alphabet, and a key of another screen.
/// The sentence names the key that would work.
enum DeadKey {
  /// Nil in places without a key for help: they show no message.
  static func sentence(
    _ press: KeyPress, in place: KeyRow.Place, of keymap: Keymap
  ) -> String? {
    guard let help = keymap.row(of: .showHelp, in: place)?.keys.first else { return nil }
    if case .character(let character) = press.key, press.modifiers.isEmpty {
      if let swapped = character.otherCase, let row = keymap.row(of: swapped, in: place) {
        return "\(character) does nothing here; \(swapped) is: \(row.help). Is Caps Lock on?"
      }
      if !character.isASCII, character.isLetter {
        let layout = "\(character) does nothing here: the keyboard types another alphabet."
        guard let latin = KeyboardLayout.latin(of: character),
          let row = keymap.row(of: latin, in: place)
        else { return "\(layout) Switch it to Latin letters; \(help) shows the keys." }
        return "\(layout) With Latin letters this key is \(latin): \(row.help)."
      }
    }
    let elsewhere = keymap.rows.filter { $0.keys.contains(press) }.flatMap(\.places)
    let screens = KeyRow.Place.allCases.filter { elsewhere.contains($0) && !$0.takesText }
    if !screens.isEmpty, !place.takesText {
      return "\(press) does nothing here. It works in: "
        + screens.prefix(3).map(\.title).joined(separator: ", ")
        + (screens.count > 3 ? " and other screens" : "")
        + "; \(help) shows the keys of this one."
    }
    return "\(press) does nothing here; \(help) shows the keys."
  }
}

extension Keymap {
  fileprivate func row(of character: Character, in place: KeyRow.Place) -> KeyRow? {
    rows(in: place).first { $0.keys.contains(KeyPress(.character(character))) }
  }
}

extension Character {
  /// The capital of a small letter and the reverse; nil if it has none of one character.
  fileprivate var otherCase: Character? {
    guard isASCII, isLetter else { return nil }
    return isUppercase ? lowercased().first : uppercased().first
  }
}

/// Which key of a Latin keyboard (QWERTY) types a letter on the usual keyboard of its alphabet.
enum KeyboardLayout {
  static func latin(of character: Character) -> Character? {
    if let found = keys[character] { return found }
    guard let small = character.lowercased().first, small != character, let found = keys[small]
    else { return nil }
    return found.uppercased().first
  }

  private static let keys: [Character: Character] = {
    let latin = "qwertyuiopasdfghjklzxcvbnm"
    // Russian, Ukrainian, Greek, Hebrew, Arabic; a blank stands for a key without a letter.
    let alphabets = [
      "йцукенгшщзфывапролдячсмить", "йцукенгшщзфівапролдячсмить", "  ερτυθιοπασδφγηξκλζχψωβνμ",
      "  קראטוןםפשדגכעיחלךזסבהנמצ", "ضصثقفغعهخحشسيبلاتنمئءؤر ىة",
    ]
    var keys: [Character: Character] = ["ς": "w"]
    for alphabet in alphabets {
      for (letter, key) in zip(alphabet, latin) where letter != " " && keys[letter] == nil {
        keys[letter] = key
      }
    }
    return keys
  }()
}
