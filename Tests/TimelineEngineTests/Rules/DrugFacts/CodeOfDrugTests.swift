import Testing

@Suite struct CodeOfDrugTests {
  @Test(arguments: [
    ("methylprednisolone_sodium_succinate 125 mg", "2024-03-31", "J2930 x1"),
    ("methylprednisolone_sodium_succinate 125 mg", "2024-04-01", "J2919 x25"),
    ("hydromorphone 1 mg", "2024-09-30", "J1170 x1"),
    ("hydromorphone 1 mg", "2024-10-01", "J1171 x10"),
    ("romiplostim 97 mcg", "2024-12-31", "J2796 x10 held"),
    ("romiplostim 97 mcg", "2025-01-01", "J2802 x97 held"),
    ("furosemide 40 mg", "2025-03-31", "J1940 x2"),
    ("furosemide 40 mg", "2025-04-01", "J1938 x40"),
    ("eculizumab 900 mg", "2025-03-31", "J1300 x90 held"),
    ("eculizumab 900 mg", "2025-04-01", "J1299 x450 held"),
    ("vancomycin 1250 mg", "2025-06-30", "J3370 x3"),
    ("vancomycin 1250 mg", "2025-07-01", "J3373 x125"),
    ("thiotepa 150 mg", "2025-06-30", "J9340 x10 held"),
    ("thiotepa 150 mg", "2025-07-01", "J9342 x150 held"),
  ])
  func `a code ends and the next begins`(row: String, date: String, lines: String) {
    #expect(drugs("hospital on \(date)\n\(row)") == lines)
  }

  @Test func `no code on the date is found`() {
    let day = DrugDay("hospital on 2026-03-02\nfictitious_drug 5 mg class chemotherapy")
    #expect(day.lines == "J9999 x1 held")
    #expect(day.findings == ["no-code-on-date", "noc-code", "container-missing"])
  }

  @Test func `the package code tells the drug's code`() {
    #expect(drugs("infliximab 100 mg ndc 00069-0809-01 from 1x100s") == "Q5103-JZ x10")
    #expect(drugs("infliximab 100 mg from 1x100s/0069-0809-01") == "Q5103-JZ x10")
  }

  @Test func `codes for dialysis are never chosen`() {
    #expect(drugs("darbepoetin_alfa 60 mcg sc from 1x60s").hasPrefix("J0881"))
  }
}
