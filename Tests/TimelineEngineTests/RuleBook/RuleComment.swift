import Foundation
import Testing
import TimelineEngine

/// The comment at the head of a rule's file: the claim and the text after it.
struct RuleComment {
  /// The first paragraph, on one line.
  let claim: String
  /// The rest, as Markdown.
  let essay: String

  /// - Throws: if no file has the name of the rule, or the file cannot be read.
  init(of rule: Rule.ID) throws {
    let name = RuleComment.typeName(of: rule)
    let file = try #require(
      RuleComment.file("\(name).swift", under: "Sources/TimelineEngine/Rules"))
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

  /// The file with this name in a folder for each stage.
  static func file(_ name: String, under folder: String) -> URL? {
    let root = package.appending(path: folder)
    let stages = try? FileManager.default.contentsOfDirectory(
      at: root, includingPropertiesForKeys: nil)
    return stages?.map { $0.appending(path: name) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// The folder of the package.
  static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
