import CNcurses
import PlainText
import Testing

import TerminalCore

/// ncurses places the cursor by the C library's widths; a difference would shift a whole row.
@Suite(.serialized) struct WidthTests {
  @Test func `every character that is shown is as wide as the C library says`() throws {
    try #require(cn_use_locale("C.UTF-8"), "the locale C.UTF-8 is needed")
    var differing: [String] = []
    for value in UInt32(0x20)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let theirs = cn_width(value)
      // This C library does not know the character; characters of a newer Unicode are replaced.
      if theirs < 0 { continue }
      let text = String(Character(scalar))
      // Ahom vowel sign: Unicode 15 made it non-spacing.
      if value == 0x1171E { continue }
      guard ("a" + text).printable == "a" + text else { continue }
      if DisplayWidth.of(scalar) != Int(theirs), value != 0x200C, value != 0x200D {
        differing.append(String(value, radix: 16))
      }
    }
    #expect(differing == [])
  }
}
