import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore

/// `chairtime verify`: checks that the record is as it was written.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check that no fact was altered, removed, inserted or moved.",
    discussion: """
      Reads every fact, recomputes the hash chain, and prints the head: the count of facts and the \
      hash over all of them. Write the head down outside the store; --head checks later that the store \
      still begins with exactly those facts. The exit code is 2 if anything is not as it was written.
      """)

  @Option(
    help: ArgumentHelp("A head written down earlier: COUNT:HASH.", valueName: "head"))
  var head: String?

  @Option(
    name: .customLong("audit-head"),
    help: ArgumentHelp("A head of the audit record written down earlier.", valueName: "head"))
  var auditHead: String?

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var store: StoreOptions

  func validate() throws {
    if let head, Head(head) == nil {
      throw ValidationError("--head: expected a count, a colon and 64 hexadecimal digits.")
    }
    if let auditHead, Head(auditHead) == nil {
      throw ValidationError("--audit-head: expected a count, a colon and 64 hexadecimal digits.")
    }
  }

  func run() throws {
    let store = try store.open(.readOnly)
    var progress = Progress("verifying")
    let found = try store.verify(
      against: head.flatMap(Head.init), audit: auditHead.flatMap(Head.init)
    ) { progress.show($0, of: $1) }
    progress.end()
    switch format {
    case .text:
      var page = TextPage()
      for problem in found.problems { page.wrap(problem.sentence) }
      page.line(
        found.head.count.pluralized("fact")
          + (found.isWhole ? " verified" : " before the first doubt"))
      page.line("head \(found.head)")
      if found.auditHead.count > 0 { page.line("audit \(found.auditHead)") }
      try StandardStream.print(page)
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("whole", found.isWhole)
        json.member("facts", found.head.count)
        json.member("head", found.head.description)
        json.member("audit", found.auditHead.description)
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
