import Foundation
import Testing

/// The pages of the documentation, and what a page is made of.
enum Documents {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// `README.md` and every page of `docs`, by their paths from the root.
  static let pages: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: root.path + "/docs")
    let pages = (names ?? []).filter { $0.hasSuffix(".md") }.sorted()
    return ["README.md"] + pages.map { "docs/\($0)" }
  }()

  static func text(of page: String) throws -> String {
    try String(contentsOf: root.appending(path: page), encoding: .utf8)
  }

  /// Compares a generated page with its source, or writes it if `CHAIRTIME_WRITE_DOCS` is 1.
  static func hold(_ text: String, _ page: String) throws {
    let file = root.appending(path: page)
    if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let written = try? String(contentsOf: file, encoding: .utf8)
    #expect(
      written == text, "\(page): run CHAIRTIME_WRITE_DOCS=1 swift test --filter CommandPageTests")
  }

  /// The lines of the page, each with the language of the block it stands in, if it stands in one.
  static func lines(of text: String) -> [(line: String, block: String?)] {
    var block: String?
    var lines: [(String, String?)] = []
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        block = block == nil ? String(line.dropFirst(3)) : nil
      } else {
        lines.append((line, block))
      }
    }
    return lines
  }

  /// What the headings of a page are called in links, as the usual renderers make them.
  static func anchors(of text: String) -> Set<String> {
    var seen: [String: Int] = [:]
    var anchors: Set<String> = []
    for (line, block) in lines(of: text) where block == nil && line.hasPrefix("#") {
      let heading = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
      let name = String(
        heading.compactMap { letter -> Character? in
          if letter == " " { return "-" }
          return letter.isLetter || letter.isNumber || "-_".contains(letter) ? letter : nil
        })
      let before = seen[name, default: 0]
      seen[name] = before + 1
      anchors.insert(before == 0 ? name : "\(name)-\(before)")
    }
    return anchors
  }
}
