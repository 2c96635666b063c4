extension KeyPress {
  /// The key of that name, as help writes it: `s`, `Ctrl-X`, `F5`, `PgUp`. Upper and lower case are one, except
  /// in a letter alone. Nil if no key has the name.
  package init?(named name: String) {
    var rest = Substring(name)
    var modifiers: Modifiers = []
    let prefixes: [(String, Modifiers)] = [
      ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift),
    ]
    while let (text, modifier) = prefixes.first(where: {
      rest.count > $0.0.count && rest.lowercased().hasPrefix($0.0)
    }) {
      guard !modifiers.contains(modifier) else { return nil }
      rest = rest.dropFirst(text.count)
      modifiers.insert(modifier)
    }
    if rest.count == 1, let character = rest.first {
      // A shifted character is a character of its own.
      guard !modifiers.contains(.shift), KeyCodes.isText(character), character != " " else {
        return nil
      }
      guard modifiers.contains(.control) else {
        self.init(.character(character), modifiers)
        return
      }
      guard character.isASCII, character.isLetter, let letter = character.lowercased().first else {
        return nil
      }
      self.init(.character(letter), modifiers)
      return
    }
    let named = KeyPress.named.first { "\($0)".lowercased() == rest.lowercased() }
    guard var key = named else { return nil }
    if key == .tab, modifiers == .shift { (key, modifiers) = (.backTab, []) }
    self.init(key, modifiers)
  }

  /// The keys that have a name and not a character.
  private static let named: [Key] =
    [
      .enter, .tab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
      .pageUp, .pageDown, .character(" "),
    ] + (1...12).map { .function($0) }
}
