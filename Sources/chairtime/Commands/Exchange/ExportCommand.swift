import ArgumentParser
import Glibc
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SQLiteStore

/// `chairtime export`: days in a form another program loads.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Export days: csv, json, fhir, hl7 or text.",
    discussion: """
      csv, json, fhir and text hold every session of the days and say what each is: open, closed, \
      reviewed, changed since review. hl7 is a batch of charges (DFT^P03) and holds what was signed \
      off, nothing else; what was left out is counted on standard error. Such a batch holds all \
      charges of the days, however often it is made: what a hospital was sent, and the corrections \
      that follow, are kept by `chairtime outbox`.

      Writes standard output, or with --out a file for its owner alone (0600).
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json, fhir, hl7, text }

  @OptionGroup var days: DayOptions

  @Option(help: "What to write.")
  var format: Format

  @Option(help: ArgumentHelp("Write this file.", valueName: "file"), completion: .file())
  var out: String?

  @Flag(help: "hl7: one message after another in MLLP frames, not a batch file.")
  var mllp = false

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func validate() throws {
    guard format == .hl7 || !mllp else {
      throw ValidationError("--mllp is about --format hl7.")
    }
  }

  func run() throws {
    let formulary = try SiteFormulary.read(formularyFile)
    if format == .hl7, out == nil { try OutputFile.refuseTerminal("HL7") }
    let site = try Site.read()
    let now = Host.now
    var derivation = SessionDerivation(
      formulary: formulary, policies: site.policies, now: now.instant)
    let (store, who) = try store.open(signing: signIn, for: .export)
    try AcceptedConfiguration.check(store, who)
    let sink = Sink(out.map(OutputFile.init))
    var writing = ExportWriting(
      format: format, site: site, at: now, isFramed: mllp)
    let days = try days.days(site)
    // Written down before the first byte leaves: an export that breaks off was one.
    if store.mode == .readWrite {
      let span = days.lowerBound == days.upperBound ? "" : " to \(days.upperBound.iso)"
      try store.audit(
        Host.entry(
          who.name,
          .exported(
            what: "\(format.rawValue) \(days.lowerBound.iso)\(span)",
            sessions: store.sessions(of: days).count)))
    }
    try writing.write(days, of: store, by: &derivation, to: sink)
    if writing.leftOut > 0 {
      Ending.complain(
        Complaint(
          writing.leftOut.named(
            "session is left out of the batch: it is not signed off as it stands.",
            "sessions are left out of the batch: they are not signed off as they stand.")))
    }
  }
}

/// Writes sessions in one format, one at a time.
struct ExportWriting {
  let format: ExportCommand.Format
  let site: Site
  let at: RecordedTime
  let isFramed: Bool
  private(set) var leftOut = 0
  private var messages = 0
  private var totals = UnitTotals()
  private var csv = CSVWriter()
  private var json = JSONWriter()
  private var bundle: FHIRBundle

  init(format: ExportCommand.Format, site: Site, at: RecordedTime, isFramed: Bool) {
    self.format = format
    self.site = site
    self.at = at
    self.isFramed = isFramed
    let configuration = site.configuration
    bundle = FHIRBundle(
      systems: configuration.fhir, authority: configuration.hl7.assigningAuthority)
  }

  /// Writes whole days, one session in memory at a time, and puts the file in its place.
  mutating func write(
    _ days: ClosedRange<CivilDate>, of store: any FactStore, by derivation: inout SessionDerivation,
    to sink: Sink
  ) throws {
    try sink.take(head(days))
    var isEmpty = true
    try store.read(days) { log in
      isEmpty = false
      try sink.take(session(log, &derivation))
    }
    if isEmpty, format == .json { try sink.take(JSONExport.nothing(on: days)) }
    try sink.take(foot())
    try sink.finish()
  }

  mutating func head(_ days: ClosedRange<CivilDate>) -> [UInt8] {
    switch format {
    case .csv:
      CSVExport.writeHeader(to: &csv)
      return taken(&csv)
    case .fhir:
      bundle.begin(at: at)
      return bundle.takeBytes()
    case .hl7 where !isFramed:
      let span =
        [days.lowerBound.iso] + (days.lowerBound < days.upperBound ? [days.upperBound.iso] : [])
      return Array(
        HL7Envelope.head(
          names: site.configuration.hl7, name: span.joined(separator: " to "), at: at,
          clock: site.clock
        ).utf8)
    case .json, .text, .hl7: return []
    }
  }

  mutating func session(_ log: EventLog, _ derivation: inout SessionDerivation) -> [UInt8] {
    let session = derivation.session(log)
    switch format {
    case .csv:
      CSVExport.write(session, to: &csv)
      return taken(&csv)
    case .json:
      json.removeAll()
      JSONExport.write(session, to: &json)
      return json.bytes
    case .fhir:
      bundle.add(session)
      return bundle.takeBytes()
    case .text:
      totals.add(session)
      var page = TextPage()
      TextExport.write(session, to: &page)
      return Array((page.text + "\n").utf8)
    case .hl7: return message(session)
    }
  }

  private mutating func message(_ session: DerivedSession) -> [UInt8] {
    guard session.standing.isSignedOff else {
      leftOut += 1
      return []
    }
    let configuration = site.configuration
    let transaction = DetailedTransaction(
      session, names: configuration.hl7, unit: configuration.facility.unit, at: at)
    guard !transaction.postings.isEmpty else { return [] }
    messages += 1
    return isFramed
      ? HL7Envelope.framed(transaction.text) : Array(transaction.text.utf8)
  }

  mutating func foot() -> [UInt8] {
    switch format {
    case .fhir:
      bundle.end()
      return bundle.takeBytes()
    case .hl7 where !isFramed: return Array(HL7Envelope.foot(messages: messages).utf8)
    case .text:
      var page = TextPage()
      TextExport.write(totals, to: &page)
      return Array(page.text.utf8)
    case .csv, .json, .hl7: return []
    }
  }

  private func taken(_ csv: inout CSVWriter) -> [UInt8] {
    defer { csv.removeAll() }
    return csv.bytes
  }
}
