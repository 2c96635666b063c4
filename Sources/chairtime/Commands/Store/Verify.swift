import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram

/// `chairtime verify`: checks that the record is as it was written.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check that no fact was altered, removed, inserted or moved.",
    discussion: """
      Reads every fact, audit entry and row of the outbox, recomputes the hash chains, and prints their \
      heads: how many entries, and the hash over all of them. Write the heads down outside the store; \
      --head checks later that the store still begins with exactly those facts. The lines of each \
      message are compared with its bytes. The exit code is 2 if anything is not as it was written.
      """)

  @Option(
    help: ArgumentHelp("A head written down earlier: COUNT:HASH.", valueName: "head"))
  var head: String?

  @Option(
    name: .customLong("audit-head"),
    help: ArgumentHelp("A head of the audit record written down earlier.", valueName: "head"))
  var auditHead: String?

  @Option(
    name: .customLong("outbox-head"),
    help: ArgumentHelp("A head of the outbox written down earlier.", valueName: "head"))
  var outboxHead: String?

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var store: StoreOptions

  func validate() throws {
    for (option, text) in [
      ("--head", head), ("--audit-head", auditHead), ("--outbox-head", outboxHead),
    ] {
      if let text, Head(text) == nil {
        throw ValidationError("\(option): expected a count, a colon and 64 hexadecimal digits.")
      }
    }
  }

  func run() throws {
    let address = try self.store.address
    let store = try address.open(.examining)
    // Without a site's file that can be read, the usual words of messages hold.
    let names = ((try? Site.configured().configuration) ?? SiteConfiguration()).hl7
    var progress = Progress("verifying")
    let found = try store.verify(
      against: KeptHeads(
        facts: head.flatMap(Head.init), audit: auditHead.flatMap(Head.init),
        outbox: outboxHead.flatMap(Head.init)),
      lines: { $0.difference(names: names) },
      progress: { progress.show($0, of: $1) })
    progress.end()
    switch format {
    case .text:
      var page = TextPage()
      for (index, problem) in found.problems.enumerated() {
        page.wrap(problem.sentence, first: "\(index + 1)  ")
      }
      page.line(
        found.head.count.pluralized("fact")
          + (found.isWhole ? " verified" : " before the first doubt"))
      page.line("head \(found.head)")
      if found.auditHead.count > 0 { page.line("audit \(found.auditHead)") }
      if found.outboxHead.count > 0 { page.line("outbox \(found.outboxHead)") }
      for line in try address.members() { page.line(line) }
      try StandardStream.print(page)
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("whole", found.isWhole)
        json.member("facts", found.head.count)
        json.member("head", found.head.description)
        json.member("audit", found.auditHead.description)
        json.member("outbox", found.outboxHead.description)
        json.list("problems", found.problems) { json, problem in
          json.object { json in
            json.member("kind", problem.kind.rawValue)
            json.member("position", problem.position)
            json.member("session", problem.session?.text)
            json.member("text", problem.sentence)
          }
        }
      }
      json.endLine()
      try StandardStream.print(json.bytes)
    }
    if !found.isWhole { throw ProgramExit.findings }
  }
}
