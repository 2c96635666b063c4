import InfusionRecord
import ScriptedProgram
import SessionReview
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// The board and the review in the order of any column, and reversed.
@Suite struct ListOrderTests {
  /// Two chairs with a drug each and one without; the last patient is the first by name.
  private static func board() -> Driver {
    var it = Driver(size: Size(columns: 120, rows: 40), chairs: 6)
    it.seat(mrn: "90000001", family: "Tester", given: "Amara", born: "04-Feb-1961")
    it.start("pacli", planned: "300")
    it.press("q")
    it.at("07:30")
    it.seat(mrn: "90000002", family: "Sample", given: "Bo", born: "01-Mar-1980")
    it.start("carbo", planned: "60")
    it.press("q")
    it.seat(mrn: "90000003", family: "Fiction", given: "Cy", born: "09-Sep-1940")
    it.press("q")
    it.at("07:40")
    return it
  }

  private func names(_ it: Driver) -> [String] {
    it.state.boardItems.compactMap { item in
      guard case .session(let id) = item else { return nil }
      return it.state.reading(of: id)?.opening.patient.family
    }
  }

  private func order(_ order: BoardState.Order, _ it: inout Driver) {
    for _ in 0..<20 where it.state.board.order != order { it.press("o") }
  }

  @Test(arguments: [
    (BoardState.Order.patient, ["Fiction", "Sample", "Tester"]),
    (.born, ["Fiction", "Tester", "Sample"]), (.running, ["Sample", "Tester", "Fiction"]),
    (.runningFor, ["Sample", "Tester", "Fiction"]), (.ends, ["Sample", "Tester", "Fiction"]),
    (.chair, ["Tester", "Sample", "Fiction"]),
  ])
  func `the board is ordered by a column, and what is missing is last both ways`(
    order: BoardState.Order, expected: [String]
  ) {
    var it = Self.board()
    self.order(order, &it)
    #expect(names(it) == expected, "\(it)")
    #expect(it.words.contains("Ordered by \(order.words)."), "\(it)")
    it.press("O")
    let hasMissing = ![.patient, .born, .chair].contains(order)
    let known = hasMissing ? Array(expected.dropLast()) : expected
    let reversed = Array(known.reversed()) + Array(expected.dropFirst(known.count))
    #expect(names(it) == reversed, "\(it)")
    #expect(it.words.contains("last first"), "\(it)")
  }

  @Test func `the head marks the column, and who needs a person is never last`() {
    var it = Self.board()
    #expect(!it.screen.contains("↓") && !it.screen.contains("↑"), "\(it)")
    order(.units, &it)
    #expect(it.shows("Units↓"), "\(it)")
    it.press("O")
    #expect(it.shows("Units↑"), "\(it)")
    order(.needsPerson, &it)
    let before = names(it)
    it.press("O")
    #expect(names(it) == before && it.words.contains("never reversed"), "\(it)")
    #expect(!it.state.board.isReversed)
  }

  @Test func `the selection stays on its patient whatever the order`() {
    var it = Self.board()
    it.press("Down")
    let selected = it.state.board.cursor.selected
    for key in BoardState.Order.allCases.flatMap({ _ in ["o", "O"] }) {
      it.press(key)
      #expect(it.state.board.cursor.selected == selected)
    }
  }

  @Test func `a restricted patient's name and birth order nothing`() {
    var it = SnapshotTests.driver(.restricted, Size(columns: 120, rows: 40))
    order(.born, &it)
    guard
      case .session(let last)? = it.state.boardItems.last(where: {
        if case .session = $0 { true } else { false }
      })
    else { return }
    #expect(it.state.reading(of: last)?.isHidden == true, "\(it)")
    it.press("O")
    #expect(it.state.reading(of: last)?.isHidden == true)
  }

  @Test func `the review is ordered by each of its columns`() throws {
    var it = ReviewTests.day()
    it.press("d")
    for order in ReviewState.Order.allCases.dropFirst() {
      it.press("o")
      #expect(it.state.review?.order == order)
      let shown = try #require(it.state.review).shownRows
      #expect(it.words.contains("Ordered by \(order.words)."), "\(it)")
      switch order {
      case .patient: #expect(shown.map(\.patient) == shown.map(\.patient).sorted())
      case .units: #expect(shown.map(\.unitCount) == shown.map(\.unitCount).sorted())
      case .findings:
        #expect(shown.map(\.questions.count) == shown.map(\.questions.count).sorted())
      default: break
      }
      it.press("O")
      #expect(try #require(it.state.review).shownRows.count == shown.count)
      it.press("O")
      #expect(try #require(it.state.review).shownRows == shown)
    }
    it.press("o")
    #expect(it.state.review?.order == .needsPerson)
  }
}
