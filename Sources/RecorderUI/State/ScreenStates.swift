public import InfusionRecord

/// What the session screen remembers.
public struct SessionState: Hashable, Sendable {
  public enum Panel: Int, Hashable, Sendable, CaseIterable { case given, units, toDo }

  public internal(set) var panel = Panel.given
  /// The selected administration, unit and doubt.
  public internal(set) var given = ListCursor<String>()
  public internal(set) var units = ListCursor<Int>()
  public internal(set) var toDo = ListCursor<Int>()
  /// Steps coarser or finer than what fits, and columns moved to the right.
  public internal(set) var zoom = 0
  public internal(set) var shift = 0

  public init() {}
}

/// What a screen of running text remembers: explanation and history.
public struct ReaderState: Hashable, Sendable {
  /// The first line shown.
  public internal(set) var first = 0
  /// The selected entry of the history, by position; newest last.
  public internal(set) var entry = ListCursor<Event.ID>()

  public init() {}
}

/// The command palette while it is open.
public struct PaletteState: Hashable, Sendable {
  public internal(set) var entry = TextEntry()
  public internal(set) var highlighted = 0

  public init() {}
}

/// The help screen while it is open.
public struct HelpState: Hashable, Sendable {
  /// The place it helps with.
  public let place: KeyRow.Place
  public internal(set) var first = 0
  public internal(set) var filter = TextEntry()
  public internal(set) var isFinding = false

  init(place: KeyRow.Place) {
    self.place = place
  }
}
