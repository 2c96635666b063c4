import ArgumentParser
import InfusionRecord
import PlainText
import SessionStore
import SuiteProgram

/// `chairtime copy`: moves a record between a file and a server.
struct Copy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Copy the whole record to a new store: from a file to a server, or back.",
    discussion: """
      The new store is a file that does not exist, or a suite of a server that holds nothing; a server's \
      login must be allowed to act as chairtime_owner. Every fact, audit entry and row of the outbox \
      goes over with its seal, which is checked on the way, so the heads stay the same. It prints them: \
      compare them with heads that were written down. Record in one of the two stores from then on.

      If people are enrolled, a copy needs a supervisor, as an export does, and is kept in the audit \
      record of both.
      """)

  @Option(help: ArgumentHelp("The new store: a file, or postgres://…", valueName: "store"))
  var to: String

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let address = try store.address
    let target = try StoreAddress(option: to, trusting: store.trustPermissions)
    // A copy is decided by no file of the site, so those that are accepted stand for it.
    let accepted = ConfigurationHash(
      text: try address.open(.readOnly).acceptedConfiguration() ?? "")
    let (opened, who) = try store.open(signing: signIn, for: .export, by: accepted)
    try target.checkIsNew()
    if let warning = target.warning { ProgramExit.printError(Complaint(warning)) }
    // Audited before the copy is made, as an export: one that breaks off also disclosed data.
    if opened.mode == .readWrite {
      let days = CivilDate(dayNumber: 0)...CivilDate(dayNumber: 2_932_896)
      let sessions = try opened.sessions(of: days).count
      try opened.audit(
        Host.entry(who.name, .exported(what: "copy", sessions: sessions)), under: who.right)
    }
    opened.close()
    let copied: RecordCheck
    do {
      copied = try target.target().take(recordOf: address.source(), at: address.name)
    } catch {
      target.removeIfEmpty()
      throw error
    }
    let found = try target.open(.examining).verify()
    var page = TextPage()
    page.line(copied.facts.count.pluralized("fact") + " copied")
    page.line("head \(copied.facts)")
    if copied.audit.count > 0 { page.line("audit \(copied.audit)") }
    if copied.outbox.count > 0 { page.line("outbox \(copied.outbox)") }
    for problem in found.problems { page.wrap(problem.sentence) }
    let isSame =
      (found.head, found.auditHead, found.outboxHead) == (copied.facts, copied.audit, copied.outbox)
    page.line(
      isSame && found.isWhole
        ? "verified: the new store has the same heads" : "the copy is in doubt")
    try StandardStream.print(page)
    if !isSame || !found.isWhole { throw ProgramExit.findings }
  }
}
