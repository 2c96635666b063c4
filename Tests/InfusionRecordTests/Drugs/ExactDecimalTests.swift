import InfusionRecord
import Testing

@Suite struct ExactDecimalTests {
  private func number(_ text: String) -> ExactDecimal {
    ExactDecimal(text) ?? ExactDecimal(-1)
  }

  @Test(arguments: [
    ("315", "315"), ("0.25", "0.25"), ("0.30", "0.3"), ("5.0", "5"), ("0", "0"),
    ("0.000001", "0.000001"), ("999999999.999999", "999999999.999999"),
  ])
  func `a number is written as it was read`(text: String, written: String) {
    #expect(ExactDecimal(text)?.text == written)
  }

  @Test(arguments: [
    "", ".5", "5.", "05", "-1", "+1", "1e3", "1,5", "1.2.3", " 1", "1 ", "0.0000001", "1000000000",
    "٣",
  ])
  func `anything else is no number`(text: String) {
    #expect(ExactDecimal(text) == nil)
  }

  @Test(arguments: [
    ("0.3", "0.1", 3, 3), ("0.7", "0.1", 7, 7), ("2.1", "0.1", 21, 21), ("300.1", "10", 30, 31),
    ("300", "10", 30, 30), ("3.376", "1.125", 3, 4), ("0", "10", 0, 0), ("7", "0", 0, 0),
  ])
  func `units are counted without a rest of binary fractions`(
    amount: String, unit: String, wholes: Int, covering: Int
  ) {
    #expect(number(amount).wholes(of: number(unit)) == wholes)
    #expect(number(amount).unitsCovering(by: number(unit)) == covering)
  }

  @Test func `sums, differences and products are exact`() {
    #expect(number("0.1") + number("0.2") == number("0.3"))
    #expect((number("1") - number("1.5")).text == "-0.5")
    #expect(number("2.5") * number("0.4") == number("1"))
    #expect(number("7").remainder(of: number("2.5")) == number("2"))
    #expect(number("0.9") < number("0.91"))
  }

  @Test(arguments: [("350", "100", "3.5"), ("1", "3", "0.333"), ("2", "3", "0.667")])
  func `a quotient is rounded to its places`(amount: String, divisor: String, quotient: String) {
    #expect(number(amount).divided(by: number(divisor), places: 3)?.text == quotient)
    #expect(number(amount).divided(by: .zero, places: 3) == nil)
  }

  @Test(arguments: [
    (DrugAmount.Unit.g, DrugAmount.Unit.mg, "400"), (.g, .mcg, "400000"), (.mcg, .mg, "0.0004"),
    (.units, .internationalUnits, "0.4"), (.mg, .mg, "0.4"),
  ])
  func `only units of mass, and units with international ones, become each other`(
    from: DrugAmount.Unit, to: DrugAmount.Unit, value: String
  ) {
    #expect(DrugAmount(number("0.4"), from).value(in: to)?.text == value)
  }

  @Test func `nothing else is converted`() {
    for from in DrugAmount.Unit.allCases {
      for to in DrugAmount.Unit.allCases where from != to {
        let masses: Set<DrugAmount.Unit> = [.mcg, .mg, .g]
        let counts: Set<DrugAmount.Unit> = [.units, .internationalUnits]
        let isOneKind =
          masses.isSuperset(of: [from, to]) || counts.isSuperset(of: [from, to])
        #expect((DrugAmount(number("1"), from).value(in: to) != nil) == isOneKind)
      }
    }
  }
}
