import ArgumentParser
import InfusionRecord
import SessionStore
import SuiteProgram
import TestSupport
import Testing

@testable import chairtime

/// Each command that records a fact: the words of its command line, and the fact it makes of a log.
struct FactCommandTests {
  /// A port; paclitaxel runs as a1, ondansetron is paused as a2, a pump is connected as a3.
  private let record: SampleRecord = {
    var record = SampleRecord(session: "s1")
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    record.start("a2", "ondansetron", at: "08:10")
    record.add(.drugPaused(administration: "a2"), at: "08:20")
    record.add(
      .pumpConnected(
        AdministrationFacts(
          administration: "a3", drug: "fluorouracil", technique: .pump, site: "port")),
      at: "08:30")
    return record
  }()
  private let folder = TemporaryFolder()

  private func recorder(_ options: String = "") throws -> Recorder {
    let words = "--store \(folder.file("s.store")) --actor Okafor \(options)"
    return try RecordOptions.parse(words.split(separator: " ").map(String.init))
      .recorder(creating: true)
  }

  private func command(_ line: String) throws -> any FactCommand {
    let words = ["session"] + line.split(separator: " ").map(String.init)
    return try #require(Chairtime.parseAsRoot(words) as? any FactCommand, "\(line)")
  }

  private static func facts(
    _ drug: String, _ technique: Technique, site: String? = "port"
  ) -> AdministrationFacts {
    AdministrationFacts(
      administration: "a4", drug: drug, technique: technique, site: site, purpose: .hydration)
  }

  private static let charted: AdministrationFacts = {
    var facts = Self.facts("CARBOplatin", .infusion)
    facts.amount = "AUC5"
    facts.plannedMinutes = 60
    facts.volumeML = 250
    facts.rateMLPerHour = 250
    facts.order = "o1"
    facts.dose = "d1"
    facts.bag = "b1"
    facts.purpose = .diluent
    facts.hydrationFacts = [.order, .indication]
    facts.encounter = "2"
    facts.isReasonForVisit = true
    return facts
  }()

  @Test(
    arguments: [
      ("start s1 carboplatin", .drugStarted(facts("CARBOplatin", .infusion))),
      (
        "start s1 carboplatin --amount AUC5 --planned 60 --volume 250 --rate 250 --order o1 "
          + "--dose d1 --bag b1 --purpose diluent --hydration-ordered --hydration-indicated "
          + "--encounter 2 --reason-for-visit", .drugStarted(charted)
      ),
      (
        "start s1 carboplatin --technique pump --site arm",
        .pumpConnected(facts("CARBOplatin", .pump, site: "arm"))
      ),
      ("push s1 dexamethasone --minutes 4", .pushGiven(facts("dexAMETHasone", .push), minutes: 4)),
      (
        "inject s1 fulvestrant",
        .injectionGiven(facts("fulvestrant", .intramuscular, site: nil))
      ),
      ("stop s1 taxol --at 2026-11-23T09:00", .drugStopped(DrugStop(administration: "a1"))),
      (
        "stop s1 a1 --why reaction --not-observed --volume 120",
        .drugStopped(
          DrugStop(
            administration: "a1", stopReason: .reaction, isNotObserved: true, volumeML: 120))
      ),
      ("pause s1 paclitaxel --at 2026-11-23T09:00", .drugPaused(administration: "a1")),
      ("resume s1 ondansetron", .drugResumed(administration: "a2")),
      (
        "rate s1 a1 125.5 --at 2026-11-23T09:00",
        .rateChanged(administration: "a1", rateMLPerHour: 125.5)
      ),
      (
        "bag s1 a1 b2 --volume 500 --at 2026-11-23T09:00",
        .bagChanged(administration: "a1", bag: "b2", volumeML: 500)
      ),
      ("check s1 a1 Ahlberg", .doubleCheckRecorded(administration: "a1", checker: "Ahlberg")),
      (
        "disconnect s1 fluorouracil",
        .pumpDisconnected(
          PumpDisconnection(
            administration: "a4", pump: "a3", drug: "fluorouracil", site: "port"))
      ),
      (
        "disconnect s1 blinatumomab --site arm",
        .pumpDisconnected(
          PumpDisconnection(administration: "a4", drug: "blinatumomab", site: "arm"))
      ),
      ("flush s1", .deviceFlushed(administration: "a4", site: "port")),
      (
        "site s1 arm --kind peripheral --where forearm --parent port --second-site-reason protocol",
        .siteOpened(
          SiteOpening(
            site: "arm", kind: .peripheral, location: "forearm", parent: "port",
            secondSiteReason: .protocolRequired))
      ),
      ("site s1 port --close --anyway --reason pulled", .siteClosed(site: "port")),
      ("handoff s1 Ahlberg", .handedOff(to: "Ahlberg")),
      (
        "close s1 --anyway --answer missing-stop:a1=ward --at 2026-11-23T09:00",
        .sessionClosed(answers: [
          GapAnswer(issue: "missing-stop", administration: "a1", answer: "ward")
        ])
      ),
      ("reopen s1", .sessionReopened),
    ] as [(String, Fact)])
  func `the words of a command are the fact it makes`(line: String, fact: Fact) throws {
    #expect(try command(line).fact(in: record.log, by: recorder()) == fact)
  }

  @Test(arguments: [
    ("pause s1 cisplatin", "No running drug of this session begins with cisplatin"),
    (
      "start s1 carboplatin --technique push",
      "--technique push is not for this command; expected one"
    ),
    ("push s1 zzz", "No drug of the formulary begins with zzz"),
  ])
  func `words without a fact are one sentence`(line: String, sentence: String) throws {
    let complaint = try #require(throws: Complaint.self) {
      try command(line).fact(in: record.log, by: recorder())
    }
    #expect(complaint.description.hasPrefix(sentence), "\(complaint)")
  }

  @Test(arguments: [
    ("push s1 dexamethasone --minutes 4", "08:56"),
    ("push s1 dexamethasone --minutes 4 --at 0845", "08:45"),
    ("push s1 dexamethasone", "09:00"),
    ("start s1 carboplatin --at -10", "08:50"),
    ("amend s1 3 --reason x", "08:00"),
    ("amend s1 3 --at 0805 --reason x", "08:05"),
  ])
  func `a fact is at its stated time, a push at its beginning, a correction where it was`(
    line: String, time: String
  ) throws {
    let now = RecordedTime(milliseconds: record.at("09:00").seconds * 1000)
    let command = try command(line)
    let moment = try command.moment(in: record.log, by: recorder(), now: now)
    #expect(moment == record.at(time))
  }

  @Test func `a correction keeps the basis of the time it corrects, unless one is given`() throws {
    var record = record
    record.add(.handedOff(to: "Ahlberg"), at: "08:40", basis: .pumpLog)
    #expect(try command("amend s1 7 --reason x").basis(in: record.log) == .pumpLog)
    #expect(
      try command("amend s1 7 --reason x --basis late-entry").basis(in: record.log) == .lateEntry)
    #expect(try command("pause s1 a1").basis(in: record.log) == nil)
  }

  // MARK: Recording

  /// Records one fact of a1 while another process records `other` once.
  private func record(_ fact: Fact, meanwhile other: Fact) throws -> (Recorder.Recorded, Int) {
    let recorder = try recorder()
    try recorder.store.append(record.events, to: record.session, expecting: 0)
    var calls = 0
    let recorded = try recorder.record(in: record.session) { log, now in
      calls += 1
      func event(_ fact: Fact) -> Event {
        recorder.event(fact, in: log.session, at: record.at("09:00"), now: now, basis: nil)
      }
      if calls == 1 {
        try recorder.store.append([event(other)], to: log.session, expecting: log.version)
      }
      return event(fact)
    }
    return (recorded, calls)
  }

  @Test func `a fact is decided again if another process recorded meanwhile`() throws {
    let (recorded, calls) = try record(
      .drugPaused(administration: "a1"), meanwhile: .handedOff(to: "Ahlberg"))
    #expect(calls == 2)
    #expect(recorded.before.version == 7)
    #expect(recorded.log.events.last?.fact == .drugPaused(administration: "a1"))
    #expect(recorded.head.count == 8)
    #expect(recorded.event.actor == "Okafor")
  }

  @Test func `a fact about the same administration stops the command and is named`() throws {
    let complaint = try #require(throws: Complaint.self) {
      _ = try record(
        .drugPaused(administration: "a1"),
        meanwhile: .doubleCheckRecorded(administration: "a1", checker: "Ahlberg"))
    }
    #expect(complaint.description.hasPrefix("Nothing was recorded: Meanwhile Okafor recorded: "))
    #expect(complaint.description.hasSuffix(", 09:00. Look again."))
    #expect(try recorder().store.head().count == 7)
  }

  @Test func `a session that does not exist is named`() throws {
    let recorder = try recorder()
    let complaint = try #require(throws: Complaint.self) {
      _ = try recorder.record(in: SessionID("s9")) { _, _ in throw Complaint("not called") }
    }
    #expect(complaint.description == "There is no session s9; nothing was recorded.")
  }
}
