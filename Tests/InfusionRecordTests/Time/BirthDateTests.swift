import InfusionRecord
import Testing

@Suite struct BirthDateTests {
  private let today = CivilDate(dayNumber: 20_780)

  private func problem(_ text: String) -> BirthDate.Problem? {
    do throws(BirthDate.Problem) {
      _ = try BirthDate.read(text, before: today)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a patient is born today at the latest`() throws {
    #expect(try BirthDate.read(today.display, before: today) == today)
    let tomorrow = today + 1
    #expect(problem(tomorrow.display) == .stillToCome(tomorrow))
  }

  @Test func `a patient is at most 130 years old`() throws {
    let oldest = today + (1 - 130 * 366)
    #expect(try BirthDate.read(oldest.iso, before: today) == oldest)
    let older = today + -130 * 366
    #expect(problem(older.iso) == .tooLongAgo(older))
    let ancient = try #require(CivilDate(iso: "1661-02-04"))
    #expect(problem("1661-02-04") == .tooLongAgo(ancient))
  }

  @Test func `what is no day is told apart from what can be two`() throws {
    #expect(problem("soon") == .notADate)
    #expect(problem("30-Feb-1961") == .noSuchDay)
    let days = ["1961-02-04", "1961-04-02"].compactMap { CivilDate(iso: $0) }
    #expect(problem("02/04/1961") == .ambiguous(days))
  }
}
