import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SQLiteStore

/// `chairtime backup`: a verified copy, made while others go on recording.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write a verified copy of the store to a new file.",
    discussion: """
      Others may go on recording meanwhile; the copy is of one moment. It is checked fact by fact \
      before it is given its name, and its head is printed: write it down. A copy made with cp, while \
      somebody records, is not a backup.
      """)

  @Argument(help: "The new file.", completion: .file())
  var file: String

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.open(.readOnly)
    let found = try store.backup(to: file)
    var page = TextPage()
    for problem in found.problems { page.wrap(problem.sentence) }
    page.line(
      found.head.count.named("fact") + " copied and \(found.isWhole ? "verified" : "in doubt")")
    page.line("head \(found.head)")
    if found.auditHead.count > 0 { page.line("audit \(found.auditHead)") }
    try StandardStream.print(page)
    if !found.isWhole { throw Ending.findings }
  }
}
