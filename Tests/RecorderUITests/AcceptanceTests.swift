import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// No key runs on into the next question: what a scanner, a held key or a slow line sends.
@Suite struct AcceptanceTests {
  private static let enter = Input.key(KeyPress(.enter))

  /// Keys by name in one burst: all in one turn, or a few milliseconds apart.
  private static func burst(
    _ names: [String], in it: inout Driver, gap: Int64 = 0, after pause: Int64 = 1_100
  ) {
    let inputs = names.flatMap(ScriptedProgram.keys).map(Input.key)
    if gap == 0 {
      it.program.turn(inputs, after: pause)
      return
    }
    for (index, input) in inputs.enumerated() {
      it.program.turn([input], after: index == 0 ? pause : gap)
    }
  }

  private static func running() -> Driver {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("07:16")
    return it
  }

  private static func facts(_ it: Driver) -> Int { it.store.all.reduce(0) { $0 + $1.version } }

  // MARK: Bursts

  @Test(arguments: [0, 1, 12, 60] as [Int64])
  func `a scan that ends in CR LF takes the drug and records nothing`(gap: Int64) {
    var it = Driver()
    it.seat()
    it.press("v", "1", "Enter", "Enter", "s")
    let before = Self.facts(it)
    Self.burst(["010030361755123217271231", "Enter", "Enter"], in: &it, gap: gap)
    #expect(it.state.prompt?.value(.drug) == "paclitaxel", "\(it)")
    #expect(Self.facts(it) == before)
    #expect(it.words.contains("A second Enter came at once and did nothing."), "\(it)")
    it.press("Enter")
    #expect(Self.facts(it) == before + 1, "\(it)")
  }

  @Test func `a key and a scan in one burst answer no question that was never drawn`() {
    var it = Driver()
    it.seat()
    it.press("v", "1", "Enter", "Enter")
    let before = Self.facts(it)
    Self.burst(["s", "010030361755123217271231", "Enter", "Enter"], in: &it)
    #expect(it.state.prompt?[.drug]?.offered?.label == "PACLitaxel", "\(it)")
    #expect(Self.facts(it) == before)
  }

  @Test func `x and CR LF record no stop, Enter and LF one and no note`() {
    var it = Self.running()
    let before = Self.facts(it)
    Self.burst(["x", "Enter", "Enter"], in: &it)
    #expect(Self.facts(it) == before)
    #expect(it.words.contains("did nothing"), "\(it)")
    Self.burst(["Enter", "Enter"], in: &it)
    #expect(Self.facts(it) == before + 1)
    #expect(it.state.prompt?.form == .confirmStop)
    #expect(it.state.prompt?.value(.confirmation) == "")
    #expect(it.words.contains("Recorded: PACLitaxel stopped 07:16"), "\(it)")
    #expect(it.words.contains("did nothing"), "\(it)")
  }

  @Test func `what follows Enter in a burst goes neither into the next field nor to the board`() {
    var it = Driver()
    it.press("n")
    Self.burst(["90000417", "Enter", "Tester", "Tab", "Amara"], in: &it)
    #expect(it.state.prompt?.value(.mrn) == "90000417")
    #expect(it.state.prompt?.value(.family) == "", "\(it)")
    #expect(it.words.contains("What came at once after Enter was left out."), "\(it)")
    it.press("Tester", "Enter", "Amara", "Enter", "04-Feb-1961", "C-s", "t")
    it.press("feels warm")
    let before = Self.facts(it)
    Self.burst(["Enter", "q", "q", "x"], in: &it)
    #expect(Self.facts(it) == before + 1)
    #expect(it.state.screen != .board && it.state.prompt == nil, "\(it)")
    #expect(it.words.contains("Recorded: note"), "\(it)")
  }

  @Test func `text and Enter in one burst record nothing`() {
    var it = Driver()
    it.seat()
    it.press("t")
    let before = Self.facts(it)
    Self.burst(["feels warm", "Enter"], in: &it)
    #expect(Self.facts(it) == before)
    #expect(it.state.prompt?.value(.note) == "feels warm")
    #expect(it.words.contains("Enter came before this was on the screen"), "\(it)")
    it.press("Enter")
    #expect(Self.facts(it) == before + 1)
  }

  @Test func `what came too early is said of the key that was pressed`() {
    var it = Driver()
    it.seat()
    it.press("t")
    let before = Self.facts(it)
    Self.burst(["feels warm", "C-s"], in: &it)
    #expect(Self.facts(it) == before)
    #expect(it.words.contains("Ctrl-S came before this was on the screen"), "\(it)")
    #expect(!it.words.contains("press Enter."), "\(it)")
    Self.burst(["C-s", "C-s"], in: &it)
    #expect(!it.words.contains("Enter came"), "\(it)")
    it.press("C-s")
    #expect(Self.facts(it) == before + 1)
  }

  @Test func `a scan that ends with Tab goes one field on`() {
    var it = Driver()
    it.press("n")
    Self.burst(["90000417", "Tab", "Tester", "Enter"], in: &it)
    #expect(it.state.prompt?.value(.mrn) == "90000417")
    #expect(it.state.prompt?.value(.family) == "", "\(it)")
  }

  // MARK: Time

  @Test(arguments: [(299, false), (300, true)] as [(Int64, Bool)])
  func `a question takes Enter once it has stood for 300 ms`(stood: Int64, isTaken: Bool) {
    var it = Self.running()
    let before = Self.facts(it)
    it.press("x")
    it.program.turn([Self.enter], after: stood)
    #expect(Self.facts(it) == before + (isTaken ? 1 : 0), "\(it)")
    #expect(isTaken || it.words.contains("Enter came before this was on the screen"), "\(it)")
  }

  @Test(arguments: [(299, false), (300, true)] as [(Int64, Bool)])
  func `Enter acts again once it was up for 300 ms`(gap: Int64, isTaken: Bool) {
    var it = Self.running()
    it.press("x")
    // Two Enters that come too soon.
    it.program.turn([Self.enter], after: 10)
    it.program.turn([Self.enter], after: 200)
    let before = Self.facts(it)
    it.program.turn([Self.enter], after: gap)
    it.program.turn(after: AcceptanceGate.repeatGap + 1)
    #expect(Self.facts(it) == before + (isTaken ? 1 : 0), "\(it)")
  }

  @Test(arguments: [250, 500, 660, 1_000] as [Int64], [25, 33, 92] as [Int64])
  func `a held Enter accepts once`(delay: Int64, interval: Int64) {
    var it = Driver()
    it.seat()
    it.press("v", "1", "Enter", "Enter", "s", "pacli")
    let before = Self.facts(it)
    it.program.turn([Self.enter], after: 1_100)
    for step in 0..<60 { it.program.turn([Self.enter], after: step == 0 ? delay : interval) }
    it.program.turn(after: 5_000)
    #expect(it.state.prompt?.value(.drug) == "paclitaxel")
    #expect(Self.facts(it) == before, "\(it)")
    #expect(it.words.contains("held down"), "\(it)")
  }

  @Test func `a second Enter half a second later acts when no other one follows it`() {
    var it = Driver()
    it.seat()
    it.press("v", "1", "Enter", "Enter", "s", "pacli")
    let before = Self.facts(it)
    it.program.turn([Self.enter], after: 1_100)
    it.program.turn([Self.enter], after: 500)
    #expect(Self.facts(it) == before)
    #expect((it.program.screen.wait ?? .max) > 0)
    it.program.turn(after: 60)
    #expect((it.program.screen.wait ?? .max) <= AcceptanceGate.repeatGap + 1)
    it.program.turn(after: 61)
    #expect(Self.facts(it) == before + 1, "\(it)")
  }

  @Test func `keys that waited while the program was busy answer nothing`() {
    var it = Self.running()
    it.press("x")
    let before = Self.facts(it)
    it.program.turn([Self.enter])
    // They were pressed before the next question was drawn, and are read right after it.
    it.program.turn([Self.enter, .key(KeyPress(.character("1"))), Self.enter], after: 0)
    #expect(Self.facts(it) == before + 1)
    #expect(it.state.prompt?.value(.confirmation) == "", "\(it)")
  }

  @Test(arguments: [(299, false), (300, true)] as [(Int64, Bool)])
  func `what was typed last is recorded once its sentence has stood for 300 ms`(
    stood: Int64, isTaken: Bool
  ) {
    var it = Self.running()
    it.press("x")
    it.focus(.time)
    let before = Self.facts(it)
    Self.burst(["0712"], in: &it, gap: 5)
    it.program.turn([Self.enter], after: stood)
    #expect(Self.facts(it) == before + (isTaken ? 1 : 0), "\(it)")
    #expect(isTaken || it.words.contains("Enter came before this was on the screen"), "\(it)")
  }

  @Test func `a window too small to show the question takes no Enter`() {
    var it = Self.running()
    it.press("x")
    let before = Self.facts(it)
    it.feed(.resize(Size(columns: 40, rows: 10)))
    it.press("Enter", "C-s", "Enter")
    #expect(Self.facts(it) == before)
    it.feed(.resize(Size(columns: 80, rows: 24)))
    it.press("Enter")
    #expect(Self.facts(it) == before + 1)
  }

  // MARK: Unanswered

  @Test func `nothing that a person vouches for is answered before`() {
    var it = Self.running()
    it.press("x", "Enter")
    #expect(it.state.prompt?.form == .confirmStop)
    let before = Self.facts(it)
    it.press("Enter", "Enter")
    #expect(Self.facts(it) == before, "\(it)")
    #expect(it.words.contains("Nothing is chosen yet"), "\(it)")
    it.press("yes", "Enter", "Enter", "u", "Enter", "Enter", "Enter")
    #expect(it.state.prompt?.form == .undo)
    #expect(it.state.prompt?.value(.reason) == "", "\(it)")
    it.press("Esc", "w", "Enter", "Enter")
    #expect(it.state.prompt?.value(.nurse) == "", "\(it)")
  }

  @Test(arguments: ["y", "r"])
  func `the reason of a sign-off and of a reopening starts unanswered`(key: String) {
    var it = ReviewTests.day()
    it.press("d", "/", "tester", "Enter", key)
    let before = Self.facts(it)
    it.press("Enter", "Enter", "Enter")
    #expect(Self.facts(it) == before, "\(it)")
    #expect(it.state.prompt?.value(.reason) == "")
    #expect(it.words.contains("Nothing is chosen yet"), "\(it)")
  }
}
