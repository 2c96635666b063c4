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
    commandName: "export", abstract: "Export days: csv, json, fhir, hl7 or text.",
    discussion: """
      csv, json, fhir and text hold every session of the days with its state: open, closed, reviewed, \
      changed since review. hl7 is a batch of charges (DFT^P03) of the signed-off sessions only; how \
      many were left out is printed on standard error. Each such batch holds all charges of the days; \
      without a charge none is written. `chairtime outbox` keeps track of what was sent to a hospital \
      and sends corrections. Before the other formats are written, standard error tells how many \
      sessions are not signed off.

      Writes standard output, or with --out a new file for its owner alone (0600). A file that is there \
      is left as it is.
      """)

  @OptionGroup var days: DayOptions

  @Option(help: "What to write.")
  var format: ExportFormat

  @Option(help: ArgumentHelp("Write this file.", valueName: "file"), completion: .file())
  var out: String?

  @Flag(help: "hl7: write messages in MLLP frames instead of a batch file.")
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
    let file = out.map { OutputFile(path: $0) }
    try file?.check()
    if format == .hl7, out == nil { try OutputFile.refuseTerminal("HL7") }
    let site = try Site.read(with: self.store.address, formulary: formularyFile)
    let now = Host.now
    var derivation = site.derivation(now: now.instant)
    let (store, who) = try store.open(signing: signIn, for: .export, by: site.hash)
    let sink = file.map { Sink($0) } ?? Sink(writing: StandardStream.print)
    var writing = ExportWriting(
      format: format, site: site, at: now, isFramed: mllp)
    let days = try days.days(site)
    try store.checkChains()
    // Audited before the first byte is written, because an export that breaks off also disclosed data.
    if store.mode == .readWrite {
      let span = days.lowerBound == days.upperBound ? "" : " to \(days.upperBound.iso)"
      try store.audit(
        Host.entry(
          who.name,
          .exported(
            what: "\(format.rawValue) \(days.lowerBound.iso)\(span)",
            sessions: store.sessions(of: days).count)), under: who.right)
    }
    if format != .hl7 {
      let counted = try writing.count(days, of: store, by: derivation)
      if counted.unsigned > 0 {
        ProgramExit.printError(
          Complaint(ExportCommand.sentence(counted.unsigned, of: counted.sessions)))
      }
    }
    try writing.write(days, of: store, by: &derivation, to: sink)
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
  /// Says that an export holds sessions that nobody signed.
  fileprivate static func sentence(_ unsigned: Int, of sessions: Int) -> String {
    unsigned == 1
      ? "1 of \(sessions.pluralized("session")) is not signed off as it stands; its units may still "
        + "change."
      : "\(unsigned) of \(sessions.pluralized("session")) are not signed off as they stand; their "
        + "units may still change."
  }
}

extension ExportFormat: ExpressibleByArgument {}
