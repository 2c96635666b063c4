import Foundation
import InfusionRecord
import Testing

/// The question about a forgotten drug, and a session left open since yesterday, by command.
@Suite struct ForgottenCommandTests {
  /// A session of yesterday: paclitaxel since 08:10, planned for an hour, still runs in the record.
  private final class Suite {
    let folder: TestFolder
    let yesterday: CivilDate

    init() throws {
      folder = try TestFolder()
      yesterday = Suite.today + -1
      try run(
        "open", "--chair", "3", "--id", "s1", "--zone", "UTC", "--at", at("08:00"),
        input: "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: f\nmrn: 90000417\n")
      try run("site", "s1", "port", "--kind", "port", "--at", at("08:01"))
      try run("start", "s1", "paclitaxel", "--planned", "60", "--at", at("08:10"))
    }

    static var today: CivilDate {
      LocalClock.utc.date(at: Instant(seconds: Int64(Date().timeIntervalSince1970)))
    }

    func at(_ time: String) -> String { "\(yesterday.iso)T\(time)" }

    func session(_ arguments: [String], input: String = "") throws -> BuiltProgram.Ended {
      try program(["session"] + arguments, input: input)
    }

    func program(_ arguments: [String], input: String = "") throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        arguments + ["--store", folder.url.appending(path: "s.store").path],
        input: Data(input.utf8), folder: folder.url)
    }

    private func run(_ arguments: String..., input: String = "") throws {
      let ended = try session(arguments, input: input)
      #expect(ended.code == 0, "\(arguments): \(ended.error)\(ended.output)")
    }

    var facts: Int {
      get throws {
        let shown = try session(["show", "s1", "--format", "json"])
        let value =
          try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
        return (value?["facts"] as? [Any])?.count ?? -1
      }
    }
  }

  private static let advice =
    "stop it with `session stop`, give the time with its day in --at, or record it --anyway with a "
    + "--reason"

  @Test(arguments: [
    (["pause", "s1", "a1"], "a pause"), (["rate", "s1", "a1", "125"], "a new rate"),
    (["bag", "s1", "a1", "b2"], "a new bag"),
  ])
  func `a pause, a rate and a bag of a forgotten drug ask first`(
    command: [String], fact: String
  ) throws {
    let suite = try Suite()
    let before = try suite.facts
    let asked = try suite.session(command)
    #expect(asked.code == 2, "\(asked)")
    let question = asked.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let day = suite.yesterday.display
    #expect(question.hasPrefix("forgotten:a1: PACLitaxel started \(day) 08:10"), "\(question)")
    #expect(question.contains("planned end \(day) 09:10: \(fact) at "), "\(question)")
    #expect(question.hasSuffix("When did it really end?"), "\(question)")
    #expect(asked.error == "Nothing was recorded: 1 question is open; \(Self.advice).\n")
    let silent = try suite.session(command + ["--anyway"])
    #expect(
      silent.code != 0 && silent.error.contains("--anyway needs a --reason that says why."),
      "\(silent)")
    #expect(try suite.facts == before)
    let answered = try suite.session(command + ["--anyway", "--reason", "the pump still ran"])
    #expect(answered.code == 0, "\(answered)")
    #expect(try suite.facts == before + 1)
  }

  /// Sixty minutes past the plan are none too many.
  @Test(arguments: [
    ["pause", "s1", "a1"], ["rate", "s1", "a1", "125"], ["bag", "s1", "a1", "b2"],
    ["stop", "s1", "a1"],
  ])
  func `an hour past the plan is no question, a minute more is`(command: [String]) throws {
    let suite = try Suite()
    let late = try suite.session(command + ["--at", suite.at("10:11")])
    #expect(late.code == 2 && late.output.hasPrefix("forgotten:a1: "), "\(late)")
    let usual = try suite.session(command + ["--at", suite.at("10:10")])
    #expect(usual.code == 0, "\(usual)")
  }

  @Test func `a stop of a forgotten drug asks first, and a basis answers`() throws {
    let suite = try Suite()
    let asked = try suite.session(["stop", "s1", "a1"])
    #expect(asked.code == 2 && asked.output.contains("a stop at "), "\(asked)")
    let seen = try suite.session(
      ["stop", "s1", "a1", "--at", suite.at("11:30"), "--basis", "last-seen-running"])
    #expect(seen.code == 0, "\(seen)")
  }

  @Test func `closing asks about a forgotten drug, whatever --anyway says`() throws {
    let suite = try Suite()
    for arguments in [["close", "s1"], ["close", "s1", "--anyway"]] {
      let asked = try suite.session(arguments)
      #expect(asked.code == 2, "\(asked)")
      #expect(asked.output.hasPrefix("forgotten:a1: PACLitaxel started "), "\(asked)")
      #expect(
        asked.error
          == "The session was not closed: 1 question is open; stop it with `session stop`, or "
          + "--answer still-running=TEXT.\n")
    }
    let answer = ["close", "s1", "--answer", "still-running:a1=went to the ward"]
    let closed = try suite.session(answer)
    #expect(closed.code == 0, "\(closed)")
    let listed = try suite.session(["list"])
    #expect(listed.output == "0 sessions\n", "\(listed)")
  }

  @Test func `closing asks nothing of that kind within an hour of the plan`() throws {
    let suite = try Suite()
    let late = try suite.session(["close", "s1", "--anyway", "--at", suite.at("10:11")])
    #expect(late.code == 2 && late.output.hasPrefix("forgotten:a1: "), "\(late)")
    let usual = try suite.session(["close", "s1", "--anyway", "--at", suite.at("10:10")])
    #expect(usual.code == 0, "\(usual)")
  }

  @Test func `the list and the review of today hold a session left open, with its age`() throws {
    let suite = try Suite()
    let now = Date().timeIntervalSince1970
    let listed = try suite.session(["list"])
    let review = try suite.program(["review"])
    let json = try suite.program(["review", "--format", "json"])
    // The hours since 08:00 yesterday; a test that runs over a full hour or over midnight may see the next.
    let opened = Double(suite.yesterday.dayNumber) * 86_400 + 8 * 3600
    let hours = [now, Date().timeIntervalSince1970].map { Int(($0 - opened) / 3600) }
    #expect(hours.contains { listed.output.contains("open \($0)h\n") }, "\(listed)")
    #expect(listed.output.contains("s1  chair 3  \(suite.yesterday.display) 08:00"), "\(listed)")
    let words = review.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("1 session: 1 needs you"), "\(words)")
    #expect(words.contains("opened \(suite.yesterday.display) and not closed"), "\(words)")
    #expect(json.output.contains("\"s1\""), "\(json)")
    // Its units count on its own day: in the row of today's review, in row and totals of that day's.
    let own = try suite.program(["review", "--date", suite.yesterday.iso])
    let counts = [review, own].map { $0.output.components(separatedBy: "96413").count - 1 }
    #expect(counts == [1, 2], "\(review) \(own)")
  }

  @Test func `a session of today is open without an age`() throws {
    let suite = try Suite()
    let opened = try suite.session(
      ["open", "--chair", "4", "--id", "s2", "--zone", "UTC"],
      input: "family: Fiction\ngiven: Olu\nborn: 04-Feb-1961\nsex: f\nmrn: 90000418\n")
    #expect(opened.code == 0, "\(opened)")
    let listed = try suite.session(["list"])
    guard Suite.today == suite.yesterday + 1 else { return }
    let line = listed.output.split(separator: "\n").first { $0.hasPrefix("s2 ") }
    #expect(line?.hasSuffix(" open") == true, "\(listed)")
  }
}
