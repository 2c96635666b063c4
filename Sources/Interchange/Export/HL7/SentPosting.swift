/// A posting of a message that was sent. A credit repeats its bytes.
package struct SentPosting: Sendable, Hashable {
  package let transaction: String
  package let unit: String
  package let code: String
  package let count: Int
  package let isCredit: Bool
  /// FT1 and its NTE, each with its end.
  let lines: [String]
  /// PID and PV1, each with its end.
  let patient: String

  /// The postings of a message.
  ///
  /// - Parameters:
  ///   - content: the message as `DetailedTransaction.text` made it.
  ///   - postings: what it posts, in its order.
  package static func all(
    in content: [UInt8], _ postings: [DetailedTransaction.Posting]
  ) -> [SentPosting] {
    let patient = patient(of: content)
    var lines: [[String]] = []
    for segment in content.split(separator: 0x0D) {
      let line = String(decoding: segment, as: UTF8.self) + "\r"
      if segment.starts(with: "FT1|".utf8) {
        lines.append([line])
      } else if !lines.isEmpty {
        lines[lines.count - 1].append(line)
      }
    }
    return zip(postings, lines).map { posting, lines in
      SentPosting(
        transaction: posting.transaction, unit: posting.unit, code: posting.code,
        count: posting.count, isCredit: posting.isCredit, lines: lines, patient: patient)
    }
  }

  /// Whether two messages say the same but for their ids and times: of MSH and EVN, of numbering and of
  /// the moment of posting (FT1-5).
  package static func say(_ left: [SentPosting], theSameAs right: [SentPosting]) -> Bool {
    left.map(\.said) == right.map(\.said)
  }

  private var said: [String] {
    [patient, transaction, isCredit ? "credit" : "charge"]
      + lines.map { line in
        line.hasPrefix("FT1")
          ? HL7Segment.replacing(1, of: HL7Segment.replacing(5, of: line, by: ""), by: "") : line
      }
  }

  /// Patient and visit of a message: PID and PV1, each with its end.
  package static func patient(of content: [UInt8]) -> String {
    content.split(separator: 0x0D).filter {
      $0.starts(with: "PID|".utf8) || $0.starts(with: "PV1|".utf8)
    }.map { String(decoding: $0, as: UTF8.self) + "\r" }.joined()
  }
}

/// What a charge bills, read from the bytes it is sent as: code, modifiers, units, date of service, record
/// number and account, the orders, and of a drug its National Drug Code.
///
/// A correction re-posts a charge only if one of these changed. The chair, a name, who charted and a time
/// that changes no unit are not billed, and a receiver that booked the charge has nothing to undo. An order
/// number is a part of the charge: a receiver files the charge under it, so one that is added, changed or
/// removed re-posts the charge. We compare bytes, not ids, so that charges sent by an earlier version are
/// recognised.
struct BilledCharge: Sendable, Hashable {
  private let billed: [String]

  init(_ lines: [String], patient: String) {
    let charge = lines.first ?? ""
    let segments = patient.utf8.split(separator: 0x0D).map { String(Substring($0)) }
    let person = segments.first { $0.hasPrefix("PID") } ?? ""
    let visit = segments.first { $0.hasPrefix("PV1") } ?? ""
    billed = [
      HL7Segment.component(7, of: charge), String(HL7Segment.field(26, of: charge)),
      HL7Segment.component(10, of: charge), String(HL7Segment.component(4, of: charge).prefix(8)),
      HL7Segment.component(3, of: person), HL7Segment.component(18, of: person),
      HL7Segment.component(19, of: visit), BilledCharge.orders(lines),
      HL7Segment.component(29, of: charge),
    ]
  }

  /// The orders that the receiver was told: FT1-23, or the list of several at the end of the note.
  private static func orders(_ lines: [String]) -> String {
    let field = HL7Segment.component(23, of: lines.first ?? "")
    guard field.isEmpty else { return field }
    let note = lines.dropFirst().first { $0.hasPrefix("NTE") } ?? ""
    let words = HL7Segment.field(3, of: note)
    let mark = words.ranges(of: DetailedTransaction.ordersMark).last
    return mark.map { String(words[$0.lowerBound...]) } ?? ""
  }
}
