import Testing

@testable import PlainText

/// Pages are laid out by the columns a terminal gives each letter.
@Suite struct TextPageTests {
  static let names = [
    "TESTER, Amara", "王小明", "ﾃｽﾄ", "Bjo\u{308}rn", "कार्तिक", "한글", "שרה", "😀 Tester", "\u{301}x",
    "a\u{200D}b",
  ]

  @Test(arguments: names)
  func `a column begins at the same place after every name`(name: String) {
    for text in [name.padded(to: 20), name.leading(to: 20)] {
      #expect(DisplayWidth.of(text) == 20)
    }
  }

  @Test(arguments: names)
  func `the right half of a line ends at the page's width`(name: String) {
    var page = TextPage()
    page.line(name, "right")
    page.line("left", name)
    #expect(page.lines.map { DisplayWidth.of($0) } == [TextPage.width, TextPage.width])
  }

  @Test(arguments: names)
  func `no wrapped line is wider than the page`(name: String) {
    var page = TextPage()
    page.wrap(String(repeating: name + " ", count: 60), first: "Patient: ")
    #expect(page.lines.count > 1)
    for line in page.lines { #expect(DisplayWidth.of(line) <= TextPage.width) }
    for line in page.lines.dropFirst() {
      #expect(line.unicodeScalars.prefix { $0 == " " }.count == 9)
    }
  }

  @Test func `wide letters fill a line at half their number`() {
    var page = TextPage()
    page.wrap(String(repeating: "王王王王王王王王王 ", count: 5))
    #expect(page.lines.map { DisplayWidth.of($0) } == [75, 18])
  }

  @Test func `a word longer than the page has a line of its own`() {
    var page = TextPage()
    page.wrap("a \(String(repeating: "王", count: 50)) b")
    #expect(page.lines.map { DisplayWidth.of($0) } == [1, 100, 1])
  }
}
