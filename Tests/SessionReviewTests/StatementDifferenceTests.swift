import InfusionRecord
import SessionReview
import TestSupport
import Testing
import TimelineEngine

@Suite struct StatementDifferenceTests {
  private func difference(_ from: String, _ to: String) -> StatementDifference {
    StatementDifference(from: SessionText(from).statement, to: SessionText(to).statement)
  }

  /// The same session at two moments, or under two policies.
  private func difference(_ from: String, _ to: String, of session: String)
    -> StatementDifference
  {
    difference(from + "\n" + session, to + "\n" + session)
  }

  private let premedication = """
    dexamethasone drug infusion 08:50-09:10
    paclitaxel chemo infusion 09:40-
    """

  @Test func `two equal statements differ in nothing`() {
    let same = difference(premedication, premedication)
    #expect(same.isEmpty && !same.isRerank)
    #expect(same.sentences == ["No unit changed."])
  }

  @Test func `chemotherapy that passes 15 minutes takes the initial, and it says so`() {
    let change = difference("as-of 09:55", "as-of 09:56", of: premedication)
    #expect(change.isRerank)
    #expect(
      change.sentences == [
        "Another service ranks higher now, so units moved between codes.",
        "96365 on 02-Mar-2026 fell from 1 to 0, now 96367: Another drug infused for 16 minutes "
          + "or more: one first block a drug and encounter.",
        "96413 on 02-Mar-2026 rose from 0 to 1: Highest service of the encounter by the ranking "
          + "(rank 1), so it is the initial.",
        "96367 on 02-Mar-2026 rose from 0 to 1: Another drug infused for 16 minutes or more: one "
          + "first block a drug and encounter.",
      ])
  }

  @Test func `a further hour is a rise and no rerank`() {
    let change = difference("as-of 11:10", "as-of 11:11", of: premedication)
    #expect(!change.isRerank && change.fallen.isEmpty)
    #expect(change.risen.map(\.place.code) == [.chemoHour])
    #expect(change.risen.map(\.units) == [1])
    #expect(change.risen.first?.administrations == ["paclitaxel"])
    #expect(change.risen.first?.rule == .furtherHours)
  }

  @Test func `a longer infusion that takes another's minutes is a rerank`() {
    let change = difference(
      "as-of 11:31", "as-of 11:52",
      of: """
        vancomycin drug infusion 10:00-11:31
        cefepime drug infusion 10:20-
        """)
    #expect(change.isRerank)
    #expect(change.fallen.map(\.fate) == [.recoded(.infusion)])
    #expect(change.fallen.map(\.place.code) == [.infusionConcurrent])
    #expect(change.risen.map(\.place.code) == [.infusionSequential])
  }

  @Test func `a push that gives way to an infusion of its drug is a rerank`() {
    let change = difference(
      "as-of 10:25", "as-of 10:26",
      of: """
        paclitaxel chemo infusion 08:00-09:00
        ketorolac-1 drug push 10:00
        ketorolac-2 drug infusion 10:10-
        """)
    #expect(change.isRerank)
    #expect(change.fallen.map(\.fate) == [.yielded(.pushOfInfusedDrug)])
    #expect(change.fallen.map(\.rule) == [.laterPush])
  }

  @Test func `a corrected stop that takes an hour away is a loss, not a rerank`() {
    let change = difference(
      "paclitaxel chemo infusion 09:40-11:11", "paclitaxel chemo infusion 09:40-11:10")
    #expect(!change.isRerank)
    #expect(change.fallen.map(\.fate) == [.lost])
    #expect(
      change.sentences == ["96415 on 02-Mar-2026 fell from 1 to 0: Its minutes no longer earn it."])
  }

  @Test func `an administration that was taken back is a loss that says so`() {
    let change = difference(
      "iron drug infusion 09:00+60\nondansetron drug push 10:00", "iron drug infusion 09:00+60")
    #expect(
      change.sentences == ["96375 on 02-Mar-2026 fell from 1 to 0: It is no longer recorded."])
  }

  @Test func `fewer units of one code are told with the rule that counts them`() {
    let change = difference(
      "paclitaxel chemo infusion 09:00+151", "paclitaxel chemo infusion 09:00+150")
    #expect(
      change.sentences == [
        "96415 on 02-Mar-2026 fell from 2 to 1: Further hours: 1 in 150 counted min, each with "
          + "more than 30 past the hour before."
      ])
  }

  @Test func `minutes that no longer count are told with their clause`() {
    let change = difference(
      "saline fluid infusion 09:00+31", "saline fluid infusion 09:00+30")
    #expect(change.fallen.map(\.fate) == [.lost])
    #expect(change.fallen.map(\.rule) == [.hydration])
  }

  @Test func `another policy for dates moves units without a rerank`() {
    let change = difference(
      "policy dos.rule=unit_start", "policy dos.rule=unit_completion",
      of: "saline fluid infusion 23:45-25:20")
    #expect(!change.isRerank)
    #expect(change.fallen.map(\.fate) == [.moved])
    #expect(
      change.sentences.first
        == "96360 on 02-Mar-2026 fell from 1 to 0, now on another date, site or modifier: "
        + "No drug by vein can be the initial of the encounter, so hydration is.")
  }

  @Test func `another modifier is another place of the same code`() {
    let change = difference(
      "policy modifier.second_site=59", "policy modifier.second_site=XS",
      of: """
        site port
        site arm protocol
        iron drug infusion 09:00+60 at port
        vancomycin drug infusion 09:10+60 at arm
        """)
    #expect(!change.isRerank)
    #expect(change.fallen.map(\.fate) == [.moved])
  }

  @Test func `an initial that becomes the second one is a rerank`() {
    let change = difference(
      "as-of 09:55", "as-of 09:56",
      of: """
        site port
        site arm protocol
        iron drug infusion 08:00+60 at port
        paclitaxel chemo infusion 09:40- at arm
        """)
    #expect(change.isRerank)
    #expect(change.fallen.map(\.fate) == [.recoded(.infusion)])
  }

  @Test func `encounters and sites are kept apart`() {
    let change = difference(
      "iron drug infusion 09:00+60 at port", "iron drug infusion 09:00+60 at arm")
    #expect(change.fallen.map(\.place.site) == ["port"])
    #expect(change.risen.map(\.place.site) == ["arm"])
    #expect(change.fallen.map(\.fate) == [.moved])
  }

  @Test func `changes are listed by place, with every reason and its rule`() {
    let change = difference("as-of 09:55", "as-of 09:56", of: premedication)
    #expect(
      change.changes.map { "\($0.place.text): \($0.from) to \($0.to)" } == [
        "96365 2026-03-02 site site-1: 1 to 0", "96413 2026-03-02 site site-1: 0 to 1",
        "96367 2026-03-02 site site-1: 0 to 1",
      ])
    #expect(
      change.changes.last?.why
        == "Another drug infused for 16 minutes or more: one first block a drug and encounter. "
        + "(sequential-infusion) 20 counted min. (counted-minutes)")
  }

  @Test func `units by code fit under a prompt`() {
    let change = difference("as-of 09:55", "as-of 09:56", of: premedication)
    #expect(change.codeSentence == "Units change: 96365: 1 to 0, 96413: 0 to 1, 96367: 0 to 1")
    #expect(difference(premedication, premedication).codeSentence == "No unit changes.")
  }
}
