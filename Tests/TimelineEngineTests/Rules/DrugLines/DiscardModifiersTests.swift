import Testing

@Suite struct DiscardModifiersTests {
  @Test(arguments: [
    ("hospital", "ondansetron 4 mg push from 1x4s", "J2405 x4"),
    ("office", "ondansetron 4 mg push from 1x4s", "J2405-JZ x4"),
    ("hospital", "Remicade 400 mg from 4x100s", "J1745-JZ x40"),
    ("office", "Remicade 400 mg from 4x100s", "J1745-JZ x40"),
  ])
  func `the status decides in a hospital, the container in an office`(
    setting: String, row: String, lines: String
  ) {
    #expect(drugs("\(setting)\n\(row)") == lines)
  }

  @Test(arguments: [
    ("by_setting", "J2405 x4"), ("by_status", "J2405 x4"), ("single_dose", "J2405-JZ x4"),
    ("off", "J2405 x4"), ("all", "J2405-JZ x4"),
  ])
  func `the policy can decide otherwise`(policy: String, lines: String) {
    #expect(
      drugs("hospital jwjz.applies=\(policy)\nondansetron 4 mg push from 1x4s") == lines)
  }

  @Test func `an ended code has the status of the code that replaced it`() {
    #expect(drugs("hospital on 2025-03-31\nfurosemide 40 mg push from 1x40s") == "J1940 x2")
    #expect(drugs("hospital on 2025-03-31\nSoliris 300 mg from 1x300s") == "J1300-JZ x30")
  }

  @Test func `an imaging agent takes none`() {
    #expect(drugs("office\ngadobutrol 1 mL push class other from 1x1s").hasPrefix("A9585 x10"))
  }
}
