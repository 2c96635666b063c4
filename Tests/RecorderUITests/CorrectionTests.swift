import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Correcting by keys, withdrawing and putting back.
@Suite struct CorrectionTests {
  private func running() -> Driver {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("07:30")
    return it
  }

  @Test func `a wrong drug is put right in eight keys`() {
    var it = running()
    let keys = ["a", "Enter", "c", "a", "r", "b", "Enter", "Enter"]
    for key in keys { it.press(key) }
    #expect(it.state.prompt == nil, "\(it.screen)")
    #expect(it.state.currentSession?.running.first?.facts.drug == "carboplatin")
    #expect(it.store.all[0].events.last?.reason == "wrong drug")
    #expect(keys.count <= 8)
  }

  @Test func `what a corrected drug takes over from the wrong one is said`() {
    var it = Driver()
    it.seat()
    it.start("pacli", planned: "120")
    it.press("a", "Enter", "carb", "Enter")
    #expect(it.words.contains("is CARBOplatin, still planned 120 min"), "\(it)")
    #expect(it.words.contains("was recorded for the other drug"), "\(it)")
  }

  @Test func `the correction of a drug's row is about the drug itself first`() {
    var it = running()
    it.press("x", "C-s")
    if it.state.prompt != nil { it.press("Esc") }
    it.press("a")
    let prompt = it.state.prompt
    #expect(prompt?.focused?.name == .change)
    #expect(prompt?[.change]?.shown == "the drug itself")
    let first = prompt?[.entry]?.options.prefix(2).map(\.label) ?? []
    #expect(first.first?.hasPrefix("PACLitaxel infusion started") == true, "\(first)")
  }

  @Test func `what was withdrawn keeps its words on the Facts screen`() {
    var it = running()
    it.press("u", "1", "Enter", "Enter", "f")
    #expect(it.words.contains("PACLitaxel infusion started"), "\(it.screen)")
    #expect(it.words.contains("withdrawn: PACLitaxel infusion started"), "\(it.screen)")
    #expect(!it.words.contains("an entry withdrawn"))
  }

  @Test func `an undo is undone by a fact, and that again`() {
    var it = running()
    let facts = it.store.all[0].version
    func runs() -> Bool { it.state.currentSession?.running.isEmpty == false }
    it.press("u", "1", "Enter", "Enter")
    #expect(!runs())
    it.press("U")
    #expect(it.words.contains("PACLitaxel infusion started"))
    it.press("1", "Enter", "Enter")
    #expect(runs(), "\(it.screen)")
    #expect(it.state.notice?.text.contains("put back") == true)
    it.press("u", "1", "Enter", "Enter")
    #expect(!runs())
    #expect(it.state.notice?.text.contains("withdrawn again") == true)
    #expect(it.store.all[0].version == facts + 3)
    it.press("f")
    #expect(it.words.contains("put back: PACLitaxel infusion started"), "\(it.screen)")
  }

  @Test func `undoing a correction names what stands, and redo puts the correction back`() {
    var it = running()
    it.press("a", "Enter", "carb", "Enter", "Enter")
    func drug() -> String? { it.state.currentSession?.running.first?.facts.drug }
    #expect(drug() == "carboplatin", "\(it.screen)")
    it.press("u")
    #expect(it.words.contains("PACLitaxel infusion started"), "\(it.screen)")
    #expect(it.words.contains("corrected to CARBOplatin infusion started"), "\(it.screen)")
    it.press("1", "Enter")
    #expect(it.words.contains("(07:00) withdrawn; PACLitaxel infusion started"), "\(it.screen)")
    #expect(it.words.contains("(07:00) stands again"), "\(it.screen)")
    it.press("Enter")
    #expect(drug()?.lowercased() == "paclitaxel")
    it.press("U")
    #expect(it.words.contains("correction to CARBOplatin infusion started"), "\(it.screen)")
    it.press("1", "Enter")
    #expect(it.words.contains("(07:00) put back; PACLitaxel infusion started"), "\(it.screen)")
    it.press("Enter")
    #expect(drug() == "carboplatin")
    it.press("f")
    #expect(it.words.contains("correction put back: CARBOplatin infusion started"), "\(it.screen)")
    it.press("Esc", "U")
    #expect(it.state.notice?.text == "There is nothing of yours to put back here.")
  }

  @Test func `a second undo names the correction that it puts back`() {
    var it = running()
    it.press("a", "Enter", "carb", "Enter", "Enter", "u", "1", "Enter", "Enter", "u", "1", "Enter")
    #expect(it.words.contains("correction to CARBOplatin infusion started"), "\(it.screen)")
    #expect(it.words.contains("put back; PACLitaxel infusion started"), "\(it.screen)")
    #expect(!it.words.contains("withdrawn again"), "\(it.screen)")
  }

  @Test func `a note that was withdrawn and put back was not corrected`() {
    var it = running()
    it.press("t", "feels warm", "Enter", "u", "1", "Enter", "Enter")
    it.press("U", "1", "Enter", "Enter", "f")
    #expect(it.words.contains("note: feels warm put back"), "\(it.screen)")
    #expect(!it.words.contains("corrected"), "\(it.screen)")
  }

  @Test func `nothing to put back is said`() {
    var it = running()
    it.press("U")
    #expect(it.state.notice?.text == "There is nothing of yours to put back here.")
  }
}
