import Foundation
import InfusionRecord
import Testing

/// The session commands as a person or a script uses them, through the built program.
@Suite struct SessionCommandTests {
  private static let patient = """
    family: Tester
    given: Amara
    born: 04-Feb-1961
    sex: f
    mrn: 90000417
    visit: V1
    """

  /// A store of its own with one open session, `s1`, and a port.
  private final class Suite {
    let folder: TestFolder
    var store: String { folder.url.appending(path: "s.store").path }

    init(opened: Bool = true) throws {
      folder = try TestFolder()
      try folder.write(patient, to: "patient.txt")
      guard opened else { return }
      let ended = try session(
        "open", "--chair", "3", "--patient", "patient.txt", "--id", "s1", "--at", "-300", "--zone",
        "UTC")
      #expect(ended.code == 0, "\(ended.error)")
      #expect(try session("site", "s1", "port", "--kind", "port", "--at", "-299").code == 0)
    }

    func session(_ arguments: String..., input: String = "") throws -> BuiltProgram.Ended {
      try run(["session"] + arguments, input: input)
    }

    func run(_ arguments: [String], input: String = "") throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        arguments + ["--store", store], input: Data(input.utf8), folder: folder.url)
    }

    func json(_ arguments: String...) throws -> [String: Any] {
      let ended = try run(["session"] + arguments + ["--format", "json"])
      let value = try JSONSerialization.jsonObject(with: Data(ended.output.utf8))
      return value as? [String: Any] ?? [:]
    }
  }

  @Test func `a visit is recorded fact by fact`() throws {
    let suite = try Suite()
    let push = try suite.session("push", "s1", "ondans", "--at", "-290", "--minutes", "4")
    #expect(push.output.contains("  ondansetron push given, access site port, 4 min (a1), "))
    #expect(try suite.session("start", "s1", "dexameth", "--at", "-280").code == 0)
    #expect(try suite.session("stop", "s1", "dexa", "--at", "-260").code == 0)
    #expect(try suite.session("start", "s1", "paclitaxel", "--at", "-250").code == 0)
    #expect(try suite.session("pause", "s1", "taxol", "--at", "-200").code == 0)
    #expect(try suite.session("resume", "s1", "a3", "--at", "-190").code == 0)
    #expect(try suite.session("stop", "s1", "a3", "--at", "-60").code == 0)
    #expect(try suite.session("note", "s1", input: "Comfortable.\n").code == 0)
    #expect(try suite.session("handoff", "s1", "N. Nobody").code == 0)
    #expect(try suite.session("close", "s1").code == 0)
    let shown = try suite.json("show", "s1")
    #expect(shown["status"] as? String == "closed")
    #expect(shown["holder"] as? String == "N. Nobody")
    #expect((shown["facts"] as? [Any])?.count == 12)
    let statement = try #require(shown["statement"] as? [String: Any])
    let charges = try #require(statement["charges"] as? [[String: Any]])
    // After midnight some of it lies on the day before, and a code has a line for each day.
    var units: [String: Int] = [:]
    for charge in charges {
      units[charge["code"] as? String ?? "", default: 0] += charge["units"] as? Int ?? 0
    }
    #expect(units == ["96413": 1, "96415": 2, "96367": 1, "96375": 1])
    let verified = try suite.run(["verify"])
    #expect(verified.code == 0)
    #expect(verified.output.hasPrefix("12 facts verified\nhead 12:"))
  }

  @Test func `what cannot be is refused in a sentence and exit code 1`() throws {
    let suite = try Suite()
    #expect(try suite.session("start", "s1", "paclitaxel", "--at", "-100").code == 0)
    let early = try suite.session("stop", "s1", "a1", "--at", "-101")
    #expect(early.code == 1)
    #expect(early.output == "")
    #expect(early.error.hasPrefix("PACLitaxel started "))
    let twice = try suite.session("start", "s1", "paclitaxel", "--at", "-90")
    #expect(twice.error.hasSuffix("one dose cannot be started twice.\n"))
    let day = Date(timeIntervalSinceNow: 2 * 86_400).formatted(.iso8601).prefix(10)
    let later = try suite.session("stop", "s1", "a1", "--at", "\(day)T12:00")
    #expect(later.code == 1)
    let nonsense = try suite.session("stop", "s1", "a1", "--at", "noonish")
    #expect(
      nonsense.error
        == "--at: noonish is not a time; type now, 0930, 9:30, 2:30 pm, -5 (minutes ago) or 12:05 "
        + "yesterday.\n")
    let shown = try suite.json("show", "s1")
    #expect((shown["facts"] as? [Any])?.count == 3)
  }

  @Test func `an inpatient order is recorded, moved and withdrawn`() throws {
    let suite = try Suite()
    #expect(try suite.session("push", "s1", "ondans", "--at", "-30", "--minutes", "2").code == 0)
    func charges() throws -> Int {
      let statement = try suite.json("show", "s1")["statement"] as? [String: Any]
      return (statement?["charges"] as? [Any])?.count ?? -1
    }
    #expect(try charges() == 1)
    let ordered = try suite.session("inpatient", "s1", "--at", "-60")
    #expect(ordered.code == 0 && ordered.output.contains(", inpatient from "), "\(ordered.output)")
    #expect(try charges() == 0)
    #expect(try suite.session("inpatient", "s1", "--at", "-10").code == 0)
    #expect(try charges() == 1)
    func basis() throws -> String? {
      (try suite.json("show", "s1")["facts"] as? [[String: Any]])?.last?["basis"] as? String
    }
    let usual = try basis()
    let told = "reported-by-colleague"
    #expect(try suite.session("inpatient", "s1", "--at", "-10", "--basis", told).code == 0)
    #expect(try usual != told && basis() == told)
    let timed = try suite.session("inpatient", "s1", "--withdraw", "--at", "-10")
    #expect(
      timed.code != 0
        && timed.error.contains("--withdraw takes the order back and has no time; leave out --at"),
      "\(timed.error)")
    #expect(try suite.session("inpatient", "s1", "--withdraw").code == 0)
    let nothing = try suite.session("inpatient", "s1", "--withdraw")
    #expect(
      nothing.code == 1
        && nothing.error == "This session has no inpatient order; nothing was recorded.\n")
  }

  @Test func `a paper record, a part of a procedure and an end that was not seen`() throws {
    let suite = try Suite()
    let paper = try suite.session("paper", "s1", "dexameth", "--minutes", "45")
    #expect(
      paper.output.contains(
        "infusion given, access site port, 45 min on paper, no clock times (a1), "))
    #expect(
      try suite.session("amend", "s1", "3", "--minutes", "46", "--reason", "read wrongly").code == 0
    )
    let shown = try suite.session("show", "s1").output
    #expect(shown.contains("46 min stated, no clock times"), "\(shown)")
    #expect(!shown.contains("stop not recorded"), "\(shown)")
    #expect(
      try suite.session("push", "s1", "ondans", "--at", "-30", "--purpose", "integral").output
        .contains("(part of another procedure) push given"))
    #expect(try suite.session("start", "s1", "paclitaxel", "--at", "-200").code == 0)
    #expect(
      try suite.session(
        "stop", "s1", "a3", "--at", "-100", "--basis", "last-seen-running"
      ).code == 0)
    let fluid = try suite.session(
      "start", "s1", "sodium chloride 0.9", "--unlisted", "--class", "hydration", "--purpose",
      "integral")
    #expect(
      fluid.code == 1 && fluid.error.contains("is hydration, which has one of these purposes"))
    let statement = try #require(try suite.json("show", "s1")["statement"] as? [String: Any])
    let findings = (statement["findings"] as? [[String: Any]] ?? []).compactMap {
      $0["id"] as? String
    }
    #expect(findings.contains("no-clock-times") && findings.contains("last-seen-running"))
    let uncharged = (statement["uncharged"] as? [[String: Any]] ?? []).compactMap {
      $0["rule"] as? String
    }
    #expect(uncharged == ["integral-service"])
  }

  @Test func `a value that a fact does not have is refused, and so is a correction of nothing`()
    throws
  {
    let suite = try Suite()
    #expect(try suite.session("start", "s1", "paclitaxel", "--at", "-100").code == 0)
    #expect(try suite.session("pause", "s1", "a1", "--at", "-90").code == 0)
    func amend(_ words: String...) throws -> String {
      let ended = try suite.run(["session", "amend", "s1"] + words + ["--reason", "misread"])
      return ended.code == 0 ? "" : ended.error
    }
    #expect(
      try amend("4", "--minutes", "20")
        == "--minutes is no value of a pause; nothing was corrected. A pause lasts from its own time "
        + "to that of the resumption; correct these with --at.\n")
    #expect(
      try amend("3", "--minutes", "20", "--kind", "port")
        == "--minutes, --kind is no value of a start; nothing was corrected. It lasts from its own "
        + "time to that of the stop; correct these with --at.\n")
    #expect(
      try amend("3") == "The correction changes nothing; name what is to be different.\n")
    #expect(try amend("3", "--planned", "60") == "")
    #expect(try amend("4", "--at", "-85") == "")
  }

  @Test func `a paper record needs a day alone, and claims no time of it`() throws {
    let suite = try Suite()
    let day = LocalClock.utc.date(at: Instant(seconds: Int64(Date().timeIntervalSince1970))) + -3
    let given = try suite.session(
      "paper", "s1", "dexameth", "--minutes", "45", "--at", day.display)
    #expect(
      given.code == 0 && given.output.hasSuffix("no clock times (a1), \(day.display)\n"),
      "\(given.output)\(given.error)")
    let json = try suite.session(
      "paper", "s1", "ondans", "--minutes", "20", "--at", day.iso, "--format", "json")
    #expect(json.output.contains("\"day\":\"\(day.iso)\"") && !json.output.contains("\"time\""))
    let facts = try suite.session("show", "s1", "--facts").output
    #expect(facts.contains("  \(day.display)  dexAMETHasone infusion given"), "\(facts)")
    let year = day.components.year - 1
    let ambiguous = try suite.session(
      "paper", "s1", "dexameth", "--minutes", "20", "--at", "02/03/\(year)")
    #expect(
      ambiguous.code == 1 && ambiguous.error.contains("can be 03-Feb-\(year) or 02-Mar-\(year)"))
    let soon = try suite.session("paper", "s1", "dexameth", "--minutes", "20", "--at", "soon")
    #expect(soon.code == 1 && soon.error.hasPrefix("soon is not a day"), "\(soon.error)")
  }

  @Test func `a stop not observed is not also last seen running`() throws {
    let suite = try Suite()
    #expect(try suite.session("start", "s1", "paclitaxel", "--at", "-100").code == 0)
    let both = try suite.session(
      "stop", "s1", "a1", "--at", "-10", "--basis", "last-seen-running", "--not-observed")
    #expect(both.code == 1 && both.error.hasPrefix("A stop is either not observed, or"))
    #expect(
      try suite.session("stop", "s1", "a1", "--at", "-10", "--basis", "last-seen-running").code == 0
    )
    let amended = try suite.session("amend", "s1", "4", "--no-observed", "--reason", "misread")
    #expect(amended.code == 1 && amended.error.hasPrefix("A stop is either not observed, or"))
  }

  @Test func `an ambiguous drug is listed and a brand or code is enough`() throws {
    let suite = try Suite()
    let ambiguous = try suite.session("start", "s1", "tras")
    #expect(ambiguous.code == 1)
    #expect(ambiguous.error.hasPrefix("tras may mean trastuzumab, "))
    #expect(try suite.session("start", "s1", "Taxol", "--at", "-9").output.contains("PACLitaxel"))
    #expect(try suite.session("start", "s1", "J9045", "--at", "-9").output.contains("CARBOplatin"))
    let unknown = try suite.session("start", "s1", "fictionumab")
    #expect(unknown.error.contains("--unlisted"))
    #expect(
      try suite.session("start", "s1", "fictionumab", "--unlisted", "--class", "therapeutic").code
        == 0)
  }

  @Test func `closing tells what is missing and records nothing`() throws {
    let suite = try Suite()
    #expect(try suite.session("start", "s1", "paclitaxel", "--at", "-100").code == 0)
    let ended = try suite.session("close", "s1")
    #expect(ended.code == 2)
    #expect(ended.output.hasPrefix("still-running: PACLitaxel started "))
    #expect(try suite.json("show", "s1")["status"] as? String == "open")
    #expect(
      try suite.session("close", "s1", "--answer", "still-running=went to the ward").code == 0)
    #expect(try suite.session("stop", "s1", "a1").code == 1)
    #expect(try suite.session("reopen", "s1").error == "Reopening a session needs a reason.\n")
    #expect(try suite.session("reopen", "s1", "--reason", "stop is known").code == 0)
    #expect(try suite.session("stop", "s1", "a1").code == 0)
  }

  @Test func `a correction keeps the first entry and shows what it changes`() throws {
    let suite = try Suite()
    #expect(try suite.session("start", "s1", "paclitaxel", "--at", "-200").code == 0)
    #expect(try suite.session("stop", "s1", "a1", "--at", "-110").code == 0)
    let silent = try suite.session("amend", "s1", "4", "--at", "-109")
    #expect(silent.error == "A correction needs a reason.\n")
    let longer = try suite.session("amend", "s1", "4", "--at", "-109", "--reason", "read the pump")
    #expect(longer.code == 0)
    #expect(longer.output.contains("96415"))
    #expect(longer.output.contains("0 -> 1"))
    let shown = try suite.session("show", "s1", "--facts")
    #expect(shown.output.contains("[no longer holds]"))
    #expect(shown.output.contains("because: read the pump"))
    #expect(try suite.session("amend", "s1", "5", "--withdraw", "--reason", "typo").code == 0)
    #expect(try suite.session("stop", "s1", "a1", "--at", "-100").code == 0)
  }

  @Test func `a patient is read from standard input or a file, never from arguments`() throws {
    let suite = try Suite(opened: false)
    let opened = try suite.session(
      "open", "--chair", "1", "--zone", "UTC", input: Self.patient)
    #expect(opened.code == 0)
    let name = String(opened.output.prefix { $0 != "\n" })
    #expect(name.count == 17)
    // The letters after the date are enough.
    #expect(try suite.session("site", String(name.suffix(6)), "port").code == 0)
    let lacking = try suite.session("open", "--chair", "1", input: "family: Tester\n")
    #expect(lacking.error == "standard input: given is missing.\n")
    let wrong = try suite.session("open", "--chair", "1", input: "famly: Tester\n")
    #expect(wrong.error.hasPrefix("standard input, line 1: expected one of family, given"))
    let help = try suite.session("open", "--help").output
    for word in ["--family", "--given", "--mrn", "--born"] { #expect(!help.contains(word)) }
  }

  @Test(arguments: [
    ("1661-02-04", "born is more than 130 years ago."),
    ("2961-02-04", "born is still to come."),
    ("1961-02-30", "born is not a date; write 04-Feb-1961 or 1961-02-04."),
  ])
  func `a date of birth is one that the form takes`(born: String, sentence: String) throws {
    let suite = try Suite()
    let patient = Self.patient.replacingOccurrences(of: "04-Feb-1961", with: born)
    #expect(patient != Self.patient)
    let refused = try suite.session("open", "--chair", "1", "--zone", "UTC", input: patient)
    #expect(refused.code == 1 && refused.error == "standard input: \(sentence)\n", "\(refused)")
  }

  @Test(arguments: [
    ("inject", "vincristine", "sc", "fatal-way: FATAL BY ANY WAY BUT THE VEIN"),
    ("inject", "paclitaxel", "im", "unusual-way: PACLitaxel into a muscle is unusual"),
    ("push", "rituximab", "push", "unusual-way: riTUXimab as a push is unusual"),
  ])
  func `a way by which a drug is not given is a question first`(
    command: String, drug: String, technique: String, question: String
  ) throws {
    let suite = try Suite()
    let given = [command, "s1", drug, "--technique", technique]
    let told = try suite.run(["session"] + given)
    #expect(told.code == 2 && told.output.hasPrefix(question), "\(told)")
    #expect(
      told.error
        == "Nothing was recorded: 1 question is open; record it --anyway with a --reason.\n")
    #expect(try suite.run(["session"] + given + ["--anyway"]).code == 2)
    let recorded = try suite.run(["session"] + given + ["--anyway", "--reason", "as ordered"])
    #expect(recorded.code == 0, "\(recorded)")
    // A correction that makes it another doubtful drug asks again, one of the amount does not.
    let facts = try suite.session("show", "s1", "--facts").output
    #expect(facts.contains("because: as ordered"))
  }

  @Test
  func `a name that is a letter from another, and a look-alike of the plan, are questions first`()
    throws
  {
    let suite = try Suite()
    for drug in ["paclitaxle", "rituximba"] {
      let given = ["session", "start", "s1", drug, "--unlisted", "--class", "chemotherapy"]
      let told = try suite.run(given)
      #expect(told.code == 2 && told.output.hasPrefix("misspelled-drug: "), "\(told)")
      #expect(told.output.contains("and no \(drug)"), "\(told)")
      #expect(try suite.run(given + ["--anyway", "--reason", "."]).code == 2)
      let facts = try suite.session("show", "s1", "--facts").output
      #expect(!facts.contains(drug))
    }
    let recorded = try suite.session(
      "start", "s1", "paclitaxle", "--unlisted", "--class", "chemotherapy", "--anyway", "--reason",
      "trial drug")
    #expect(recorded.code == 0, "\(recorded)")
    let day = CivilDate(
      dayNumber: Int32(Date().timeIntervalSince1970 / 86_400))
    try suite.folder.write(
      "date,time,family,given,born,mrn,visit,drugs\n\(day.iso),09:30,Tester,Amara,1961-02-04,"
        + "90000417,V1,carboplatin\n", to: "book.csv")
    #expect(try suite.run(["import", "book.csv"]).code == 0)
    let other = try suite.session("start", "s1", "cisplatin")
    #expect(other.code == 2 && other.output.hasPrefix("look-alike-drug: "), "\(other)")
    #expect(other.output.contains("CARBOplatin is planned today"), "\(other)")
    #expect(try suite.session("start", "s1", "carboplatin").code == 0)
    // Now it runs.
    let again = try suite.session("start", "s1", "cisplatin")
    #expect(again.code == 2 && again.output.hasPrefix("look-alike-drug: "), "\(again)")
    #expect(again.output.contains("CARBOplatin runs in this session"), "\(again)")
  }

  @Test func `two running doses are told apart by site and start`() throws {
    let suite = try Suite()
    #expect(
      try suite.session("site", "s1", "left arm", "--kind", "peripheral", "--at", "-298").code == 0)
    for site in ["port", "left arm"] {
      let started = try suite.session(
        "start", "s1", "paclitaxel", "--site", site, "--planned", "600", "--at", "-200")
      #expect(started.code == 0, "\(started)")
    }
    let told = try suite.session("stop", "s1", "paclitaxel")
    #expect(told.code == 1, "\(told)")
    #expect(told.error.contains("a1 (PACLitaxel, Port, "), "\(told)")
    #expect(told.error.contains("a2 (PACLitaxel, Peripheral IV (left arm), "), "\(told)")
  }

  @Test func `a correction asks about the way of the drug that would stand`() throws {
    let suite = try Suite()
    let given = try suite.session("inject", "s1", "pegfilgrastim", "--technique", "sc")
    let entry = String(given.output.prefix { $0 != " " })
    let amend = [
      "session", "amend", "s1", entry, "--drug", "vincristine", "--reason", "wrong drug",
    ]
    let told = try suite.run(amend)
    #expect(told.code == 2 && told.output.hasPrefix("fatal-way: "), "\(told)")
    #expect(try suite.run(amend + ["--anyway"]).code == 0)
    let amount = ["session", "amend", "s1", entry, "--amount", "1 mg", "--reason", "typed wrong"]
    #expect(try suite.run(amount).code == 0)
  }

  @Test func `the number of an expected patient under another name is a question first`() throws {
    let suite = try Suite()
    let day = CivilDate(dayNumber: Int32(Date().timeIntervalSince1970 / 86_400))
    try suite.folder.write(
      "date,time,family,given,born,mrn\n\(day.iso),09:30,Sample,Odd,1961-02-04,90000500\n",
      to: "book.csv")
    #expect(try suite.run(["import", "book.csv"]).code == 0)
    try suite.folder.write(
      "family: Fiction\ngiven: Odd\nborn: 1961-02-04\nmrn: 90000500\n", to: "other.txt")
    let open = ["session", "open", "--chair", "7", "--patient", "other.txt", "--zone", "UTC"]
    let told = try suite.run(open)
    #expect(told.code == 2, "\(told)")
    #expect(
      told.output
        == "other-person: MRN 90000500 is in today's appointments with another name or date\n"
        + "  of birth. Compare MRN, name and date of birth with the wristband.\n", "\(told)")
    #expect(try suite.run(open + ["--anyway", "--reason", "married name"]).code == 0)
  }

  @Test func `a second session of one patient is a question first, and a reason when it is opened`()
    throws
  {
    let suite = try Suite()
    let again = ["open", "--chair", "3", "--patient", "patient.txt", "--zone", "UTC"]
    let told = try suite.run(["session"] + again)
    #expect(told.code == 2)
    #expect(
      told.output
        == "same-mrn: MRN 90000417 has an open session already: TESTER, Amara, chair 3.\n"
        + "taken-chair: Chair 3 has TESTER, Amara.\n")
    #expect(
      told.error
        == "No session was opened: 2 questions are open; open it --anyway with a --reason.\n")
    #expect(try suite.session("list").output.hasSuffix("1 session\n"))
    #expect(try suite.run(["session"] + again + ["--anyway"]).code == 64)
    let opened = try suite.run(
      ["session"] + again + ["--anyway", "--reason", "second visit", "--id", "s2"])
    #expect(opened.code == 0, "\(opened.error)")
    #expect(try suite.session("show", "s2", "--facts").output.contains("because: second visit"))
    let similar = try suite.session(
      "open", "--chair", "4", "--zone", "UTC",
      input: "family: Testor\ngiven: Abel\nborn: 05-Mar-1970\nsex: m\nmrn: 7\n")
    #expect(similar.code == 2)
    #expect(similar.output.hasPrefix("similar-name: Similar: TESTER, Amara, born 04-Feb-1961"))
  }

  @Test func `an unknown sex is left out, as on the screen`() throws {
    let suite = try Suite(opened: false)
    let opened = try suite.session(
      "open", "--chair", "4", "--zone", "UTC", "--id", "s2",
      input: "family: Sample\ngiven: Olu\nborn: 05-Mar-1970\nmrn: 7\n")
    #expect(opened.code == 0, "\(opened.error)")
  }

  @Test func `days without a session are one line of JSON`() throws {
    let suite = try Suite()
    let ended = try suite.run(["export", "--date", "2020-01-01", "--format", "json"])
    #expect(ended.code == 0, "\(ended.error)")
    #expect(
      ended.output == "{\"format\":\"chairtime.export/1\",\"from\":\"2020-01-01\","
        + "\"to\":\"2020-01-01\",\"sessions\":0}\n")
  }

  @Test func `what is written down late is a late entry, unless a basis is given`() throws {
    let suite = try Suite()
    for (drug, at, basis, expected) in [
      ("ondansetron", "-110", nil, "late-entry"), ("dexamethasone", "-20", nil, "observed"),
      ("diphenhydramine", "-100", "pump-log", "pump-log"),
    ] as [(String, String, String?, String)] {
      let ended = try suite.run(
        ["session", "push", "s1", drug, "--at", at]
          + (basis.map { ["--basis", $0] } ?? []))
      #expect(ended.code == 0, "\(ended.error)")
      let facts = try suite.json("show", "s1")["facts"] as? [[String: Any]]
      #expect(facts?.last?["basis"] as? String == expected)
    }
  }

  @Test func `a list names the open sessions, or those of a day`() throws {
    let suite = try Suite()
    let open = try suite.session("list")
    #expect(open.output.contains("TESTER, Amara born 04-Feb-1961 MRN 90000417 nothing running"))
    #expect(open.output.hasSuffix("1 session\n"))
    #expect(try suite.session("close", "s1").code == 0)
    #expect(try suite.session("list").output == "0 sessions\n")
    #expect(try suite.session("list", "--date", "04-Feb-1999").output == "0 sessions\n")
    #expect(try suite.session("list", "--date", "31-Feb-1999").code == 1)
  }

  @Test func `the timeline is drawn in blocks or in ASCII by the locale`() throws {
    let suite = try Suite()
    #expect(try suite.session("start", "s1", "paclitaxel", "--at", "-100").code == 0)
    #expect(try suite.session("show", "s1").output.contains("█▶"))
  }

  @Test func `a store that is not there is missing, and only opening a session makes one`() throws {
    let suite = try Suite(opened: false)
    for command in [["session", "list"], ["verify"], ["session", "stop", "s1", "x"]] {
      let ended = try suite.run(command)
      #expect(ended.code == 1)
      #expect(ended.error == "There is no store at \(suite.store).\n")
    }
    #expect(!FileManager.default.fileExists(atPath: suite.store))
  }

  @Test func `a backup is a store, and a head checks it later`() throws {
    let suite = try Suite()
    let copy = suite.folder.url.appending(path: "copy").path
    let made = try suite.run(["backup", copy])
    #expect(made.code == 0)
    let head = try #require(
      made.output.split(separator: "\n").first { $0.hasPrefix("head ") }
    ).dropFirst(5)
    #expect(try suite.run(["backup", copy]).code == 1)
    #expect(try suite.session("note", "s1", input: "later").code == 0)
    #expect(try suite.run(["verify", "--head", String(head)]).code == 0)
    let verified = try BuiltProgram.run("verify", "--store", copy, "--head", String(head))
    #expect(verified.code == 0)
    let wrong = "2:" + String(repeating: "0", count: 64)
    #expect(try suite.run(["verify", "--head", wrong]).code == 2)
    #expect(try suite.run(["verify", "--head", "x"]).code == 64)
  }

  @Test func `a replay shows which units another policy changes, and stores nothing`() throws {
    let suite = try Suite(opened: false)
    let demo = try suite.run([
      "demo", "--days", "3", "--until", "01-Jul-2026", "--zone", "America/Chicago",
    ])
    #expect(demo.code == 0, "\(demo.error)")
    let same = try suite.run(["replay"])
    #expect(same.code == 0)
    #expect(same.output.contains(" 0 differ; "))
    let other = try suite.run(["replay", "--policy", "complex_biologic.codes_as=TPD"])
    #expect(other.code == 2)
    #expect(other.output.contains("96365"))
    let json = try suite.run([
      "replay", "--policy", "complex_biologic.codes_as=TPD", "--format", "json", "--from",
      "01-Jul-2026",
    ])
    for line in json.output.split(separator: "\n") {
      _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
    }
    #expect(try suite.run(["replay", "--policy", "no.such=1"]).code == 64)
    let head = try suite.run(["verify"]).output
    #expect(
      head.split(separator: "\n").contains { $0 == demo.output.split(separator: "\n").last })
  }

  @Test func `a demo is not written into a store that holds facts`() throws {
    let suite = try Suite()
    let ended = try suite.run(["demo"])
    #expect(ended.code == 1)
    #expect(ended.error.contains("holds facts already"))
  }

  @Test func `a drug that was given already is a question first`() throws {
    let suite = try Suite()
    let push = ["session", "push", "s1", "ondansetron"]
    #expect(try suite.run(push).code == 0)
    let told = try suite.run(push)
    #expect(told.code == 2, "\(told)")
    #expect(
      told.output.hasPrefix("given-already: ondansetron was given in this session already (push, "),
      "\(told)")
    #expect(try suite.run(push + ["--anyway", "--reason", "ordered twice"]).code == 0)
  }

  @Test func `a move names a chair of the suite, and asks about others`() throws {
    let suite = try Suite()
    let far = try suite.session("move", "s1", "99")
    #expect(far.code == 2 && far.output == "unknown-chair: The suite has no chair 99.\n", "\(far)")
    let moved = try suite.session("move", "s1", "CHAIR 4")
    #expect(moved.code == 0 && moved.output.contains("moved to chair 4"), "\(moved)")
    #expect(try suite.session("move", "s1", "99", "--anyway").code == 64)
    let anyway = try suite.session("move", "s1", "99", "--anyway", "--reason", "a bed in the hall")
    #expect(anyway.code == 0, "\(anyway)")
    #expect(
      try suite.session("show", "s1", "--facts").output.contains("because: a bed in the hall"))
  }

  @Test func `a page shows the words that wait and the plan, and a closing asks about the plan`()
    throws
  {
    let suite = try Suite()
    let day = CivilDate(dayNumber: Int32(Date().timeIntervalSince1970 / 86_400))
    try suite.folder.write(
      "date,time,family,given,born,mrn,visit,drugs\n\(day.iso),09:30,Tester,Amara,1961-02-04,"
        + "90000417,V1,carboplatin AUC5\n", to: "book.csv")
    #expect(try suite.run(["import", "book.csv"]).code == 0)
    try suite.folder.write("watch the port\n\nit was slow\n", to: "words.txt")
    let handed = try suite.session("handoff", "s1", "T. Next", "--words-file", "words.txt")
    #expect(handed.code == 0, "\(handed)")
    let page = try suite.session("show", "s1").output
    #expect(page.contains("watch the port; it was slow"), "\(page)")
    #expect(page.contains("PLANNED AND NOT GIVEN") && page.contains("carboplatin AUC5"), "\(page)")
    let json = try suite.json("show", "s1")
    #expect((json["unreadWords"] as? [[String: Any]])?.first?["to"] as? String == "T. Next")
    let asked = try suite.session("close", "s1")
    #expect(asked.code == 2, "\(asked)")
    #expect(asked.output.contains("planned-not-given: Planned and not given: carboplatin AUC5."))
    let own = try suite.session("read", "s1")
    #expect(own.code == 2 && own.output.hasPrefix("own-words: "), "\(own)")
    #expect(try suite.session("read", "s1", "--reason", "told at the chair").code == 0)
    #expect(try !suite.session("show", "s1").output.contains("to read:"))
    let answer = ["close", "s1", "--answer", "planned-not-given=held by the physician"]
    let closed = try suite.run(["session"] + answer)
    #expect(closed.code == 0, "\(closed)")
  }

  @Test func `a stop well before the planned end, and one after a reaction, need a reason`() throws
  {
    let suite = try Suite()
    #expect(
      try suite.session("start", "s1", "paclitaxel", "--planned", "180", "--at", "-20").code == 0)
    let early = try suite.session("stop", "s1", "paclitaxel")
    #expect(
      early.code == 2 && early.output.hasPrefix("early-stop: PACLitaxel ends before"), "\(early)")
    #expect(try suite.session("reaction", "s1", "--to", "paclitaxel", "--grade", "2").code == 0)
    #expect(try suite.session("pause", "s1", "paclitaxel").code == 0)
    let resumed = try suite.session("resume", "s1", "paclitaxel")
    #expect(resumed.code == 0 && resumed.error.contains("REACTION to PACLitaxel"), "\(resumed)")
    let after = try suite.session("stop", "s1", "paclitaxel")
    #expect(after.code == 2 && after.output.hasPrefix("reaction: "), "\(after)")
    #expect(try suite.session("stop", "s1", "paclitaxel", "--why", "reaction").code == 0)
    let again = try suite.session("start", "s1", "paclitaxel")
    #expect(again.code == 2 && again.output.contains("REACTION to PACLitaxel in this session"))
  }

  @Test func `a site stays open over a running drug, and a check is of a second person`() throws {
    let suite = try Suite()
    #expect(try suite.session("start", "s1", "paclitaxel").code == 0)
    let site = try #require(
      (try suite.json("show", "s1")["facts"] as? [[String: Any]])?
        .first { ($0["kind"] as? String)?.contains("site") == true }?["text"] as? String)
    #expect(!site.isEmpty)
    let closed = try suite.session("site", "s1", "port", "--close")
    #expect(
      closed.code == 2 && closed.output.contains("Still running there: PACLitaxel."), "\(closed)")
    let own = try suite.session("check", "s1", "paclitaxel", "R\u{F6}ot", "--actor", "root")
    #expect(own.code == 1 && own.error.contains("A second person is needed"), "\(own)")
    let other = try suite.session("check", "s1", "paclitaxel", "T. Other", "--actor", "root")
    #expect(other.code == 0, "\(other)")
  }
}
