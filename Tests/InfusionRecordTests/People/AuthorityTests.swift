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

  @Test(arguments: ["246813", "135780", "904271886104"])
  func `six to twelve digits are a PIN`(text: String) throws {
    #expect(try PIN(choosing: text) == PIN(typed: text))
  }

  @Test(arguments: [
    ("", PIN.Fault.wrongLength), ("24681", .wrongLength), ("2468135790246", .wrongLength),
    ("24681a", .notDigits), ("２４６８１３", .notDigits), ("000000", .guessable(.fewDigits)),
    ("123456", .guessable(.steps)), ("987654", .guessable(.steps)),
    ("121212", .guessable(.fewDigits)), ("123123", .guessable(.repeated)),
    ("567890", .guessable(.steps)), ("112233", .guessable(.pairs)),
    ("771122", .guessable(.pairs)), ("292999", .guessable(.fewDigits)),
    ("123321", .guessable(.mirrored)), ("123789", .guessable(.row)), ("777321", .guessable(.row)),
    ("12341221", .guessable(.row)),
    // 04-Feb-1961 and a leap day, in the orders that people write.
    ("040261", .guessable(.date)), ("020461", .guessable(.date)), ("610204", .guessable(.date)),
    ("290204", .guessable(.date)), ("04021961", .guessable(.date)),
    ("02041961", .guessable(.date)), ("19610204", .guessable(.date)),
    ("4021961", .guessable(.date)), ("19612026", .guessable(.row)), ("196104", .guessable(.row)),
    ("041961", .guessable(.date)), ("04020311", .guessable(.row)), ("19002099", .guessable(.row)),
    // Lines, shapes and walks of a keypad.
    ("147258", .guessable(.row)), ("25801470", .guessable(.row)), ("159357", .guessable(.row)),
    ("139713", .guessable(.keypad)), ("246824", .guessable(.keypad)),
    ("13972580", .guessable(.row)), ("147852", .guessable(.keypad)),
    ("125896", .guessable(.keypad)), ("085236", .guessable(.keypad)),
    // Steps, numbers that are counted, numbers that are known.
    ("135791", .guessable(.steps)), ("135790", .guessable(.steps)),
    ("864209", .guessable(.steps)), ("369258", .guessable(.steps)),
    ("913579", .guessable(.steps)), ("246810", .guessable(.counted)),
    ("101112", .guessable(.counted)), ("504030", .guessable(.counted)),
    ("510152", .guessable(.counted)), ("314159", .guessable(.known)),
    ("31415926", .guessable(.known)), ("271828", .guessable(.known)),
    ("112358", .guessable(.known)), ("149162", .guessable(.known)),
  ])
  func `a wrong form or a common pattern is not a PIN`(text: String, fault: PIN.Fault) {
    #expect(throws: fault) { try PIN(choosing: text) }
  }

  @Test(arguments: [
    "246813", "130015", "329914", "148036", "18992099", "19002100", "32024100", "314268",
    "135802",
    // Farther apart than ten.
    "315171", "123752",
  ])
  func `next to each pattern there are PINs that are taken`(text: String) throws {
    #expect(try PIN(choosing: text) == PIN(typed: text))
  }

  @Test func `few PINs are refused, so that the rule gives little away`() {
    let refused = stride(from: 0, to: 1_000_000, by: 97).count { number in
      let text = String(number)
      let digits = String(repeating: "0", count: 6 - text.count) + text
      return (try? PIN(choosing: digits)) == nil
    }
    #expect((1_500...1_850).contains(refused), "\(refused) of 10310")
  }

  @Test func `a refusal says why`() {
    let faults =
      [.notDigits, .wrongLength] + GuessablePIN.Pattern.allCases.map(PIN.Fault.guessable)
    #expect(faults.allSatisfy { $0.sentence.hasSuffix(".") })
    #expect(Set(faults.map(\.sentence)).count == faults.count)
    #expect(
      PIN.Fault.guessable(.date).sentence
        == "This PIN is easy to guess: it is a date. Choose another.")
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
    // A clock set back by a little adds nothing to the wait; one that was wrong by a day costs none.
    #expect(left(3, after: -60) == 5)
    #expect(left(3, after: -61) == 0)
    #expect(left(3, after: -86_400) == 0)
    #expect(SignInLimit.remaining(failures: 9, last: nil, now: last) == 0)
  }
}
