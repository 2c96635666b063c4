import InfusionRecord
import SessionReview
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

@Suite struct TimelinePictureTests {
  private let start = Driver.morning
  private let clock = LocalClock(zone: "America/Chicago") ?? .utc

  private func minute(_ count: Int) -> Instant { start + Int64(count) * 60 }

  private func draw(
    _ bar: TimelinePicture.Bar, step: Int64 = 300, now: Int = 1_000_000, glyphs: Glyphs = .unicode,
    columns: Int = 20
  ) -> String {
    var frame = Frame(size: Size(columns: columns, rows: 1))
    let picture = TimelinePicture(
      scale: TimelineScale(origin: start, step: step), now: minute(now))
    picture.draw(bar, in: frame.bounds, of: &frame, glyphs)
    return frame.text(row: 0)
  }

  private func running(_ from: Int, _ to: Int) -> TimelinePicture.Stretch {
    .init(.running, from: minute(from), to: minute(to))
  }

  @Test func `a bar ends at the eighth of a cell`() {
    // Eight minutes a cell: a minute is an eighth.
    let ends = (16...24).map { end in
      draw(.init(stretches: [running(0, end)]), step: 480)
    }
    #expect(ends == ["██", "██▏", "██▎", "██▍", "██▌", "██▋", "██▊", "███", "███"])
  }

  @Test func `a bar that begins within a cell leaves its left half free`() {
    #expect(draw(.init(stretches: [running(4, 24)]), step: 480) == "▐██")
    #expect(draw(.init(stretches: [running(8, 24)]), step: 480) == " ██")
  }

  @Test func `a pause is a gap that is seen however short`() {
    var bar = TimelinePicture.Bar(stretches: [running(0, 40), running(60, 100)])
    bar.stretches.append(.init(.paused, from: minute(40), to: minute(60)))
    #expect(draw(bar) == "████████░░░░████████")
    bar = .init(stretches: [running(0, 41), running(42, 100)])
    bar.stretches.append(.init(.paused, from: minute(41), to: minute(42)))
    #expect(draw(bar) == "████████░███████████")
  }

  @Test func `a minute of flow is seen on a scale of hours`() {
    #expect(draw(.init(stretches: [running(0, 1)]), step: 3600).count == 1)
    #expect(draw(.init(stretches: [running(150, 151)]), step: 3600).count == 3)
  }

  @Test func `pushes are ticks, what runs has an arrow, the plan has an end`() {
    #expect(draw(.init(ticks: [minute(25)])) == "     ╷")
    let bar = TimelinePicture.Bar(
      stretches: [running(0, 40)], isRunning: true, plannedEnd: minute(60))
    #expect(draw(bar, now: 40) == "████████▶   ▕")
  }

  @Test func `a dose of a paper record has minutes, and no mark and no time`() throws {
    for isPlain in [false, true] {
      var it = Driver(size: Size(columns: 100, rows: 30), glyphs: isPlain ? .plain : .unicode)
      it.state.isPlain = isPlain
      it.seat()
      let session = try #require(it.store.order.first)
      let facts = AdministrationFacts(
        administration: "a9", drug: "ondansetron", technique: .infusion, isWithoutClock: true)
      it.store.add(.pushGiven(facts, minutes: 45), to: session, at: minute(67))
      it.at("09:30")
      it.follow(it.store)
      #expect(it.words.contains("45 min stated, no clock times"), "\(it.screen)")
      #expect(!it.shows("08:07"), "\(it.screen)")
      let paper = try #require(it.store.logs[session]?.administration("a9"))
      #expect(TimelinePicture.Bar(paper, asOf: minute(120)) == TimelinePicture.Bar())
    }
  }

  @Test func `the now-line runs through what is not running`() {
    #expect(draw(.init(stretches: [running(0, 20)]), now: 40) == "████    ╎")
  }

  @Test func `in ASCII a bar is whole cells`() {
    var bar = TimelinePicture.Bar(stretches: [running(0, 40)], isRunning: true)
    bar.stretches.append(.init(.paused, from: minute(40), to: minute(60)))
    #expect(draw(bar, now: 60, glyphs: .ascii) == "########....>")
  }

  @Test func `the scale is the finest that shows all`() {
    for minutes in [1, 30, 60, 61, 200, 480, 481, 1440, 5000, 100_000] {
      for columns in [10, 40, 60, 150] {
        let scale = TimelineScale(fitting: start, to: minute(minutes), columns: columns)
        guard scale.step < 86_400 else { continue }
        let last = scale.column(of: minute(minutes) + -1) ?? -1
        #expect(last >= 0 && last < columns)
        #expect(scale.column(of: start) == 0)
      }
    }
  }

  @Test func `midnight shows the date and the hours go on`() {
    let evening = start + 15 * 3600
    let scale = TimelineScale(fitting: evening, to: evening + 4 * 3600, columns: 60)
    let labels = scale.labels(columns: 60, clock: clock).map(\.text)
    #expect(labels == ["22:00", "23:00", "24-Nov", "01:00", "02:00"])
  }

  @Test func `the hour that occurs twice says its offset on the axis`() {
    // 1-Nov-2026: Chicago goes back at 02:00 to 01:00.
    let night = Instant(seconds: 1_793_509_200)
    #expect(clock.reading(at: night).clock == "00:00")
    let scale = TimelineScale(fitting: night, to: night + 4 * 3600, columns: 60)
    let labels = scale.labels(columns: 60, clock: clock).map(\.text)
    #expect(labels == ["01-Nov", "01:00 (UTC-5)", "02:00", "03:00"])
    let wide = TimelineScale(fitting: night, to: night + 4 * 3600, columns: 160)
    #expect(
      wide.labels(columns: 160, clock: clock).map(\.text).filter { $0.hasPrefix("01:00") }
        == ["01:00 (UTC-5)", "01:00 (UTC-6)"])
  }

  @Test func `labels never touch, whatever the zoom`() {
    for zoom in -6...6 {
      for shift in [-40, 0, 3, 100] {
        let scale = TimelineScale(
          fitting: start, to: minute(300), columns: 60, zoom: zoom, shift: shift)
        var end = -1
        for label in scale.labels(columns: 60, clock: clock) {
          #expect(label.column > end)
          end = label.column + label.text.count
          #expect(end <= 60)
        }
      }
    }
  }
}

@Suite struct WidgetTests {
  @Test func `backspace takes a letter with its accents whole`() {
    var entry = TextEntry()
    entry.insert("Bjo\u{308}")
    entry.deleteBackward()
    #expect(entry.text == "Bj")
  }

  @Test func `text is inserted where the cursor is, also between marks`() {
    var entry = TextEntry("ac")
    entry.moveLeft()
    entry.insert("b")
    #expect(entry.text == "abc")
    entry.insert("\u{301}")
    #expect(entry.cursor <= entry.text.count)
    entry.moveToStart()
    entry.deleteForward()
    entry.moveToEnd()
    entry.deleteWord()
    #expect(entry.isEmpty)
  }

  @Test func `a selection stays with its thing while the list changes`() {
    var cursor = ListCursor<String>()
    cursor.clamp(to: ["a", "b", "c", "d"])
    cursor.move(by: 2, in: ["a", "b", "c", "d"])
    cursor.clamp(to: ["z", "c", "a"])
    #expect(cursor.selected == "c")
    cursor.clamp(to: ["z", "a"])
    #expect(cursor.selected == "a")
    cursor.clamp(to: [])
    #expect(cursor.selected == nil)
  }

  @Test func `the window always holds the selection whole`() {
    let heights = [1, 3, 2, 5, 1, 1, 4, 2, 1, 6, 1]
    for rows in 6...12 {
      var cursor = ListCursor<Int>()
      for index in [0, 3, 10, 2, 9, 5, 0, 10] {
        cursor.scroll(
          heights: { heights[$0] }, count: heights.count, rows: rows, selectedAt: index)
        let above = heights[cursor.first..<index].reduce(0, +)
        #expect(cursor.first <= index && above + heights[index] <= rows)
      }
    }
  }

  @Test(arguments: [
    ("Robert", "R163"), ("Rupert", "R163"), ("Tymczak", "T522"), ("Pfister", "P236"),
    ("Honeyman", "H555"), ("Ashcraft", "A261"),
  ])
  func `names sound alike as the census heard them`(name: String, code: String) {
    let sound = SimilarNames.soundex(name)
    #expect(sound.padding(code.count) == code)
  }
}

extension String {
  fileprivate func padding(_ count: Int) -> String {
    self + String(repeating: "0", count: max(0, count - self.count))
  }
}
