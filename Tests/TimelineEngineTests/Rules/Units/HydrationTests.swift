import Testing

@Suite struct HydrationTests {
  @Test(arguments: [
    (30, ""), (31, "96360"), (90, "96360"), (91, "96360 96361"), (150, "96360 96361"),
    (151, "96360 96361x2"), (210, "96360 96361x2"), (211, "96360 96361x3"),
  ])
  func `hydration alone counts from 31 minutes`(minutes: Int, expected: String) {
    #expect(codes("saline fluid infusion 10:00+\(minutes)") == expected)
  }

  @Test(arguments: [
    (30, "96374"), (31, "96374 96361"), (90, "96374 96361"), (91, "96374 96361x2"),
    (150, "96374 96361x2"), (151, "96374 96361x3"),
  ])
  func `with a drug all of it is further hours`(minutes: Int, expected: String) {
    #expect(
      codes("ondansetron drug push 09:00\nsaline fluid infusion 10:00+\(minutes)") == expected)
  }

  @Test func `30 minutes are nothing`() {
    expect(
      """
      saline fluid infusion 10:00+30
      """,
      """
      final
      uncharged saline 30 min hydration-minimum
      minutes saline 0/30
      """)
  }

  @Test func `31 minutes are the first block`() {
    expect(
      """
      saline fluid infusion 10:00+31
      """,
      """
      final
      96360 02-Mar saline 31 min (hydration)
      minutes saline 31/31
      """)
  }

  @Test func `a drug on whatever site makes all hydration further hours`() {
    expect(
      """
      site port
      site arm protocol
      saline fluid infusion 10:00+60 at port
      ondansetron drug push 09:00 at arm
      """,
      """
      final
      96361 02-Mar at port saline 60 min (hydration)
      96374 02-Mar at arm ondansetron (initial-service)
      minutes ondansetron 0/0, saline 60/60
      """)
  }

  @Test(arguments: [
    "vaccine drug im 09:00", "globulin drug sc-infusion 09:00+60",
    "fluorouracil chemo pump 09:00- planned 2760", "blood other infusion 08:00+60",
    "iron drug infusion ?", "ondansetron drug oral 09:00", "ondansetron drug push 09:00 visit 0",
  ])
  func `injections, subcutaneous infusions and prolonged pumps leave hydration the initial`(
    row: String
  ) {
    #expect(codes("saline fluid infusion 10:00+60\n\(row)").contains("96360"))
  }

  @Test func `each site of hydration alone has its own first block`() {
    expect(
      """
      site port
      site arm protocol
      saline fluid infusion 10:00+60 at port
      ringer fluid infusion 10:00+91 at arm
      """,
      """
      final
      96360 02-Mar at port saline 60 min (hydration)
      96360-59 02-Mar at arm ringer 91 min (hydration)
      96361 02-Mar at arm ringer 91 min (hydration)
      minutes ringer 91/91, saline 60/60
      """)
  }

  @Test func `of two orders alone the earlier is the first block`() {
    expect(
      """
      saline fluid infusion 10:00+40 order o1
      ringer fluid infusion 12:00+91 order o2
      """,
      """
      final
      96360 02-Mar saline 40 min (hydration)
      96361 x2 02-Mar ringer 91 min (hydration)
      minutes saline 40/40, ringer 91/91
      """)
  }

  @Test func `an order too short to count leaves the first block to the other`() {
    expect(
      """
      saline fluid infusion 10:00+30 order o1
      ringer fluid infusion 12:00+31 order o2
      """,
      """
      final
      96360 02-Mar ringer 31 min (hydration)
      uncharged saline 30 min hydration-minimum
      minutes saline 0/30, ringer 31/31
      """)
  }

  @Test(arguments: ["keep-open", "flush", "diluent", "between-blood-units"])
  func `fluid with another purpose is not hydration`(purpose: String) {
    expect(
      """
      saline fluid infusion 10:00+180 for \(purpose)
      """,
      """
      final
      uncharged saline 180 min hydration-purpose
      minutes saline 0/180
      """)
  }

  @Test func `hydration has no push form`() {
    expect(
      """
      saline fluid push 10:00+10
      """,
      """
      final
      uncharged saline 10 min hydration-no-push
      minutes saline 0/10
      """)
  }

  @Test func `running hydration is provisional`() {
    expect(
      """
      as-of 10:31
      saline fluid infusion 10:00-
      """,
      """
      provisional
      96360 02-Mar saline 31 min provisional (hydration)
      minutes saline 31/31
      """)
    expect(
      """
      as-of 10:30
      saline fluid infusion 10:00-
      """,
      """
      provisional
      uncharged saline 30 min hydration-minimum
      minutes saline 0/30
      """)
  }

  @Test func `hydration without an order is held`() {
    expect(
      """
      saline fluid infusion 10:00+60 no-order
      """,
      """
      held
      96360 02-Mar saline 60 min held (hydration)
      minutes saline 60/60
      finding hydration-not-ordered saline
      """)
  }

  @Test func `a drug's fluid needs no order`() {
    #expect(findings("saline fluid infusion 10:00+60 for keep-open no-order") == [])
  }
}
