import Testing

@Suite struct DoseIdentityTests {
  @Test func `rows of one dose are one dose, interrupted`() {
    expect(
      """
      ceftriaxone-1 drug infusion 08:00+45 dose d
      ceftriaxone-2 drug infusion 09:00+46 dose d
      """,
      """
      final
      96365 02-Mar ceftriaxone-1+ceftriaxone-2 91 min (initial-service)
      96366 02-Mar ceftriaxone-1+ceftriaxone-2 91 min (further-hours)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 46/46
      """)
  }

  @Test func `the same drug without a shared dose is another dose`() {
    expect(
      """
      ceftriaxone-1 drug infusion 08:00+45
      ceftriaxone-2 drug infusion 09:00+46
      """,
      """
      final
      96365 02-Mar ceftriaxone-1 45 min (initial-service)
      96366 02-Mar ceftriaxone-2 46 min (repeat-dose)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 46/46
      """)
  }

  @Test func `one dose text of two drugs is two doses`() {
    expect(
      """
      ceftriaxone drug infusion 08:00+45 dose d
      vancomycin drug infusion 09:00+46 dose d
      """,
      """
      final
      96365 02-Mar vancomycin 46 min (initial-service)
      96367 02-Mar ceftriaxone 45 min (sequential-infusion)
      minutes ceftriaxone 45/45, vancomycin 46/46
      """)
  }

  @Test func `one dose text of two techniques is two doses`() {
    expect(
      """
      fluorouracil-1 chemo push 08:00+5 dose d
      fluorouracil-2 chemo pump 08:10-09:10 dose d planned 60
      """,
      """
      review
      96413 02-Mar fluorouracil-2 60 min (initial-service)
      96411 02-Mar fluorouracil-1 5 min review (later-push)
      minutes fluorouracil-1 5/5, fluorouracil-2 60/60
      finding same-drug-push-and-infusion fluorouracil-1
      """)
  }

  @Test func `one dose text of two encounters is two doses`() {
    expect(
      """
      ceftriaxone-1 drug infusion 08:00+45 dose d
      ceftriaxone-2 drug infusion 09:00+46 dose d visit 2
      """,
      """
      final
      96365 02-Mar visit 1 ceftriaxone-1 45 min (initial-service)
      96365-59 02-Mar visit 2 ceftriaxone-2 46 min (initial-service)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 46/46
      """)
  }

  @Test func `one dose on two sites with a reason is two doses`() {
    expect(
      """
      site port
      site arm protocol
      ceftriaxone-1 drug infusion 08:00+45 dose d at port
      ceftriaxone-2 drug infusion 09:00+46 dose d at arm
      """,
      """
      final
      96365 02-Mar at port ceftriaxone-1 45 min (initial-service)
      96365-59 02-Mar at arm ceftriaxone-2 46 min (initial-service)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 46/46
      """)
  }

  @Test func `one dose on two merged catheters is one dose`() {
    expect(
      """
      ceftriaxone-1 drug infusion 08:00+45 dose d at port
      ceftriaxone-2 drug infusion 09:00+46 dose d at arm
      """,
      """
      final
      96365 02-Mar at port ceftriaxone-1+ceftriaxone-2 91 min (initial-service)
      96366 02-Mar at port ceftriaxone-1+ceftriaxone-2 91 min (further-hours)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 46/46
      finding second-site-no-reason ceftriaxone-2
      """)
  }

  @Test func `drugs mixed in one bag are one infusion`() {
    expect(
      """
      magnesium drug infusion 08:00+91 bag b
      potassium drug infusion 08:00+91 bag b
      """,
      """
      final
      96365 02-Mar magnesium+potassium 91 min (initial-service)
      96366 02-Mar magnesium+potassium 91 min (further-hours)
      minutes magnesium 91/91, potassium 91/91
      """)
  }

  @Test func `the highest class in the bag decides`() {
    expect(
      """
      leucovorin drug infusion 08:00+60 bag b
      irinotecan chemo infusion 08:00+60 bag b
      saline fluid infusion 08:00+60 bag b
      """,
      """
      final
      96413 02-Mar irinotecan+leucovorin+saline 60 min (initial-service)
      minutes irinotecan 60/60, leucovorin 60/60, saline 60/60
      """)
  }

  @Test func `a carrier fluid is no part of the infusate`() {
    expect(
      """
      iron-1 drug infusion 08:00+60 bag b
      saline fluid infusion 08:00+60 bag b
      iron-2 drug infusion 10:00+60
      """,
      """
      final
      96365 02-Mar iron-1+saline 60 min (initial-service)
      96366 02-Mar iron-2 60 min (repeat-dose)
      minutes iron-1 60/60, saline 60/60, iron-2 60/60
      """)
  }

  @Test func `a bag of fluids alone is hydration`() {
    expect(
      """
      saline fluid infusion 08:00+60 bag b
      dextrose fluid infusion 08:00+60 bag b
      """,
      """
      final
      96360 02-Mar dextrose+saline 60 min (hydration)
      minutes dextrose 60/60, saline 60/60
      """)
  }

  @Test func `the same mixture again is a repeat, and a drug of it alone is not`() {
    expect(
      """
      magnesium-1 drug infusion 08:00+60 bag b
      potassium-1 drug infusion 08:00+60 bag b
      potassium-2 drug infusion 10:00+60 bag c
      magnesium-2 drug infusion 10:00+60 bag c
      magnesium-3 drug infusion 12:00+60
      """,
      """
      final
      96365 02-Mar magnesium-1+potassium-1 60 min (initial-service)
      96366 02-Mar magnesium-2+potassium-2 60 min (repeat-dose)
      96367 02-Mar magnesium-3 60 min (sequential-infusion)
      minutes magnesium-1 60/60, potassium-1 60/60, magnesium-2 60/60, potassium-2 60/60, magnesium-3 60/60
      """)
  }

  @Test(arguments: [
    (0, ["same-drug-back-to-back iron-2 iron-1"]),
    (2, ["same-drug-back-to-back iron-2 iron-1 (2)"]), (3, []),
  ])
  func `doses of one drug up to 2 minutes apart are asked about`(gap: Int, expected: [String]) {
    let found = findings(
      """
      iron-1 drug infusion 08:00-09:00
      iron-2 drug infusion 09:0\(gap)+60
      """)
    #expect(found == expected)
  }

  @Test(arguments: [
    "iron-1 drug infusion 08:00+60 at port\niron-2 drug infusion 09:00+60 at arm",
    "iron-1 drug infusion 08:00+60\niron-2 drug infusion 09:00+60 visit 2",
    "iron-1 drug push 08:00+5\niron-2 drug push 08:05+5",
    "saline-1 fluid infusion 08:00+60\nsaline-2 fluid infusion 09:00+60",
    "iron-1 drug infusion 08:00+60 dose d\niron-2 drug infusion 09:00+60 dose d",
  ])
  func `only infusions of a drug on one catheter and encounter are asked about`(rows: String) {
    #expect(findings(rows).allSatisfy { !$0.hasPrefix("same-drug-back-to-back") })
  }

  @Test func `a text the formulary lacks is compared without regard to case`() {
    expect(
      """
      Iron drug infusion 08:00+60
      IRON-2 drug infusion 10:00+60
      """,
      """
      final
      96365 02-Mar Iron 60 min (initial-service)
      96366 02-Mar IRON-2 60 min (repeat-dose)
      minutes Iron 60/60, IRON-2 60/60
      """)
  }

  @Test func `two injections of one dose are one`() {
    expect(
      """
      fulvestrant-1 hormonal im 08:00 dose d
      fulvestrant-2 hormonal im 08:05 dose d
      """,
      """
      final
      96402 02-Mar fulvestrant-1+fulvestrant-2 (injection)
      minutes fulvestrant-1 0/0, fulvestrant-2 0/0
      """)
  }

  @Test func `the drugs of a bag are one dose, whatever dose each names`() {
    expect(
      """
      magnesium drug infusion 08:00+60 bag b dose m
      potassium drug infusion 08:00+60 bag b dose p
      """,
      """
      final
      96365 02-Mar magnesium+potassium 60 min (initial-service)
      minutes magnesium 60/60, potassium 60/60
      """)
  }
}
