import TestSupport
import Testing

@Suite struct DemoTests {
  @Test func `a demonstration made on a Saturday has patients`() throws {
    let folder = TemporaryFolder()
    let ended = try BuiltProgram.run(
      "demo", "--days", "2", "--until", "2026-06-07", "--store", folder.file("s.store"))
    #expect(ended.output.hasPrefix("35 sessions, "), "\(ended.output)\(ended.error)")
  }
}
