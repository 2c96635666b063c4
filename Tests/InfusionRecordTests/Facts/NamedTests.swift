import InfusionRecord
import Testing

@Suite struct NamedTests {
  @Test func `one is one, and none and several are many`() {
    #expect([0, 1, 2].map { $0.named("session") } == ["0 sessions", "1 session", "2 sessions"])
    #expect(
      [0, 1, 2].map { $0.named("entry is", "entries are") }
        == ["0 entries are", "1 entry is", "2 entries are"])
  }
}
