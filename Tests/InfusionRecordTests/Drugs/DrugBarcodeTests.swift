import InfusionRecord
import Testing

/// Barcodes as scanners send them. The numbers are published ones; lots and serials are made up.
@Suite struct DrugBarcodeTests {
  /// As printed, with eleven digits, and as a trade item number.
  private static let codes: [(printed: String, eleven: String, gtin: String)] = [
    ("0002-7597-01", "00002759701", "00300027597010"),
    ("50242-040-62", "50242004062", "00350242040624"),
    ("60575-4112-1", "60575411201", "00360575411213"),
    ("0002-0800-01", "00002080001", "00300020800018"),
    ("0206-8862-02", "00206886202", "00302068862027"),
    ("0206-8862-01", "00206886201", "00302068862010"),
    ("0591-0369-01", "00591036901", "00305910369019"),
    ("50242-134-68", "50242013468", "00350242134682"),
    ("0409-1560-29", "00409156029", "00304091560291"),
    ("0409-4270-01", "00409427001", "00304094270012"),
    ("0006-3026-02", "00006302602", "00300063026024"),
    ("0003-3772-11", "00003377211", "00300033772111"),
    ("0069-0809-01", "00069080901", "00300690809014"),
    ("0409-4755-03", "00409475503", "00304094755038"),
    ("0517-2340-10", "00517234010", "00305172340108"),
    ("0002-7640-01", "00002764001", "00300027640013"),
    ("0781-3208-85", "00781320885", "00307813208853"),
    ("0143-9606-01", "00143960601", "00301439606017"),
    ("0703-3985-01", "00703398501", "00307033985015"),
    ("0143-9098-01", "00143909801", "00301439098010"),
    ("0409-0201-10", "00409020110", "00304090201102"),
  ]

  private func read(_ text: String) -> String {
    do throws(DrugBarcode.Fault) {
      let scan = try DrugBarcode(text)
      guard let reading = scan.reading else { return "\(scan.readings.count) ways" }
      return [
        scan.gtin, reading.lot.map { "lot \($0)" }, reading.expires.map(\.iso),
        reading.serial.map { "serial \($0)" },
      ].compactMap(\.self).joined(separator: ", ")
    } catch {
      return error.message
    }
  }

  @Test(arguments: codes)
  func `a printed code and its trade item number are one code`(
    printed: String, eleven: String, gtin: String
  ) throws {
    let typed = try #require(try DrugBarcode(printed).code)
    #expect(typed.elevenDigits == eleven)
    for text in [gtin, "(01)\(gtin)", "01\(gtin)", "]d201\(gtin)", String(gtin.dropFirst(2))] {
      let scanned = try #require(try DrugBarcode(text).code)
      #expect(scanned.readings.contains(eleven), "\(text)")
      #expect(scanned.isSamePackage(as: typed))
    }
    let bare = try #require(try DrugBarcode(printed.replacing("-", with: "")).code)
    #expect(bare.readings.count == 3)
    #expect(bare.readings.contains(eleven))
  }

  @Test(arguments: [
    "1727053110LOT7\u{1D}21S9", "10LOT7\u{1D}1727053121S9", "21S9\u{1D}10LOT7\u{1D}17270531",
    "21S9\u{1D}1727053110LOT7", "10LOT7\u{1D}21S9\u{1D}17270531", "1727053121S9\u{1D}10LOT7",
  ])
  func `the elements may stand in any order`(rest: String) {
    let whole = "00300027597010, lot LOT7, 2027-05-31, serial S9"
    #expect(read("0100300027597010" + rest) == whole)
    #expect(read("]d20100300027597010" + rest) == whole)
    #expect(read("\u{1D}0100300027597010" + rest) == whole)
    #expect(read(rest + "\u{1D}0100300027597010") == whole)
  }

  @Test(arguments: ["\u{1D}", "<GS>", "{GS}", "\\F", "<F8>", "\u{1B}[19~"])
  func `a separator may be sent in many ways`(separator: String) {
    #expect(
      read("01003000275970101727053110LOT7\(separator)21S9")
        == "00300027597010, lot LOT7, 2027-05-31, serial S9")
  }

  @Test(arguments: ["]d2", "]C1", "]e0", "]Q3", "]E0"])
  func `the scanner may send the symbology first`(prefix: String) {
    #expect(read("\(prefix)010030002759701017270531") == "00300027597010, 2027-05-31")
  }

  @Test(arguments: [
    "(01)00300027597010(17)270531(10)LOT7(21)S9", "(10)LOT7(21)S9(01)00300027597010(17)270531",
    "https://id.gs1.org/01/00300027597010/10/LOT7/21/S9?17=270531",
    "https://example.com/some/path/01/00300027597010/10/LOT7?17=270531&21=S9&linkType=all",
    "https://example.com/gtin/00300027597010/lot/LOT7/ser/S9?17=270531",
  ])
  func `brackets and digital links say the same`(text: String) {
    #expect(read(text) == "00300027597010, lot LOT7, 2027-05-31, serial S9")
  }

  @Test func `a lot in a link may hold signs of addresses`() {
    #expect(
      read("https://id.gs1.org/01/00300027597010/10/A%2F7%201")
        == "The part (10) of the scan is cut off or not known.")
    #expect(read("https://id.gs1.org/01/00300027597010/10/A%2F7") == "00300027597010, lot A/7")
  }

  @Test(arguments: [
    ("270531", "2027-05-31"), ("270500", "2027-05-31"), ("280200", "2028-02-29"),
    ("271200", "2027-12-31"),
  ])
  func `day 00 is the last of the month`(written: String, date: String) {
    #expect(CivilDate(expiry: written)?.iso == date)
  }

  @Test(arguments: [
    ("0105909990054152101123926172207012162RB6FBN09", "1123926", "2022-07-01", "62RB6FBN09"),
    (
      "010590999109968821100322567773831721093010100013978", "100013978", "2021-09-30",
      "10032256777383"
    ),
    ("01059099907954202190EPCNT32ZH5581004032217250331", "040322", "2025-03-31", "90EPCNT32ZH558"),
    ("010590999032841321YCK3EB53CNZXD1725083110C48700", "C48700", "2025-08-31", "YCK3EB53CNZXD"),
    (
      "0105909990071029211165895472021010MU465417241031", "10MU4654", "2024-10-31",
      "116589547202"
    ),
  ])
  func `without separators every way is kept, and none is taken unless it is the only one`(
    text: String, lot: String, expires: String, serial: String
  ) throws {
    let scan = try DrugBarcode(text)
    #expect(scan.gtin == String(text.dropFirst(2).prefix(14)))
    #expect(scan.code == nil)
    let wanted = scan.readings.filter {
      $0.lot == lot && $0.expires?.iso == expires && $0.serial == serial
    }
    #expect(wanted.count == 1)
    #expect((scan.reading == nil) == (scan.readings.count > 1))
  }

  @Test func `a lot alone at the end needs no separator`() {
    #expect(read("01003000275970101727053110LOT7") == "00300027597010, lot LOT7, 2027-05-31")
  }

  @Test(arguments: [
    ("", "The scan is empty."),
    ("]d2", "The scan is empty."),
    ("00300027597011", "The check digit does not fit, so a digit was misread."),
    ("0100301163001167", "The check digit does not fit, so a digit was misread."),
    ("(01)00312345678901", "The check digit does not fit, so a digit was misread."),
    ("010030002759701", "The part (01) of the scan is cut off or not known."),
    ("(01)0030002759701", "The part (01) of the scan is cut off or not known."),
    ("01003000275970101727", "The part (17) of the scan is cut off or not known."),
    ("010030002759701017271331", "The expiry in the scan is no date."),
    ("010030002759701017270231", "The expiry in the scan is no date."),
    ("01003000275970108812", "The part (88) of the scan is cut off or not known."),
    ("0100300027597010170527311705273", "The expiry in the scan is no date."),
    ("(01)00300027597010(01)00300027597010", "The part (01) stands in the scan twice."),
    ("(10)LOT7(17)270531", "The scan is no form of a drug's barcode that can be read."),
    ("0002-7597-1", "The scan is no form of a drug's barcode that can be read."),
    ("VANCOMYCIN 1 G", "The scan is no form of a drug's barcode that can be read."),
    ("https://example.com/a", "The scan is no form of a drug's barcode that can be read."),
    (
      "010590999138082 31003ZP082",
      "The scan is no form of a drug's barcode that can be read."
    ),
  ])
  func `a damaged scan is refused with the reason`(text: String, sentence: String) {
    #expect(read(text) == sentence)
  }

  @Test func `a number that is no drug's here has no code`() throws {
    #expect(try DrugBarcode("05909990054152").code == nil)
    #expect(try DrugBarcode("300027597010").code != nil)
  }
}
