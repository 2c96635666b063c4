import PlainText
import Testing

@testable import TerminalCore

@Suite struct FrameTests {
  @Test func `a frame of no size takes every drawing`() {
    for size in [Size.zero, Size(columns: 1, rows: 1), Size(columns: 0, rows: 5)] {
      var frame = Frame(size: size)
      frame.put("TESTER, Amara 王", at: Point(column: -3, row: 0))
      frame.put("x", at: Point(column: 0, row: 99))
      frame.fill(Rect(column: -5, row: -5, columns: 50, rows: 50), with: "#")
      frame.draw("some words to wrap", in: frame.bounds)
      frame.emphasize(Rect(column: -1, row: -1, columns: 9, rows: 9), .selected)
      #expect(frame.cells.count == size.columns * size.rows)
    }
  }

  @Test func `a wide character at the edge is left out whole`() {
    var frame = Frame(size: Size(columns: 3, rows: 1))
    frame.put("a王小", at: Point(column: 0, row: 0))
    #expect(frame.text(row: 0) == "a王")
    frame = Frame(size: Size(columns: 4, rows: 1))
    frame.put("a王小", at: Point(column: 0, row: 0))
    #expect(frame.text(row: 0) == "a王")
  }

  @Test func `writing over half of a wide character leaves no half`() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame.put("王王", at: Point(column: 0, row: 0))
    frame.put("x", at: Point(column: 1, row: 0))
    #expect(frame.snapshot == " x王")
    frame.put("y", at: Point(column: 2, row: 0))
    #expect(frame.snapshot == " xy")
  }

  @Test func `frames that show the same are equal whatever was drawn before`() {
    var one = Frame(size: Size(columns: 6, rows: 1))
    var two = one
    one.put("e\u{301}", at: Point(column: 0, row: 0))
    one.put("o\u{302}", at: Point(column: 0, row: 0))
    two.put("o\u{302}", at: Point(column: 0, row: 0))
    #expect(one == two)
    two.put("o\u{302}", at: Point(column: 0, row: 0), .muted)
    #expect(one != two)
  }

  @Test func `text wraps between words and keeps a value with its unit`() {
    let text = StyledText("PACLitaxel 175\u{A0}mg in saline")
    #expect(text.wrapped(to: 14).map(\.plain) == ["PACLitaxel", "175\u{A0}mg in", "saline"])
    #expect(text.wrapped(to: 18).map(\.plain) == ["PACLitaxel 175\u{A0}mg", "in saline"])
    #expect(text.wrapped(to: 80).map(\.plain) == ["PACLitaxel 175\u{A0}mg in saline"])
  }

  @Test func `a word longer than the line is broken, never lost`() {
    let lines = StyledText("hyaluronidase x").wrapped(to: 5).map(\.plain)
    #expect(lines == ["hyalu", "ronid", "ase x"])
    #expect(StyledText("ab").wrapped(to: 0) == [])
  }

  @Test func `wrapping keeps every style`() {
    var text = StyledText("one ", .muted)
    text.append("two three", .attention)
    let lines = text.wrapped(to: 7)
    #expect(lines.map(\.plain) == ["one two", "three"])
    #expect(lines[1].spans.allSatisfy { $0.style == .attention })
  }

  @Test func `every width keeps every letter`() {
    let text = "NOBODY, Grace Mei-Lin  ondansetron 16\u{A0}mg 王小明 over 30\u{A0}min"
    let letters = text.filter { $0 != " " }
    for width in 2...90 {
      let lines = StyledText(text).wrapped(to: width, indent: 2)
      #expect(lines.allSatisfy { $0.columns <= width })
      #expect(lines.map(\.plain).joined().filter { $0 != " " } == letters)
    }
  }

  @Test func `rectangles never leave the rectangle they are cut from`() {
    let whole = Rect(column: 2, row: 3, columns: 10, rows: 4)
    for count in -2...14 {
      for part in [
        whole.top(count), whole.bottom(count), whole.left(count), whole.right(count),
        whole.droppingTop(count), whole.droppingBottom(count), whole.droppingLeft(count),
        whole.droppingRight(count), whole.inset(columns: count, rows: count),
        whole.centered(Size(columns: count, rows: count)),
      ] {
        #expect(part.columns >= 0 && part.rows >= 0)
        #expect(part.isEmpty || (part.column >= whole.column && part.endColumn <= whole.endColumn))
        #expect(part.isEmpty || (part.row >= whole.row && part.endRow <= whole.endRow))
      }
    }
  }

  @Test func `the style snapshot names roles and the selection`() {
    var frame = Frame(size: Size(columns: 6, rows: 1))
    frame.put("ab", at: Point(column: 0, row: 0), .attention)
    frame.put("cd", at: Point(column: 2, row: 0), .attention.selected)
    frame.put("e", at: Point(column: 4, row: 0), .text.selected)
    #expect(frame.styleSnapshot == "aaAA*")
  }

  @Test func `every glyph takes one column in both sets and has an ASCII stand-in`() {
    for path in [
      \Glyphs.horizontal, \.vertical, \.needsPerson, \.pointer, \.provisional, \.dash, \.times,
      \.ellipsis, \.bullet, \.paused, \.planned, \.runningEnd, \.tick, \.now, \.plannedEnd, \.check,
    ] {
      for glyph in [Glyphs.unicode[keyPath: path], Glyphs.ascii[keyPath: path]] {
        #expect(DisplayWidth.of(glyph) == 1)
        #expect(String(glyph).printable == String(glyph))
      }
      #expect(Glyphs.ascii[keyPath: path].isASCII)
      let scalar = Glyphs.unicode[keyPath: path].unicodeScalars.first ?? " "
      #expect(Glyphs.asciiStandIn(for: scalar) != UInt8(ascii: "?"))
    }
    #expect(
      "Björn Đặng ßø".unicodeScalars.map { Glyphs.asciiStandIn(for: $0) }
        == Array("Bjorn D?ng so".utf8))
  }
}
