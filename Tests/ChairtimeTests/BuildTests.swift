import Foundation
import Testing

/// What is built: from exact versions, protected in memory, and listed.
@Suite struct BuildTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  private func output(_ command: String, _ arguments: String...) throws -> BuiltProgram.Ended {
    let process = BuiltProgram.process(arguments)
    process.executableURL = URL(filePath: command)
    return try BuiltProgram.run(process, input: Data())
  }

  @Test func `every package has an exact version`() throws {
    let packages = try text("Package.swift").split(separator: "\n")
      .filter { $0.contains(".package(url:") }
    #expect(packages.count >= 3)
    #expect(packages.allSatisfy { $0.contains("exact: \"") })
  }

  @Test func `every Python file of the tests has a hash`() throws {
    let lines = try text("Tests/Independent/requirements.txt").replacing("\\\n", with: "")
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.count >= 4)
    for line in lines {
      let words = line.split(separator: " ")
      #expect(words.first?.contains("==") == true, "\(line)")
      let hashes = words.dropFirst()
      #expect(!hashes.isEmpty && hashes.allSatisfy { $0.hasPrefix("--hash=sha256:") }, "\(line)")
    }
    #expect(try text(".ci/setup").contains("--require-hashes"))
  }

  @Test func `what the loader relocates is read-only, and all of it is bound before main`() throws {
    let dynamic = try output("/usr/bin/readelf", "-dW", BuiltProgram.path.path).output
    #expect(dynamic.contains("BIND_NOW"))
    let segments = try output("/usr/bin/readelf", "-lW", BuiltProgram.path.path).output
    #expect(segments.contains("GNU_RELRO"))
    let stack = segments.split(separator: "\n").first { $0.contains("GNU_STACK") }
    #expect(stack?.contains("RWE") == false)
    #expect(segments.contains("DYN (Position-Independent Executable file)"))
  }

  @Test func `the list names packages, toolchain and program by their hashes`() throws {
    let folder = try TestFolder()
    let program = folder.url.appending(path: "chairtime")
    try FileManager.default.copyItem(at: BuiltProgram.path, to: program)
    let script = Self.root.appending(path: ".ci/components").path
    let ended = try output("/usr/bin/env", "python3", script, program.path)
    #expect(ended.code == 0, "\(ended.error)")
    let data = try Data(contentsOf: folder.url.appending(path: "chairtime.cdx.json"))
    let list = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(list["bomFormat"] as? String == "CycloneDX")
    let components = try #require(list["components"] as? [[String: Any]])
    let names = Set(components.compactMap { $0["name"] as? String })
    #expect(names.isSuperset(of: ["swift-argument-parser", "swift-asn1", "swift-crypto", "swift"]))
    for component in components where (component["purl"] as? String)?.contains("swift/") == true {
      let properties = component["properties"] as? [[String: String]] ?? []
      let tree = properties.first { $0["name"] == "chairtime:tree" }?["value"]
      #expect(tree?.count == 40, "\(component)")
    }
    let checked = BuiltProgram.process(["-c", "chairtime.sha256"])
    checked.executableURL = URL(filePath: "/usr/bin/sha256sum")
    checked.currentDirectoryURL = folder.url
    #expect(try BuiltProgram.run(checked, input: Data()).code == 0)
  }
}
