import InfusionRecord
import TestSupport
import Testing
import TimelineEngine

@Suite struct AccessSitesTests {
  @Test func `a second site by protocol has its own initial`() {
    expect(
      """
      site arm protocol
      paclitaxel chemo infusion 08:00+180 at port
      trastuzumab chemo infusion 08:30+90 at arm
      """,
      """
      final
      96413 02-Mar at port paclitaxel 180 min (initial-service)
      96415 x2 02-Mar at port paclitaxel 180 min (further-hours)
      96413-59 02-Mar at arm trastuzumab 90 min (initial-service)
      minutes paclitaxel 180/180, trastuzumab 90/90
      """)
  }

  @Test func `a second site without a reason is coded with the first`() {
    expect(
      """
      site port
      site arm
      paclitaxel chemo infusion 08:00+180 at port
      trastuzumab chemo infusion 08:30+90 at arm
      """,
      """
      final
      96413 02-Mar at port paclitaxel 180 min (initial-service)
      96415 x2 02-Mar at port paclitaxel 180 min (further-hours)
      96417 02-Mar at port trastuzumab 90 min (sequential-infusion)
      minutes paclitaxel 180/180, trastuzumab 90/90
      finding second-site-no-reason trastuzumab
      """)
  }

  @Test(arguments: ["protocol", "incompatibility", "patient-condition"])
  func `every reason counts`(reason: String) {
    #expect(
      codes(
        """
        site port
        site arm \(reason)
        paclitaxel chemo infusion 08:00+180 at port
        trastuzumab chemo infusion 08:00+90 at arm
        """) == "96413 96415x2 96413-59")
  }

  @Test func `where no reason is required a second site has its own initial`() {
    expect(
      """
      policy second_initial.requires_reason=false
      paclitaxel chemo infusion 08:00+180 at port
      trastuzumab chemo infusion 08:30+90 at arm
      """,
      """
      final
      96413 02-Mar at port paclitaxel 180 min (initial-service)
      96415 x2 02-Mar at port paclitaxel 180 min (further-hours)
      96413-59 02-Mar at arm trastuzumab 90 min (initial-service)
      minutes paclitaxel 180/180, trastuzumab 90/90
      """)
  }

  @Test func `lumens of one catheter are one site`() {
    expect(
      """
      site picc
      site red in picc
      site white in picc
      paclitaxel chemo infusion 08:00+60 at red
      carboplatin chemo infusion 09:00+60 at white
      """,
      """
      final
      96413 02-Mar at picc paclitaxel 60 min (initial-service)
      96417 02-Mar at picc carboplatin 60 min (sequential-infusion)
      minutes paclitaxel 60/60, carboplatin 60/60
      """)
  }

  @Test func `lumens of one catheter share its clock`() {
    expect(
      """
      site picc
      site red in picc
      site white in picc
      oxaliplatin chemo infusion 08:00+120 at red
      leucovorin drug infusion 08:00+120 at white
      """,
      """
      final
      96413 02-Mar at picc oxaliplatin 120 min (initial-service)
      96415 02-Mar at picc oxaliplatin 120 min (further-hours)
      96368 02-Mar at picc leucovorin 120 min (concurrent-infusion)
      minutes leucovorin 120/120, oxaliplatin 120/120
      """)
  }

  @Test func `a reason on a lumen is not a reason of its catheter`() {
    expect(
      """
      site port
      site picc
      site red in picc protocol
      iron drug infusion 08:00+60 at port
      vancomycin drug infusion 10:00+60 at red
      """,
      """
      final
      96365 02-Mar at port iron 60 min (initial-service)
      96367 02-Mar at port vancomycin 60 min (sequential-infusion)
      minutes iron 60/60, vancomycin 60/60
      finding second-site-no-reason vancomycin
      """)
  }

  @Test func `the primary is the first site used without a reason`() {
    expect(
      """
      site arm protocol
      site port
      site hand
      iron drug infusion 07:00+60 at arm
      vancomycin drug infusion 08:00+60 at hand
      cefepime drug infusion 09:00+60 at port
      """,
      """
      final
      96365 02-Mar at hand vancomycin 60 min (initial-service)
      96367 02-Mar at hand cefepime 60 min (sequential-infusion)
      96365-59 02-Mar at arm iron 60 min (initial-service)
      minutes iron 60/60, vancomycin 60/60, cefepime 60/60
      finding second-site-no-reason cefepime
      """)
  }

  @Test func `if every site has a reason, each is coded and the first used is primary`() {
    expect(
      """
      site port protocol
      site arm incompatibility
      iron drug infusion 08:00+60 at arm
      vancomycin drug infusion 09:00+60 at port
      """,
      """
      final
      96365 02-Mar at arm iron 60 min (initial-service)
      96365-59 02-Mar at port vancomycin 60 min (initial-service)
      minutes iron 60/60, vancomycin 60/60
      """)
  }

  @Test func `fluid that keeps a line open does not use its site`() {
    expect(
      """
      saline fluid infusion 07:00+300 at arm for keep-open
      iron drug infusion 08:00+60 at port
      """,
      """
      final
      96365 02-Mar at port iron 60 min (initial-service)
      uncharged saline 300 min hydration-purpose
      minutes saline 0/300, iron 60/60
      """)
  }

  @Test(arguments: [
    "blood other infusion 07:00+60 at arm", "vaccine drug im 07:00 at arm",
    "fluorouracil chemo pump 07:00- planned 2760 at arm", "device drug pump-refill 07:00 at arm",
  ])
  func `blood, injections, prolonged pumps and refills do not use a site`(row: String) {
    #expect(findings("\(row)\niron drug infusion 08:00+60 at port") == [])
  }

  @Test func `merged catheters keep their own clocks`() {
    expect(
      """
      oxaliplatin chemo infusion 08:00+120 at port
      leucovorin drug infusion 08:10+110 at arm
      """,
      """
      final
      96413 02-Mar at port oxaliplatin 120 min (initial-service)
      96415 02-Mar at port oxaliplatin 120 min (further-hours)
      96366 02-Mar at port leucovorin 110 min (further-hours)
      96367 02-Mar at port leucovorin 110 min (sequential-infusion)
      minutes oxaliplatin 120/120, leucovorin 110/110
      finding second-site-no-reason leucovorin
      """)
  }

  @Test func `hydration on another catheter does not overlap the drug`() {
    expect(
      """
      site port
      site arm
      iron drug infusion 08:00+60 at port
      saline fluid infusion 08:10+60 at arm
      """,
      """
      final
      96365 02-Mar at port iron 60 min (initial-service)
      96361 02-Mar at port saline 60 min (hydration)
      minutes iron 60/60, saline 60/60
      finding second-site-no-reason saline
      """)
  }

  @Test func `merged sites are found in the order of their use, however they were listed`() {
    let session = """
      site hand
      site arm
      iron drug infusion 08:00+60 at port
      vancomycin drug infusion 09:00+60 at arm
      cefepime drug infusion 10:00+60 at hand
      """
    #expect(
      findings(session)
        == ["second-site-no-reason vancomycin", "second-site-no-reason cefepime"])
  }

  @Test func `each encounter has its own primary`() {
    expect(
      """
      iron-1 drug infusion 08:00+60 at port
      iron-2 drug infusion 18:00+60 at arm visit 2
      """,
      """
      final
      96365 02-Mar at port visit 1 iron-1 60 min (initial-service)
      96365-59 02-Mar at arm visit 2 iron-2 60 min (initial-service)
      minutes iron-1 60/60, iron-2 60/60
      """)
  }

  @Test func `a site that is not charted holds the charge`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+91 no-site
      """,
      """
      held
      96413 02-Mar paclitaxel 91 min held (initial-service)
      96415 02-Mar paclitaxel 91 min held (further-hours)
      minutes paclitaxel 91/91
      finding site-not-recorded paclitaxel
      """)
  }

  @Test func `a merged site is found at the row that uses it, not at what does not`() {
    let session = """
      site port
      site arm
      iron drug infusion 08:00+60 at port
      aprepitant drug oral 08:30 at arm
      vancomycin drug infusion 09:00+60 at arm
      """
    #expect(findings(session) == ["second-site-no-reason vancomycin"])
  }
}

@Suite struct SiteOrderTests {
  /// The site of the first initial.
  private func primary(_ sites: String, _ rows: String) -> String? {
    let statement = SessionText(sites + "\n" + rows).statement
    return statement.charges.first.flatMap { statement.site(of: $0)?.id }
  }

  @Test(arguments: [
    ("iron drug infusion 08:00+60 at a", "paclitaxel chemo push 08:00 at b"),
    ("iron drug infusion 08:00+15 at a", "paclitaxel drug infusion 08:00+16 at b"),
    ("saline fluid infusion 08:00+60 at a", "iron drug push 08:00 at b"),
    ("iron drug infusion 08:00+60 at a", "cefepime drug infusion 08:00+61 at b"),
    ("iron drug infusion 08:00:59+60 at a", "cefepime drug infusion 08:00+61 at b"),
    ("iron drug infusion 08:01+61 at a", "cefepime drug infusion 08:00+60 at b"),
  ])
  func `of one minute the higher service comes first, then the longer dose`(
    first: String, second: String
  ) {
    for sites in ["site a\nsite b", "site b\nsite a"] {
      #expect(primary(sites, "\(first)\n\(second)") == "b")
    }
  }

  @Test func `of equals the site that was listed first comes first, never the name`() {
    let rows = "iron drug infusion 08:00+60 at a\ncefepime drug infusion 08:00+60 at b"
    #expect(primary("site a\nsite b", rows) == "a")
    #expect(primary("site b\nsite a", rows) == "b")
  }

  @Test func `the rows of an interrupted dose count together`() {
    let rows = """
      iron-1 drug infusion 08:00+30 at a dose d
      iron-2 drug infusion 09:00+31 at a dose d
      cefepime drug infusion 08:00+60 at b
      """
    #expect(primary("site b\nsite a", rows) == "a")
    #expect(primary("site b\nsite a", rows.replacing("+31", with: "+30")) == "b")
  }

  @Test func `the modifier goes to the site that comes second`() {
    expect(
      """
      site zulu protocol
      site alpha protocol
      iron drug infusion 08:00+60 at alpha
      cefepime drug infusion 08:00+60 at zulu
      """,
      """
      final
      96365 02-Mar at zulu cefepime 60 min (initial-service)
      96365-59 02-Mar at alpha iron 60 min (initial-service)
      minutes cefepime 60/60, iron 60/60
      """)
  }
}
