import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram

/// `chairtime export --mrn`: writes all that the store holds of one patient.
struct PatientExport {
  /// As it was typed; `-` reads it from standard input.
  let mrn: String
  let format: ExportFormat
  let out: OutputFile?
  let formularyFile: String?
  let signIn: SignInOptions
  let glass: BreakGlassOption
  let store: StoreOptions

  func run() throws {
    try out?.check()
    let site = try Site.read(with: self.store.address, formulary: formularyFile)
    var derivation = site.derivation(now: Host.now.instant)
    let (store, who) = try store.open(signing: signIn, for: .export, by: site.hash)
    let mrn = try RecordNumber.read(mrn, of: site)
    try store.admit(mrn: mrn, under: who.right, breaking: glass)
    guard let last = try store.visits(of: mrn).last else {
      throw Complaint("No visit has this record number; nothing was written.")
    }
    // Audited before the first byte is written, because an export that breaks off also disclosed data.
    if store.mode == .readWrite {
      let what = "the whole record of the patient of \(last.session.text) (\(format.rawValue))"
      try store.audit(
        Host.entry(who.name, .exported(what: what, sessions: try store.visits(of: mrn).count)),
        under: who.right)
    }
    var progress = Progress("verifying")
    let names = site.configuration.hl7
    // One moment, so that what is written is what was verified.
    let (record, found) = try store.reading {
      let found = try store.verify(
        against: KeptHeads(), lines: { $0.difference(names: names) },
        progress: { progress.show($0, of: $1) })
      let record = try PatientRecord(
        of: mrn, visits: store.visits(of: mrn), in: store, verified: found, by: &derivation,
        clock: site.clock)
      return (record, found)
    }
    progress.end()
    let sink = out.map { Sink($0) } ?? Sink(writing: StandardStream.print)
    if format == .json {
      var json = JSONWriter()
      record.write(to: &json)
      try sink.take(json.bytes)
    } else {
      try sink.take(Array(record.page.text.utf8))
    }
    try sink.finish()
    if !found.isWhole { throw ProgramExit.findings }
  }
}

/// A record number that a command is about.
enum RecordNumber {
  static let help =
    "The record number; - reads it from a line of standard input, so that no other account of the host sees "
    + "it."

  /// The number without what a scanner adds. With `-` it is the line after the PIN.
  static func read(_ text: String, of site: Site) throws -> String {
    let typed = text == "-" ? try line() : text
    let mrn = PatientNumber.read(typed, format: site.configuration.facility.wristband)
    guard !mrn.isEmpty, mrn.unicodeScalars.count <= 200, mrn.isRecordable else {
      throw Complaint("The record number is empty or too long. Nothing was done.")
    }
    return mrn
  }

  private static func line() throws -> String {
    do throws(SecretReader.Failure) {
      return try SecretEntry.line()
    } catch {
      throw Complaint("No record number came on standard input. Nothing was done.")
    }
  }
}
