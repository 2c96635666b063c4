import PlainText
import Testing

@testable import TerminalCore

/// Text of other people in the cells of a frame.
@Suite struct FrameTextTests {
  @Test func `a frame gives each name exactly its columns`() {
    for name in ["王小明", "Bjo\u{308}rn", "कार्तिक", "한글", "😀😀", "שרה", "a\u{301}\u{302}\u{303}"] {
      var frame = Frame(size: Size(columns: 20, rows: 1))
      let columns = frame.put(name, at: Point(column: 0, row: 0))
      frame.put("|", at: Point(column: columns, row: 0))
      #expect(columns == DisplayWidth.of(name.printable))
      #expect(frame.text(row: 0) == name.printable + "|")
    }
  }

  @Test func `a hundred thousand combining marks take one cell`() {
    let hostile = "a" + String(repeating: "\u{301}", count: 100_000) + "b"
    var frame = Frame(size: Size(columns: 4, rows: 1))
    #expect(frame.put(hostile, at: Point(column: 0, row: 0)) == 2)
  }

  @Test func `no text leaves a control character in a frame`() {
    var hostile = ""
    for value in (UInt32(0)...0x2100).compactMap(Unicode.Scalar.init) {
      hostile.unicodeScalars.append(value)
    }
    var frame = Frame(size: Size(columns: 300, rows: 40))
    frame.draw(StyledText(hostile), in: frame.bounds)
    for cell in frame.cells {
      for scalar in frame.text(of: cell).unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
        #expect(!(0x202A...0x202E).contains(scalar.value))
      }
    }
  }
}
