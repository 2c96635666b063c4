import InfusionRecord
import Testing

/// Amounts as people type them.
@Suite struct AmountEntryTests {
  private func read(_ text: String) -> String {
    do throws(DrugAmount.EntryFault) {
      return try DrugAmount(written: text).text
    } catch {
      return error.message
    }
  }

  @Test(arguments: [
    ("80 mg", "80 mg"), ("80mg", "80 mg"), (" 0.5 mL ", "0.5 mL"), ("0.05 MG", "0.05 mg"),
    ("1,000 units", "1000 units"), ("12,500,000 units", "12500000 units"), ("1 unit", "1 units"),
    ("250 mcg", "250 mcg"), ("2 g", "2 g"), ("20 meq", "20 mEq"), ("0 mg", "0 mg"),
  ])
  func `an amount is a number and a unit`(text: String, amount: String) {
    #expect(read(text) == amount)
  }

  @Test(arguments: [
    ("1.0 mg", "without a zero after the point"), ("1. mg", "without a zero after the point"),
    ("1.50 mg", "Write 1.5 mg"), (".5 mg", "Write 0.5 mg"), ("80", "Write the unit"),
    ("10 U", "Write 10 units"), ("10U", "Write 10 units"), ("10 IU", "Write 10 units"),
    ("5 ug", "Write 5 mcg"), ("5 µg", "Write 5 mcg"), ("5 μg", "Write 5 mcg"),
    ("5 cc", "Write 5 mL"), ("5 gm", "Write 5 g"), ("1,5 mg", "a point parts decimals"),
    ("1,00 mg", "a point parts decimals"), ("0,500 mg", "a point parts decimals"),
    ("1.5.2 mg", "one point"), ("", "a number and its unit"), ("mg", "a number and its unit"),
    ("80 mg/m2", "is no unit"), ("5 mg QD", "is no unit"), ("-5 mg", "a number and its unit"),
    ("1 MS", "is no unit"), ("1234567890 mg", "is no amount"), ("007 mg", "is no amount"),
    ("5 M", "the whole number"),
  ])
  func `forms that are misread are refused with what to write`(text: String, part: String) {
    #expect(read(text).contains(part), "\(read(text))")
  }

  private func container(_ text: String) -> String {
    do throws(DrugAmount.EntryFault) {
      return try DrugContainer(written: text).written
    } catch {
      return error.message
    }
  }

  @Test(arguments: [
    ("100 mg", "100 mg"), ("2 x 100 mg", "2 x 100 mg"), ("2x100mg", "2 x 100 mg"),
    ("3 × 50 mg multi-dose", "3 x 50 mg multi-dose"), ("1 x 420 mg single-dose", "420 mg"),
  ])
  func `containers are a count and what one holds`(text: String, written: String) {
    #expect(container(text) == written)
  }

  @Test(arguments: [
    ("0 x 100 mg", "1 or more"), ("x 100 mg", "1 or more"), ("2 x 100", "Write the unit"),
    ("2 x 0 mg", "more than nothing"), ("100001 x 5 mg", "1 or more"), ("", "a number"),
  ])
  func `containers without a count, a size or a unit are refused`(text: String, part: String) {
    #expect(container(text).contains(part), "\(container(text))")
  }
}
