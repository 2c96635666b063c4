/// The identifiers of GS1 that stand on drugs, with the length of their values.
///
/// Source: GS1 General Specifications 3.2.
struct ElementKind {
  enum Length {
    case fixed(Int)
    case upTo(Int)
  }

  let length: Length
  private let isNumber: Bool

  init?(_ identifier: String) {
    switch identifier {
    case "00": self.init(.fixed(18))
    case "01", "02": self.init(.fixed(14))
    case "11", "12", "13", "15", "16", "17": self.init(.fixed(6))
    case "20": self.init(.fixed(2))
    case "30", "37": self.init(.upTo(8), isNumber: true)
    case "10", "21", "22": self.init(.upTo(20), isNumber: false)
    case "240", "241", "250": self.init(.upTo(30), isNumber: false)
    // Healthcare reimbursement numbers of other countries.
    case "710", "711", "712", "713", "714", "715": self.init(.upTo(20), isNumber: false)
    default: return nil
    }
  }

  private init(_ length: Length, isNumber: Bool = true) {
    self.length = length
    self.isNumber = isNumber
  }

  /// The identifier with which a text begins.
  static func first(of text: Substring) -> (identifier: String, kind: ElementKind)? {
    for count in [2, 3] {
      let identifier = String(text.prefix(count))
      if identifier.count == count, let kind = ElementKind(identifier) { return (identifier, kind) }
    }
    return nil
  }

  func takes(_ value: String) -> Bool {
    switch length {
    case .fixed(let count) where value.utf8.count != count: return false
    case .upTo(let most) where !(1...most).contains(value.utf8.count): return false
    case .fixed, .upTo: break
    }
    return isNumber
      ? value.utf8.allSatisfy(isDigit) : value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}

extension String {
  /// The text without blanks and line ends around it, which scanners add.
  package var trimmingBlanks: String {
    let isBlank: (Character) -> Bool = {
      $0 == " " || $0 == "\r" || $0 == "\n" || $0 == "\t" || $0 == "\r\n"
    }
    var text = self[...].drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }

  /// The text with `%2F` as `/`; a broken escape stays.
  var percentDecoded: String {
    var bytes: [UInt8] = []
    var rest = Substring(self).utf8
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
