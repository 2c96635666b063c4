import Foundation
import TimelineEngine

/// The comment at the head of a rule's file: the claim, and what is said after it.
struct RuleComment {
  /// The first paragraph, on one line.
  let claim: String
  /// The rest, as Markdown.
  let essay: String

  /// - Throws: the error of reading the file; a file without its type has no comment.
  init(of rule: Rule.ID) throws {
    let name = RuleComment.typeName(of: rule)
    let file = RuleComment.package.appending(path: "Sources/TimelineEngine/Rules/\(name).swift")
    let lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    var comment: [String] = []
    for line in lines.prefix(while: { !$0.hasPrefix("enum \(name) ") }) {
      if !line.hasPrefix("///") {
        comment = []
      } else {
        let text = line.dropFirst(3)
        comment.append(String(text.first == " " ? text.dropFirst() : text))
      }
    }
    let paragraph = comment.prefix { !$0.isEmpty }
    claim = paragraph.joined(separator: " ")
    essay = comment.dropFirst(paragraph.count + 1).joined(separator: "\n")
  }

  /// `PushOrInfusion`, the type of `push-or-infusion` and the name of its file.
  static func typeName(of rule: Rule.ID) -> String {
    rule.text.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// The folder of the package.
  static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
