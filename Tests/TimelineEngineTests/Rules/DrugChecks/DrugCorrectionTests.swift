import Testing

@Suite struct DrugCorrectionTests {
  @Test func `an amended discard replaces both lines`() {
    #expect(drugs("Remicade 350 mg from 4x100s discarded 0") == "J1745-JZ x35")
    #expect(drugs("Remicade 350 mg from 4x100s discarded 50") == "J1745 x35, J1745-JW x5")
  }

  @Test func `a drug that still runs has provisional lines`() {
    #expect(drugs("Remicade 400 mg from 4x100s running") == "J1745-JZ x40 provisional")
    #expect(drugs("Remicade 400 mg from 4x100s") == "J1745-JZ x40")
  }
}
