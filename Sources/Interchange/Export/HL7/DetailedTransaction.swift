package import InfusionRecord
package import SessionReview
import TimelineEngine

/// A session's charges as an HL7 v2 message DFT^P03, "post detail financial transaction".
///
/// ```
/// MSH  who sends, to whom, which message          PV1  outpatient, unit and chair, visit
/// EVN  P03, when                                  FT1  one for each code: id, times, units, code
/// PID  record number, name, birth, sex, account   NTE  the rule's sentence (not in 2.3.1)
/// ```
///
/// A charge has the transaction id of its unit (FT1-2), a hash of what it bills. A correction repeats each
/// charge that no longer holds as a credit, under the id it was sent with, and then charges the new
/// units; see `correcting(_:from:names:unit:at:)`.
///
/// Fields without a recorded fact are empty: diagnosis (FT1-19), performer (FT1-20) and orderer (FT1-21)
/// are not charted.
package struct DetailedTransaction: Sendable {
  /// One FT1 of the message, and what it posts.
  package struct Posting: Sendable, Hashable {
    /// FT1-2.
    package let transaction: String
    /// The unit that is charged or credited; `ExportedUnit.id`.
    package let unit: String
    package let code: String
    package let count: Int
    /// Whether it reverses what was posted under the transaction id.
    package let isCredit: Bool
    /// FT1 and its NTE without their ends. The message numbers the first field.
    var lines: [String] = []

    package init(transaction: String, unit: String, code: String, count: Int, isCredit: Bool) {
      self.transaction = transaction
      self.unit = unit
      self.code = code
      self.count = count
      self.isCredit = isCredit
    }
  }

  package let session: DerivedSession
  package private(set) var postings: [Posting] = []
  package let names: HL7Names
  /// The hospital's name of the unit; PV1-3.1.
  package let unit: String
  /// When the message was made.
  package let at: RecordedTime
  /// PID and PV1, each with its end.
  package private(set) var patient = ""

  /// Every postable unit of a session as a charge.
  package init(_ session: DerivedSession, names: HL7Names, unit: String, at: RecordedTime) {
    self.session = session
    self.names = names
    self.unit = unit
    self.at = at
    patient = identity.text + visit.text
    postings = session.units.filter(session.isPostable).map { charge($0, transaction: $0.id) }
  }

  /// The messages after which the hospital has exactly the postable units of a session.
  ///
  /// A charge that was sent holds as long as it bills what the session bills: see `BilledCharge`. Those
  /// that no longer hold are credited. Credits of the session's present patient and visit come in one
  /// message with the new charges. Credits of another patient or visit come before it, in a message with
  /// the patient and visit they were sent under.
  ///
  /// - Parameter sent: every charge and credit sent of this session so far, in order.
  /// - Returns: no message if there is nothing to post, or if the session is not signed off as it
  ///   stands.
  package static func correcting(
    _ session: DerivedSession, from sent: [SentPosting], names: HL7Names, unit: String,
    at: RecordedTime
  ) -> [DetailedTransaction] {
    guard session.standing.isSignedOff else { return [] }
    var standing: [SentPosting] = []
    for posting in sent {
      if posting.isCredit {
        standing.removeAll { $0.transaction == posting.transaction }
      } else {
        standing.append(posting)
      }
    }
    var last = DetailedTransaction(session, names: names, unit: unit, at: at)
    let used = Set(sent.map(\.transaction))
    var missing: [DetailedTransaction.Posting] = []
    for posting in last.postings {
      let billed = BilledCharge(posting.lines, patient: last.patient)
      let same = standing.firstIndex {
        billed == BilledCharge($0.lines, patient: $0.patient)
      }
      if let same {
        standing.remove(at: same)
      } else {
        missing.append(posting)
      }
    }
    let unsent = Set(missing.map(\.unit))
    last.postings = session.units.filter { unsent.contains($0.id) }.map {
      last.charge($0, transaction: fresh($0.id, used))
    }
    var messages: [DetailedTransaction] = []
    for charge in standing {
      let credit = last.credit(charge)
      if charge.patient == last.patient {
        let place = last.postings.firstIndex { !$0.isCredit } ?? last.postings.count
        last.postings.insert(credit, at: place)
      } else if let index = messages.firstIndex(where: { $0.patient == charge.patient }) {
        messages[index].postings.append(credit)
      } else {
        var message = last
        message.patient = charge.patient
        message.postings = [credit]
        messages.append(message)
      }
    }
    return messages + (last.postings.isEmpty ? [] : [last])
  }

  /// A transaction id for a unit: its own, or one made from it if that was credited before.
  private static func fresh(_ unit: String, _ used: Set<String>) -> String {
    var id = unit
    var round = 1
    while used.contains(id) {
      id = repeated(unit, round)
      round += 1
    }
    return id
  }

  /// The transaction id of a unit that is charged again after its credit number `round`.
  private static func repeated(_ unit: String, _ round: Int) -> String {
    ExportedUnit.digest(["again", unit, String(round)])
  }

  /// Whether a transaction id is one of a unit. A unit is charged a thousand times at most.
  static func `is`(_ transaction: String, of unit: String) -> Bool {
    transaction == unit || (1...1_000).contains { repeated(unit, $0) == transaction }
  }

  /// MSH-10, 20 characters: the millisecond, and a digest of session, patient and postings.
  package var controlID: String {
    let stamp = String(at.milliseconds, radix: 32, uppercase: true)
    let digest = ExportedUnit.digest(
      ["message", session.log.session.text, patient]
        + postings.map { ($0.isCredit ? "-" : "+") + $0.transaction },
      letters: 20 - min(10, stamp.utf8.count))
    return stamp.suffix(10) + digest
  }

  /// The message: segments ended by carriage returns, UTF-8.
  package var text: String {
    var text = header.text + event.text + patient
    for (index, posting) in postings.enumerated() {
      for line in posting.lines {
        text += HL7Segment.replacing(1, of: line, by: line.hasPrefix("FT1") ? "\(index + 1)" : "1")
      }
    }
    return text
  }

  // MARK: Segments

  private var clock: LocalClock { session.clock }

  private var header: HL7Segment {
    var segment = HL7Segment(head: "MSH", names: names, at: at, clock: clock)
    segment.set(9, components: ["DFT", "P03", "DFT_P03"])
    segment.set(10, controlID)
    segment.set(11, names.processing)
    segment.set(12, names.version.rawValue)
    segment.set(15, "AL")
    segment.set(16, "NE")
    segment.set(18, "UNICODE UTF-8")
    return segment
  }

  private var event: HL7Segment {
    var segment = HL7Segment("EVN")
    segment.set(1, "P03")
    segment.set(2, clock.hl7(at.instant, seconds: true))
    return segment
  }

  private var identity: HL7Segment {
    var segment = HL7Segment("PID")
    segment.set(1, "1")
    guard let patient = session.opening?.patient else { return segment }
    let authority = HL7Identifier(lenient: names.assigningAuthority)
    segment.set(
      3, escaped: [HL7Segment.escaped(patient.mrn), "", "", authority.subcomponents, "MR"])
    segment.set(5, components: [patient.family, patient.given, "", "", "", "", "L"])
    segment.set(7, patient.dateOfBirth?.hl7 ?? "")
    segment.set(8, patient.sex.hl7)
    segment.set(18, patient.visitNumber)
    return segment
  }

  private var visit: HL7Segment {
    var segment = HL7Segment("PV1")
    segment.set(1, "1")
    segment.set(2, "O")
    segment.set(3, components: location)
    segment.set(19, session.opening?.patient.visitNumber ?? "")
    return segment
  }

  /// Unit, room and chair. A suite has no rooms.
  private var location: [String] { [unit, "", session.opening?.chair ?? ""] }

  /// What stands in the note before several orders.
  static let ordersMark = " Orders: "

  private func charge(_ unit: ExportedUnit, transaction: String) -> Posting {
    let system = unit.code.number.isHCPCS ? "HPC" : "C4"
    var segment = HL7Segment("FT1")
    segment.set(2, transaction)
    let start = unit.servedFrom.map { clock.hl7($0) } ?? unit.serviceDate?.hl7 ?? ""
    switch names.version {
    case .v251: segment.set(4, components: [start, unit.stop.map { clock.hl7($0) } ?? ""])
    case .v231: segment.set(4, start)
    }
    segment.set(5, posted)
    segment.set(6, names.charge)
    segment.set(7, components: [unit.code.number, unit.code.label, system])
    segment.set(10, String(unit.count))
    segment.set(16, components: location)
    // The field holds one number. Several are told in the note.
    if unit.orders.count == 1 { segment.set(23, unit.orders[0]) }
    segment.set(24, repetitions: unit.recordedBy.prefix(1).map { ["", $0] })
    segment.set(25, components: [unit.code.number, unit.code.label, system])
    segment.set(
      26,
      repetitions: unit.modifiers.map {
        [$0, "", $0.isHCPCS ? "HPC" : "C4"]
      })
    // The field came with version 2.5; earlier ones have no place for the code.
    if names.version == .v251, let ndc = unit.ndc {
      segment.set(29, components: [ndc, "", "NDC"])
    }
    var posting = Posting(
      transaction: transaction, unit: unit.id, code: unit.code.number, count: unit.count,
      isCredit: false)
    posting.lines = [segment.text]
    var text = unit.explanation
    if let quantity = unit.quantity { text += " NDC quantity: \(quantity)." }
    if unit.orders.count > 1 {
      text += "\(DetailedTransaction.ordersMark)\(unit.orders.joined(separator: ", "))."
    }
    if names.version == .v251, !text.isEmpty {
      var note = HL7Segment("NTE")
      note.set(3, text)
      posting.lines.append(note.text)
    }
    return posting
  }

  /// The credit of a charge, with the bytes of the charge.
  private func credit(_ sent: SentPosting) -> Posting {
    var posting = Posting(
      transaction: sent.transaction, unit: sent.unit, code: sent.code, count: sent.count,
      isCredit: true)
    posting.lines = sent.lines.enumerated().compactMap { index, line in
      if index > 0 { return names.version == .v251 ? line : nil }
      return HL7Segment.replacing(
        6, of: HL7Segment.replacing(5, of: line, by: posted), by: HL7Segment.escaped(names.credit))
    }
    return posting
  }

  /// FT1-5: when it was signed off.
  private var posted: String {
    clock.hl7((session.standing.signOff?.at ?? at).instant, seconds: true)
  }
}

extension PatientIdentity.Sex {
  /// HL7 table 0001.
  fileprivate var hl7: String {
    switch self {
    case .female: "F"
    case .male: "M"
    case .other: "O"
    case .unknown: "U"
    }
  }
}

extension CivilDate {
  /// `20261123`.
  fileprivate var hl7: String { iso.filter { $0 != "-" } }
}

extension LocalClock {
  /// `202611230940-0600`, with seconds if asked for.
  func hl7(_ moment: Instant, seconds: Bool = false) -> String {
    let written = self.written(moment, seconds: true)
    let digits = written.utf8.prefix(19).filter { (0x30...0x39).contains($0) }
    let stamp = String(decoding: digits.prefix(seconds ? 14 : 12), as: UTF8.self)
    let offset = written.dropFirst(19).filter { $0 != ":" }
    return stamp + (offset == "Z" ? "+0000" : offset)
  }
}
