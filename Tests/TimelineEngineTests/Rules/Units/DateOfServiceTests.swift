import Testing

@Suite struct DateOfServiceTests {
  @Test func `unit_start dates each unit by the day on which its hour begins`() {
    expect(
      """
      saline fluid infusion 23:45-25:20
      """,
      """
      final
      96360 02-Mar saline 95 min (hydration)
      96361 03-Mar saline 95 min (hydration)
      minutes saline 95/95
      """)
  }

  @Test func `unit_completion dates each unit by the day on which its hour ends`() {
    expect(
      """
      policy dos.rule=unit_completion
      saline fluid infusion 23:45-25:20
      """,
      """
      final
      96360 03-Mar saline 95 min (hydration)
      96361 03-Mar saline 95 min (hydration)
      minutes saline 95/95
      """)
  }

  @Test func `service_start dates all by the day on which the dose began`() {
    expect(
      """
      policy dos.rule=service_start
      saline fluid infusion 23:45-25:20
      """,
      """
      final
      96360 02-Mar saline 95 min (hydration)
      96361 02-Mar saline 95 min (hydration)
      minutes saline 95/95
      """)
  }

  @Test func `an hour that begins at midnight belongs to the new day`() {
    expect(
      """
      iron drug infusion 23:00-24:31
      """,
      """
      final
      96365 02-Mar iron 91 min (initial-service)
      96366 03-Mar iron 91 min (further-hours)
      minutes iron 91/91
      """)
  }

  @Test func `an hour that begins a second before midnight belongs to the old`() {
    expect(
      """
      iron drug infusion 22:59:59-24:30:59
      """,
      """
      final
      96365 02-Mar iron 91 min (initial-service)
      96366 02-Mar iron 91 min (further-hours)
      minutes iron 91/91
      """)
  }

  @Test func `an hour that ends at midnight is complete on the new day`() {
    expect(
      """
      policy dos.rule=unit_completion
      iron drug infusion 23:00-24:31
      """,
      """
      final
      96365 03-Mar iron 91 min (initial-service)
      96366 03-Mar iron 91 min (further-hours)
      minutes iron 91/91
      """)
  }

  @Test func `hours are counted minutes, so a pause moves them`() {
    expect(
      """
      iron drug infusion 22:30-24:30 pause 23:00-23:29
      """,
      """
      final
      96365 02-Mar iron 91 min (initial-service)
      96366 02-Mar iron 91 min (further-hours)
      minutes iron 91/91
      """)
  }

  @Test func `an hour that would begin with a pause begins after it`() {
    expect(
      """
      iron drug infusion 22:30-24:45 pause 23:30-24:10
      """,
      """
      final
      96365 02-Mar iron 95 min (initial-service)
      96366 03-Mar iron 95 min (further-hours)
      minutes iron 95/95
      """)
  }

  @Test func `a push and a concurrent drug are dated at their start`() {
    expect(
      """
      policy dos.rule=unit_completion
      vancomycin drug infusion 23:30-25:30
      cefepime drug infusion 23:50-24:50
      ondansetron drug push 23:55-24:05
      """,
      """
      final
      96365 03-Mar vancomycin 120 min (initial-service)
      96366 03-Mar vancomycin 120 min (further-hours)
      96368 02-Mar cefepime 60 min (concurrent-infusion)
      96375 02-Mar ondansetron 10 min (later-push)
      minutes vancomycin 120/120, cefepime 60/60, ondansetron 10/10
      """)
  }

  @Test func `a stay over midnight is one encounter with one initial`() {
    expect(
      """
      ceftriaxone-1 drug infusion 22:00+60
      ceftriaxone-2 drug infusion 34:00+60
      """,
      """
      final
      96365 02-Mar ceftriaxone-1 60 min (initial-service)
      96366 03-Mar ceftriaxone-2 60 min (repeat-dose)
      minutes ceftriaxone-1 60/60, ceftriaxone-2 60/60
      """)
  }

  @Test func `the local day decides, not that of UTC`() {
    expect(
      """
      session zone America/Chicago
      iron drug infusion 19:00-20:31
      """,
      """
      final
      96365 02-Mar iron 91 min (initial-service)
      96366 02-Mar iron 91 min (further-hours)
      minutes iron 91/91
      """)
  }

  @Test func `when clocks go forward the hour that is skipped is not counted`() {
    expect(
      """
      session zone America/Chicago on 2026-03-08
      iron drug infusion 01:30-04:00
      """,
      """
      final
      96365 08-Mar iron 90 min (initial-service)
      minutes iron 90/90
      """)
  }

  @Test func `when clocks go back the hour that comes twice is counted twice`() {
    expect(
      """
      session zone America/Chicago on 2026-11-01
      iron drug infusion 00:30-02:30
      """,
      """
      final
      96365 01-Nov iron 180 min (initial-service)
      96366 x2 01-Nov iron 180 min (further-hours)
      minutes iron 180/180
      """)
  }

  @Test func `the second of an hour that comes twice is an hour later`() {
    expect(
      """
      session zone America/Chicago on 2026-11-01
      iron drug infusion 01:00-01:00b
      """,
      """
      final
      96365 01-Nov iron 60 min (initial-service)
      minutes iron 60/60
      """)
  }

  @Test func `the year's end is a day like any other`() {
    expect(
      """
      session on 2026-12-31
      iron drug infusion 23:30-25:01
      """,
      """
      final
      96365 31-Dec iron 91 min (initial-service)
      96366 01-Jan iron 91 min (further-hours)
      minutes iron 91/91
      """)
  }

  @Test func `a stay of several days keeps counting`() {
    expect(
      """
      heparin drug infusion 12:00-60:00
      """,
      """
      final
      96365 02-Mar heparin 2880 min (initial-service)
      96366 x11 02-Mar heparin 2880 min (further-hours)
      96366 x24 03-Mar heparin 2880 min (further-hours)
      96366 x12 04-Mar heparin 2880 min (further-hours)
      minutes heparin 2880/2880
      finding implausible-length heparin (2880)
      """)
  }
}
