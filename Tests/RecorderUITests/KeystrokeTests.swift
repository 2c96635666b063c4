import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// How many keys the usual jobs take, each letter counted.
@Suite struct KeystrokeTests {
  /// The number of keys of a script, and what it records.
  private static func count(_ keys: [String], _ it: inout Driver) -> Int {
    it.press(keys)
    return keys.reduce(0) { $0 + ScriptedProgram.keys($1).count }
  }

  private static func running() -> Driver {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("09:10")
    return it
  }

  @Test func `a stop that nobody saw takes at most 5 keys`() {
    var it = Self.running()
    let keys = Self.count(["x", "Tab", "2", "Enter", "Enter"], &it)
    #expect(it.store.all[0].administrations[0].progress == .stopNotObserved, "\(it)")
    #expect(keys <= 5)
  }

  @Test(arguments: [false, true])
  func `of two running drugs the stop that nobody saw takes 4 keys, from the board too`(
    isOnBoard: Bool
  ) {
    var it = TargetTests.running()
    if isOnBoard { it.press("Esc") }
    #expect((it.state.screen == .board) == isOnBoard)
    #expect(Self.count(["x", "4", "Enter", "Enter"], &it) <= 5)
    let progress = it.store.all[0].administrations.map(\.progress)
    #expect(progress == [.running, .stopNotObserved], "\(it)")
  }

  @Test func `letters choose the drug, and no row that nobody saw it`() {
    var it = TargetTests.running()
    it.press("x", "carbo")
    #expect(it.state.prompt?.focused?.current?.label == "CARBOplatin", "\(it)")
  }

  @Test func `a stop that was seen takes 2 keys, of two drugs 4`() {
    var it = Self.running()
    #expect(Self.count(["x", "Enter"], &it) == 2)
    #expect(it.store.all[0].administrations[0].progress == .stopped, "\(it)")
    var two = TargetTests.running()
    #expect(Self.count(["x", "2", "Enter", "Enter"], &two) == 4)
    #expect(two.store.all[0].administrations[1].progress == .stopped, "\(two)")
  }
}
