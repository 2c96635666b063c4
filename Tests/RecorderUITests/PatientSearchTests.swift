import InfusionRecord
import ScriptedProgram
import SessionStore
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Finding a patient over all days, the list of visits, another chair, words left at a hand-over.
@Suite struct PatientSearchTests {
  /// Two visits of Müller, the first closed with a reaction, and a neighbour.
  private static func world() -> Driver {
    var it = Driver()
    it.seat(mrn: "90000417", family: "Müller-O’Brien", given: "Amara")
    it.start("pacli")
    it.press("R", "2", "Enter", "Enter")
    it.at("08:00")
    it.stop()
    it.press("c", "Enter")
    it.seat(mrn: "90000592", family: "Sample", born: "19-Sep-1949")
    it.press("q")
    return it
  }

  @Test(arguments: ["muller", "MÜLLER", "obrien amara", "90000417", "04-Feb-1961", "1961-02-04"])
  func `a patient is found by name, number or date of birth, however it is typed`(text: String) {
    var it = Self.world()
    it.press("F", text, "Enter")
    #expect(it.state.screen == .patients, "\(it)")
    #expect(it.shows("MÜLLER-O’BRIEN, Amara"), "\(it)")
    #expect(!it.shows("SAMPLE"))
    it.press("Enter")
    #expect(it.state.screen == .visits, "\(it)")
    #expect(it.words.contains("PACLitaxel infusion, 07:00 to 08:00"), "\(it)")
    #expect(it.words.contains("grade 2"), "\(it)")
    it.press("Enter")
    #expect(it.state.screen.session == it.store.order[0], "\(it)")
    it.press("q", "q", "q")
    #expect(it.state.path == [.board])
  }

  @Test func `plain mode says who was found and each visit`() {
    var it = Self.world()
    it.state.isPlain = true
    it.press("F", "muller", "Enter")
    #expect(it.words.contains("Patients found for muller"), "\(it)")
    #expect(it.words.contains("1 visit, last 23-Nov-2026"), "\(it)")
    it.press("Enter")
    #expect(it.words.contains("All visits"), "\(it)")
    #expect(it.words.contains("PACLitaxel infusion"), "\(it)")
  }

  @Test func `one letter finds nobody, and nobody is said`() {
    var it = Self.world()
    it.press("F", "m", "Enter")
    #expect(it.words.contains("at least 2 letters or digits"), "\(it)")
    it.press("C-u", "nobody at all", "Enter")
    #expect(it.words.contains("The record has no such patient."), "\(it)")
  }

  @Test
  func `a restricted record is not found, and what was found is dropped when it is restricted`() {
    var it = Self.world()
    it.enrol(SignInTests.people)
    it.press("1", "904271", "Enter")
    it.press("F", "sample", "Enter")
    let before = it.state.search?.found.count
    it.restrictNeighbour()
    #expect(before == 1)
    #expect(it.state.search?.found.isEmpty == true, "\(it)")
    it.press("q", "F", "sample", "Enter")
    #expect(!it.shows("SAMPLE"), "\(it)")
  }

  @Test func `a move to another chair is one fact, and a taken chair asks`() {
    var it = Self.world()
    it.seat(mrn: "90000777", family: "Nobody", born: "19-Sep-1950")
    let session = it.state.currentSession?.id
    it.press(":", "move to", "Enter", "5", "Enter", "Enter")
    #expect(it.state.reading(of: session)?.opening.chair == "5", "\(it)")
    #expect(it.store.all.last?.events.last?.fact == .movedToChair("5"))
    it.press(":", "move to", "Enter")
    let taken = it.state.openSessions.first { $0.id != session }?.opening.chair ?? ""
    it.press(taken, "Enter", "Enter", "C-s")
    #expect(it.state.reading(of: session)?.opening.chair == "5", "\(it)")
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    #expect(it.state.reading(of: session)?.opening.chair == taken, "\(it)")
    // The chair at which the session was opened stays in the record.
    #expect(it.store.all.last?.openingEntry?.fact?.opening?.chair != taken)
  }

  @Test func `words left at a hand-over stand until they are marked as read`() {
    var it = Self.world()
    it.press("Enter", "w", "T. Kowalski", "Tab", "the port was slow")
    #expect(it.words.contains("with the words: the port was slow"), "\(it)")
    it.press("C-s")
    #expect(it.words.contains("Words J. Okafor for T. Kowalski"), "\(it)")
    it.press("q")
    #expect(it.words.contains("words of J. Okafor to read"), "\(it)")
    it.state.isPlain = true
    it.press("Enter")
    #expect(it.words.contains("Words to read, J. Okafor for T. Kowalski"), "\(it)")
    it.state.isPlain = false
    it.press("W")
    #expect(it.words.contains("the port was slow"), "\(it)")
    it.press("yes", "Enter", "C-s")
    #expect(it.store.all.last?.unreadWords.isEmpty == true, "\(it)")
    #expect(!it.words.contains("Words J. Okafor"), "\(it)")
    it.press("W")
    #expect(it.words.contains("No words wait to be read"), "\(it)")
  }

  @Test func `allergies of an earlier visit are shown, ask, and are not taken for an answer`() {
    var it = Driver()
    it.seat()
    it.press("A", "1", "Enter", "platinum: rash", "C-s", "c", "Enter")
    it.seat()
    #expect(it.words.contains("Allergies told 23-Nov-2026, to be asked again"), "\(it)")
    it.press("s", "carbo", "Enter")
    #expect(it.words.contains("platinum"), "\(it)")
    #expect(it.state.prompt?[.check] != nil, "\(it)")
    it.press("Esc", "A")
    #expect(it.state.prompt?.value(.allergies) == "", "\(it)")
    it.press("1", "Enter", "C-s")
    #expect(it.store.all.last?.allergyStatement?.allergies.list.map(\.substance) == ["platinum"])
  }

  @Test func `an MRN corrected to one of another person asks as at the opening`() {
    var it = Self.world()
    it.seat(mrn: "90000777", family: "Nobody", born: "19-Sep-1950")
    it.press("f", "g", "a")
    it.focus(.mrn)
    it.press("C-u", "90000592")
    it.focus(.reason)
    it.press("wrong band scanned", "Enter", "C-s")
    #expect(it.words.contains("with another name or date of birth"), "\(it)")
    #expect(it.store.all.last?.opening?.patient.mrn == "90000777", "\(it)")
    it.focus(.check)
    it.press("no", "Enter")
    #expect(it.state.prompt?.focused?.name == .mrn, "\(it)")
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    #expect(it.store.all.last?.opening?.patient.mrn == "90000592", "\(it)")
    #expect(it.store.all.last?.opening?.sharesNumber == true)
  }

  @Test func `facts and explanation are searched, and Space turns the page`() {
    var it = SnapshotTests.morning(Size(columns: 80, rows: 24), .unicode)
    it.press("/", "tester", "Enter", "Enter", "f", "/", "ondan")
    #expect(it.words.contains("ondansetron"), "\(it)")
    #expect(!it.words.contains("dexAMETHasone"), "\(it)")
    it.press("Enter", "Esc")
    #expect(it.words.contains("dexAMETHasone") && it.state.reader.filter.isEmpty, "\(it)")
    it.press("q", "e")
    let first = it.state.reader.first
    it.press(" ")
    #expect(it.state.reader.first > first, "\(it)")
    it.press("/", "paclitaxel", "Enter")
    #expect(it.words.contains("PACLitaxel"), "\(it)")
    it.press("/", "C-u", "zzz")
    #expect(it.words.contains("Nothing here has that."), "\(it)")
    it.press("Esc", "q")
    #expect(it.state.place == .session)
  }

  @Test func `a chair is known by its number with the word, and one that the suite lacks asks`() {
    var it = Self.world()
    let session = it.store.all[1].session
    it.press("/", "sample", "Enter", "Enter", ":", "move", "Enter")
    it.focus(.chair)
    it.press("Chair 5", "Enter", "C-s")
    #expect(it.state.reading(of: session)?.opening.chair == "5", "\(it)")
    it.press(":", "move", "Enter")
    it.focus(.chair)
    it.press("99", "Enter", "C-s")
    #expect(it.state.reading(of: session)?.opening.chair == "5", "\(it)")
    #expect(it.words.contains("The suite has no chair 99."), "\(it)")
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    #expect(it.state.reading(of: session)?.opening.chair == "99", "\(it)")
  }

  @Test func `who left words is asked before they are marked as read`() {
    var it = Self.world()
    it.press("/", "sample", "Enter", "Enter", "w", "T. Next", "Tab", "watch the port", "C-s")
    let before = it.store.all[1].version
    it.press("W", "C-s")
    #expect(it.store.all[1].version == before, "\(it)")
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    #expect(it.store.all[1].unreadWords.isEmpty, "\(it)")
    #expect(it.store.all[1].events.last?.reason == "T. Next was told")
  }

  @Test func `a form that stood for long asks whether its time is still right`() {
    var it = Self.world()
    it.press("/", "sample", "Enter", "Enter", "t", "patient feels warm")
    #expect(!it.words.contains("This form was opened"), "\(it)")
    it.at("08:30")
    #expect(it.words.contains("This form was opened 08:00: is the time still right?"), "\(it)")
  }
}
