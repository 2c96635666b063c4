import SessionReview

/// A charge or credit of a message as its bytes say it: fields of one FT1.
///
/// The list of a message's lines is kept next to its bytes. What was charged is decided by the list, what
/// the hospital got by the bytes: both must say the same.
package struct MessageLine: Sendable, Hashable {
  /// FT1-2.
  package let transaction: String
  /// FT1-6, which tells charges and credits apart.
  package let kind: String
  /// FT1-7.1.
  package let code: String
  /// FT1-10.
  package let units: Int

  /// The lines of a message; nil if one of them cannot be read.
  package static func all(in content: [UInt8]) -> [MessageLine]? {
    var lines: [MessageLine] = []
    for segment in content.split(separator: 0x0D) where segment.starts(with: "FT1|".utf8) {
      guard let line = MessageLine(segment) else { return nil }
      lines.append(line)
    }
    return lines
  }

  private init?(_ segment: ArraySlice<UInt8>) {
    let fields = segment.split(separator: 0x7C, omittingEmptySubsequences: false)
    func text(_ field: Int) -> String? {
      fields.indices.contains(field)
        ? fields[field].split(separator: 0x5E, omittingEmptySubsequences: false).first.flatMap {
          String(validating: $0, as: UTF8.self)
        } : nil
    }
    guard let transaction = text(2), let kind = text(6), let code = text(7),
      let units = text(10).flatMap({ Int($0) })
    else { return nil }
    self.transaction = transaction
    self.kind = kind
    self.code = code
    self.units = units
  }

  /// How the list of a message's lines differs from its bytes, the end of a sentence; nil if it does not.
  ///
  /// `names` says what FT1-6 is of charges and credits. A site may have used other words before; then
  /// only one word must stand for each.
  package static func difference(
    of content: [UInt8], from listed: [DetailedTransaction.Posting], names: HL7Names
  ) -> String? {
    guard let lines = all(in: content) else { return "a line of its bytes cannot be read" }
    guard lines.count == listed.count else {
      return "its bytes have \(lines.count) lines, and \(listed.count) are listed"
    }
    var isCredit = [names.charge: false, names.credit: true]
    for (index, (line, posting)) in zip(lines, listed).enumerated() {
      let known = isCredit[line.kind]
      isCredit[line.kind] = known ?? posting.isCredit
      guard line.transaction == posting.transaction, line.code == posting.code,
        line.units == posting.count, known ?? posting.isCredit == posting.isCredit,
        DetailedTransaction.is(posting.transaction, of: posting.unit)
      else { return "line \(index + 1) is listed as its bytes do not say it" }
    }
    return nil
  }
}
