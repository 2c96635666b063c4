import Foundation
import TestSupport
import Testing

/// A store of an earlier version under this program, as `docs/operations.md` tells it.
struct UpgradeTests {
  @Test(arguments: [1, 2, 3])
  func `an earlier store is brought up by who records and left alone by who reads`(
    version: Int
  ) throws {
    let home = TemporaryFolder()
    let path = home.file("s.store")
    let kept = try KeptStore.copy(version: version, to: path)
    for command in ["verify", "session list", "export --format csv --date 2026-07-01"] {
      let ended = try Shell.run("chairtime \(command) --store s.store", home: home)
      #expect(ended.code == 1)
      #expect(
        ended.error.hasPrefix(
          "The store s.store was made by an earlier Chairtime (format \(version));"),
        "\(ended.error)")
      #expect(try Data(contentsOf: URL(filePath: path)) == kept)
    }
    let it = try TmuxTerminal()
    try it.line("\(BuiltProgram.path.path) board --store \(path); echo co''de=$?")
    // Whether people are enrolled or not.
    #expect(it.wait { $0.contains(" open session") || $0.contains("Who is there?") })
    try it.press(it.screen.contains("Who is there?") ? "C-q" : "q")
    #expect(it.wait(for: "code=0"), "\(it.screen)")
    let verified = try Shell.run("chairtime verify --store s.store", home: home)
    #expect(verified.code == 0)
    #expect(verified.output.hasPrefix("1138 facts verified\n"))
  }
}
