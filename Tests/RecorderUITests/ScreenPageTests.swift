import Foundation
import TerminalCore
import Testing

@testable import RecorderUI

/// `docs/screens.md` shows the screens as the program draws them.
@Suite struct ScreenPageTests {
  private static let parts: [(SnapshotTests.View, String, String)] = [
    (
      .board, "Board",
      "One row a chair, those that need a person first, marked `▌` and in words. `Enter` opens a\n"
        + "chair, `/` finds by name, chair, drug or nurse."
    ),
    (
      .openSession, "Opening a session",
      "Two identifiers beside the name; the chair is where the patient sits, never who it is. `Enter`\n"
        + "goes through every field and records from the last, `Ctrl-S` from any; the prompts of every\n"
        + "minute record by `Enter` as soon as what must be there is."
    ),
    (
      .session, "Session",
      "The timeline, what was given, the units so far, and what is missing before closing. `◌` marks\n"
        + "a unit that may still change. `Tab` goes from panel to panel."
    ),
    (
      .startChoices, "Starting a drug",
      "Type a few letters of the generic name or the brand, or scan the package."
    ),
    (
      .start, "What will be recorded",
      "Every prompt says in one sentence what Enter would record."
    ),
    (
      .confirmStop, "A question after a stop",
      "Asked where a minute can matter, in the same words on both sides."
    ),
    (
      .amend, "Correcting",
      "Nothing is erased: a correction is a new fact with a reason, and shows the difference it makes."
    ),
    (
      .close, "Closing",
      "What is missing is answered one by one, truthfully; nobody has to invent a time."
    ),
    (.explain, "Explanation", "Every unit with its minutes, rule and source; every other minute."),
    (.history, "Facts recorded", "Every fact with its author and time, corrections included."),
    (
      .review, "Day review",
      "`d` on the board. A row a session, those that need a person first; `n` shows only those, `/`\nfinds, "
        + "the arrows and `g` go to other days. What is signed off recedes."
    ),
    (
      .signOff, "Signing off",
      "The name is put under exactly what was read: the hash of the statement, the rulebook, the policy."
    ),
    (
      .changed, "Changed since review",
      "A session whose facts changed after the sign-off is shown with the difference in units."
    ),
    (
      .integrity, "How times were charted",
      "`i` in the review: counts of the unit, never by person, and where lengths heap."
    ),
    (.help, "Keys", "`?` anywhere; the [key sheet](keys.md) is made from the same table."),
    (.palette, "Every action by name", "`:` anywhere."),
  ]

  @Test func `the page of screens is what the program draws`() throws {
    var page = """
      # Screens

      As the program draws them at 80×24; a test keeps them true. All patients are fictitious.

      """
    for (view, title, text) in ScreenPageTests.parts {
      let picture = SnapshotTests.driver(view, Size(columns: 80, rows: 24)).screen
      page += "\n## \(title)\n\n\(text)\n\n```\n\(picture)\n```\n"
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/screens.md")
    if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] == "1" {
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == page)
  }
}
