import InfusionRecord
import PlainText
import SessionReview
import TerminalCore
import TestSupport
import Testing
import TimelineEngine

@testable import RecorderUI

/// A seeded monkey at the keyboard, and what must hold whatever it does.
@Suite struct MonkeyTests {
  private static let keys: [KeyPress] =
    Keymap.rows.flatMap(\.keys)
    + "abcdefghijklmnopqrstuvwxyz0123456789:-/ é王\u{301}".map { KeyPress(.character($0)) }
    + [
      KeyPress(.enter), KeyPress(.enter), KeyPress(.enter), KeyPress(.enter), KeyPress(.tab),
      KeyPress(.escape), KeyPress(.down), KeyPress(.up), KeyPress(.function(12)),
      KeyPress(.character("x"), .alt), KeyPress(.insert),
    ]

  private static let pastes = [
    "90000417", "\u{1B}[31mq\nx", "0930", String(repeating: "王", count: 900), "paclitaxel",
    "\u{202E}evil", "",
  ]

  private static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 60, rows: 15), Size(columns: 120, rows: 40),
    Size(columns: 1, rows: 1), Size.zero, Size(columns: 300, rows: 100),
    Size(columns: 59, rows: 14), Size(columns: 80, rows: 16),
  ]

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `25,000 random keys four times leave the record and the screen whole`(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    var it = Driver(chairs: 8, store: BoardTests.suite(5), seed: seed)
    var minutes = 0
    for step in 0..<25_000 {
      let roll = Int(numbers.next() % 1000)
      switch roll {
      case 0..<8: it.feed(.paste(MonkeyTests.pastes[Int(numbers.next() % 7)]))
      case 8..<12: it.feed(.resize(MonkeyTests.sizes[Int(numbers.next() % 8)]))
      case 12..<40:
        minutes += Int(numbers.next() % 9)
        it.setClock(
          RecordedTime(milliseconds: (Driver.morning.seconds + Int64(minutes) * 60) * 1000))
      case 40..<42: it.isDiskFull = true
      case 42..<60: it.isDiskFull = false
      case 60..<90 where it.state.prompt == nil:
        let letter = Array("sxpzivtauwcnrdyY")[Int(numbers.next() % 16)]
        it.feed(.key(KeyPress(.character(letter))))
      case 90..<250 where it.state.prompt != nil: it.feed(.key(KeyPress(.enter)))
      default:
        let key = MonkeyTests.keys[Int(numbers.next() % UInt64(MonkeyTests.keys.count))]
        it.feed(.key(key))
      }
      it.hasQuit = false
      it.hasReviewed = it.hasReviewed || it.state.screen == .review
      if step % 40 == 0 { check(it, step) }
    }
    #expect(it.store.all.reduce(0) { $0 + $1.version } > 60)
    #expect(it.hasReviewed)
  }

  private func check(_ it: Driver, _ step: Int) {
    let frame = it.frame
    #expect(frame.size == it.state.size)
    if let cursor = frame.cursor, frame.size != .zero {
      #expect(frame.bounds.contains(cursor), "step \(step)")
    }
    // Shown is what is on disk, and only that.
    for session in it.state.sessions {
      #expect(session.log == it.store.logs[session.id], "step \(step)")
    }
    #expect(it.state.sessions.count == it.store.order.count)
    for row in it.state.review?.page.rows ?? [] {
      #expect(row.version == it.store.logs[row.id]?.version, "step \(step)")
    }
    for cell in frame.cells {
      guard let scalar = cell.scalar else { continue }
      if scalar < 0x20 || (0x7F..<0xA0).contains(scalar) || (0x202A...0x202E).contains(scalar) {
        Testing.Issue.record("a control character at step \(step)")
        return
      }
    }
    let isShown =
      frame.size.columns >= Layout.minimum.columns && frame.size.rows >= Layout.minimum.rows
    if isShown, !it.state.isLocked, it.state.help == nil, !it.state.isOverview,
      let session = it.state.currentSession
    {
      let top = (0..<3).map { frame.text(row: $0) }.joined(separator: " ")
      let family = session.opening.patient.family.uppercased().printable.prefix(5)
      #expect(top.contains(family), "no banner at step \(step)")
    }
    // Minutes balance in every statement.
    for session in it.state.sessions {
      for entry in session.statement.minutes {
        let missing = session.statement.uncharged.filter {
          $0.administration == entry.administration
        }
        #expect(
          entry.recorded.count
            == entry.charged.count + missing.reduce(0) { $0 + $1.minutes.count })
      }
    }
  }
}
