import InfusionRecord
import Testing

@testable import SessionStore

/// What an altered entry of the audit record may hold, and must not end the program by.
@Suite struct AuditRowTests {
  @Test(arguments: ["1e300", "-1e300", "2.5"])
  func `a count that is none makes an entry unreadable`(number: String) {
    var row = AuditRow(
      AuditEntry(
        time: RecordedTime(milliseconds: 0), actor: "R. SAMPLE", workstation: "desk",
        deed: .exported(what: "csv 2026-11-23", sessions: 3)),
      facts: 0)
    #expect((try? row.entry())?.deed == .exported(what: "csv 2026-11-23", sessions: 3))
    row.body = Array(#"{"what":"csv 2026-11-23","sessions":\#(number)}"#.utf8)
    #expect(throws: FactBody.Unreadable.self) { try row.entry() }
  }

  @Test(arguments: ["n", "r", "p"])
  func `a cost that is none leaves no digest of a PIN`(key: String) throws {
    let digest = try PINDigest(of: PIN(typed: "271828"), rounds: 2)
    var members: [String: CompactJSON.Value] = [:]
    for member in digest.members { members[member.key] = member.value }
    #expect(PINDigest(members: members) == digest)
    for number in [1e300, -1e300, 2.5] {
      members[key] = .number(number)
      #expect(PINDigest(members: members) == nil)
    }
  }
}
