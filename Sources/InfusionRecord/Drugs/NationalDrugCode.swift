/// A National Drug Code, from a label or a barcode.
///
/// An NDC has ten digits in three parts (labeler, product, package), divided 4-4-2, 5-3-2 or 5-4-1.
/// Bills write eleven digits, 5-4-2, with a leading zero in the short part. Hyphens show the division.
/// Ten bare digits, as in a barcode, can be any of the three; then every reading is kept, and two codes
/// agree if they share a reading.
///
/// Sources: 21 CFR 207.33 (form of the code), GS1 General Specifications 3 and 7.9 (GTIN and its
/// check digit), HRI guideline for US pharmaceuticals (the GTIN holds `03` and the ten digits).
package struct NationalDrugCode: Hashable, Sendable {
  /// The possible readings, eleven digits each.
  package let readings: [String]

  /// Reads a code with hyphens, or ten or eleven bare digits.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) else { return nil }
    switch parts.map(\.utf8.count) {
    case [4, 4, 2], [5, 3, 2], [5, 4, 1], [5, 4, 2]:
      readings = [
        zip(parts, [5, 4, 2]).map { part, width in
          String(repeating: "0", count: width - part.utf8.count) + part
        }.joined()
      ]
    case [11]: readings = [String(parts[0])]
    case [10]: readings = NationalDrugCode.readings(tenDigits: parts[0])
    default: return nil
    }
  }

  /// Reads the output of a scanner: a GS1 code with (01), a bare GTIN-14, EAN-13 or UPC-A.
  package init?(barcode: String) {
    guard let gtin = GlobalTradeItem.digits(in: barcode), gtin.dropFirst().hasPrefix("03") else {
      return nil
    }
    readings = NationalDrugCode.readings(tenDigits: gtin.dropFirst(3).dropLast())
  }

  /// The eleven digits; nil if ten digits without hyphens can be read in several ways.
  package var elevenDigits: String? { readings.count == 1 ? readings.first : nil }

  /// Whether both codes can be the same package.
  package func isSamePackage(as other: NationalDrugCode) -> Bool {
    readings.contains { other.readings.contains($0) }
  }

  /// Whether both codes can be the same product, in any package.
  package func isSameProduct(as other: NationalDrugCode) -> Bool {
    readings.contains { reading in
      other.readings.contains { $0.prefix(9) == reading.prefix(9) }
    }
  }

  private static func readings(tenDigits digits: Substring) -> [String] {
    [0, 5, 9].map { (cut: Int) -> String in
      "\(digits.prefix(cut))0\(digits.dropFirst(cut))"
    }
  }
}

/// The fourteen-digit number that GS1 assigns to a package (GTIN-14).
enum GlobalTradeItem {
  /// The GTIN-14 in a scanned text, or nil if its check digit is wrong.
  static func digits(in scanned: String) -> Substring? {
    var text = Substring(scanned)
    // Scanners may send the symbology first: ]d2, ]C1.
    if text.hasPrefix("]"), text.count > 3 { text = text.dropFirst(3) }
    let bare: Substring
    if text.allSatisfy({ $0.utf8.count == 1 && $0.utf8.allSatisfy(isDigit) }), text.count < 16 {
      guard (12...14).contains(text.count) else { return nil }
      bare = String(repeating: "0", count: 14 - text.count)[...] + text
    } else {
      guard let found = element(in: text) else { return nil }
      bare = found
    }
    return hasCheckDigit(bare) ? bare : nil
  }

  /// The value of application identifier 01, with or without brackets around the identifiers.
  private static func element(in text: Substring) -> Substring? {
    if let open = text.firstRange(of: "(01)") {
      let value = text[open.upperBound...].prefix(14)
      return value.count == 14 && value.utf8.allSatisfy(isDigit) ? value : nil
    }
    var rest = text
    while rest.count >= 4 {
      if rest.first == "\u{1D}" {
        rest = rest.dropFirst()
        continue
      }
      let identifier = rest.prefix(2)
      rest = rest.dropFirst(2)
      switch identifier {
      case "01":
        let value = rest.prefix(14)
        return value.count == 14 && value.utf8.allSatisfy(isDigit) ? value : nil
      case "11", "13", "15", "17": rest = rest.dropFirst(6)
      case "10", "21", "30":
        guard let end = rest.firstIndex(of: "\u{1D}") else { return nil }
        rest = rest[end...]
      default: return nil
      }
    }
    return nil
  }

  /// Weights 3 and 1 alternate from the left; the weighted sum of all digits is a multiple of ten.
  static func hasCheckDigit(_ digits: Substring) -> Bool {
    var sum = 0
    for (index, byte) in digits.utf8.enumerated() {
      sum += Int(byte - 0x30) * (index % 2 == 0 ? 3 : 1)
    }
    return sum % 10 == 0
  }
}

func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
