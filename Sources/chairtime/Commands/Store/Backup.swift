import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SQLiteStore
import SessionStore

/// `chairtime backup`: writes a verified copy while other processes keep recording.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write a verified copy of the store to a new file.",
    discussion: """
      Other processes may keep recording; the copy shows the store at one moment. Each fact of it is \
      checked before the copy gets its name. Write down the head it prints. A copy made with cp while \
      the store is in use is not a backup.
      """)

  @Argument(help: "The new file.", completion: .file())
  var file: String

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.address.openFile(.readOnly)
    let found = try store.backup(to: file)
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
