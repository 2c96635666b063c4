import InfusionRecord
import TestSupport
import Testing
import TimelineEngine

@Suite struct LastSeenRunningTests {
  @Test func `a drug whose end nobody saw is charged up to the time it was last seen running`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:31 last-seen
      """,
      """
      final
      96413 02-Mar paclitaxel 91 min (initial-service)
      96415 02-Mar paclitaxel 91 min (further-hours)
      minutes paclitaxel 91/91
      finding last-seen-running paclitaxel
      """)
  }

  @Test(arguments: [
    ("10:15", "96374"), ("10:16", "96365"), ("11:30", "96365"), ("11:31", "96365 96366"),
  ])
  func `the borders are those of any stop`(seen: String, expected: String) {
    #expect(codes("iron drug infusion 10:00-\(seen) last-seen") == expected)
  }

  @Test(arguments: [
    ("10:45", "It is charged up to the time at which it was last seen running."),
    (
      "11:00",
      "The time at which it was last seen lies in a pause, so it is charged up to the start of that "
        + "pause."
    ),
  ])
  func `of a time inside a pause the minutes before the pause count, and it is said`(
    pause: String, sentence: String
  ) {
    let statement = SessionText(
      "iron drug infusion 10:00-11:00 last-seen pause 10:30-\(pause)"
    ).statement
    #expect(statement.minutes[0].charged.count == (pause == "10:45" ? 45 : 30))
    let reasons = statement.charges.flatMap { statement.reasons(of: $0) }.map(\.text)
    #expect(reasons.contains(sentence), "\(reasons)")
    #expect(
      statement.findings.map(\.text) == [
        pause == "10:45"
          ? "The end was not seen; it is charged up to the time at which it was last seen running."
          : "The end was not seen, and the time at which it was last seen lies in a pause; it is "
            + "charged up to the start of that pause."
      ])
  }

  @Test(arguments: ["push", "hold"])
  func `no policy of missing stops puts it aside`(policy: String) {
    #expect(
      codes(
        """
        policy missing_stop=\(policy)
        iron drug infusion 10:00-11:00 last-seen mL 100 mL/h 50
        """) == "96365")
  }

  @Test func `hydration counts up to then and ends no later for the drug beside it`() {
    expect(
      """
      saline fluid infusion 10:00-11:00 last-seen
      iron drug infusion 10:31-11:30
      """,
      """
      final
      96365 02-Mar iron 59 min (initial-service)
      96361 02-Mar saline 31 min (hydration)
      uncharged saline 29 min hydration-minutes
      minutes saline 31/60, iron 59/59
      finding last-seen-running saline
      """)
  }

  @Test func `before that moment it runs`() {
    expect(
      """
      as-of 10:30
      iron drug infusion 10:00-11:00 last-seen
      """,
      """
      provisional
      96365 02-Mar iron 30 min provisional (initial-service)
      minutes iron 30/30
      """)
  }

  @Test func `the reason says how the end is known`() {
    let session = SessionText("iron drug infusion 10:00-11:00 last-seen")
    let statement = session.statement
    let reasons = statement.charges.flatMap { statement.reasons(of: $0).map(\.text) }
    #expect(reasons.contains("It is charged up to the time at which it was last seen running."))
  }
}

@Suite struct MissingTimesTests {
  @Test func `vancomycin of 250 mL at 125 mL an hour without a stop ran 120 minutes`() {
    expect(
      """
      vancomycin drug infusion 08:00-? mL 250 mL/h 125
      """,
      """
      final
      96365 02-Mar vancomycin 120 min (initial-service)
      96366 02-Mar vancomycin 120 min (further-hours)
      minutes vancomycin 120/120
      finding computed-stop vancomycin
      """)
  }

  @Test func `without volume and rate a drug without a stop is a push to review`() {
    expect(
      """
      vancomycin drug infusion 08:00-?
      """,
      """
      review
      96374 02-Mar vancomycin review (initial-service)
      minutes vancomycin 0/0
      finding missing-stop vancomycin
      """)
  }

  @Test func `a drug without a start is a push to review, placed at its stop`() {
    expect(
      """
      vancomycin drug infusion ?-09:30
      """,
      """
      review
      96374 02-Mar vancomycin review (initial-service)
      minutes vancomycin 0/0
      finding missing-start vancomycin
      """)
  }

  @Test func `a drug infusion without any time is held`() {
    expect(
      """
      vancomycin drug infusion ?
      """,
      """
      held
      uncharged vancomycin 0 min held
      minutes vancomycin 0/0
      finding missing-times vancomycin
      """)
  }

  @Test func `hydration is computed like a drug`() {
    expect(
      """
      saline fluid infusion 08:00-? mL 500 mL/h 250
      """,
      """
      final
      96360 02-Mar saline 120 min (hydration)
      96361 02-Mar saline 120 min (hydration)
      minutes saline 120/120
      finding computed-stop saline
      """)
  }

  @Test(arguments: ["08:00-?", "?-09:30", "?"])
  func `hydration without both times is nothing`(times: String) {
    #expect(codes("saline fluid infusion \(times)") == "")
  }

  @Test func `hydration without a stop says so`() {
    expect(
      """
      saline fluid infusion 08:00-?
      """,
      """
      review
      uncharged saline 0 min hydration-missing-time
      minutes saline 0/0
      finding missing-stop saline
      """)
  }

  @Test func `a computed stop counts the pauses that begin before the volume has run`() {
    expect(
      """
      vancomycin drug infusion 08:00-? mL 250 mL/h 125 pause 09:00-09:20 pause 11:00-11:10
      """,
      """
      final
      96365 02-Mar vancomycin 120 min (initial-service)
      96366 02-Mar vancomycin 120 min (further-hours)
      minutes vancomycin 120/120
      finding computed-stop vancomycin
      """)
  }

  @Test func `a computed stop is floored to the second`() {
    // 33 mL at 77 mL an hour are 25 min 42.86 s.
    expect(
      """
      iron drug infusion 08:00-? mL 33 mL/h 77
      saline fluid infusion 08:25:42-08:56:42
      """,
      """
      final
      96365 02-Mar iron 25 min (initial-service)
      96361 02-Mar saline 31 min (hydration)
      minutes iron 25/25, saline 31/31
      finding computed-stop iron
      """)
  }

  @Test func `volume without rate computes nothing`() {
    #expect(codes("iron drug infusion 08:00-? mL 250") == "96374")
    #expect(codes("iron drug infusion 08:00-? mL/h 250") == "96374")
  }

  @Test func `a computed stop of 15 minutes makes a push`() {
    expect(
      """
      iron drug infusion 08:00-? mL 25 mL/h 100
      """,
      """
      final
      96374 02-Mar iron 15 min (initial-service)
      minutes iron 15/15
      finding computed-stop iron
      """)
  }

  @Test func `a computed stop later than the moment asked about is still running`() {
    expect(
      """
      as-of 08:30
      vancomycin drug infusion 08:00-? mL 250 mL/h 125
      """,
      """
      provisional
      96365 02-Mar vancomycin 30 min provisional (initial-service)
      minutes vancomycin 30/30
      """)
  }

  @Test func `a computed stop is the stop if the caller names no moment`() {
    expect(
      """
      morphine drug push 08:30
      vancomycin drug infusion 08:00-? mL 250 mL/h 125
      """,
      """
      final
      96365 02-Mar vancomycin 120 min (initial-service)
      96366 02-Mar vancomycin 120 min (further-hours)
      96375 02-Mar morphine (later-push)
      minutes vancomycin 120/120, morphine 0/0
      finding computed-stop vancomycin
      """)
  }

  @Test func `a push without a stop took no time`() {
    expect(
      """
      morphine drug push 08:00-?
      """,
      """
      final
      96374 02-Mar morphine (initial-service)
      minutes morphine 0/0
      """)
  }

  @Test func `a push without a start is placed at its stop`() {
    expect(
      """
      morphine drug push ?-08:00
      """,
      """
      review
      96374 02-Mar morphine (initial-service)
      minutes morphine 0/0
      finding missing-start morphine
      """)
  }

  @Test func `a push with neither time is a push of 0 minutes`() {
    expect(
      """
      morphine drug push ?
      """,
      """
      held
      96374 no-date morphine held (initial-service)
      minutes morphine 0/0
      finding missing-times morphine
      """)
  }

  @Test(arguments: [
    ("ketorolac drug im", "96372", "injection"),
    ("pegfilgrastim drug on-body-injector", "96377", "device-service"),
    ("morphine drug pump-refill", "96521", "device-service"),
    ("5-fu chemo pump planned 2760", "96416", "pump-initiation"),
  ])
  func `a charge without a day is held, with a day it is final`(
    row: String, code: String, rule: String
  ) {
    let words = row.split(separator: " ")
    let at = words[2] == "pump" ? "08:00-" : "08:00"
    func text(_ time: String) -> String {
      (words[..<3] + [Substring(time)] + words[3...]).joined(separator: " ")
    }
    let undated = StatementText(SessionText(text("?")).statement)
    #expect(undated.lines.contains("\(code) no-date \(words[0]) held (\(rule))"), "\(undated.text)")
    #expect(undated.findings.contains("missing-times \(words[0])"))
    let dated = StatementText(SessionText(text(at)).statement)
    #expect(dated.codes == code)
    #expect(!dated.text.contains("held") && dated.findings.isEmpty, "\(dated.text)")
  }

  @Test
  func `a flush without a day is not charged, because it is not known to be the only service`() {
    expect(
      "saline fluid flush ?",
      """
      held
      uncharged saline 0 min held
      minutes saline 0/0
      finding missing-times saline
      """)
    #expect(codes("saline fluid flush 08:00") == "96523")
  }

  @Test func `an undocumented row adds nothing if the others reach 16`() {
    expect(
      """
      iron-1 drug infusion 08:00+16 dose d
      iron-2 drug infusion 09:00-? dose d
      """,
      """
      review
      96365 02-Mar iron-1+iron-2 16 min (initial-service)
      minutes iron-1 16/16, iron-2 0/0
      finding missing-stop iron-2
      """)
  }

  @Test func `an undocumented row makes the dose a push if the others reach 15`() {
    expect(
      """
      iron-1 drug infusion 08:00+15 dose d
      iron-2 drug infusion 09:00-? dose d
      """,
      """
      review
      96374 02-Mar iron-1+iron-2 15 min review (initial-service)
      minutes iron-1 15/15, iron-2 0/0
      finding missing-stop iron-2
      """)
  }
}

@Suite struct MissingStopPolicyTests {
  @Test func `push never computes`() {
    expect(
      """
      policy missing_stop=push
      vancomycin drug infusion 08:00-? mL 250 mL/h 125
      """,
      """
      review
      96374 02-Mar vancomycin review (initial-service)
      minutes vancomycin 0/0
      finding missing-stop vancomycin
      """)
  }

  @Test func `push gives hydration nothing`() {
    expect(
      """
      policy missing_stop=push
      saline fluid infusion 08:00-? mL 500 mL/h 250
      """,
      """
      review
      uncharged saline 0 min hydration-missing-time
      minutes saline 0/0
      finding missing-stop saline
      """)
  }

  @Test func `hold charges nothing and says what is missing`() {
    expect(
      """
      policy missing_stop=hold
      vancomycin drug infusion 08:00-? mL 250 mL/h 125
      saline fluid infusion 12:00-?
      """,
      """
      held
      uncharged vancomycin 0 min held
      uncharged saline 0 min held
      minutes vancomycin 0/0, saline 0/0
      finding missing-stop vancomycin
      finding missing-stop saline
      """)
  }

  @Test func `hold holds a drug without a start`() {
    expect(
      """
      policy missing_stop=hold
      vancomycin drug infusion ?-09:00
      """,
      """
      held
      uncharged vancomycin 0 min held
      minutes vancomycin 0/0
      finding missing-start vancomycin
      """)
  }

  @Test func `hold leaves a dose alone whose other rows reach 16`() {
    expect(
      """
      policy missing_stop=hold
      iron-1 drug infusion 08:00+16 dose d
      iron-2 drug infusion 09:00-? dose d
      """,
      """
      review
      96365 02-Mar iron-1+iron-2 16 min (initial-service)
      minutes iron-1 16/16, iron-2 0/0
      finding missing-stop iron-2
      """)
  }

  @Test func `hold does not hold a charted push`() {
    expect(
      """
      policy missing_stop=hold
      morphine drug push 08:00-?
      """,
      """
      final
      96374 02-Mar morphine (initial-service)
      minutes morphine 0/0
      """)
  }
}

@Suite struct AsOfTests {
  @Test func `without a moment the latest time of the session is the moment`() {
    expect(
      """
      iron drug infusion 10:00-
      saline fluid infusion 10:30-11:00
      """,
      """
      provisional
      96365 02-Mar iron 60 min provisional (initial-service)
      uncharged saline 30 min hydration-minutes
      minutes iron 60/60, saline 0/30
      """)
  }

  @Test func `a row that starts later does not exist`() {
    expect(
      """
      as-of 10:30
      iron drug infusion 10:00+16
      morphine drug push 10:31
      """,
      """
      final
      96365 02-Mar iron 16 min (initial-service)
      minutes iron 16/16
      """)
  }

  @Test func `a row that starts at the moment exists`() {
    expect(
      """
      as-of 10:31
      iron drug infusion 10:00+16
      morphine drug push 10:31
      """,
      """
      final
      96365 02-Mar iron 16 min (initial-service)
      96375 02-Mar morphine (later-push)
      minutes iron 16/16, morphine 0/0
      """)
  }

  @Test func `a stop after the moment is not known yet`() {
    expect(
      """
      as-of 11:30
      iron drug infusion 10:00-11:31
      """,
      """
      provisional
      96365 02-Mar iron 90 min provisional (initial-service)
      minutes iron 90/90
      """)
    expect(
      """
      as-of 11:31
      iron drug infusion 10:00-11:31
      """,
      """
      final
      96365 02-Mar iron 91 min (initial-service)
      96366 02-Mar iron 91 min (further-hours)
      minutes iron 91/91
      """)
  }

  @Test func `a row without a start exists from its stop on`() {
    expect(
      """
      as-of 09:29
      vancomycin drug infusion ?-09:30
      """,
      """
      final
      """)
  }
}
