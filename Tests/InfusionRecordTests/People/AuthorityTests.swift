import InfusionRecord
import Testing

@Suite struct AuthorityTests {
  @Test func `if nobody is enrolled, the host account may do everything`() {
    for act in Act.allCases { #expect(may(Roster().authority(of: nil), act)) }
  }

  @Test func `if people are enrolled, every act needs a sign-in`() {
    let roster = Roster([Person(name: "R. SAMPLE", role: .supervisor)])
    for name in [nil, "N. NOBODY"] {
      for act in Act.allCases {
        #expect(!may(roster.authority(of: name), act))
        #expect(roster.authority(of: name).refusal(of: act)?.hasSuffix("signed in.") == true)
      }
    }
  }

  @Test func `a nurse looks and records, a supervisor does everything`() {
    let allowed = Act.allCases.filter { may(.signedIn(.nurse), $0) }
    #expect(allowed == [.look, .record])
    for act in Act.allCases {
      #expect(may(.signedIn(.supervisor), act))
      let refusal = Authority.signedIn(.nurse).refusal(of: act)
      #expect((refusal == nil) == allowed.contains(act))
    }
  }

  @Test func `a retired person has no authority`() {
    let roster = Roster([
      Person(name: "R. SAMPLE", role: .supervisor),
      Person(name: "N. NOBODY", role: .nurse, isRetired: true),
    ])
    #expect(roster.authority(of: "N. NOBODY") == .nobody)
    #expect(roster.active.map(\.name) == ["R. SAMPLE"])
  }

  @Test(arguments: ["246813", "135790", "904271886104"])
  func `six to twelve digits are a PIN`(text: String) throws {
    #expect(try PIN(choosing: text) == PIN(typed: text))
  }

  @Test(arguments: [
    ("", PIN.Fault.wrongLength), ("24681", .wrongLength), ("2468135790246", .wrongLength),
    ("24681a", .notDigits), ("２４６８１３", .notDigits), ("000000", .guessable),
    ("123456", .guessable), ("987654", .guessable), ("121212", .guessable), ("123123", .guessable),
  ])
  func `a wrong form or a common pattern is not a PIN`(text: String, fault: PIN.Fault) {
    #expect(throws: fault) { try PIN(choosing: text) }
  }

  @Test func `a PIN never prints its digits`() {
    let pin = PIN(typed: "246813")
    var dumped = ""
    dump(pin, to: &dumped)
    for text in ["\(pin)", String(reflecting: pin), dumped, "\([pin])", "\(Optional(pin) as Any)"] {
      #expect(!text.contains("246813") && !text.contains("50"), "\(text)")
    }
  }

  @Test func `the wait grows with every wrong PIN and ends on time`() {
    let waits = (0...10).map { SignInLimit.wait(after: $0) }
    #expect(waits == [0, 0, 0, 5, 15, 60, 300, 600, 900, 900, 900])
    let last = RecordedTime(milliseconds: 1_000_000)
    func left(_ failures: Int, after seconds: Int64) -> Int64 {
      SignInLimit.remaining(
        failures: failures, last: last,
        now: RecordedTime(milliseconds: 1_000_000 + seconds * 1000))
    }
    #expect(left(2, after: 0) == 0)
    #expect(left(3, after: 0) == 5)
    #expect(left(3, after: 4) == 1)
    #expect(left(3, after: 5) == 0)
    #expect(left(8, after: 899) == 1)
    #expect(left(8, after: 900) == 0)
    // A clock set back by a day does not add a day to the wait.
    #expect(left(3, after: -86_400) == 5)
    #expect(SignInLimit.remaining(failures: 9, last: nil, now: last) == 0)
  }
}
