import InfusionRecord
import ScriptedProgram
import SessionReview
import TerminalCore
import TestSupport
import Testing
import TimelineEngine

@testable import RecorderUI

/// Amounts, containers and discards by keys through the real loop.
@Suite struct AccountFormTests {
  /// One vial of 100 mg and one of 500 mg of rituximab, as a scanner sends them.
  static let vial100 = "(01)00350242051217(17)270531(10)LOT7"
  static let vial500 = "(01)00350242053068(17)270531(10)LOT8"

  static func seated(_ change: (inout Suite) -> Void = { _ in }) -> Driver {
    var it = Driver(recordsDrugs: true)
    change(&it.state.suite)
    it.seat()
    return it
  }

  /// rituximab 150 mg runs since 07:00, and it is 08:00.
  static func running(amount: String = "150 mg", _ scan: String? = nil) -> Driver {
    var it = seated()
    it.press("s", scan ?? "ritux", "Enter", "1", "Enter")
    it.focus(.amount)
    it.press(amount, "C-s")
    it.at("08:00")
    return it
  }

  private func facts(_ it: Driver, _ position: Int = 0) -> DrugFacts? {
    it.store.all[0].administrations[position].drugFacts
  }

  private func mg(_ text: String) -> DrugAmount { DrugAmount(ExactDecimal(text) ?? .zero, .mg) }

  private func lines(_ it: Driver) -> [String] {
    it.state.currentSession?.statement.drugLines.map { "\($0.codeText) \($0.units)" } ?? []
  }

  // MARK: Given

  @Test func `a push of a plain amount records the amount with no key more`() {
    var it = Self.seated()
    it.press("p", "ondan", "Enter", "1", "Enter")
    it.focus(.amount)
    it.press("4 mg", "Enter")
    #expect(facts(it)?.given == mg("4"), "\(it)")
    #expect(it.state.prompt == nil)
    #expect(it.words.contains("4 mg given"), "\(it)")
    #expect(lines(it) == ["J2405 4"])
  }

  @Test func `undo takes back a push and the amount that one Enter recorded with it`() {
    var it = Self.seated()
    it.press("p", "ondan", "Enter", "1", "Enter")
    it.focus(.amount)
    it.press("4 mg", "Enter", "u")
    #expect(it.state.prompt?.form == .undo && it.words.contains("4 mg given"), "\(it)")
    it.press("1", "Enter", "Enter")
    #expect(it.store.all[0].administrations.isEmpty, "\(it)")
    #expect(lines(it) == [] && it.units == [:], "\(it)")
    it.press("U", "1", "Enter", "Enter")
    #expect(facts(it)?.given == mg("4") && lines(it) == ["J2405 4"], "\(it)")
  }

  @Test func `a stop well before the planned end proposes no amount, and says when it should end`()
  {
    var it = Self.seated()
    it.press("s", "ritux", "Enter", "1", "Enter")
    it.focus(.planned)
    it.press("120")
    it.focus(.amount)
    it.press("150 mg", "C-s")
    it.at("07:20")
    it.press("x")
    #expect(it.state.prompt?.value(.amountGiven) == "", "\(it)")
    #expect(it.words.contains("Its planned end is 09:00"), "\(it)")
    it.at("08:55")
    it.press("Esc", "x")
    #expect(it.state.prompt?.value(.amountGiven) == "150 mg", "\(it)")
    #expect(!it.words.contains("Its planned end is"), "\(it)")
  }

  @Test func `an amount that is none is not taken as given`() {
    var it = Self.seated()
    it.press("p", "ondan", "Enter", "1", "Enter")
    it.focus(.amount)
    it.press("0.15 mg/kg", "Enter")
    #expect(it.store.all[0].administrations.count == 1, "\(it)")
    #expect(facts(it) == nil)
  }

  @Test func `a completed infusion gave what was ordered, with no key more`() {
    var it = Self.running()
    it.stop()
    #expect(facts(it)?.given == mg("150"), "\(it)")
    #expect(it.state.prompt == nil, "\(it)")
  }

  @Test func `an infusion stopped early proposes the part that went in`() {
    var it = Self.seated()
    it.press("s", "ritux", "Enter", "1", "Enter")
    it.focus(.amount)
    it.press("150 mg", "Tab", "250 mL", "Tab", "100", "C-s")
    it.at("08:00")
    it.press("x")
    it.focus(.reason)
    it.press("patient", "Enter")
    #expect(it.state.prompt?.value(.amountGiven) == "", "\(it)")
    it.focus(.volume)
    it.press("100")
    #expect(it.state.prompt?.value(.amountGiven) == "60 mg", "\(it)")
    it.press("C-s")
    #expect(facts(it)?.given == mg("60"), "\(it)")
  }

  @Test(arguments: [
    ("150", "Write the unit"), ("150.0 mg", "without a zero after the point"),
    (".5 mg", "Write 0.5 mg"), ("15 U", "Write 15 units"), ("15 ug", "Write 15 mcg"),
    ("1/2 mg", "is no unit"),
  ])
  func `forms that are misread are not recorded`(text: String, said: String) {
    var it = Self.running(amount: "")
    it.press("x")
    it.focus(.amountGiven)
    it.press(text, "C-s")
    #expect(it.store.all[0].administrations[0].isRunning, "\(it)")
    #expect(it.words.contains(said), "\(it)")
  }

  @Test(arguments: [("15 mg", true), ("15.5 mg", false), ("1500 mg", true), ("1499 mg", false)])
  func `ten times the order asks, and is recorded only with yes`(text: String, asks: Bool) {
    var it = Self.running()
    it.press("x")
    it.focus(.amountGiven)
    it.press("C-u", text, "C-s")
    #expect(it.store.all[0].administrations[0].isRunning == asks, "\(it)")
    guard asks else { return }
    #expect(it.words.contains("but 150 mg ordered"), "\(it)")
    it.focus(.check)
    it.press("no", "Enter", "C-s")
    #expect(it.store.all[0].administrations[0].isRunning, "\(it)")
    it.focus(.check)
    it.press("yes", "Enter", "Enter")
    #expect(facts(it)?.given?.text == text, "\(it)")
    let entry = it.store.all[0].entries.last { $0.fact?.kind == .drugAccounted }
    #expect(entry?.latest.reason?.hasPrefix(FormContext.confirmed) == true)
  }

  @Test func `micrograms are never taken for milligrams`() {
    var it = Self.running()
    it.press("x")
    it.focus(.amountGiven)
    it.press("C-u", "150 mcg", "C-s")
    #expect(it.words.contains("150 mcg given, but 150 mg ordered"), "\(it)")
    #expect(it.store.all[0].administrations[0].isRunning)
  }

  // MARK: Scans

  @Test func `a scan in the field of the drug fills in drug, product, lot, expiry and container`() {
    let it = Self.running(Self.vial500)
    #expect(
      it.store.all[0].administrations[0].facts.drug == "rituximab"
        && facts(it)
          == DrugFacts(
            product: DrugProduct(ndc: "50242005306"),
            containers: [
              DrugContainer(
                ndc: "50242005306", amount: mg("500"), kind: .singleDose, lot: "LOT8",
                expires: CivilDate(iso: "2027-05-31"))
            ]),
      "\(it)")
  }

  @Test func `a stop with a rest asks what became of it, and one Enter more answers`() {
    var it = Self.running(amount: "450 mg", Self.vial500)
    it.press("x")
    #expect(it.state.prompt?.focused?.name == .discard, "\(it)")
    #expect(it.state.prompt?.value(.discard) == "")
    it.press("Enter")
    #expect(it.store.all[0].administrations[0].isRunning)
    it.press("Enter")
    let discarded = facts(it)?.discarded
    #expect(discarded?.amount == mg("50"), "\(it)")
    #expect(discarded?.by == "J. Okafor")
    #expect(discarded?.at == it.store.all[0].administrations[0].stop)
    #expect(lines(it) == ["J9312 45", "J9312-JW 5"], "\(it)")
  }

  @Test(arguments: [
    ("nothing", "0 mg" as String?), ("not by", nil), ("20 mg", "20 mg"), ("50 mg in", "50 mg"),
  ])
  func `nothing, another amount, the pharmacy and not by me are answers`(
    text: String, amount: String?
  ) {
    var it = Self.running(amount: "450 mg", Self.vial500)
    it.press("x", text, "Enter", "Enter")
    #expect(!it.store.all[0].administrations[0].isRunning, "\(it)")
    #expect(facts(it)?.discarded?.amount.text == amount, "\(it)")
    if text.hasSuffix(" in") { #expect(facts(it)?.discarded?.place == .pharmacy) }
  }

  @Test func `a site that wants a witness asks who saw it`() {
    var it = Self.running(amount: "450 mg", Self.vial500)
    it.state.suite.witnessesDiscards = true
    it.press("x", "Enter", "Enter")
    #expect(it.store.all[0].administrations[0].isRunning)
    it.press("RN N. NOBODY", "Enter")
    #expect(facts(it)?.discarded?.witness == "RN N. NOBODY", "\(it)")
  }

  @Test func `two vials are two scans, and a third kind is a row of its own`() {
    var it = Self.running(amount: "650 mg")
    it.press("V")
    it.focus(.container)
    it.press(Self.vial100, "Enter", Self.vial100, "Enter", Self.vial500, "Enter", "C-s")
    let containers = facts(it)?.containers ?? []
    #expect(containers.map(\.count) == [2, 1], "\(it)")
    #expect(containers.map(\.lot) == ["LOT7", "LOT8"])
  }

  @Test func `what a scanner sends for a separator is one`() {
    var it = Self.running()
    it.press("V")
    it.focus(.container)
    it.press("]d2010035024205306821S9")
    it.feed(.key(.control("]")))
    it.press("10LOT8")
    it.feed(.key(KeyPress(.function(8))))
    it.press("17270531", "Enter", "C-s")
    let container = facts(it)?.containers.first
    #expect(container?.serial == "S9" && container?.lot == "LOT8", "\(it)")
    #expect(container?.expires == CivilDate(iso: "2027-05-31"))
  }

  @Test func `lost separators leave lot and expiry out, and say so`() {
    var it = Self.running()
    it.press("V")
    it.focus(.container)
    it.press("010035024205306821S910LOT817270531", "Enter")
    #expect(it.words.contains("Separators are lost"), "\(it)")
    it.press("C-s")
    #expect(facts(it)?.containers.first?.lot == nil)
    #expect(facts(it)?.containers.first?.amount == mg("500"))
  }

  @Test func `a damaged scan is refused with the reason`() {
    var it = Self.running()
    it.press("V")
    it.focus(.container)
    it.press("(01)00350242053062(17)270531", "Enter")
    #expect(it.words.contains("The check digit does not fit"), "\(it)")
    it.press("C-s")
    #expect(facts(it) == nil)
  }

  // MARK: Doubts

  @Test(arguments: [("201130", true), ("261122", true), ("261123", false), ("270500", false)])
  func `an expired container asks before anything is recorded`(expires: String, asks: Bool) {
    var it = Self.seated()
    it.press("s", "(01)00350242053068(17)\(expires)(10)LOT8", "Enter", "1", "Enter", "C-s")
    #expect(it.store.all[0].administrations.isEmpty == asks, "\(it)")
    if asks { #expect(it.words.contains("expired on"), "\(it)") }
  }

  @Test(arguments: [("LOT8", true), ("lot 8", true), ("LOT9", false)])
  func `a recalled lot asks before anything is recorded`(lot: String, asks: Bool) {
    var it = Self.seated { $0.recalledLots = [lot] }
    it.press("s", Self.vial500, "Enter", "1", "Enter", "C-s")
    #expect(it.store.all[0].administrations.isEmpty == asks, "\(it)")
    if asks { #expect(it.words.contains("recalled"), "\(it)") }
  }

  @Test func `a container of another drug asks, and the answer is the reason`() {
    var it = Self.seated()
    it.press("s", "carbo", "Enter", "1", "Enter", "Enter")
    it.at("08:00")
    it.press("V")
    it.focus(.container)
    it.press(Self.vial100, "Enter", "C-s")
    #expect(it.words.contains("not CARBOplatin"), "\(it)")
    #expect(facts(it) == nil)
    it.focus(.check)
    it.press("yes", "Enter", "Enter")
    #expect(facts(it)?.containers.count == 1, "\(it)")
    let entry = it.store.all[0].entries.last { $0.fact?.kind == .drugAccounted }
    #expect(entry?.latest.reason?.contains("not CARBOplatin") == true)
  }

  @Test func `what the pharmacy discarded needs no witness at the chair`() {
    var it = Self.running(amount: "450 mg", Self.vial500)
    it.state.suite.witnessesDiscards = true
    it.press("x", "50 mg in", "Enter", "Enter")
    #expect(facts(it)?.discarded?.place == .pharmacy, "\(it)")
  }

  @Test func `a corrected drug asks what becomes of the amounts recorded for the other`() {
    var it = Self.seated()
    it.press("p", "ondan", "Enter", "1", "Enter")
    it.focus(.amount)
    it.press("4 mg", "Enter")
    #expect(facts(it)?.given == mg("4"), "\(it)")
    it.press("Up", "a", "drug", "Enter", "dexameth", "Enter")
    #expect(it.words.contains("Recorded for ondansetron: 4 mg given."), "\(it)")
    it.press("C-s")
    #expect(it.store.all[0].administrations[0].facts.drug == "ondansetron", "\(it)")
  }

  @Test func `of several drugs V offers the one that the user moved to, and otherwise none`() {
    var it = Self.seated()
    it.press("p", "ondan", "Enter", "1", "Enter", "C-s")
    it.at("07:10")
    it.press("p", "dexameth", "Enter", "C-s")
    #expect(it.store.all[0].administrations.count == 2, "\(it)")
    it.press("V")
    #expect(it.state.prompt?[.drug]?.current == nil, "\(it)")
    it.press("Esc", "Up", "V")
    #expect(it.state.prompt?[.drug]?.current != nil, "\(it)")
  }

  @Test func `a smaller container that wastes less is said when the vial is opened`() {
    var it = Self.running()
    it.press("V")
    it.focus(.container)
    it.press(Self.vial500, "Enter")
    #expect(
      it.words.contains("350 mg will be left over; 2 × 100 mg would leave 50 mg."), "\(it)")
  }

  // MARK: The form

  @Test func `the form proposes what is known and records what is new`() {
    var it = Self.running(amount: "450 mg", Self.vial500)
    it.press("x", "not by", "Enter", "Enter")
    it.press("V")
    it.focus(.discard)
    it.press("50 mg, the", "Enter")
    it.focus(.supply)
    it.press("white", "Enter", "C-s")
    #expect(facts(it)?.discarded?.amount == mg("50"), "\(it)")
    #expect(facts(it)?.supply == .whiteBag)
    #expect(facts(it)?.containers.first?.lot == "LOT8")
    it.press("V", "C-s")
    #expect(it.words.contains("Nothing new is said"), "\(it)")
  }

  @Test func `another account meanwhile leaves nothing recorded from here`() {
    var it = Self.running()
    it.press("V")
    it.focus(.amountGiven)
    it.press("150 mg")
    let other = DrugAccount(administration: "a1", facts: DrugFacts(given: mg("140")))
    it.store.add(
      .drugAccounted(other), to: it.store.all[0].session, at: Driver.morning + 3600)
    it.follow(it.store)
    it.press("C-s")
    #expect(facts(it)?.given == mg("140"))
    #expect(it.words.contains("changed meanwhile"), "\(it)")
  }

  @Test func `a correction begins with what stands`() {
    var it = Self.running(amount: "450 mg", Self.vial500)
    it.press("x", "Enter", "Enter", "a")
    it.focus(.entry)
    it.press("450 mg given", "Enter")
    it.focus(.amountGiven)
    it.press("C-u", "440 mg")
    it.focus(.discard)
    it.press("60 mg, the", "Enter")
    it.focus(.reason)
    it.press("typed wrong", "Enter", "C-s")
    #expect(facts(it)?.given == mg("440"), "\(it)")
    #expect(facts(it)?.discarded?.amount == mg("60"))
    #expect(facts(it)?.containers.first?.lot == "LOT8")
  }

  @Test func `the site switches it off, and then nothing is asked`() {
    var it = Self.seated {
      $0.policies.standard.drugLines = .off
    }
    it.press("p", "ondan", "Enter", "1", "Enter")
    #expect(it.state.prompt?[.amountGiven] == nil, "\(it)")
    it.focus(.amount)
    it.press("4 mg", "Enter", "V")
    #expect(facts(it) == nil)
    #expect(it.words.contains("This site records no amounts of drugs."), "\(it)")
  }

  @Test func `a drug without a unit is not asked about`() {
    var it = Self.seated()
    it.press("s", "sodium", "Enter", "1", "Enter", "Enter")
    it.at("08:00")
    it.press("x")
    #expect(it.state.prompt?[.amountGiven] == nil, "\(it)")
  }

  @Test func `what a line lacks is to do before closing, and Enter opens the form`() {
    var it = Self.running(amount: "450 mg")
    it.stop()
    #expect(
      it.state.currentSession?.toDo.map(\.kind) == [.productUnknown, .containerNotRecorded], "\(it)"
    )
    it.press("Tab", "Tab", "Enter")
    #expect(it.state.prompt?.form == .account, "\(it)")
    it.focus(.container)
    it.press("500 mg", "Enter")
    it.focus(.discard)
    it.press("Enter")
    it.focus(.product)
    it.press("Rituxan", "C-s")
    #expect(it.state.currentSession?.toDo == [], "\(it)")
    #expect(lines(it) == ["J9312 45", "J9312-JW 5"])
  }

  // MARK: Volume and rate

  @Test func `volume and rate give the planned end`() {
    var it = Self.seated()
    it.press("s", "ritux", "Enter", "1", "Enter")
    it.focus(.volume)
    it.press("250 mL", "Tab", "125 mL/h")
    #expect(it.state.prompt?.value(.planned) == "120", "\(it)")
    it.press("C-s")
    let given = it.store.all[0].administrations[0].facts
    #expect(given.volumeML == 250 && given.rateMLPerHour == 125 && given.plannedMinutes == 120)
    #expect(it.words.contains("planned end 09:00"), "\(it)")
  }

  @Test(arguments: [
    (Field.Name.volume, "250 mg", "A volume is in mL"), (.rate, "100 mL", "A rate is in mL/h"),
    (.rate, "0", "A rate of 0 is a pause"), (.rate, "100.0", "without a zero after the point"),
    (.volume, ".5", "Write 0.5 mL"), (.rate, "125 gtt/min", "A rate is in mL/h"),
  ])
  func `a volume and a rate have their unit`(name: Field.Name, text: String, said: String) {
    var it = Self.seated()
    it.press("s", "ritux", "Enter", "1", "Enter")
    it.focus(name)
    it.press(text, "C-s")
    #expect(it.store.all[0].administrations.isEmpty, "\(it)")
    #expect(it.words.contains(said), "\(it)")
  }

  @Test func `planned minutes that do not fit volume and rate are said`() {
    var it = Self.seated()
    it.press("s", "ritux", "Enter", "1", "Enter")
    it.focus(.volume)
    it.press("250", "Tab", "100")
    it.focus(.planned)
    it.press("C-u", "60")
    #expect(it.words.contains("250 mL at 100 mL/h take 150 min"), "\(it)")
  }

  @Test func `a new rate moves the planned end and says so, and a rate of 0 is refused`() {
    var it = Self.seated()
    it.press("s", "ritux", "Enter", "1", "Enter")
    it.focus(.volume)
    it.press("200", "Tab", "100", "C-s")
    it.at("08:00")
    it.press(":", "change the rate", "Enter")
    it.focus(.rate)
    it.press("0", "C-s")
    #expect(it.words.contains("A rate of 0 is a pause"), "\(it)")
    #expect(it.store.all[0].administrations[0].rateChanges.isEmpty)
    it.press("C-u", "50")
    #expect(it.words.contains("planned end 10:00 instead of 09:00"), "\(it)")
    it.press("C-u", "0.1")
    #expect(it.words.contains("no end is planned"), "\(it)")
    it.press("C-u", "3000")
    #expect(it.words.contains("faster than pumps run"), "\(it)")
    it.press("C-u", "50", "C-s")
    #expect(it.words.contains("planned end 10:00"), "\(it)")
    #expect(it.words.contains("at 50 mL/h"), "\(it)")
  }

  @Test
  func `a scan that arrives with its Enter in one read is taken, and the next one stands alone`() {
    var it = Self.running()
    it.press("V")
    it.focus(.container)
    for scan in [Self.vial100, Self.vial500] {
      it.program.turn(
        ScriptedProgram.keys(scan).map(Input.key) + [.key(KeyPress(.enter))], after: 1_100)
    }
    let scanned = it.state.prompt?.fields.filter { $0.name == .container }.map(\.value) ?? []
    #expect(scanned.prefix(2) == [Self.vial100, Self.vial500], "\(it)")
  }

  @Test func `a scan that cannot be read leaves its field empty for the next one`() {
    var it = Self.running()
    it.press("V")
    it.focus(.container)
    it.press(Self.vial100 + Self.vial500, "Enter")
    #expect(it.words.contains("Scan it again"), "\(it)")
    it.press(Self.vial500, "Enter")
    let scanned = it.state.prompt?.fields.filter { $0.name == .container }.map(\.value) ?? []
    #expect(scanned.first == Self.vial500, "\(it)")
  }

  @Test func `a scan in the field of the product is read as its code`() {
    var it = Self.running()
    it.press("V")
    it.focus(.product)
    it.press(Self.vial100, "C-s")
    #expect(facts(it)?.product?.ndc == "50242005121", "\(it)")
  }

  @Test func `a scanned vial is no amount given`() {
    var it = Self.seated()
    it.press("p", Self.vial500, "Enter")
    #expect(it.state.prompt?.value(.amountGiven) == "", "\(it)")
  }

  @Test func `a barcode that cannot be read is no drug`() {
    var it = Self.seated()
    it.press("p", "(01)00350242053062(17)270531", "Enter")
    #expect(it.words.contains("The check digit does not fit"), "\(it)")
    it.press("Enter", "C-s")
    #expect(it.state.prompt?.value(.drug) == "", "\(it)")
  }
}
