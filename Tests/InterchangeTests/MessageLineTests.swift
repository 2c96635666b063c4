import SessionReview
import Testing

@testable import Interchange

/// The list of a message's lines must say what its bytes say.
@Suite struct MessageLineTests {
  private let content = """
    MSH|^~\\&|CHAIRTIME|SUITE|||20261123||DFT^P03|M1|P|2.5.1\r\
    FT1|1|ID1||20261123|20261123|CG|96413^chemo^C4|||1\rNTE|1||because\r\
    FT1|2|ID2||20261123|20261123|CD|96415^hour^C4|||2\r
    """

  private func listed(
    _ change: (inout [DetailedTransaction.Posting]) -> Void = { _ in }
  ) -> [DetailedTransaction.Posting] {
    var listed = [
      DetailedTransaction.Posting(
        transaction: "ID1", unit: "ID1", code: "96413", count: 1, isCredit: false),
      DetailedTransaction.Posting(
        transaction: "ID2", unit: "ID2", code: "96415", count: 2, isCredit: true),
    ]
    change(&listed)
    return listed
  }

  private func difference(
    _ listed: [DetailedTransaction.Posting], names: HL7Names = HL7Names()
  ) -> String? {
    MessageLine.difference(of: Array(content.utf8), from: listed, names: names)
  }

  private func posting(
    _ transaction: String = "ID2", unit: String = "ID2", code: String = "96415", count: Int = 2,
    isCredit: Bool = true
  ) -> DetailedTransaction.Posting {
    DetailedTransaction.Posting(
      transaction: transaction, unit: unit, code: code, count: count, isCredit: isCredit)
  }

  @Test func `a list that says what the bytes say has no difference`() {
    #expect(difference(listed()) == nil)
    #expect(MessageLine.all(in: Array(content.utf8))?.map(\.code) == ["96413", "96415"])
  }

  @Test func `a line that is missing or too much is a difference`() {
    #expect(
      difference(listed { $0.removeLast() }) == "its bytes have 2 lines, and 1 are listed")
    #expect(
      difference(listed { $0.append(posting("ID3")) })
        == "its bytes have 2 lines, and 3 are listed")
  }

  @Test func `a line with another id, unit, code, count or sign is a difference`() {
    let others = [
      posting("ID9"), posting(unit: "ID9"), posting(code: "96413"), posting(count: 3),
      posting(isCredit: false),
    ]
    for other in others {
      #expect(
        difference(listed { $0[1] = other }) == "line 2 is listed as its bytes do not say it")
    }
  }

  @Test func `a unit that is charged again has an id made from it`() {
    let again = ExportedUnit.digest(["again", "UNIT", "1"])
    let bytes = "FT1|1|\(again)||20261123|20261123|CG|96413^chemo^C4|||1\r"
    let line = posting(again, unit: "UNIT", code: "96413", count: 1, isCredit: false)
    #expect(
      MessageLine.difference(of: Array(bytes.utf8), from: [line], names: HL7Names()) == nil)
  }

  @Test func `under other words than the site's each word stands for charges or for credits`() {
    var names = HL7Names()
    (names.charge, names.credit) = ("X", "Y")
    #expect(difference(listed(), names: names) == nil)
    let bytes = content.replacing("|CD|", with: "|CG|")
    #expect(
      MessageLine.difference(of: Array(bytes.utf8), from: listed(), names: names)
        == "line 2 is listed as its bytes do not say it")
  }

  @Test func `a line that cannot be read is a difference`() {
    #expect(
      MessageLine.difference(of: Array("FT1|1|ID1\r".utf8), from: [], names: HL7Names())
        == "a line of its bytes cannot be read")
  }
}
