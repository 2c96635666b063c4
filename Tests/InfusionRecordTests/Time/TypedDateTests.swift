import InfusionRecord
import Testing

@Suite struct TypedDateTests {
  private static let today = CivilDate(dayNumber: 20_787)
  /// A patient's possible birthdays.
  private let lifetime = (TypedDateTests.today + -130 * 366)...TypedDateTests.today

  private func read(_ text: String, year: Int? = nil) -> String {
    switch TypedDate.read(text, within: lifetime, year: year) {
    case .success(let day): day.display
    case .failure(.ambiguous(let days)): "? " + days.map(\.display).joined(separator: " ")
    case .failure(.noSuchDay): "no such day"
    case .failure(.notADate): "no date"
    }
  }

  @Test(arguments: [
    ("1961-02-04", "04-Feb-1961"), ("1961/2/4", "04-Feb-1961"), ("19610204", "04-Feb-1961"),
    ("04-Feb-1961", "04-Feb-1961"), ("4 feb 1961", "04-Feb-1961"), ("04FEB1961", "04-Feb-1961"),
    ("Feb 4, 1961", "04-Feb-1961"), ("February 4 1961", "04-Feb-1961"),
    ("1961 Feb 4", "04-Feb-1961"), ("4-Sept-1961", "04-Sep-1961"),
    // Only one order names a day.
    ("02/14/1961", "14-Feb-1961"), ("14/02/1961", "14-Feb-1961"), ("2-14-1961", "14-Feb-1961"),
    ("14.02.1961", "14-Feb-1961"), ("02/02/1961", "02-Feb-1961"), ("02141961", "14-Feb-1961"),
    ("14021961", "14-Feb-1961"),
    // Only one century is over.
    ("02/14/61", "14-Feb-1961"), ("Feb 4 61", "04-Feb-1961"), ("12/30/26", "30-Dec-1926"),
  ])
  func `a date that names one day is read in any order`(text: String, day: String) {
    #expect(read(text) == day)
  }

  @Test(arguments: [
    ("02/04/1961", "? 04-Feb-1961 02-Apr-1961"), ("2-4-1961", "? 04-Feb-1961 02-Apr-1961"),
    ("02041961", "? 04-Feb-1961 02-Apr-1961"), ("02/14/25", "? 14-Feb-1925 14-Feb-2025"),
    ("02/04/25", "? 04-Feb-1925 02-Apr-1925 04-Feb-2025 02-Apr-2025"),
  ])
  func `a date that can be several days is asked about`(text: String, days: String) {
    #expect(read(text) == days)
  }

  @Test func `a day that cannot be meant decides between two`() {
    // 1 December 2026 is still to come.
    #expect(read("12/01/2026") == "12-Jan-2026")
    #expect(read("11/30/2026") == "30-Nov-2026")
  }

  @Test func `a text without a year has one if the caller gives it`() {
    #expect(read("11/23", year: 2026) == "23-Nov-2026")
    #expect(read("23-Nov", year: 2026) == "23-Nov-2026")
    #expect(read("Nov 23", year: 2026) == "23-Nov-2026")
    #expect(read("10/11", year: 2026) == "? 11-Oct-2026 10-Nov-2026")
    #expect(read("11/23") == "no date")
  }

  @Test(arguments: [
    "", "1961", "Feb", "Feb 1961", "4th Feb 1961", "04-Fbe-1961", "1961-02-04-05", "020461",
    "١/٢/١٩٦١",
    "1961-02-04T10:00", "4 Feb 961", "-5",
  ])
  func `what is no date in any order is none`(text: String) {
    #expect(read(text) == "no date")
  }

  @Test(arguments: ["31-Feb-1961", "02/30/1961", "13/13/1961", "1961-13-01", "99999999"])
  func `a date that no calendar has is no day`(text: String) {
    #expect(read(text) == "no such day")
  }

  @Test func `the question names every day in full`() throws {
    let days = [
      try #require(CivilDate(year: 1961, month: 2, day: 4)),
      try #require(CivilDate(year: 1961, month: 4, day: 2)),
    ]
    #expect(
      TypedDate.question("02/04/1961", days)
        == "02/04/1961 can be 04-Feb-1961 or 02-Apr-1961; type the one that is meant in this form.")
  }
}
