import Testing

@Suite struct PackageCountTests {
  @Test func `a vial never sets the units of a code that counts milligrams`() {
    #expect(drugs("bortezomib 3.5 mg push brand Velcade from 1x3.5s") == "J9041 x35")
    #expect(drugs("hospital\nondansetron 10 mg push from 1x10s") == "J2405 x10")
  }

  @Test func `a code that counts vials counts the vials opened`() {
    #expect(drugs("digoxin_immune_fab 80 mg from 2x40s") == "J1162-JZ x2")
  }

  @Test func `without the vials such a line is held`() {
    let day = DrugDay("digoxin_immune_fab 80 mg")
    #expect(day.lines == "J1162 x1 held")
    #expect(day.findings.contains("container-missing"))
  }
}
