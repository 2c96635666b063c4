import Interchange
import Testing

struct CSVReaderTests {
  private func rows(_ text: String) throws(DocumentError) -> [[String]] {
    var reader = CSVReader(Array(text.utf8), file: "table.csv")
    var rows: [[String]] = []
    while let record = try reader.next() { rows.append(record.cells) }
    return rows
  }

  private func fault(_ bytes: [UInt8]) -> String {
    var reader = CSVReader(bytes, file: "table.csv")
    do throws(DocumentError) {
      while try reader.next() != nil {}
      return "no fault"
    } catch {
      return error.description
    }
  }

  @Test func `cells are split at commas and lines at LF or CRLF`() throws {
    #expect(try rows("a,b,c\n1,,3\r\n,,\n") == [["a", "b", "c"], ["1", "", "3"], ["", "", ""]])
    #expect(try rows("a,b") == [["a", "b"]])
    #expect(try rows("\u{FEFF}a\n\n\r\nb\n") == [["a"], ["b"]])
    #expect(try rows("") == [])
  }

  @Test func `a quoted cell may contain commas, line breaks and doubled quotes`() throws {
    #expect(
      try rows("\"a,b\",\"c\r\nd\",\"e\"\"f\"\n\"\",\"\"\"\",é\n") == [
        ["a,b", "c\r\nd", "e\"f"], ["", "\"", "é"],
      ])
  }

  @Test func `a record has the line on which it begins`() throws {
    var reader = CSVReader(Array("a\n\"b\nc\"\n\nd\n".utf8), file: "table.csv")
    var lines: [Int] = []
    while let record = try reader.next() { lines.append(record.line) }
    #expect(lines == [1, 2, 5])
  }

  @Test(arguments: [
    ("a,b\n1\n", "table.csv:2: the line has 1 cells; expected 2, as in the first line."),
    ("a\nb\"c\n", "table.csv:2: a quote stands inside a cell; expected the whole cell in quotes."),
    ("a\n\"b\"c\n", "table.csv:2: something follows a closing quote; expected a comma."),
    ("a\n\"b\nc\n", "table.csv:2: the file ends inside a quoted cell; expected a closing quote."),
    ("a\rb\n", "table.csv:1: a carriage return stands alone; expected LF or CRLF."),
  ])
  func `a table that is not RFC 4180 is refused with its line`(text: String, sentence: String) {
    #expect(fault(Array(text.utf8)) == sentence)
  }

  @Test func `bytes that are not UTF-8, NUL and cells over 65,536 bytes are refused`() {
    #expect(
      fault(Array("a\n".utf8) + [0xE9, 0x0A])
        == "table.csv:2: the line is not UTF-8; expected UTF-8.")
    #expect(
      fault(Array("a,b\nc,d\0e\n".utf8))
        == "table.csv:2: a cell holds a NUL character; expected text without it.")
    #expect(
      fault(Array("a\n\"d\0e\"\n".utf8))
        == "table.csv:2: a cell holds a NUL character; expected text without it.")
    #expect(
      fault([UInt8](repeating: 0x61, count: 65_537))
        == "table.csv:1: a cell is longer than 65536 bytes; expected a shorter one.")
    #expect(fault([UInt8](repeating: 0x61, count: 65_536)) == "no fault")
  }
}
