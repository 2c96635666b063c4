import InfusionRecord
import TerminalCore
import Testing

@testable import RecorderUI

/// A preview promises exactly what Enter would record, and nothing that Enter would refuse.
@Suite struct PreviewTests {
  @Test func `a time before the start is refused in the preview, without a difference in units`() {
    var it = TargetTests.running()
    it.at("08:10")
    it.press("z", "Enter")
    it.at("08:40")
    it.press("a", "0630", "Tab", "Tab", "typed", "Enter")
    #expect(!it.words.contains("Will record"))
    #expect(!it.words.contains("Units change"))
    #expect(it.words.contains("nothing of it can be at 06:30."))
    let version = it.store.all[0].version
    it.press("Enter")
    #expect(it.store.all[0].version == version)
    #expect(it.words.contains("nothing of it can be at 06:30."))
  }

  @Test(arguments: [Form.start, .stop, .pauseOrResume, .push, .inject, .closeSite, .changeRate])
  func `a time in the future is refused while it is typed`(form: Form) {
    var it = TargetTests.running()
    it.perform(it.state.open(form))
    if it.state.prompt?.focused?.name == .drug, it.state.prompt?.value(.drug).isEmpty == true {
      it.press("ondan", "Enter")
    }
    if it.state.prompt?[.rate] != nil { it.press("125") }
    while it.state.prompt?.focused?.name != .time { it.press("Tab") }
    it.press("0810")
    #expect(!it.words.contains("Will record"))
    #expect(it.words.contains("08:10 is in the future; it is 08:00."))
  }
}
