import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SQLiteStore
import SessionStore
import SuiteProgram

/// `chairtime backup`: writes a verified copy while other processes keep recording.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write a verified copy of the store to a new file.",
    discussion: """
      Other processes may keep recording; the copy shows the store at one moment. Each fact of it is \
      checked before the copy gets its name. Write down the head it prints. A copy made with cp while \
      the store is in use is not a backup.

      From a server the copy is a file too. --standby reads a host that follows the primary, which has no \
      work then; the address names both, because a sign-in and the audit record need the primary. The copy \
      holds all that the primary had when the backup began, or none is written.

      If people are enrolled, a backup needs a supervisor, as an export does, and is kept in the audit \
      record.
      """)

  @Argument(help: "The new file.", completion: .file())
  var file: String

  @Flag(help: "From a server: read one of its standbys.")
  var standby = false

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let address = try store.address
    guard address.isServer || !standby else {
      throw Complaint("--standby is for a store on a server. No backup was written.")
    }
    // A copy is decided by no file of the site, so those that are accepted stand for it.
    let accepted = ConfigurationHash(
      text: try address.open(.readOnly).acceptedConfiguration() ?? "")
    let (opened, who) = try store.open(signing: signIn, for: .export, by: accepted)
    try SQLiteStore.checkBackup(file)
    // Audited before the copy is made, as an export: one that breaks off also disclosed data.
    if opened.mode == .readWrite {
      let days = CivilDate(dayNumber: 0)...CivilDate(dayNumber: 2_932_896)
      let sessions = try opened.sessions(of: days).count
      try opened.audit(
        Host.entry(who.name, .exported(what: "backup", sessions: sessions)), under: who.right)
    }
    opened.close()
    let isCompared = opened.mode == .readWrite
    if address.isServer, !isCompared {
      ProgramExit.printError(
        Complaint(
          "The primary does not answer, so it is not known whether the copy has its last entries."))
    }
    let found = try address.backup(to: file, fromStandby: standby, isCompared: isCompared)
    var page = TextPage()
    for problem in found.problems { page.wrap(problem.sentence) }
    page.line(
      found.head.count.pluralized("fact") + " copied and \(found.isWhole ? "verified" : "in doubt")"
    )
    page.line("head \(found.head)")
    if found.auditHead.count > 0 { page.line("audit \(found.auditHead)") }
    if found.outboxHead.count > 0 { page.line("outbox \(found.outboxHead)") }
    try StandardStream.print(page)
    if !found.isWhole { throw ProgramExit.findings }
  }
}
