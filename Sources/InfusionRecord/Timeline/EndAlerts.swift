/// How the program announces that a drug comes to its planned end.
package struct EndAlerts: Hashable, Sendable {
  /// What the terminal does. The site's file holds the raw values.
  package enum Signal: String, CaseIterable, Sendable, Hashable {
    /// It rings once.
    case bell
    /// The screen flashes once.
    case visual
    /// Nothing; the row is still marked as one that needs a person.
    case off
  }

  package var signal = Signal.bell
  /// Minutes before the planned end of a further announcement, 1 to 60; nil for none.
  package var minutesBefore: Int?

  package init(signal: Signal = .bell, minutesBefore: Int? = nil) {
    self.signal = signal
    self.minutesBefore = minutesBefore
  }
}
