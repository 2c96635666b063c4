import InfusionRecord
import Testing

@Suite struct CivilDateTests {
  @Test(arguments: ["0001-01-01", "1945-05-12", "1970-01-01", "2024-02-29", "9999-12-31"])
  func `a date in ISO form is read as it is written`(text: String) throws {
    #expect(try #require(CivilDate(iso: text)).iso == text)
    #expect(CivilDate(written: text) == CivilDate(iso: text))
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-11-2", "2026-11-023", "2026-1-23", "2026/11/23", "2026-11-23 ",
    "-026-11-23", "2026-+1-23", "2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "２026-11-3",
  ])
  func `nothing else is a date in ISO form`(text: String) {
    #expect(CivilDate(iso: text) == nil)
  }
}
