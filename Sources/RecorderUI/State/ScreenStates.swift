package import InfusionRecord

/// What the session screen remembers.
package struct SessionState: Hashable, Sendable {
  /// A row of what was given and what is planned.
  package enum GivenRow: Hashable, Sendable {
    case administration(String)
    /// A planned dose, by its place in the plan.
    case planned(Int)
  }

  package enum Panel: Int, Hashable, Sendable, CaseIterable { case given, units, toDo }

  package internal(set) var panel = Panel.given
  /// The selected row, unit and issue.
  package internal(set) var given = ListCursor<GivenRow>()
  package internal(set) var units = ListCursor<Int>()
  package internal(set) var toDo = ListCursor<Int>()
  /// Steps coarser (positive) or finer than the scale that fits, and columns scrolled right.
  package internal(set) var zoom = 0
  package internal(set) var shift = 0

  package init() {}
}

/// What a text screen remembers: the explanation and the history.
package struct ReaderState: Hashable, Sendable {
  /// The first line shown.
  package internal(set) var first = 0
  /// The selected entry of the history, by position; newest last.
  package internal(set) var entry = ListCursor<Event.ID>()
  /// What must be found in a paragraph or a fact for it to be shown.
  package internal(set) var filter = TextEntry()
  package internal(set) var isFinding = false

  package init() {}
}

/// The command palette while it is open.
package struct PaletteState: Hashable, Sendable {
  package internal(set) var entry = TextEntry()
  package internal(set) var highlighted = 0

  package init() {}
}

/// The help screen while it is open.
package struct HelpState: Hashable, Sendable {
  /// The place it helps with.
  package let place: KeyRow.Place
  package internal(set) var first = 0
  package internal(set) var filter = TextEntry()
  package internal(set) var isFinding = false

  init(place: KeyRow.Place) {
    self.place = place
  }
}
