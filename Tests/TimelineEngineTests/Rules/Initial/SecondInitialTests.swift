import TestSupport
import Testing
import TimelineEngine

@Suite struct SecondInitialTests {
  @Test func `the lower initial carries the modifier of a second site`() {
    expect(
      """
      site port
      site arm protocol
      iron drug infusion 08:00+60 at port
      paclitaxel chemo infusion 09:00+60 at arm
      """,
      """
      final
      96365-59 02-Mar at port iron 60 min (initial-service)
      96413 02-Mar at arm paclitaxel 60 min (initial-service)
      minutes iron 60/60, paclitaxel 60/60
      """)
  }

  @Test func `of equal rank the primary site comes first`() {
    expect(
      """
      site port
      site arm protocol
      iron drug infusion 08:00+60 at arm
      vancomycin drug infusion 09:00+60 at port
      """,
      """
      final
      96365 02-Mar at port vancomycin 60 min (initial-service)
      96365-59 02-Mar at arm iron 60 min (initial-service)
      minutes iron 60/60, vancomycin 60/60
      """)
  }

  @Test func `of two further sites of equal rank, the one used first comes first`() {
    expect(
      """
      site port
      site arm protocol
      site hand incompatibility
      ondansetron drug push 07:00 at port
      iron drug infusion 09:00+60 at arm
      vancomycin drug infusion 08:00+60 at hand
      """,
      """
      final
      96374-59 02-Mar at port ondansetron (initial-service)
      96365-59 02-Mar at arm iron 60 min (initial-service)
      96365 02-Mar at hand vancomycin 60 min (initial-service)
      minutes ondansetron 0/0, vancomycin 60/60, iron 60/60
      """)
  }

  @Test(arguments: [
    ("59", "96413 96413-59"), ("XS", "96413 96413-XS"), ("XU", "96413 96413-XU"), ("", "96413x2"),
  ])
  func `modifier.second_site has each of its values`(value: String, expected: String) {
    #expect(
      codes(
        """
        site port
        site arm protocol
        policy modifier.second_site=\(value)
        paclitaxel chemo infusion 08:00+60 at port
        trastuzumab chemo infusion 08:10+60 at arm
        """) == expected)
  }

  @Test func `two visits on one day each have an initial, the later one modified`() {
    expect(
      """
      ceftriaxone-1 drug infusion 08:00+60
      ceftriaxone-2 drug infusion 18:00+60 visit 2
      """,
      """
      final
      96365 02-Mar visit 1 ceftriaxone-1 60 min (initial-service)
      96365-59 02-Mar visit 2 ceftriaxone-2 60 min (initial-service)
      minutes ceftriaxone-1 60/60, ceftriaxone-2 60/60
      """)
  }

  @Test func `one stay has one initial`() {
    expect(
      """
      ceftriaxone-1 drug infusion 08:00+60
      ceftriaxone-2 drug infusion 18:00+60
      """,
      """
      final
      96365 02-Mar ceftriaxone-1 60 min (initial-service)
      96366 02-Mar ceftriaxone-2 60 min (repeat-dose)
      minutes ceftriaxone-1 60/60, ceftriaxone-2 60/60
      """)
  }

  @Test(arguments: [("59", "96365 96365-59"), ("XE", "96365 96365-XE"), ("", "96365x2")])
  func `modifier.second_encounter has each of its values`(value: String, expected: String) {
    #expect(
      codes(
        """
        policy modifier.second_encounter=\(value)
        ceftriaxone-1 drug infusion 08:00+60
        ceftriaxone-2 drug infusion 18:00+60 visit 2
        """) == expected)
  }

  @Test func `visits on two days need no modifier`() {
    expect(
      """
      ceftriaxone-1 drug infusion 08:00+60
      ceftriaxone-2 drug infusion 32:00+60 visit 2
      """,
      """
      final
      96365 02-Mar visit 1 ceftriaxone-1 60 min (initial-service)
      96365 03-Mar visit 2 ceftriaxone-2 60 min (initial-service)
      minutes ceftriaxone-1 60/60, ceftriaxone-2 60/60
      """)
  }

  @Test func `a later visit's higher initial carries the modifier too`() {
    expect(
      """
      ondansetron drug push 08:00
      paclitaxel chemo infusion 18:00+60 visit 2
      """,
      """
      final
      96374 02-Mar visit 1 ondansetron (initial-service)
      96413-59 02-Mar visit 2 paclitaxel 60 min (initial-service)
      minutes ondansetron 0/0, paclitaxel 60/60
      """)
  }

  @Test func `a line that has the second-site modifier keeps only that`() {
    expect(
      """
      site port
      site arm protocol
      policy modifier.second_site=XS modifier.second_encounter=XE
      iron-1 drug infusion 08:00+60 at port
      iron-2 drug infusion 18:00+60 at port visit 2
      vancomycin drug infusion 18:30+60 at arm visit 2
      """,
      """
      final
      96365 02-Mar at port visit 1 iron-1 60 min (initial-service)
      96365-XE 02-Mar at port visit 2 iron-2 60 min (initial-service)
      96365-XS 02-Mar at arm visit 2 vancomycin 60 min (initial-service)
      minutes iron-1 60/60, iron-2 60/60, vancomycin 60/60
      """)
  }

  @Test func `a subcutaneous initial counts for the visit after it`() {
    expect(
      """
      globulin drug sc-infusion 08:00+60
      iron drug infusion 18:00+60 visit 2
      """,
      """
      final
      96369 02-Mar visit 1 globulin 60 min (subcutaneous-infusion)
      96365-59 02-Mar visit 2 iron 60 min (initial-service)
      minutes globulin 60/60, iron 60/60
      """)
  }

  @Test func `add-ons carry no modifier`() {
    #expect(
      codes(
        """
        site port
        site arm protocol
        paclitaxel chemo infusion 08:00+60 at port
        ondansetron drug push 09:00 at port
        trastuzumab chemo infusion 08:10+91 at arm
        dexamethasone drug push 09:00 at arm
        """) == "96413 96375x2 96413-59 96415")
  }

  @Test(arguments: [
    ("09:00", "whose sites were first used in the same minute, "), ("09:01", "used earlier "),
  ])
  func `the modifier says why the other initial is the first`(start: String, words: String) {
    let statement = SessionText(
      """
      site port
      site arm protocol
      site leg protocol
      saline fluid infusion 09:00+31 at port
      paclitaxel chemo infusion 09:00+90 at arm
      rituximab chemo infusion \(start)+60 at leg
      """
    ).statement
    let reasons = statement.charges.flatMap { statement.reasons(of: $0) }.map(\.text)
    #expect(reasons.contains { $0.hasPrefix("Modifier: ") && $0.contains(words) }, "\(reasons)")
  }
}
