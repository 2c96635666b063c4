import Testing

@testable import TerminalCore

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("TESTER, Amara", 13), ("Björn", 5), ("Bjo\u{308}rn", 5), ("王小明", 6), ("김", 2),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("한글", 4), ("कार्तिक", 6), ("שרה", 3), ("مريم", 4), ("😀", 2),
    ("", 0),
    ("ﾃｽﾄ", 3), ("Ａ", 2),
  ])
  func `a name takes the columns a terminal gives it`(name: String, columns: Int) {
    #expect(DisplayWidth.of(VisibleText.of(name)) == columns)
  }

  @Test func `a frame gives each name exactly its columns`() {
    for name in ["王小明", "Bjo\u{308}rn", "कार्तिक", "한글", "😀😀", "שרה", "a\u{301}\u{302}\u{303}"] {
      var frame = Frame(size: Size(columns: 20, rows: 1))
      let columns = frame.put(name, at: Point(column: 0, row: 0))
      frame.put("|", at: Point(column: columns, row: 0))
      #expect(columns == DisplayWidth.of(VisibleText.of(name)))
      #expect(frame.text(row: 0) == VisibleText.of(name) + "|")
    }
  }
}

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("\u{1B}[31mred", "^[[31mred"), ("\u{1B}]0;title\u{7}", "^[]0;title^G"),
    ("\u{1B}]52;c;QQ==\u{1B}\\", "^[]52;c;QQ==^[\\"), ("\u{1B}P+q\u{1B}\\", "^[P+q^[\\"),
    ("\u{1B}_apc", "^[_apc"), ("\u{9B}6n", "\u{FFFD}6n"), ("a\rb", "a^Mb"), ("a\r\nb", "a^M^Jb"),
    ("a\tb", "a^Ib"), ("\u{0}", "^@"), ("\u{7F}", "^?"), ("a\u{202E}b", "a\u{FFFD}b"),
    ("a\u{2066}b\u{2069}", "a\u{FFFD}b\u{FFFD}"), ("a\u{200B}b", "a\u{FFFD}b"),
    ("a\u{FEFF}b", "a\u{FFFD}b"), ("a\u{200D}b", "a\u{FFFD}b"), ("a\u{AD}b", "a\u{FFFD}b"),
    ("a\u{2028}b", "a\u{FFFD}b"), ("a\u{E0041}b", "a\u{FFFD}b"), ("❤\u{FE0F}", "❤"),
    ("\u{301}a", "◌\u{301}a"),
  ])
  func `what a terminal would obey becomes a visible mark`(hostile: String, shown: String) {
    #expect(VisibleText.of(hostile) == shown)
  }

  @Test func `letters of every script stay as they are`() {
    for name in [
      "Björn", "Bjo\u{308}rn", "王小明", "한글", "कार्तिक", "שרה", "مريم", "Đặng", "O’Neil", "क्‍ष", "می‌خواهم",
    ] {
      #expect(VisibleText.of(name) == name)
    }
  }

  @Test func `a hundred thousand combining marks stay one letter`() {
    let hostile = "a" + String(repeating: "\u{301}", count: 100_000) + "b"
    let shown = VisibleText.of(hostile)
    #expect(DisplayWidth.of(shown) == 2)
    #expect(shown.unicodeScalars.count == 2 + VisibleText.maximumMarks)
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
