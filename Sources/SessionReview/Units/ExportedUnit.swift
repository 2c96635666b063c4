internal import Crypto
public import InfusionRecord
public import TimelineEngine

/// Units of one code, with everything another program is told about them.
///
/// `id` is made from that content: units that differ in anything have another id, and the same facts
/// have the same id in every export, whoever makes it and whenever. So a receiver that knows an id
/// knows the charge, and no id ever comes back with other content. `place` is made from session,
/// code, modifiers, date, encounter and site alone, and stays while units grow.
public struct ExportedUnit: Sendable, Hashable {
  /// 12 letters and digits (HL7 v2.5.1 gives FT1-2 that much room): 60 bits of SHA-256.
  public let id: String
  public let code: Code
  /// 1 or more.
  public let count: Int
  public let modifiers: [String]
  public let serviceDate: CivilDate?
  public let site: String
  public let encounter: String
  public let status: Statement.Status
  /// Counted minutes behind the units.
  public let minutes: Int
  /// The administrations behind them, by id and in the engine's order.
  public let administrations: [String]
  public let drugs: [String]
  /// How it was given: `infusion`.
  public let techniques: [String]
  /// The earliest start and the latest stop behind them.
  public let start: Instant?
  public let stop: Instant?
  /// From when they count for `serviceDate`: `start`, or where that is a day before, midnight.
  ///
  /// A format that tells one time and no date of service (FT1-4, `occurrencePeriod`) would else post
  /// the hours after midnight to the day before.
  public let servedFrom: Instant?
  /// How start and stop are known.
  public let startBasis: TimeBasis?
  public let stopBasis: TimeBasis?
  /// The rule that decided.
  public let rule: String
  /// Its sentence, and those after it.
  public let explanation: String
  /// Who recorded the administrations, each once.
  public let recordedBy: [String]
  /// Why facts behind them were corrected; empty where none was.
  public let corrections: [String]
  public let isCorrected: Bool
  private let session: String

  init(_ charge: Charge, in statement: Statement, from recorded: RecordedTimeline, log: EventLog) {
    let rows = statement.rows(of: charge)
    let sources = rows.map { recorded.administrations[$0] }
    let timeline = statement.timeline
    let facts = SourceFacts(sources)
    code = charge.code
    count = charge.units
    modifiers = charge.modifiers.texts
    serviceDate = charge.serviceDate
    site = statement.site(of: charge).id
    encounter = statement.encounter(of: charge)
    status = charge.status
    minutes = charge.minutes.count
    administrations = rows.map { timeline.administrations[$0].id }
    drugs = unique(rows.map { timeline.administrations[$0].drug.displayName })
    techniques = unique(rows.map { timeline.administrations[$0].technique.rawValue })
    (start, startBasis) = (facts.start, facts.startBasis)
    (stop, stopBasis) = (facts.stop, facts.stopBasis)
    let midnight = ExportedUnit.midnight(before: serviceDate, after: start, timeline.session.clock)
    servedFrom = midnight ?? start
    let reasons = statement.reasons(of: charge)
    rule = reasons.first?.rule.text ?? ""
    explanation = reasons.map { statement.sentence($0, of: charge) }.joined(separator: " ")
    recordedBy = facts.recordedBy
    corrections = facts.corrections
    isCorrected = facts.isCorrected
    session = log.session.text
    let where_ = [
      session, code.number, modifiers.joined(separator: ","), serviceDate?.iso ?? "", encounter,
      site,
    ]
    let opening = log.opening
    id = ExportedUnit.digest(
      ["unit"] + where_ + [
        String(count), administrations.joined(separator: ","),
        start.map { String($0.seconds) } ?? "", stop.map { String($0.seconds) } ?? "",
        opening?.patient.mrn ?? "", opening?.patient.visitNumber ?? "", opening?.chair ?? "",
        opening?.nurse ?? "", recordedBy.joined(separator: ","), explanation,
      ] + (midnight.map { [String($0.seconds)] } ?? []))
  }

  /// The beginning of `day` where `start` lies on a day before it.
  private static func midnight(
    before day: CivilDate?, after start: Instant?, _ clock: LocalClock
  ) -> Instant? {
    guard let day, let start, clock.date(at: start) < day else { return nil }
    // Where the clocks go forward at midnight the day begins at one.
    return [0, 3600].lazy.compactMap {
      clock.moments(showing: LocalTime(date: day, secondOfDay: $0)).first
    }.first
  }

  /// 12 letters and digits, as `id`.
  public var place: String {
    ExportedUnit.digest([
      "place", session, code.number, modifiers.joined(separator: ","), serviceDate?.iso ?? "",
      encounter, site,
    ])
  }

  /// `96413-59`.
  public var codeText: String { ([code.number] + modifiers).joined(separator: "-") }

  /// The hash over each part with its length before it.
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

  /// Twelve letters of a digest over parts that cannot run into each other.
  static func digest(_ parts: [String], letters: Int = 12) -> String {
    // Crockford's alphabet: nothing to be misread, nothing to be escaped.
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

  /// A UUID in the shape of version 8 (RFC 9562, made by the application) over the same parts.
  static func uuid(_ parts: [String]) -> String {
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

/// What the record says of administrations taken together.
struct SourceFacts {
  private(set) var start: Instant?
  private(set) var startBasis: TimeBasis?
  private(set) var stop: Instant?
  private(set) var stopBasis: TimeBasis?
  private(set) var recordedBy: [String] = []
  private(set) var corrections: [String] = []
  private(set) var isCorrected = false

  init(_ sources: [RecordedAdministration]) {
    var hasOpenEnd = false
    for source in sources {
      if start.map({ source.start < $0 }) ?? true {
        start = source.start
        startBasis = source.startBasis
      }
      if let end = source.stop {
        if stop.map({ $0 < end }) ?? true {
          stop = end
          stopBasis = source.stopBasis
        }
      } else {
        hasOpenEnd = true
      }
      for entry in source.entries {
        recordedBy.append(entry.original.actor)
        for amendment in entry.amendments {
          isCorrected = true
          recordedBy.append(amendment.actor)
          if let reason = amendment.reason { corrections.append(reason) }
        }
      }
    }
    if hasOpenEnd {
      stop = nil
      stopBasis = sources.compactMap { $0.stop == nil ? $0.stopBasis : nil }.first
    }
    recordedBy = unique(recordedBy)
    corrections = unique(corrections)
  }
}

/// Each once, in the order of first sight.
func unique(_ texts: [String]) -> [String] {
  var seen: Set<String> = []
  return texts.filter { seen.insert($0).inserted }
}

extension String {
  /// Whether a code or modifier is one of HCPCS level II, which begin with a letter; CPT's do not.
  var isHCPCS: Bool { first?.isLetter == true }
}
