import ArgumentParser
import Glibc
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram

/// `chairtime export`: writes days in a format that other programs load.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Export days, or one patient's whole record.",
    discussion: """
      csv, json, fhir and text hold every session of the days with its state: open, closed, reviewed, \
      changed since review. hl7 is a batch of charges (DFT^P03) of the signed-off sessions only; how \
      many were left out is printed on standard error. Each such batch holds all charges of the days; \
      without a charge none is written. `chairtime outbox` keeps track of what was sent to a hospital \
      and sends corrections. Before the other formats are written, standard error tells how many \
      sessions are not signed off.

      --mrn writes all that the store holds of one patient, as json or text: every visit, all facts \
      with those that were corrected or withdrawn, the statements, and who looked at the record.

      The text of a day leaves out the names of restricted patients; the files that bill name them.

      Writes standard output, or with --out a new file for its owner alone (0600). A file that is there \
      is left as it is.
      """)

  @OptionGroup var days: DayOptions

  @Option(
    help: ArgumentHelp(
      "Write one patient's whole record. \(RecordNumber.help)", valueName: "mrn"))
  var mrn: String?

  @Option(help: "What to write.")
  var format: ExportFormat

  @Option(help: ArgumentHelp("Write this file.", valueName: "file"), completion: .file())
  var out: String?

  @Flag(help: "hl7: write messages in MLLP frames instead of a batch file.")
  var mllp = false

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var glass: BreakGlassOption
  @OptionGroup var store: StoreOptions

  func validate() throws {
    guard format == .hl7 || !mllp else {
      throw ValidationError("--mllp is about --format hl7.")
    }
    guard mrn != nil else { return }
    guard days.date == nil, days.to == nil else {
      throw ValidationError("--mrn writes every visit; expected no --date.")
    }
    guard format == .json || format == .text else {
      throw ValidationError("--mrn: a whole record is written as json or text.")
    }
  }

  func run() throws {
    let file = out.map { OutputFile(path: $0) }
    if let mrn {
      return try PatientExport(
        mrn: mrn, format: format, out: file, formularyFile: formularyFile, signIn: signIn,
        glass: glass, store: self.store
      ).run()
    }
    try file?.check()
    if format == .hl7, out == nil { try OutputFile.refuseTerminal("HL7") }
    let site = try Site.read(with: self.store.address, formulary: formularyFile)
    let now = Host.now
    var derivation = site.derivation(now: now.instant)
    let (store, who) = try store.open(signing: signIn, for: .export, by: site.hash)
    let sink = file.map { Sink($0) } ?? Sink(writing: StandardStream.print)
    var writing = ExportWriting(
      format: format, site: site, at: now, isFramed: mllp)
    writing.restrictions = try store.restrictions()
    let days = try days.days(site)
    try store.checkChains()
    // Audited before the first byte is written, because an export that breaks off also disclosed data.
    if store.mode == .readWrite {
      try store.audit(
        Host.entry(
          who.name,
          .exported(
            what: ExportedDays(format: format.rawValue, days: days).text,
            sessions: store.sessions(of: days).count)), under: who.right)
    }
    // One moment, so that what is written is what was verified.
    try store.reading {
      try store.checkChains()
      try store.check(days)
      if format != .hl7 {
        let counted = try writing.count(days, of: store, by: derivation)
        if counted.unsigned > 0 {
          ProgramExit.printError(
            Complaint(ExportCommand.sentence(counted.unsigned, of: counted.sessions)))
        }
      }
      try writing.write(days, of: store, by: &derivation, to: sink)
    }
    if writing.restricted > 0 {
      ProgramExit.printError(Complaint(String(writing.restrictedSentence.dropFirst())))
    }
    for sentence in writing.leftOut.sentences("the batch") {
      ProgramExit.printError(Complaint(sentence))
    }
    if writing.isEmptyBatch {
      ProgramExit.printError(Complaint(ExportWriting.emptyBatch))
    } else if let out {
      ProgramExit.printError(
        Complaint("\(writing.sessions.pluralized("session")) written to \(out.printable)."))
    }
  }
}

extension ExportCommand {
  /// Says how many sessions of an export are not signed off.
  fileprivate static func sentence(_ unsigned: Int, of sessions: Int) -> String {
    unsigned == 1
      ? "1 of \(sessions.pluralized("session")) is not signed off as it stands; its units may still "
        + "change."
      : "\(unsigned) of \(sessions.pluralized("session")) are not signed off as they stand; their "
        + "units may still change."
  }
}

extension ExportFormat: ExpressibleByArgument {}
