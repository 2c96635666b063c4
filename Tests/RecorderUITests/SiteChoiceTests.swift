import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// A site decides units: it is proposed only if the record says which one it is.
@Suite struct SiteChoiceTests {
  private static func highlighted(_ it: Driver) -> String? {
    it.state.prompt?.focused?.current?.label
  }

  private static func version(_ it: Driver) -> Int { it.store.all[0].version }

  @Test(arguments: [["v"], ["s", "pacli", "Enter"], ["p", "ondan", "Enter"]])
  func `the first site of a visit is chosen by the user`(keys: [String]) {
    var it = Driver()
    it.seat()
    let before = Self.version(it)
    it.press(keys)
    #expect(Self.highlighted(it) == nil, "\(it)")
    it.press("Enter", "Enter", "C-s", "Enter")
    #expect(Self.version(it) == before, "\(it)")
    #expect(it.words.contains("Nothing is chosen yet"), "\(it)")
    it.press("2", "Enter", "Enter")
    #expect(it.store.all[0].sites.map(\.opening.kind) == [.peripheral], "\(it)")
  }

  @Test func `a flush and a pump taken off propose no site either`() {
    for form in [Form.flush, .disconnectPump] {
      var it = Driver()
      it.seat()
      it.perform(it.state.open(form))
      #expect(it.state.prompt?[.site]?.current == nil, "\(form) \(it)")
    }
  }

  @Test func `the one open site is proposed, and of two the one in use`() {
    var it = Driver()
    it.seat()
    it.press("v", "1", "Enter", "Enter", "s", "pacli", "Enter")
    #expect(it.state.prompt?.value(.site) == "port", "\(it)")
    it.press("Esc", "v", "peri", "Enter", "Enter", "s", "pacli", "Enter")
    #expect(it.state.prompt?.value(.site) == "", "\(it)")
    it.press("1", "Enter", "Enter", "p", "ondan", "Enter")
    #expect(it.state.prompt?.value(.site) == "port", "\(it)")
    it.press("Esc", "s", "carbo", "Enter")
    it.focus(.site)
    it.press("2", "Enter", "Enter")
    #expect(it.store.all[0].administrations.map(\.facts.site) == ["port", "peripheral"], "\(it)")
    it.press("p", "ondan", "Enter")
    #expect(it.state.prompt?.value(.site) == "", "\(it)")
  }

  @Test func `a site that is corrected is chosen, not proposed`() {
    var it = TargetTests.running()
    it.press("a", "site", "Enter")
    it.focus(.site)
    #expect(Self.highlighted(it) == nil, "\(it)")
  }

  @Test func `whose a pump is decides units, so nothing is chosen`() {
    var it = Driver()
    it.seat()
    it.press("v", "1", "Enter", "Enter", "s", "fluoro", "Enter")
    it.focus(.technique)
    it.press("pump", "Enter")
    it.focus(.pump)
    #expect(Self.highlighted(it) == nil, "\(it)")
    let before = Self.version(it)
    it.press("Enter", "C-s", "Enter")
    #expect(Self.version(it) == before, "\(it)")
    it.press("2", "Enter", "Enter")
    #expect(it.store.all[0].administrations.last?.facts.pumpOwner == .practice, "\(it)")
  }
}
