import Foundation
import TestSupport
import Testing

/// The documentation as a whole: links, pictures, keys and the commands it shows.
struct DocumentationTests {
  @Test(arguments: Documents.pages)
  func `every link and picture of a page is there`(page: String) throws {
    let text = try Documents.text(of: page)
    let here = Documents.root.appending(path: page)
    for (line, block) in Documents.lines(of: text) where block == nil {
      for match in line.matches(of: /\]\(([^()\s]+)\)/) {
        let link = String(match.1)
        if link.contains("://") { continue }
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let file =
          parts[0].isEmpty
          ? here : here.deletingLastPathComponent().appending(path: String(parts[0]))
        #expect(FileManager.default.fileExists(atPath: file.path), "\(page): \(link)")
        guard parts.count > 1, let target = try? String(contentsOf: file, encoding: .utf8) else {
          continue
        }
        #expect(Documents.anchors(of: target).contains(String(parts[1])), "\(page): \(link)")
      }
    }
  }

  @Test func `every page is reached from the README`() throws {
    let readme = try Documents.text(of: "README.md")
    for page in Documents.pages.dropFirst() { #expect(readme.contains("(\(page))"), "\(page)") }
  }

  @Test func `every picture is shown on a page, and is a picture`() throws {
    let folder = Documents.root.appending(path: "docs/pictures")
    let all = try Documents.pages.map { try Documents.text(of: $0) }.joined()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      #expect(all.contains("pictures/\(name))"), "\(name)")
      let start = try Data(contentsOf: folder.appending(path: name)).prefix(4)
      #expect(start == Data([0x89, 0x50, 0x4E, 0x47]), "\(name)")
    }
  }

  @Test(arguments: ["docs/nurse-guide.md", "docs/supervisor-guide.md", "README.md"])
  func `every key a guide names is a key`(page: String) throws {
    let table = try Documents.text(of: "docs/keys.md")
    var keys: Set<String> = []
    for line in table.components(separatedBy: "\n") where line.hasPrefix("| `") {
      let first = line.split(separator: "|")[0]
      for match in first.matches(of: /`([^`]+)`/) { keys.insert(String(match.1)) }
    }
    #expect(keys.count > 40)
    // Keys stand in the guides as <kbd>, and nothing else does.
    var named = 0
    for match in try Documents.text(of: page).matches(of: /<kbd>([^<]+)<\/kbd>/) {
      named += 1
      #expect(keys.contains(String(match.1)), "\(page): \(match.1)")
    }
    #expect(named > 5)
  }

  @Test(arguments: Documents.pages.filter { $0 != "docs/commands.md" })
  func `every command shown is one the program has`(page: String) throws {
    let root = try #require(CommandTree.chairtime)
    for line in ShownCommand.all(of: try Documents.text(of: page)) {
      let words = ShownCommand.words(of: line)
      #expect(root.fault(in: words) == nil, "\(page): chairtime \(words)")
    }
  }

  @Test func `a command the program has not is found out`() throws {
    let root = try #require(CommandTree.chairtime)
    let page = """
      ```sh
      chairtime revue
      chairtime review --daze 3 # no
      ```
      and `chairtime verify a b`
      """
    let faults = ShownCommand.all(of: page).map { root.fault(in: ShownCommand.words(of: $0)) }
    #expect(
      faults == ["no command revue", "review has no --daze", "verify takes 0 arguments, not 2"])
  }
}
