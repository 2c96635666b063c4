import Dispatch
import InfusionRecord
import RecorderUI
import ScriptedProgram
import SessionReview
import SessionStore
import TerminalCore
import TestSupport
import Testing

@testable import SuiteProgram

/// Work that no key waits for: days of the review, files in the background.
@Suite struct ReviewAndJobTests {
  private let store = MemoryStore()

  // MARK: The review

  @Test func `a large day is read in slices, and keys are served between them`() throws {
    for number in 0..<600 { store.add(.closed("2026-11-23-\(number)")) }
    var program = try ScriptedProgram(on: store)
    program.turn([.key(KeyPress(.character("d")))])
    #expect(program.loop.state.screen == .review)
    #expect(program.loop.isBusy)
    program.turn([.key(KeyPress(.character("?")))])
    // No wait while there is something to read; the help is up before the day is.
    #expect(program.screen.wait == 0)
    #expect(program.loop.state.help != nil)
    #expect(program.loop.isBusy)
    program.press("Esc")
    #expect(!program.loop.isBusy)
    #expect(program.shows("600 sessions"))
    #expect(program.loop.state.review?.shownRows.count == 600)
    program.turn()
    #expect((program.screen.wait ?? 0) > 0)
  }

  @Test func `a row on screen follows what another process records`() throws {
    var record = SampleRecord.closed("2026-11-23-one")
    store.add(record)
    var program = try ScriptedProgram(on: store)
    program.press("d")
    #expect(program.shows("1 clean"))
    store.add(record.event(.sessionReopened, at: "15:00", reason: "a drug was missing"))
    program.wait(.seconds(1))
    #expect(program.shows("0 clean"))
    #expect(program.shows("1 open"))
  }

  @Test func `days read ahead show open sessions as of now when they are opened`() throws {
    var record = SampleRecord.elsewhere()
    record.start("a1", "paclitaxel", at: "16:00")
    store.add(record)
    var program = try ScriptedProgram(on: store)
    // The board prefetches today; an infusion earns its first unit with the 16th minute.
    program.finishReading()
    program.wait(.seconds(20 * 60))
    program.press("d")
    #expect(program.loop.state.review?.shownRows.map(\.unitCount) == [1])
  }

  // MARK: Jobs

  /// Orders for files, carried out at once.
  private final class Orders: @unchecked Sendable {
    var all: [WriteOrder] = []
    var failure: (any Error)?

    var jobs: BackgroundJobs {
      BackgroundJobs(start: { $0() }) { order in
        self.all.append(order)
        if let failure = self.failure { throw failure }
        return "Written: a file."
      }
    }
  }

  @Test func `an export is in the audit log, carried out and told`() throws {
    store.add(.closed("2026-11-23-one"))
    let orders = Orders()
    var program = try ScriptedProgram(on: store, jobs: orders.jobs)
    program.press("d", "x", "Enter")
    #expect(program.shows("Written: a file."))
    #expect(
      orders.all == [
        .days(
          today...today, format: "csv", file: "/srv/exports/chairtime-2026-11-23-160000.csv")
      ])
    #expect(store.actions == [.exported(what: "csv 2026-11-23", sessions: 1)])
    program.press("p", "Enter")
    #expect(orders.all.count == 2)
    #expect(store.actions.last?.kind == .exported)
  }

  @Test func `what a job cannot do is told, and that nothing was written`() throws {
    store.add(.closed("2026-11-23-one"))
    let orders = Orders()
    var program = try ScriptedProgram(on: store, jobs: orders.jobs)
    orders.failure = Complaint("/srv/exports/x is there already; it was left so.")
    program.press("d", "x", "Enter")
    #expect(program.shows("/srv/exports/x is there already; it was left so."))
    orders.failure = StoreError.missing(path: "s.store")
    program.press("x", "Enter")
    #expect(program.shows("Nothing was written: There is no store at s.store."))
  }

  @Test func `keys are served while a job runs, and its end shows within a second`() throws {
    store.add(.closed("2026-11-23-one"))
    store.signal = nil
    let release = DispatchSemaphore(value: 0)
    var program = try ScriptedProgram(
      on: store,
      jobs: BackgroundJobs { _ in
        release.wait()
        return "Written: a file."
      })
    program.turn(ScriptedProgram.keys("d").map(Input.key))
    program.turn(ScriptedProgram.keys("x").map(Input.key))
    program.turn(ScriptedProgram.keys("Enter").map(Input.key))
    #expect(program.loop.isBusy)
    program.turn(ScriptedProgram.keys("?").map(Input.key))
    #expect(program.loop.state.help != nil)
    #expect(!program.shows("Written"))
    #expect((program.screen.wait ?? .max) <= 900)
    program.turn(ScriptedProgram.keys("Esc").map(Input.key))
    release.signal()
    program.finishReading()
    #expect(program.shows("Written: a file."))
  }
}
