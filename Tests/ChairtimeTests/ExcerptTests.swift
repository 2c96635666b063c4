import Foundation
import Testing

/// Source that a page quotes is source that is there.
struct ExcerptTests {
  /// Lines that say something, without their indentation.
  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  /// What the page quotes as Swift, a block a list of lines.
  private static func excerpts(of page: String) throws -> [[String]] {
    var excerpts: [[String]] = []
    var block: [String]?
    for line in lines(of: try Documents.text(of: page)) {
      if line == "```swift" {
        block = []
      } else if line == "```", let whole = block {
        excerpts.append(whole)
        block = nil
      } else {
        block?.append(line)
      }
    }
    return excerpts
  }

  private static let sources: [[String]] = {
    var files: [[String]] = []
    for folder in ["Sources", "Tests"] {
      let root = Documents.root.appending(path: folder)
      let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
      while let file = found?.nextObject() as? URL {
        guard file.pathExtension == "swift",
          let text = try? String(contentsOf: file, encoding: .utf8)
        else { continue }
        files.append(lines(of: text))
      }
    }
    return files
  }()

  private static func isThere(_ excerpt: [String]) -> Bool {
    sources.contains { file in
      file.indices.contains { file[$0] == excerpt[0] && file[$0...].starts(with: excerpt) }
    }
  }

  @Test func `every excerpt of the contributor's page stands in the source, line by line`() throws {
    let excerpts = try Self.excerpts(of: "docs/contributing.md")
    #expect(excerpts.count > 6)
    for excerpt in excerpts { #expect(Self.isThere(excerpt), "\(excerpt)") }
    // What was never written is not found.
    #expect(!Self.isThere(["case .text:", "totals.add(nothing)"]))
  }
}
