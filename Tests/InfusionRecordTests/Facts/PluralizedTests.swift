import InfusionRecord
import Testing

@Suite struct PluralizedTests {
  @Test func `one has the singular, none and several have the plural`() {
    #expect(
      [0, 1, 2].map { $0.pluralized("session") } == ["0 sessions", "1 session", "2 sessions"])
    #expect(
      [0, 1, 2].map { $0.pluralized("entry is", "entries are") }
        == ["0 entries are", "1 entry is", "2 entries are"])
  }
}
