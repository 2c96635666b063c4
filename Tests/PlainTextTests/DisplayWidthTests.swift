import Testing

@testable import PlainText

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("TESTER, Amara", 13), ("Björn", 5), ("Bjo\u{308}rn", 5), ("王小明", 6), ("김", 2),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("한글", 4), ("कार्तिक", 6), ("שרה", 3), ("مريم", 4), ("😀", 2),
    ("", 0),
    ("ﾃｽﾄ", 3), ("Ａ", 2),
  ])
  func `a name takes the columns a terminal gives it`(name: String, columns: Int) {
    #expect(DisplayWidth.of(name.printable) == columns)
  }
}
