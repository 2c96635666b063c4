import Testing

@Suite struct PurchaseModifierTests {
  @Test(arguments: [
    ("none", "J1745-JZ x40"), ("TB", "J1745-JZ-TB x40"), ("JG", "J1745-JZ-JG x40"),
  ])
  func `the policy's modifier stands after JZ`(policy: String, lines: String) {
    #expect(
      drugs("hospital modifier.340b=\(policy)\nRemicade 400 mg from 4x100s") == lines)
  }

  @Test func `it stands on both lines`() {
    #expect(
      drugs("hospital modifier.340b=TB\nRemicade 350 mg from 4x100s discarded 50")
        == "J1745-TB x35, J1745-JW-TB x5")
  }
}
