import Testing

@Suite struct ProductChoiceTests {
  @Test(arguments: [
    ("Remicade", "J1745-JZ x40"), ("Inflectra", "Q5103-JZ x40"),
    ("infliximab-dyyb", "Q5103-JZ x40"),
  ])
  func `a product with a code of its own takes it`(brand: String, lines: String) {
    let day = DrugDay("infliximab 400 mg from 4x100s brand \(brand)")
    #expect(day.lines == lines)
    #expect(day.findings == [])
  }

  @Test func `a brand as the drug's text is the product`() {
    #expect(drugs("Inflectra 400 mg from 4x100s") == "Q5103-JZ x40")
    #expect(drugFindings("Remicade 400 mg from 4x100s") == [])
  }

  @Test func `without a product the code for any product is used and found`() {
    let day = DrugDay("infliximab 400 mg from 4x100s")
    #expect(day.lines == "J1745-JZ x40")
    #expect(day.findings == ["product-unknown"])
  }

  @Test func `without a code for any product the line is held`() {
    let day = DrugDay("immune_globulin_iv 100 g from 5x20s")
    #expect(day.lines.hasSuffix(" held"))
    #expect(day.findings == ["product-unknown"])
    #expect(drugs("immune_globulin_iv 100 g from 5x20s brand Privigen") == "J1459-JZ x200")
  }

  @Test(arguments: [
    ("hospital on 2026-03-31", "C9308-JZ x1 held"), ("hospital on 2026-04-01", "J9278-JZ x450"),
    ("office on 2026-03-31", "J9999-JZ x1 review"), ("office on 2026-04-01", "J9278-JZ x450"),
  ])
  func `a C code is for the hospital only`(head: String, line: String) {
    #expect(drugs("\(head)\ncarboplatin 450 mg brand Avyxa from 1x450s").hasPrefix(line))
  }

  @Test(arguments: [("40", "J2920 x1"), ("40.1", "J2930 x1"), ("250", "J2930 x2")])
  func `of codes by amount the smallest that holds the dose is used`(mg: String, lines: String) {
    #expect(
      drugs("hospital on 2024-03-31\nmethylprednisolone_sodium_succinate \(mg) mg push") == lines)
  }
}
