package import InfusionRecord
import Interchange
import PlainText
package import SessionReview
package import SessionStore

package enum ExportFormat: String, CaseIterable, Sendable { case csv, json, fhir, hl7, text }

/// Writes days in one format. One session is in memory at a time.
package struct ExportWriting {
  let format: ExportFormat
  let site: Site
  /// When the export was asked for.
  let at: RecordedTime
  /// Whether HL7 messages stand in MLLP frames, not in a batch file.
  let isFramed: Bool
  /// The restricted patients. Pages for people leave them out; files that bill name them.
  package var restrictions = Restrictions()
  /// How many sessions of restricted patients were written.
  package private(set) var restricted = 0
  /// What a batch leaves out.
  package private(set) var leftOut = LeftOut()
  /// How many sessions were written, or had units in a batch.
  package private(set) var sessions = 0
  /// The earlier exports of the same format, whose receivers hold what they were given.
  private var earlier: [EarlierExport] = []
  private var totals = UnitTotals()
  /// The units of restricted sessions on a page for people.
  private var hiddenUnits = 0
  private var csv = CSVWriter()
  private var json = JSONWriter()
  private var bundle: FHIRBundle

  package init(format: ExportFormat, site: Site, at: RecordedTime, isFramed: Bool) {
    self.format = format
    self.site = site
    self.at = at
    self.isFramed = isFramed
    let configuration = site.configuration
    bundle = FHIRBundle(
      systems: configuration.fhir, authority: configuration.hl7.assigningAuthority)
  }

  /// Writes whole days. A file gets its name when all of it is on disk.
  package mutating func write(
    _ days: ClosedRange<CivilDate>, of store: any FactStore, by derivation: inout SessionDerivation,
    to sink: Sink
  ) throws {
    if format == .fhir { earlier = try EarlierExport.all(of: format, before: at, in: store) }
    // The head of a batch waits for the first message.
    var waiting: [UInt8]? = head(days)
    var isEmpty = true
    try store.read(days) { log in
      isEmpty = false
      let bytes = session(log, &derivation)
      guard format != .hl7 || !bytes.isEmpty else { return }
      if let head = waiting { try sink.take(head) }
      waiting = nil
      try sink.take(bytes)
    }
    if isEmptyBatch { return }
    if let head = waiting { try sink.take(head) }
    if isEmpty, format == .json { try sink.take(JSONExport.nothing(on: days)) }
    try sink.take(foot())
    try sink.finish()
  }

  /// Whether no session of the days has a unit to post. An empty batch is not written: a receiver takes
  /// it for a day on which nothing was charged.
  package var isEmptyBatch: Bool { format == .hl7 && sessions == 0 }

  /// Says that nothing was written.
  package static let emptyBatch = "No unit of these days can be posted; no batch was written."

  /// How many sessions of the days an export will hold, and how many of them are not signed off as they
  /// stand. It reads the days once more, so that this can be said before the first byte is written.
  package func count(
    _ days: ClosedRange<CivilDate>, of store: any FactStore, by derivation: SessionDerivation
  ) throws -> (sessions: Int, unsigned: Int) {
    var counted = (sessions: 0, unsigned: 0)
    let isSigned: @Sendable ([EventLog]) -> [Bool] = { logs in
      var derivation = derivation
      return logs.map { $0.status == .reviewed && derivation.session($0).standing.isSignedOff }
    }
    try store.read(days, isSigned) { isSigned in
      counted.sessions += 1
      if !isSigned { counted.unsigned += 1 }
    }
    return counted
  }

  mutating func head(_ days: ClosedRange<CivilDate>) -> [UInt8] {
    switch format {
    case .csv:
      CSVExport.writeHeader(to: &csv)
      return csv.bytes
    case .fhir:
      bundle.begin(at: at)
      return bundle.takeBytes()
    case .hl7 where !isFramed:
      return Array(
        HL7Envelope.head(
          names: site.configuration.hl7, name: ExportedDays.text(of: days), at: at,
          clock: site.clock
        ).utf8)
    case .json, .text, .hl7: return []
    }
  }

  mutating func session(_ log: EventLog, _ derivation: inout SessionDerivation) -> [UInt8] {
    var session = derivation.session(log)
    if format == .fhir {
      let moments = earlier.filter { $0.covers(log) }.map(\.at)
      session.fallen = derivation.fallen(since: moments, of: log, now: session)
    }
    if format != .hl7 { count(log) }
    switch format {
    case .csv:
      csv.removeAll()
      CSVExport.write(session, to: &csv)
      return csv.bytes
    case .json:
      json.removeAll()
      JSONExport.write(session, to: &json)
      return json.bytes
    case .fhir:
      bundle.add(session)
      return bundle.takeBytes()
    case .text:
      let isHidden = restrictions.isRestricted(log)
      if isHidden { hiddenUnits += session.unitCount } else { totals.add(session) }
      var page = TextPage()
      TextExport.write(session, isHidden: isHidden, to: &page)
      return Array((page.text + "\n").utf8)
    case .hl7: return message(session)
    }
  }

  private mutating func count(_ log: EventLog) {
    sessions += 1
    if restrictions.isRestricted(log) { restricted += 1 }
  }

  private mutating func message(_ session: DerivedSession) -> [UInt8] {
    leftOut.add(session)
    let configuration = site.configuration
    let transaction = DetailedTransaction(
      session, names: configuration.hl7, unit: configuration.facility.unit, at: at)
    guard !transaction.postings.isEmpty else { return [] }
    count(session.log)
    return isFramed
      ? HL7Envelope.framed(transaction.text) : Array(transaction.text.utf8)
  }

  /// ` 1 session in it is of a restricted patient.`, empty if none is.
  package var restrictedSentence: String {
    if restricted == 0 { return "" }
    let sessions = restricted.pluralized(
      "session in it is of a restricted patient", "sessions in it are of restricted patients")
    return " \(sessions)\(format == .text ? ", without the name, the drugs and the codes" : "")."
  }

  mutating func foot() -> [UInt8] {
    switch format {
    case .fhir:
      bundle.end()
      return bundle.takeBytes()
    case .hl7 where !isFramed: return Array(HL7Envelope.foot(messages: sessions).utf8)
    case .text:
      var page = TextPage()
      TextExport.write(totals, hiddenUnits: hiddenUnits, to: &page)
      return Array(page.text.utf8)
    case .csv, .json, .hl7: return []
    }
  }
}
