import Testing

@testable import PlainText

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
    #expect(hostile.printable == shown)
  }

  @Test func `letters of every script stay as they are`() {
    for name in [
      "Björn", "Bjo\u{308}rn", "王小明", "한글", "कार्तिक", "שרה", "مريم", "Đặng", "O’Neil", "क्‍ष", "می‌خواهم",
    ] {
      #expect(name.printable == name)
    }
  }

  @Test func `a hundred thousand combining marks stay one letter`() {
    let hostile = "a" + String(repeating: "\u{301}", count: 100_000) + "b"
    let shown = hostile.printable
    #expect(DisplayWidth.of(shown) == 2)
    #expect(shown.unicodeScalars.count == 2 + String.maximumMarks)
  }
}
