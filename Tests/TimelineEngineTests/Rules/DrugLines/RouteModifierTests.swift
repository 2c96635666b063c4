import Testing

@Suite struct RouteModifierTests {
  @Test(arguments: [
    ("off", "infusion", "J0129-JZ x80"), ("ja_jb", "infusion", "J0129-JZ-JA x80"),
    ("ja_jb", "sc", "J0129-JZ-JB x80"),
  ])
  func `the policy tells the route of a drug that is given both ways`(
    policy: String, way: String, lines: String
  ) {
    let technique = way == "sc" ? " sc" : ""
    #expect(
      drugs("hospital modifier.route=\(policy)\nabatacept 800 mg\(technique) from 4x200s") == lines)
  }

  @Test func `a drug for one route carries no modifier`() {
    #expect(
      drugs("hospital modifier.route=ja_jb\nRemicade 400 mg from 4x100s") == "J1745-JZ x40")
  }
}
