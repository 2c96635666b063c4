import Crypto
package import InfusionRecord
package import TimelineEngine

/// Units of one code, with everything that another program is told about them.
///
/// `id` is a hash of what is billed: session, code, modifiers, date, encounter, site, units, patient and
/// account. The same charge has the same id in every export. A correction of the chair, of a name or of
/// a time that changes no unit keeps the id, so a receiver does not book the charge twice. `place` is the
/// hash without units, patient and account, and stays the same while units grow.
package struct ExportedUnit: Sendable, Hashable {
  /// 12 letters and digits (HL7 v2.5.1 gives FT1-2 that much room): 60 bits of SHA-256.
  package let id: String
  package let code: BilledCode
  /// 1 or more.
  package let count: Int
  package let modifiers: [String]
  package let serviceDate: CivilDate?
  /// Empty if none was charted.
  package let site: String
  package let encounter: String
  package let status: Statement.Status
  /// Counted minutes behind the units.
  package let minutes: Int
  /// The administrations behind them, by id and in the engine's order.
  package let administrations: [String]
  package let drugs: [String]
  /// The order numbers charted with the administrations, each once.
  package let orders: [String]
  /// How it was given: `infusion`.
  package let techniques: [String]
  /// The earliest start and the latest stop behind them.
  package let start: Instant?
  package let stop: Instant?
  /// `start`, or midnight if that is on a day before `serviceDate`.
  ///
  /// A format with one time and no date of service (FT1-4, `occurrencePeriod`) would otherwise post the
  /// hours after midnight to the day before.
  package let servedFrom: Instant?
  /// How the start is known; `stopBasis` likewise.
  package let startBasis: TimeBasis?
  /// Whether it was given at one moment, so that no stop is missing.
  package let isMoment: Bool
  package let stopBasis: TimeBasis?
  /// The rule that decided.
  package let rule: String
  /// The sentence of that rule, and those of the rules after it.
  package let explanation: String
  /// Who recorded the administrations, each once.
  package let recordedBy: [String]
  /// Why facts behind them were corrected; empty if none was.
  package let corrections: [String]
  package let isCorrected: Bool
  /// The National Drug Code of a drug's line, if the policy wants it.
  package let ndc: String?
  /// The amount in the unit of that code, if the policy wants it.
  package let quantity: String?
  private let session: String
  /// What tells two lines of a drug with one code apart; empty for a service.
  private let supply: [String]

  init(_ charge: Charge, in statement: Statement, from recorded: RecordedTimeline, log: EventLog) {
    let rows = statement.rows(of: charge)
    let sources = rows.map { recorded.administrations[$0] }
    let timeline = statement.timeline
    let facts = SourceFacts(sources)
    code = BilledCode(charge.code)
    (ndc, quantity, supply) = (nil, nil, [])
    count = charge.units
    modifiers = charge.modifiers.texts
    serviceDate = charge.serviceDate
    site = statement.site(of: charge)?.id ?? ""
    encounter = statement.encounter(of: charge)
    status = charge.status
    minutes = charge.minutes.count
    administrations = rows.map { timeline.administrations[$0].id }
    drugs = rows.map { timeline.administrations[$0].drug.displayName }.uniqued
    orders = rows.compactMap { timeline.administrations[$0].order }.uniqued
    techniques = rows.map { timeline.administrations[$0].technique.rawValue }.uniqued
    (start, startBasis) = (facts.start, facts.startBasis)
    (stop, stopBasis) = (facts.stop, facts.stopBasis)
    isMoment = facts.areMoments
    let midnight = ExportedUnit.midnight(before: serviceDate, after: start, timeline.session.clock)
    servedFrom = midnight ?? start
    let grounds = statement.grounds(of: charge)
    rule = grounds.first?.reason.rule.text ?? ""
    explanation = grounds.map { statement.sentence($0.reason, of: charge) }
      .joined(separator: " ")
    recordedBy = facts.recordedBy
    corrections = facts.corrections
    isCorrected = facts.isCorrected
    session = log.session.text
    let where_ = [
      session, code.number, modifiers.joined(separator: ","), serviceDate?.iso ?? "", encounter,
      site,
    ]
    let patient = log.opening?.patient
    id = ExportedUnit.digest(
      ["unit"] + where_ + [String(count), patient?.mrn ?? "", patient?.visitNumber ?? ""])
  }

  /// The line of a drug.
  init(_ line: DrugLine, in statement: Statement, from recorded: RecordedTimeline, log: EventLog) {
    let rows = line.administrations
    let sources = rows.map { recorded.administrations[$0] }
    let timeline = statement.timeline
    let facts = SourceFacts(sources)
    code = BilledCode(line.code)
    count = line.units
    modifiers = line.modifiers.map(\.rawValue)
    serviceDate = line.serviceDate
    site = ""
    encounter = statement.encounter(of: line)
    status = line.status
    minutes = 0
    administrations = rows.map { timeline.administrations[$0].id }
    drugs = rows.map { timeline.administrations[$0].drug.displayName }.uniqued
    orders = rows.compactMap { timeline.administrations[$0].order }.uniqued
    techniques = rows.map { timeline.administrations[$0].technique.rawValue }.uniqued
    (start, startBasis) = (facts.start, facts.startBasis)
    (stop, stopBasis) = (facts.stop, facts.stopBasis)
    isMoment = facts.areMoments
    let midnight = ExportedUnit.midnight(before: serviceDate, after: start, timeline.session.clock)
    servedFrom = midnight ?? start
    rule = line.because.first?.rule.text ?? ""
    explanation = line.because.map(\.text).joined(separator: " ")
    recordedBy = facts.recordedBy
    corrections = facts.corrections
    isCorrected = facts.isCorrected
    (ndc, quantity) = (line.ndc, line.quantity)
    supply = [line.supply.rawValue, line.ndc ?? ""]
    session = log.session.text
    let where_ = [
      session, code.number, modifiers.joined(separator: ","), serviceDate?.iso ?? "", encounter,
      site,
    ]
    let patient = log.opening?.patient
    id = ExportedUnit.digest(
      ["unit"] + where_ + [String(count), patient?.mrn ?? "", patient?.visitNumber ?? ""] + supply)
  }

  /// The beginning of `day` if `start` is on a day before it.
  private static func midnight(
    before day: CivilDate?, after start: Instant?, _ clock: LocalClock
  ) -> Instant? {
    guard let day, let start, clock.date(at: start) < day else { return nil }
    return clock.beginning(of: day)
  }

  /// A hash of where the units stand, in the form of `id`.
  package var place: String {
    ExportedUnit.digest(
      [
        "place", session, code.number, modifiers.joined(separator: ","), serviceDate?.iso ?? "",
        encounter, site,
      ] + supply)
  }

  /// `96413-59`.
  package var codeText: String { code.text(with: modifiers) }

  /// A hash over the parts. Each has its length before it, so that parts cannot run into each other.
  private static func hash(_ parts: [String]) -> SHA256.Digest {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 4 })
    for part in parts {
      bytes.append(contentsOf: String(part.utf8.count).utf8)
      bytes.append(UInt8(ascii: ":"))
      bytes.append(contentsOf: part.utf8)
    }
    return SHA256.hash(data: bytes)
  }

  /// Letters and digits of a hash over the parts.
  package static func digest(_ parts: [String], letters: Int = 12) -> String {
    // Crockford's alphabet: no letter is misread for another, and none needs an escape.
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    var text: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in hash(parts) where text.count < letters {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 5, text.count < letters {
        bits -= 5
        text.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
      }
      buffer &= (1 << UInt32(bits)) - 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A UUID of version 8 (RFC 9562, made by the application) from a hash over the parts.
  package static func uuid(_ parts: [String]) -> String {
    var words: (UInt64, UInt64) = (0, 0)
    for (index, byte) in hash(parts).enumerated() where index < 16 {
      if index < 8 { words.0 = words.0 << 8 | UInt64(byte) }
      if index >= 8 { words.1 = words.1 << 8 | UInt64(byte) }
    }
    return Event.ID(
      high: words.0 & 0xffff_ffff_ffff_0fff | 0x8000,
      low: words.1 & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
    ).text
  }
}
