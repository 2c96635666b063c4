package import InfusionRecord

/// How a table writes dates and times, as the site's file declares it: `MM/DD/YYYY`, `hh:mm a`.
///
/// ```
/// YYYY year     MM M month      Mon month's name     DD D day
/// HH H hour     hh h hour of twelve, with a (AM, PM)     mm minute     ss second     SSS fraction
/// ```
///
/// Other signs stand for themselves. A year has four digits, because 61 may be 1961 or 2061. A month, day
/// or hour between signs has one or two digits, written `M` or `MM`. In a format without signs, as in
/// `YYYYMMDD`, it has two: fewer could be read in several ways.
package struct WrittenFormat: Sendable, Equatable {
  /// What is expected of a pattern, for faults.
  package static let expected =
    "YYYY, MM, Mon, DD, HH, hh with a, mm, ss and the signs / - . : , and blank"

  private enum Element: Equatable {
    case year, month, monthName, day, hour, hourOfTwelve, minute, second, fraction, half
    case sign(UInt8)

    var isNumber: Bool {
      switch self {
      case .year, .month, .day, .hour, .hourOfTwelve, .minute, .second, .fraction: true
      case .monthName, .half, .sign: false
      }
    }
  }

  /// The pattern, `MM/DD/YYYY`.
  package let pattern: String
  private let elements: [Element]

  /// Reads a pattern; nil if an element is unknown, missing or there twice.
  package init?(_ pattern: String) {
    let tokens: [(text: String, element: Element)] = [
      ("YYYY", .year), ("Mon", .monthName), ("SSS", .fraction), ("MM", .month), ("DD", .day),
      ("HH", .hour), ("hh", .hourOfTwelve), ("mm", .minute), ("ss", .second), ("M", .month),
      ("D", .day), ("H", .hour), ("h", .hourOfTwelve), ("a", .half),
    ]
    var elements: [Element] = []
    var rest = Substring(pattern)
    while let first = rest.utf8.first {
      if let token = tokens.first(where: { rest.hasPrefix($0.text) }) {
        guard !elements.contains(token.element) else { return nil }
        elements.append(token.element)
        rest = rest.dropFirst(token.text.count)
      } else if "/-.:, T".utf8.contains(first) {
        elements.append(.sign(first))
        rest = rest.dropFirst()
      } else {
        return nil
      }
    }
    self.pattern = pattern
    self.elements = elements
    let isDate = elements.contains(.year) || elements.contains(.day) || hasMonth
    if isDate, !hasDate { return nil }
    let hours = elements.count { $0 == .hour || $0 == .hourOfTwelve }
    let isTime = hours > 0 || elements.contains { [.minute, .second, .half].contains($0) }
    if isTime, !hasTime || hours > 1 { return nil }
    guard isDate || isTime, elements.contains(.hourOfTwelve) == elements.contains(.half),
      !(elements.contains(.month) && elements.contains(.monthName)),
      !elements.contains(.fraction) || elements.contains(.second)
    else { return nil }
  }

  private var hasMonth: Bool { elements.contains(.month) || elements.contains(.monthName) }
  package var hasDate: Bool { elements.contains(.year) && hasMonth && elements.contains(.day) }
  package var hasTime: Bool {
    (elements.contains(.hour) || elements.contains(.hourOfTwelve)) && elements.contains(.minute)
  }

  /// What a text says; nil if it is not written in this format or is no date or time.
  package func read(_ text: String) -> (date: CivilDate?, secondOfDay: Int?)? {
    var bytes = Array(text.utf8)[...]
    var found: [Int] = [0, 0, 0, 0, 0, 0]
    var isAfternoon: Bool?
    for (index, element) in elements.enumerated() {
      let isFree = isFree(index)
      switch element {
      case .sign(0x20):
        guard bytes.first == 0x20 || !isBlankNeeded(index) else { return nil }
        while bytes.first == 0x20 { bytes.removeFirst() }
      case .sign(let sign):
        guard bytes.first == sign else { return nil }
        bytes.removeFirst()
      case .half:
        while bytes.first == 0x20 { bytes.removeFirst() }
        guard let half = WrittenFormat.half(&bytes) else { return nil }
        isAfternoon = half
      case .monthName:
        let name = String(decoding: bytes.prefix(3), as: UTF8.self).lowercased()
        guard let month = CivilDate.monthNames.firstIndex(where: { $0.lowercased() == name })
        else { return nil }
        found[1] = month + 1
        bytes = bytes.dropFirst(3)
      case .fraction:
        guard WrittenFormat.digits(&bytes, 1...9) != nil else { return nil }
      case .year:
        guard let number = WrittenFormat.digits(&bytes, 4...4) else { return nil }
        found[0] = number
      case .month, .day, .hour, .hourOfTwelve, .minute, .second:
        let isTwoDigits = element == .minute || element == .second || !isFree
        guard let number = WrittenFormat.digits(&bytes, isTwoDigits ? 2...2 : 1...2) else {
          return nil
        }
        found[WrittenFormat.place(of: element)] = number
      }
    }
    guard bytes.isEmpty else { return nil }
    return moment(found, isAfternoon)
  }

  /// Whether the number at a place touches no other, so that its digits may be counted.
  private func isFree(_ index: Int) -> Bool {
    func ends(_ element: Element?) -> Bool {
      switch element {
      case nil, .half, .sign: true
      default: false
      }
    }
    return ends(index > 0 ? elements[index - 1] : nil)
      && ends(index + 1 < elements.count ? elements[index + 1] : nil)
  }

  /// Whether the blanks from a place on are all that separates two numbers. `D M YYYY` would otherwise read
  /// `1112026`, which can be 1 November or 11 January.
  private func isBlankNeeded(_ index: Int) -> Bool {
    let next = elements[index...].first { $0 != .sign(0x20) }
    return index > 0 && elements[index - 1].isNumber && next?.isNumber == true
  }

  private func moment(_ found: [Int], _ isAfternoon: Bool?) -> (CivilDate?, Int?)? {
    var date: CivilDate?
    if hasDate {
      guard let day = CivilDate(year: found[0], month: found[1], day: found[2]) else { return nil }
      date = day
    }
    guard hasTime else { return (date, nil) }
    var hour = found[3]
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard hour < 24, found[4] < 60, found[5] < 60 else { return nil }
    return (date, hour * 3600 + found[4] * 60 + found[5])
  }

  private static func place(of element: Element) -> Int {
    switch element {
    case .year: 0
    case .month, .monthName: 1
    case .day: 2
    case .hour, .hourOfTwelve: 3
    case .minute: 4
    case .second, .fraction, .half, .sign: 5
    }
  }

  private static func digits(_ bytes: inout ArraySlice<UInt8>, _ width: ClosedRange<Int>) -> Int? {
    var number = 0
    var count = 0
    while count < width.upperBound, let byte = bytes.first, (0x30...0x39).contains(byte) {
      number = number * 10 + Int(byte - 0x30)
      count += 1
      bytes.removeFirst()
    }
    return width.contains(count) ? number : nil
  }

  /// Reads `AM`, `p.m.` or `P`; true for the afternoon.
  private static func half(_ bytes: inout ArraySlice<UInt8>) -> Bool? {
    let word = bytes.prefix { $0 != 0x20 }
    let letters = String(decoding: word.filter { $0 != 0x2E }, as: UTF8.self).lowercased()
    let isAfternoon: Bool
    switch letters {
    case "am", "a": isAfternoon = false
    case "pm", "p": isAfternoon = true
    default: return nil
    }
    bytes = bytes.dropFirst(word.count)
    return isAfternoon
  }
}
