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

  @Test func `every test a page names is a suite, and every fault of the list is told`() throws {
    var suites: Set<String> = []
    let tests = Documents.root.appending(path: "Tests").path
    let files = FileManager.default.enumerator(atPath: tests)?.allObjects as? [String] ?? []
    for file in files where file.hasSuffix("Tests.swift") {
      let text = try String(contentsOfFile: "\(tests)/\(file)", encoding: .utf8)
      for match in text.matches(of: /struct (\w+Tests)\b/) { suites.insert(String(match.1)) }
    }
    var faults: Set<Int> = []
    for page in ["docs/reliability.md", "docs/security.md"] {
      let text = try Documents.text(of: page)
      for match in text.matches(of: /\b[A-Z]\w+Tests\b/) {
        #expect(suites.contains(String(match.0)), "\(page): \(match.0)")
      }
      for match in text.matches(of: /(?m)^\| F(\d+)(?:(, F| to F)(\d+))? \|/) {
        let first = Int(match.1) ?? 0
        let last = match.3.flatMap { Int($0) } ?? first
        faults.formUnion(match.2 == " to F" ? Set(first...last) : [first, last])
      }
    }
    #expect(faults == Set(1...50))
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
