import InfusionRecord
import Interchange
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

@Suite struct PromptTests {
  @Test func `a scanned package finds the drug, and its Enter does not record`() {
    var it = Driver()
    it.seat()
    it.press("s")
    let before = it.store.all[0].version
    // GS1: (01) GTIN-14 with the ten digits 0361755123, check digit 2; (17) expiry.
    it.press("010030361755123217271231")
    #expect(it.state.prompt?.focused?.offered?.label == "PACLitaxel")
    it.press("Enter")
    #expect(it.state.prompt?.value(.drug) == "paclitaxel")
    #expect(it.store.all[0].version == before)
  }

  @Test(arguments: ["Tab", "Enter"])
  func `a text that no row fits leaves nothing chosen, and nothing is recorded`(key: String) {
    var it = TargetTests.running()
    let before = it.store.all[0].version
    it.press("x", "1", "Enter", "-8", key)
    #expect(it.words.contains("There is no -8 to choose"), "\(it)")
    #expect(it.state.prompt?.focused?.name == .drug && it.state.prompt?.value(.drug) == "", "\(it)")
    it.press("Enter")
    #expect(it.store.all[0].version == before, "\(it)")
  }

  @Test(arguments: ["MgSO4", "mgso4"])
  func `an error-prone abbreviation shows the full name and is never taken by Enter`(typed: String)
  {
    var it = Driver()
    it.state.formulary = .starter
    it.seat()
    it.press("s", typed)
    #expect(it.shows("magnesium sulfate"), "\(it.screen)")
    #expect(it.state.prompt?.focused?.matches.first?.value == "magnesium sulfate")
    #expect(it.state.prompt?.focused?.offered == nil)
    #expect(!it.words.contains("Enter take"), "\(it.screen)")
    it.press("Enter", "Enter")
    #expect(it.words.contains("MgSO4 is an error-prone abbreviation"), "\(it.screen)")
    #expect(it.state.prompt?.value(.drug) != "magnesium sulfate")
    #expect(it.store.all[0].version == 1)
    it.press("Down", "Enter")
    #expect(it.state.prompt?.value(.drug) == "magnesium sulfate", "\(it.screen)")
  }

  @Test func `a name that is said is taken by Enter`() {
    var it = Driver()
    it.state.formulary = .starter
    it.seat()
    it.press("s", "zofran", "Enter")
    #expect(it.state.prompt?.value(.drug) == "ondansetron")
  }

  @Test func `a drug the formulary lacks is taken as typed and asks for its class`() {
    var it = Driver()
    it.seat()
    it.press("s", "zzimab", "Enter", "1", "Enter")
    #expect(it.words.contains("zzimab is not in the formulary"))
    #expect(it.state.prompt?[.drugClass]?.value == "")
    it.focus(.drugClass)
    it.press("not known", "Enter", "C-s")
    #expect(it.words.contains("zzimab is not in the formulary and has no class"))
    // The issue is resolved from the session screen.
    it.press("Tab", "Tab", "Down", "Enter")
    #expect(it.state.prompt?.form == .amend)
    it.press("chemo", "Enter", "typed", "Enter", "Enter")
    #expect(it.store.all[0].administrations[0].facts.statedClass == .chemotherapy)
  }

  @Test func `hydration asks for order and indication, and what is missing is listed`() {
    var it = Driver()
    it.seat()
    it.press("s", "saline", "Enter", "1", "Enter")
    #expect(it.state.prompt?[.order] != nil)
    it.press("Enter")
    #expect(it.words.contains("runs as hydration without an order."))
    it.press("Tab", "Tab", "Down", "Enter")
    #expect(it.state.prompt?.value(.change) == "hydration")
    it.focus(.order)
    it.press("yes", "Tab", "yes", "Tab", "typed", "Enter", "Enter")
    #expect(it.state.prompt == nil, "\(it.screen)")
    #expect(!it.words.contains("without an order"))
  }

  @Test func `what was typed is kept when a prompt is left, and offered again`() {
    var it = Driver()
    it.seat()
    it.press("t", "patient feels warm", "Esc")
    #expect(it.state.prompt == nil)
    #expect(it.store.all[0].version == 1)
    it.press("t")
    #expect(it.state.prompt?.value(.note) == "patient feels warm")
    it.press("Enter")
    #expect(
      it.store.all[0].events.last?.fact
        == .noteAdded(text: "patient feels warm", administration: nil))
    it.press("t")
    #expect(it.state.prompt?.value(.note) == "")
  }

  @Test func `a prompt that brings back a text says so, on screen and in plain sentences`() {
    var it = Driver()
    it.seat()
    it.press("t", "patient feels warm", "Esc", "t")
    let sentence = "What you typed before is still here; Ctrl-U empties a field."
    #expect(it.shows(sentence))
    it.state.isPlain = true
    #expect(it.words.contains(sentence))
    it.state.isPlain = false
    it.press("er")
    #expect(!it.shows(sentence))
  }

  @Test func `the question after a stop says that the stop is recorded`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("07:16")
    it.press("x", "Enter")
    #expect(it.shows("Is this stop right?"))
    #expect(it.shows("Recorded: PACLitaxel stopped 07:16"))
  }

  @Test(arguments: ["0781-3057-14", "90000417", "(01)00307813057147(10)LOT7"])
  func `a scanned code that is not listed is never recorded as a drug`(code: String) {
    var it = Driver()
    it.seat()
    let version = it.store.all[0].version
    it.press("s", code, "Enter", "Enter", "Enter")
    #expect(it.words.contains("No drug of the formulary has the code \(code); type its name."))
    #expect(it.state.prompt?.value(.drug) == code)
    #expect(it.store.all[0].version == version)
  }

  @Test(arguments: ["s", "p", "i"])
  func `a drug that is not listed is named so before it is recorded`(key: String) {
    var it = Driver()
    it.seat()
    it.press(key, "foozumab", "Enter")
    if it.state.prompt?.focused?.name == .site { it.press("1", "Enter") }
    #expect(it.words.contains("foozumab is not in the formulary"), "\(key)")
  }

  @Test func `pasted text is text and never a command`() {
    var it = Driver()
    it.seat()
    let version = it.store.all[0].version
    it.feed(.paste("x\nEnter\nq\u{1B}"))
    #expect(it.state.prompt == nil && !it.hasQuit)
    it.press("t")
    it.feed(.paste("first line\nsecond\u{1B}[31m"))
    #expect(it.state.prompt?.value(.note) == "first line second [31m")
    #expect(it.store.all[0].version == version)
    it.feed(.paste(String(repeating: "q", count: 100_000)))
    #expect(it.state.prompt?.value(.note).count == TextEntry.limit)
  }

  @Test(arguments: ["a\0b", "a\u{FFFD}b", "\0"])
  func `a paste with a NUL or with bytes that are not UTF-8 is refused whole`(text: String) {
    var it = Driver()
    it.seat()
    it.press("t", "before")
    it.feed(.paste(text))
    #expect(it.state.prompt?.value(.note) == "before")
    #expect(it.words.contains(RecorderState.unrecordable))
    it.feed(.paste(" after"))
    #expect(it.state.prompt?.value(.note) == "before after")
    // A patient's name as well.
    it.press("Esc", "q", "n", "90000592", "Enter")
    it.feed(.paste(text))
    #expect(it.state.prompt?.value(.family) == "")
  }

  @Test func `a second running start of one dose is refused with a sentence`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.press("s", "pacli", "Enter", "Enter")
    #expect(it.words.contains("PACLitaxel runs since 07:00; one dose cannot be started twice."))
    #expect(it.state.prompt != nil)
  }

  @Test func `a failing disk keeps the prompt and says nothing is recorded`() {
    var it = Driver()
    it.seat()
    it.isDiskFull = true
    it.press("s", "pacli", "Enter", "1", "Enter", "Enter")
    #expect(it.words.contains("nothing was recorded"))
    #expect(it.state.prompt?.value(.drug) == "paclitaxel")
    #expect(it.store.all[0].version == 1)
    #expect(!it.words.contains("Recorded:"))
    it.isDiskFull = false
    it.press("Enter")
    #expect(it.words.contains("Recorded: PACLitaxel"))
  }

  @Test func `when another user was faster, nothing is lost and nothing is overwritten`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("08:00")
    it.press("x")
    let session = it.store.order[0]
    it.store.add(
      .drugStopped(DrugStop(administration: "a1")), to: session, at: Driver.morning + 3540)
    it.press("Enter")
    #expect(it.words.contains("changed meanwhile"))
    #expect(it.words.contains("by T. Kowalski"))
    #expect(it.store.all[0].administrations[0].stop == Driver.morning + 3540)
  }

  @Test func `amending shows the difference in units before it is recorded`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("08:31")
    it.stop()
    it.press("a")
    #expect(it.state.prompt?.form == .amend)
    it.focus(.entry)
    it.press("stopped", "Enter")
    it.focus(.time)
    it.press("0825")
    it.focus(.reason)
    it.press("typed", "Enter")
    #expect(it.words.contains("Units change: 96415: 1 to 0"))
    it.press("Enter")
    #expect(it.units == ["96413": 1])
    it.press("f")
    #expect(it.shows("corrected"))
    #expect(it.words.contains("typed wrong"))
  }

  @Test func `undo withdraws the own last entry as a new fact, with a reason`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    let version = it.store.all[0].version
    it.press("u")
    #expect(it.words.contains("PACLitaxel infusion started"))
    it.press("1", "Enter")
    it.press("Enter")
    #expect(it.store.all[0].version == version + 1)
    #expect(it.store.all[0].administrations.isEmpty)
    #expect(it.store.all[0].events.contains { $0.fact.kind == .drugStarted })
  }

  @Test func `a colleague's entry is not mine to undo`() {
    var it = Driver()
    it.seat()
    var other = Driver(actor: "T. Kowalski", store: it.store)
    other.press("Enter", "u")
    #expect(other.state.prompt == nil)
    #expect(other.shows("There is nothing of yours to undo here."))
  }

  @Test func `closing with gaps asks for each, and records the answers`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("09:00")
    it.press("c")
    #expect(it.words.contains("PACLitaxel started 07:00 still runs; it needs its stop."))
    it.press("goes", "Enter")
    #expect(it.state.path.count == 2)
    it.press("on the ward", "Enter")
    #expect(it.state.path.count == 2)
    it.press("Enter")
    #expect(it.state.path == [.board])
    guard case .sessionClosed(let answers)? = it.store.all[0].events.last?.fact else {
      Testing.Issue.record("not closed")
      return
    }
    #expect(answers.map(\.issue) == ["still-running"])
  }

  @Test func `a hand-off changes the holder and can carry a word`() {
    var it = Driver()
    it.seat()
    it.press("w", "T. Kowalski", "Enter", "Tab", "lunch until 12:30", "Enter")
    #expect(it.store.all[0].holder == "T. Kowalski")
    #expect(it.shows("Nurse T. Kowalski"))
  }

  @Test func `pause and resume are one key, whichever holds`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("07:30")
    it.press("z", "Enter")
    #expect(it.shows("paused 07:30–now"))
    it.at("07:47")
    it.press("z")
    #expect(it.words.contains("PACLitaxel resumed 07:47"))
    it.press("Enter")
    #expect(it.shows("paused 07:30–07:47"))
  }

  @Test func `two patients with like names are warned about on the board and at the start`() {
    var it = Driver()
    it.seat()
    it.press("q")
    it.seat(mrn: "90000418", family: "Testor", given: "Anna", born: "30-Dec-1972")
    it.press("s", "pacli", "Enter", "1", "Enter")
    #expect(it.words.contains("Similar name today: TESTER, Amara, born 04-Feb-1961, chair 1."))
    it.press("Esc", "q")
    #expect(it.shows("similar name: TESTER, Amara, chair 1"))
    #expect(it.shows("similar name: TESTOR, Anna, chair 2"))
    #expect(it.words.contains("0 need you") && !it.shows("▌"))
    it.state.isPlain = true
    #expect(it.words.contains("Similar name: TESTOR, Anna, chair 2"))
    #expect(!it.words.contains("Needs you"))
    it.state.isPlain = false
  }

  @Test(arguments: ["Fictimab", "00011122233", "0725"])
  func `a drug typed over another is that drug, not the one before`(typed: String) {
    var it = Driver()
    it.seat()
    it.press("s", "pacli", "Enter", "1", "Enter")
    it.focus(.drug)
    it.press(typed)
    #expect(it.words.contains("not in the list; Enter takes it as typed"), "\(it.screen)")
    it.press("Enter")
    #expect(it.state.prompt?.value(.drug) == typed, "\(it.screen)")
    #expect(!it.words.contains("PACLitaxel"))
  }

  @Test func `what is typed over a drug and deleted again leaves the drug`() {
    var it = Driver()
    it.seat()
    it.press("s", "pacli", "Enter", "1", "Enter")
    it.focus(.drug)
    it.press("zz", "Back", "Back")
    #expect(it.state.prompt?.value(.drug) == "paclitaxel", "\(it.screen)")
    #expect(it.words.contains("Drug PACLitaxel"))
  }

  @Test func `Enter is not offered if there is nothing to take`() {
    var it = Driver()
    it.seat()
    it.press("s", "pacli", "Enter", "1", "Enter")
    it.focus(.basis)
    it.press("0725")
    #expect(it.words.contains("no such choice"))
    #expect(!it.words.contains("Enter take"), "\(it.screen)")
  }

  @Test func `Enter is not offered if it would only say what is wrong`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.press("x")
    it.focus(.time)
    #expect(it.words.contains("Enter record"), "\(it.screen)")
    it.press("0300", "Tab")
    #expect(!it.words.contains("Enter record"), "\(it.screen)")
  }

  @Test func `opening asks for two identifiers besides the name`() {
    var it = Driver()
    it.press("n", "Enter")
    #expect(it.shows("MRN is needed."))
    it.press("90000417", "Enter", "Tester", "Enter", "Amara", "Enter", "Enter")
    #expect(it.shows("Born is needed."))
    it.press("02/04/61", "Enter")
    #expect(it.words.contains("02/04/61 can be 04-Feb-1961 or 02-Apr-1961; type the one"))
    it.press("C-u", "nonsense", "Enter")
    #expect(it.words.contains("Type the date of birth as 04-Feb-1961"))
    #expect(it.store.all.isEmpty)
  }

  @Test func `every prompt says what it would record`() {
    for key in ["s", "x", "p", "z", "i", "v", "t", "a", "u", "w", "c"] {
      var it = Driver()
      it.seat()
      it.start("pacli")
      it.at("08:00")
      it.press(key)
      #expect(it.state.prompt != nil, "\(key)")
      // A drug that is given this way, or it would be asked about.
      let drug = key == "i" ? "pegfil" : "ondans"
      for _ in 0..<6 where !it.words.contains("Will record") && it.state.prompt != nil {
        if it.state.prompt?.focused?.name == .time {
          it.press("0755")
        } else if it.state.prompt?.focused?.isChoice == false {
          it.press(drug)
        }
        if it.state.prompt?.focused?.name == .drug, key != "x", key != "z" { it.press(drug) }
        if it.state.prompt?.focused?.isUnanswered == true { it.press("1") }
        it.press("Enter")
      }
      #expect(it.words.contains("Will record") || it.state.notice?.kind == .recorded, "\(key)")
    }
  }

  @Test func `two Enters add an expected patient, with the plan`() {
    var it = Driver()
    let planned = PlannedDrug(drug: "carboplatin", amount: "AUC 5", minutes: 60)
    let patient = PatientIdentity(
      family: "Fiction", given: "Mei-Lin", dateOfBirth: CivilDate(dayNumber: 1094), sex: .female,
      mrn: "90000777", visitNumber: "V7")
    it.state.expected = [
      ExpectedPatient(
        time: "09:30", patient: patient, chair: "4", regimen: "carboplatin weekly",
        drugs: [planned])
    ]
    it.press("n")
    #expect(it.words.contains("FICTION, Mei-Lin born 30-Dec-1972 09:30 carboplatin weekly"))
    it.press("Enter")
    #expect(it.store.all.isEmpty)
    it.press("Enter")
    #expect(it.store.all[0].opening?.patient == patient)
    it.press("s", "Enter", "1", "Enter")
    #expect(
      it.words.contains(
        "Will record: CARBOplatin AUC 5 infusion started 07:00, Port, new site, planned 60 min"))
    it.press("Enter")
    #expect(it.store.all[0].administrations[0].facts.plannedMinutes == 60)
    // A patient who is there is no longer expected.
    it.press("q", "n")
    #expect(it.state.prompt?[.expected] == nil)
  }

  @Test func `a wrong name at the opening is corrected, and the original stays`() {
    var it = Driver()
    it.seat(family: "Testre")
    it.press("f", "g", "a")
    #expect(it.state.prompt?.value(.change) == "patient")
    it.focus(.family)
    it.press("C-u", "Tester")
    it.focus(.reason)
    it.press("typed", "Enter")
    #expect(it.words.contains("patient TESTER, Amara instead of TESTRE, Amara"))
    it.press("Enter")
    #expect(it.shows("TESTER, Amara"))
    #expect(it.store.all[0].events[0].fact.opening?.patient.family == "Testre")
  }

  @Test func `a screen that only looks records nothing and says so`() {
    var it = Driver()
    it.seat()
    it.state.isReadOnly = true
    for key in ["s", "x", "p", "z", "i", "v", "t", "a", "u", "w", "c"] {
      it.press(key)
      #expect(it.state.prompt == nil)
    }
    #expect(it.shows("This screen only looks; nothing can be recorded here."))
    #expect(it.shows("READ ONLY"))
  }
}
