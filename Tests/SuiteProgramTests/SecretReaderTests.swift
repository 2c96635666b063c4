import Glibc
import Testing

@testable import SuiteProgram

/// The prompt for a PIN: what it takes, and when it ends.
@Suite struct SecretReaderTests {
  /// A pipe that holds what was typed so far. It stays open until the tests end.
  private struct Typing {
    let reading: Int32
    private let writing: Int32

    init(_ text: String) {
      var ends: [Int32] = [-1, -1]
      _ = pipe(&ends)
      (reading, writing) = (ends[0], ends[1])
      type(text)
    }

    func type(_ text: String) {
      let bytes = Array(text.utf8)
      _ = write(writing, bytes, bytes.count)
    }

  }

  /// A clock that moves by a step each time it is read after the first.
  private final class SteppingClock {
    private var now: ContinuousClock.Instant
    private let step: Duration
    private var isStarted = false

    init(_ step: Duration) {
      now = .now
      self.step = step
    }

    func read() -> ContinuousClock.Instant {
      if isStarted { now += step }
      isStarted = true
      return now
    }
  }

  @Test func `a line ends the PIN, and the next line is left`() throws {
    let typing = Typing("246813\r\n135790\n")
    #expect(try SecretReader(typing.reading).line() == "246813")
    #expect(try SecretReader(typing.reading).line() == "135790")
  }

  @Test func `Backspace takes a digit back, Ctrl-U all of them, and Escape leaves`() throws {
    let typing = Typing("12\u{7f}3\n45\u{15}6\n78\u{1b}")
    #expect(try SecretReader(typing.reading).typed() == "13")
    #expect(try SecretReader(typing.reading).typed() == "6")
    #expect(throws: SecretReader.Failure.left) { _ = try SecretReader(typing.reading).typed() }
  }

  @Test func `a prompt ends after a minute, however often a key came`() throws {
    // Seven bytes at one a ten seconds: the seventh comes after the minute.
    let clock = SteppingClock(.seconds(10))
    let typing = Typing("246813\n")
    #expect(throws: SecretReader.Failure.late) {
      _ = try SecretReader(typing.reading, now: clock.read).typed()
    }
  }

  @Test func `a PIN typed within the minute is taken`() throws {
    let clock = SteppingClock(.seconds(8))
    let typing = Typing("246813\n")
    #expect(try SecretReader(typing.reading, now: clock.read).typed() == "246813")
  }

  @Test func `a prompt that was stopped for an hour takes nothing of what was typed`() throws {
    let clock = SteppingClock(.seconds(3600))
    let typing = Typing("246813\n")
    #expect(throws: SecretReader.Failure.late) {
      _ = try SecretReader(typing.reading, now: clock.read).line()
    }
  }
}
