/// What a scanner sent of a drug's container: the trade item number, and lot, expiry and serial if they are there.
///
/// ```
/// ]d2010030002759701017270531<GS>10LOT7<GS>21S9     element string, in any order
/// (01)00300027597010(17)270531(10)LOT7               in brackets, as printed beside the code
/// https://id.gs1.org/01/00300027597010/10/LOT7       digital link
/// 300027597010, 00300027597010, 0002-7597-01         bare numbers
/// ```
///
/// A lot or serial ends at a separator: ASCII 29, or what scanners send for it (`<GS>`, `\F`, F8). Without one a text with
/// two of them can be read in several ways. Then none is taken: `readings` holds them all, and a person is asked.
///
/// Sources: GS1 General Specifications 3 and 7.8, GS1 Digital Link 1.2.
package struct DrugBarcode: Sendable, Hashable {
  /// One way to read the scan.
  package struct Reading: Sendable, Hashable {
    package var lot: String?
    package var expires: CivilDate?
    package var serial: String?
    /// Identifiers that were met, so that none is met twice.
    fileprivate var seen: [String] = []
  }

  /// Why nothing can be taken from a scan.
  package enum Fault: Error, Sendable, Hashable {
    case empty
    /// No form of a drug's barcode.
    case unread
    /// The last digit does not fit the others.
    case checkDigit
    /// An identifier without a whole value, or an identifier that no drug has.
    case identifier(String)
    case date
    case repeated(String)

    /// One sentence.
    package var message: String {
      switch self {
      case .empty: "The scan is empty."
      case .unread: "The scan is no form of a drug's barcode that can be read."
      case .checkDigit: "The check digit does not fit, so a digit was misread."
      case .identifier(let text): "The part (\(text)) of the scan is cut off or not known."
      case .date: "The expiry in the scan is no date."
      case .repeated(let text): "The part (\(text)) stands in the scan twice."
      }
    }
  }

  /// Fourteen digits; nil for a code that was typed or printed without one.
  package let gtin: String?
  /// Nil if the number is no drug's of the United States.
  package let code: NationalDrugCode?
  /// The ways to read the rest; one, unless separators are missing.
  package let readings: [Reading]

  /// Whether a text is what a scanner sends of a drug's container, or a typed National Drug Code.
  package static func isScan(_ text: String) -> Bool {
    guard text.utf8.count >= 10, let scan = try? DrugBarcode(text) else { return false }
    return scan.gtin != nil || scan.code != nil
  }

  /// Whether a text was scanned and not typed, readable or not: it has the marks of a barcode.
  package static func looksScanned(_ text: String) -> Bool {
    text.contains("(01)") || text.hasPrefix("]") || text.contains("://")
  }

  /// Lot, expiry and serial if the scan says them without doubt.
  package var reading: Reading? { readings.count == 1 ? readings.first : nil }

  /// Reads what a scanner sent, or a code that was typed.
  package init(_ scanned: String) throws(Fault) {
    var text = scanned.trimmingBlanks
    // Scanners may send the symbology first: ]d2, ]C1, ]e0, ]Q3.
    if text.hasPrefix("]"), text.count >= 3 { text = String(text.dropFirst(3)) }
    for separator in ["<GS>", "{GS}", "\\F", "<F8>", "\u{1B}[19~"] {
      text = text.replacing(separator, with: "\u{1D}")
    }
    while text.hasPrefix("\u{1D}") { text.removeFirst() }
    guard !text.isEmpty else { throw .empty }
    if text.hasPrefix("(") {
      self = try DrugBarcode(bracketed: text)
    } else if text.contains("://") {
      self = try DrugBarcode(link: text)
    } else if text.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "-") }), text.count <= 14 {
      self = try DrugBarcode(number: text)
    } else {
      self = try DrugBarcode(elements: text)
    }
  }

  private init(_ elements: [(identifier: String, value: String)]) throws(Fault) {
    var reading = Reading()
    var item: String?
    for element in elements {
      if element.identifier == "01" {
        if item != nil { throw .repeated("01") }
        item = element.value
      } else {
        try reading.take(element.identifier, element.value)
      }
    }
    guard let item else { throw .unread }
    try self.init(item: item, readings: [reading])
  }

  private init(gtin: String?, code: NationalDrugCode?, readings: [Reading]) {
    self.gtin = gtin
    self.code = code
    self.readings = readings
  }

  private init(item: String, readings: [Reading]) throws(Fault) {
    guard item.utf8.count == 14, item.utf8.allSatisfy(isDigit) else { throw .identifier("01") }
    guard GlobalTradeItem.hasCheckDigit(item[...]) else { throw .checkDigit }
    let plain = readings.map { reading in
      var reading = reading
      reading.seen = []
      return reading
    }
    self.init(gtin: item, code: NationalDrugCode(barcode: item), readings: plain)
  }
}

// MARK: Forms

extension DrugBarcode {
  /// A bare trade item number (14, 13 or 12 digits) or a National Drug Code.
  private init(number text: String) throws(Fault) {
    if !text.contains("-"), (12...14).contains(text.count) {
      let item = String(repeating: "0", count: 14 - text.count) + text
      try self.init(item: item, readings: [Reading()])
      return
    }
    guard let code = NationalDrugCode(text) else { throw .unread }
    self.init(gtin: nil, code: code, readings: [Reading()])
  }

  /// `(01)…(17)…(10)…`.
  private init(bracketed text: String) throws(Fault) {
    var elements: [(identifier: String, value: String)] = []
    for part in text.dropFirst().split(separator: "(", omittingEmptySubsequences: false) {
      guard let close = part.firstIndex(of: ")") else { throw .unread }
      let identifier = String(part[..<close])
      let value = String(part[part.index(after: close)...]).replacing("\u{1D}", with: "")
      guard let kind = ElementKind(identifier), kind.takes(value) else {
        throw .identifier(identifier)
      }
      elements.append((identifier, value))
    }
    try self.init(elements)
  }

  /// A digital link: identifiers and values as steps of the path and as names of the query.
  private init(link text: String) throws(Fault) {
    let halves = text.split(separator: "?", maxSplits: 1)
    let steps = halves[0].split(separator: "/").map(String.init)
    var elements: [(identifier: String, value: String)] = []
    guard let first = steps.firstIndex(where: { $0 == "01" || $0 == "gtin" }) else { throw .unread }
    var place = first
    while place < steps.count {
      let names = ["gtin": "01", "lot": "10", "ser": "21"]
      let identifier = names[steps[place]] ?? steps[place]
      guard place + 1 < steps.count else { throw .identifier(identifier) }
      elements.append((identifier, steps[place + 1].percentDecoded))
      place += 2
    }
    if halves.count == 2 {
      for pair in halves[1].split(whereSeparator: { $0 == "&" || $0 == ";" }) {
        let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
        // Other names of a query are the resolver's own.
        guard sides.count == 2, ElementKind(sides[0]) != nil else { continue }
        elements.append((sides[0], sides[1].percentDecoded))
      }
    }
    for (index, element) in elements.enumerated() {
      var value = element.value
      if element.identifier == "01" {
        value = String(repeating: "0", count: max(0, 14 - value.count)) + value
      }
      guard let kind = ElementKind(element.identifier), kind.takes(value) else {
        throw .identifier(element.identifier)
      }
      elements[index].value = value
    }
    try self.init(elements)
  }

  /// Identifiers and values without brackets. Values of fixed length end by themselves, others at a separator
  /// or, if there is none, at any place at which another identifier can begin.
  private init(elements text: String) throws(Fault) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) || $0 == 0x1D }) else { throw .unread }
    var search = ElementSearch()
    search.read(text[...], Reading(), nil)
    guard let item = search.item else { throw search.fault ?? .unread }
    guard search.items.count == 1 else { throw .unread }
    try self.init(item: item, readings: search.readings)
  }
}

/// Finds every way to read an element string.
private struct ElementSearch {
  var readings: [DrugBarcode.Reading] = []
  var items: Set<String> = []
  var item: String?
  /// Why the first way that was tried failed.
  var fault: DrugBarcode.Fault?
  /// The most ways that are kept, and the most steps that are taken to find them.
  private let most = (ways: 200, steps: 20_000)
  private var steps = 0

  mutating func read(_ text: Substring, _ reading: DrugBarcode.Reading, _ item: String?) {
    steps += 1
    guard readings.count < most.ways, steps < most.steps else { return }
    var text = text
    while text.first == "\u{1D}" { text.removeFirst() }
    if text.isEmpty {
      guard let item else { return fail(.unread) }
      items.insert(item)
      self.item = item
      if !readings.contains(reading) { readings.append(reading) }
      return
    }
    guard let (identifier, kind) = ElementKind.first(of: text) else {
      return fail(.identifier(String(text.prefix(2))))
    }
    let rest = text.dropFirst(identifier.count)
    switch kind.length {
    case .fixed(let count):
      let value = String(rest.prefix(count))
      guard kind.takes(value) else { return fail(.identifier(identifier)) }
      follow(identifier, value, rest.dropFirst(count), reading, item)
    case .upTo(let most):
      let end = rest.firstIndex(of: "\u{1D}") ?? rest.endIndex
      let whole = rest[..<end]
      // A value that ends before the separator is followed by another identifier.
      for count in stride(from: min(most, whole.count), through: 1, by: -1) {
        let value = String(whole.prefix(count))
        let isWhole = count == whole.count
        guard kind.takes(value), isWhole || end == rest.endIndex else { continue }
        follow(identifier, value, rest.dropFirst(count), reading, item)
      }
      if whole.isEmpty || (end < rest.endIndex && whole.count > most) {
        fail(.identifier(identifier))
      }
    }
  }

  private mutating func follow(
    _ identifier: String, _ value: String, _ rest: Substring, _ reading: DrugBarcode.Reading,
    _ item: String?
  ) {
    if identifier == "01" {
      guard item == nil else { return fail(.repeated("01")) }
      guard GlobalTradeItem.hasCheckDigit(value[...]) else { return fail(.checkDigit) }
      return read(rest, reading, value)
    }
    var reading = reading
    do throws(DrugBarcode.Fault) {
      try reading.take(identifier, value)
    } catch {
      return fail(error)
    }
    read(rest, reading, item)
  }

  private mutating func fail(_ fault: DrugBarcode.Fault) { self.fault = self.fault ?? fault }
}

extension DrugBarcode.Reading {
  /// Takes an element; those that say nothing of lot, expiry or serial are only checked.
  fileprivate mutating func take(
    _ identifier: String, _ value: String
  ) throws(DrugBarcode.Fault) {
    guard !seen.contains(identifier) else { throw .repeated(identifier) }
    seen.append(identifier)
    switch identifier {
    case "10": lot = value
    case "21": serial = value
    case "17":
      guard let date = CivilDate(expiry: value) else { throw .date }
      expires = date
    case "11", "13", "15", "16":
      if CivilDate(expiry: value) == nil { throw .date }
    default: break
    }
  }
}

extension CivilDate {
  /// Reads `270531`, and `270500` for the last day of May 2027.
  package init?(expiry text: some StringProtocol) {
    guard text.utf8.count == 6, text.utf8.allSatisfy(isDigit), let number = Int(text) else {
      return nil
    }
    let (year, month, day) = (2000 + number / 10_000, number / 100 % 100, number % 100)
    guard day == 0 else {
      self.init(year: year, month: month, day: day)
      return
    }
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    guard (1...12).contains(month), let first = CivilDate(year: next.0, month: next.1, day: 1)
    else { return nil }
    self = first + -1
  }
}
