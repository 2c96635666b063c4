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

      If people are enrolled, a backup needs a supervisor, as an export does, and is kept in the audit \
      record.
      """)

  @Argument(help: "The new file.", completion: .file())
  var file: String

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let address = try store.address
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
    let found = try address.openFile(.readOnly).backup(to: file)
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
