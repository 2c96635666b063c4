import InfusionRecord
import Synchronization
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// A preview promises exactly what Enter would record, and nothing that Enter would refuse.
@Suite struct PreviewTests {
  @Test func `a time before the start is refused in the preview, without a difference in units`() {
    var it = TargetTests.running()
    it.at("08:10")
    it.press("z", "carbo", "Enter", "Enter")
    it.at("08:40")
    it.press("a", "BTab", "paused", "Enter", "0630", "Tab", "Tab", "typed", "Enter")
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
      let isRanked = it.state.prompt?.focused?.isRanked == true
      it.press(form == .inject ? "pegfil" : isRanked ? "ondan" : "carbo", "Enter")
    }
    if form == .changeRate { it.press("125") }
    if form == .closeSite { it.press("yes", "Enter") }
    it.focus(.time)
    it.press("0810")
    #expect(!it.words.contains("Will record"))
    #expect(it.words.contains("08:10 is in the future; it is 08:00."))
  }

  @Test func `an access site is not closed unaware of what still runs there`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.press("v", "peri", "Enter", "Enter")
    it.press(":", "close an", "Enter")
    it.press("port", "Enter")
    #expect(it.words.contains("Still running there: PACLitaxel."), "\(it.screen)")
    it.focus(.site)
    it.press("peri", "Enter")
    #expect(!it.words.contains("Still running there"), "\(it.screen)")
    #expect(it.words.contains("access site Peripheral IV closed"))
  }

  /// Amounts as people type them, and what is said of them.
  private static let amounts: KeyValuePairs<String, String?> = [
    "375 mg/m2": nil, "1,000 mg": nil, "0.5 mg": nil, "2.05 mg": nil, "10.5mL": nil, "0.9%": nil,
    "20 units": nil, "AUC 5": nil, "5. mg": nil,
    ".5 mg": "Write 0.5, not .5: a point is easily lost.",
    "5.0 mg": "Write 5, not 5.0: a point is easily lost.",
    "1,000.00 mg": "Write 1,000, not 1,000.00: a point is easily lost.",
    "250 mg in .5 L": "Write 0.5, not .5: a point is easily lost.",
    "10 U": "Write 10 units: U is misread as a number or as another word.",
    "5 ug": "Write 5 mcg: ug is misread as mg.",
    "5 MU": "Write the whole number and its unit: MU is misread.",
    "0,5 mg":
      "0,5 is no amount; a point parts decimals, as in 0.5 mg, and a comma thousands, as in "
      + "1,000 units.",
    "2115": "The amount 2115 names no unit.",
  ]

  @Test func `an amount that is easily misread is doubted, and recorded as typed all the same`() {
    for (amount, sentence) in Self.amounts {
      #expect(DoseDoubt.sentence(amount) == sentence, "\(amount)")
    }
    var it = Driver()
    it.seat()
    it.press("s", "pacli", "Enter", "1", "Enter")
    it.focus(.amount)
    it.press(".5 mg")
    #expect(it.words.contains("Write 0.5, not .5: a point is easily lost."), "\(it.screen)")
    it.press("Enter")
    #expect(it.words.contains("Recorded: PACLitaxel .5 mg infusion started"), "\(it.screen)")
  }

  @Test func `a stop is previewed with its reason and its basis`() {
    var it = TargetTests.running()
    it.press("x", "2", "Enter")
    #expect(
      it.words.contains(
        "Will record: CARBOplatin stopped 08:00 (observed), completed, by J. Okafor"))
  }

  @Test func `an opening is previewed with the visit number and the basis of its time`() {
    var it = Driver()
    it.at("12:00")
    it.press("n", "90000417", "Enter", "Tester", "Enter", "Amara", "Enter", "04-Feb-1961")
    #expect(it.words.contains("MRN 90000417, no visit number, chair 1, opened 12:00 (observed)"))
    it.focus(.visit)
    it.press("V12")
    it.focus(.time)
    it.press("0700")
    #expect(it.words.contains("visit V12, chair 1, opened 07:00 (late entry)"))
    it.press("Enter")
    #expect(it.store.all[0].events[0].basis == .lateEntry)
  }

  @Test func `hydration is previewed with its purpose and what is charted of it`() {
    var it = TargetTests.running()
    it.press("s", "saline", "Enter")
    #expect(
      it.words.contains("Port, for hydration, order not recorded, indication not recorded, by"))
  }

  @Test func `a draft comes back with the time of now, at its first field`() {
    var it = TargetTests.running()
    it.press("t", "feels warm", "Tab", "carbo", "Enter")
    it.focus(.time)
    it.press("0755", "Esc")
    it.at("09:00")
    it.press("t")
    #expect(it.state.prompt?.value(.note) == "feels warm")
    #expect(it.words.contains("note at 09:00: feels warm"))
    #expect(it.state.prompt?.focus == 0)
    it.press(" again")
    #expect(it.state.prompt?.value(.note) == "feels warm again")
    it.press("C-u", "itches")
    #expect(it.state.prompt?.value(.note) == "itches")
  }

  @Test func `a bad text in a choice is said and swallows nothing typed after it`() {
    var it = TargetTests.running()
    it.press("s", "ondan", "Enter")
    it.focus(.site)
    it.press("xcarb", "Enter")
    #expect(it.words.contains("There is no xcarb to choose; choose again."))
    it.press("peri", "Enter")
    #expect(it.state.prompt?[.site]?.shown == "Peripheral IV")
    it.focus(.site)
    // What was chosen before does not come back: another was meant.
    it.press("xx", "Tab")
    #expect(it.state.prompt?.focused?.name == .site)
    #expect(it.state.prompt?[.site]?.shown == "")
    it.press("Tab")
    #expect(it.state.prompt?.focused?.name != .site)
  }

  @Test func `what Enter takes of an ambiguous text is named`() {
    var it = TargetTests.running()
    it.press("s", "car")
    #expect(it.words.contains("Enter takes the choice: CARBOplatin"))
  }

  @Test func `a time before the session is doubted, with its day`() {
    var it = TargetTests.running()
    it.press("s", "ondan", "Enter")
    it.focus(.time)
    it.press("12:05 yesterday")
    #expect(
      it.words.contains(
        "22-Nov-2026 12:05 is before this session was opened, 23-Nov-2026 07:00."))
    it.press("Enter")
    #expect(it.words.contains("ondansetron infusion started 22-Nov-2026 12:05"))
  }

  /// Counts calls from a form.
  private final class Counter: Sendable {
    private let count = Mutex(0)

    func add() { count.withLock { $0 += 1 } }

    /// The count since the last call.
    func take() -> Int {
      count.withLock { count in
        defer { count = 0 }
        return count
      }
    }
  }

  @Test func `a form is read once per key, and Enter appends the event of the preview`() throws {
    let (made, read) = (Counter(), Counter())
    let form = Form(
      title: "Count", act: .record, scope: .openSession, targets: { _ in [] },
      fields: { _ in
        made.add()
        return [Field.text(.note, "Note")]
      },
      reading: { context throws(FormProblem) in
        read.add()
        if context.value(.note) == "a" { throw FormProblem(.note, "Not a.") }
        let note = Fact.noteAdded(text: context.value(.note), administration: nil)
        return FormReading([try context.draft(note, reason: nil)], "note")
      })
    var it = TargetTests.running()
    it.perform(it.state.open(form))
    it.program.turn()
    _ = (made.take(), read.take())
    for (key, problem) in [("a", "Not a."), ("Enter", "Not a."), ("b", "Will record: note")] {
      it.press(key)
      #expect(it.program.words.contains(problem))
      // Once for the key, and once more if the clock went on before the frame.
      #expect((1...2).contains(read.take()), "\(key)")
      #expect(made.take() <= 1, "\(key)")
    }
    var look = it.state
    let preview = try look.readPrompt().get()
    it.press("Enter")
    // The sentence is read again because the clock went on.
    #expect((1...2).contains(read.take()))
    #expect(it.store.all[0].events.suffix(1) == preview.events[...])
  }
}
