public import InfusionRecord
internal import TimelineEngine

/// A session's charges as an HL7 v2 message DFT^P03, "post detail financial transaction".
///
/// ```
/// MSH  who sends, to whom, which message          PV1  outpatient, unit and chair, visit
/// EVN  P03, when                                  FT1  one for each code: id, times, units, code
/// PID  record number, name, birth, sex, account   NTE  the rule's sentence (not in 2.3.1)
/// ```
///
/// A charge has the transaction id of its unit (FT1-2), which is made from its content. A correction
/// credits the units that hold no longer, each under the id it was charged with, and charges the new
/// ones: `postings(of:after:)`.
public struct DetailedTransaction: Sendable {
  /// What is sent of one unit.
  public struct Posting: Sendable, Hashable {
    public let unit: ExportedUnit
    /// Takes back what was posted under the unit's id.
    public let isCredit: Bool

    public init(unit: ExportedUnit, isCredit: Bool = false) {
      self.unit = unit
      self.isCredit = isCredit
    }
  }

  public let session: SessionExport
  public let postings: [Posting]
  public let names: HL7Names
  /// How the hospital calls the unit; PV1-3.1.
  public let unit: String
  /// When the message is made.
  public let at: RecordedTime

  public init(
    _ session: SessionExport, postings: [Posting], names: HL7Names, unit: String, at: RecordedTime
  ) {
    self.session = session
    self.postings = postings
    self.names = names
    self.unit = unit
    self.at = at
  }

  /// What must be posted so that exactly the session's postable units stand.
  ///
  /// - Parameter before: what was posted of this session already; empty the first time.
  public static func postings(
    of session: SessionExport, after before: [ExportedUnit] = []
  ) -> [Posting] {
    let now = session.units.filter(session.isPostable)
    let held = Set(now.map(\.id))
    let known = Set(before.map(\.id))
    return before.filter { !held.contains($0.id) }.map { Posting(unit: $0, isCredit: true) }
      + now.filter { !known.contains($0.id) }.map { Posting(unit: $0) }
  }

  /// MSH-10, 20 characters: the millisecond, and a digest of session and postings.
  public var controlID: String {
    let stamp = String(at.milliseconds, radix: 32, uppercase: true)
    let digest = ExportedUnit.digest(
      ["message", session.log.session.text]
        + postings.map { ($0.isCredit ? "-" : "+") + $0.unit.id },
      letters: 20 - min(10, stamp.utf8.count))
    return stamp.suffix(10) + digest
  }

  /// The message: segments ended by carriage returns, UTF-8.
  public var text: String {
    var text = header.text + event.text + patient.text + visit.text
    for (index, posting) in postings.enumerated() {
      text += charge(posting, number: index + 1).text
      if names.version == .v251, !posting.unit.explanation.isEmpty {
        var note = HL7Segment("NTE")
        note.set(1, "1")
        note.set(3, posting.unit.explanation)
        text += note.text
      }
    }
    return text
  }

  // MARK: Segments

  private var clock: LocalClock { session.clock }

  private var header: HL7Segment {
    var segment = HL7Segment("MSH")
    segment.set(2, raw: "^~\\&")
    segment.set(3, names.sendingApplication)
    segment.set(4, names.sendingFacility)
    segment.set(5, names.receivingApplication)
    segment.set(6, names.receivingFacility)
    segment.set(7, clock.hl7(at.instant, seconds: true))
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

  private var patient: HL7Segment {
    var segment = HL7Segment("PID")
    segment.set(1, "1")
    guard let patient = session.opening?.patient else { return segment }
    segment.set(3, components: [patient.mrn, "", "", names.assigningAuthority, "MR"])
    segment.set(5, components: [patient.family, patient.given, "", "", "", "", "L"])
    segment.set(7, patient.dateOfBirth.hl7)
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

  /// Unit, room, chair; a suite has no rooms.
  private var location: [String] { [unit, "", session.opening?.chair ?? ""] }

  private func charge(_ posting: Posting, number: Int) -> HL7Segment {
    let unit = posting.unit
    let system = unit.code.number.first?.isLetter == true ? "HPC" : "C4"
    var segment = HL7Segment("FT1")
    segment.set(1, String(number))
    segment.set(2, unit.id)
    let start = unit.start.map { clock.hl7($0) } ?? unit.serviceDate?.hl7 ?? ""
    switch names.version {
    case .v251: segment.set(4, components: [start, unit.stop.map { clock.hl7($0) } ?? ""])
    case .v231: segment.set(4, start)
    }
    let posted = session.standing.signOff?.at ?? at
    segment.set(5, clock.hl7(posted.instant, seconds: true))
    segment.set(6, posting.isCredit ? names.credit : names.charge)
    segment.set(7, components: [unit.code.number, unit.code.label, system])
    segment.set(10, String(unit.count))
    segment.set(16, components: location)
    segment.set(20, components: ["", session.log.holder ?? ""])
    segment.set(24, repetitions: unit.recordedBy.prefix(1).map { ["", $0] })
    segment.set(25, components: [unit.code.number, unit.code.label, system])
    segment.set(
      26,
      repetitions: unit.modifiers.map {
        [$0, "", $0.first?.isLetter == true ? "HPC" : "C4"]
      })
    return segment
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
  /// `202611230940-0600`, with seconds where they are asked for.
  func hl7(_ moment: Instant, seconds: Bool = false) -> String {
    let written = self.written(moment, seconds: true)
    let digits = written.utf8.prefix(19).filter { (0x30...0x39).contains($0) }
    let stamp = String(decoding: digits.prefix(seconds ? 14 : 12), as: UTF8.self)
    let offset = written.dropFirst(19).filter { $0 != ":" }
    return stamp + (offset == "Z" ? "+0000" : offset)
  }
}
