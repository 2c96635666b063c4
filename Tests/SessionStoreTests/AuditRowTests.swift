import InfusionRecord
import Testing

@testable import SessionStore

/// Altered entries of the audit record must not crash the program.
@Suite struct AuditRowTests {
  @Test(arguments: ["1e300", "-1e300", "2.5"])
  func `a count that is none makes an entry unreadable`(number: String) {
    var row = AuditRow(
      AuditEntry(
        time: RecordedTime(milliseconds: 0), actor: "R. SAMPLE", workstation: "desk",
        action: .exported(what: "csv 2026-11-23", sessions: 3)),
      facts: 0)
    #expect((try? row.entry())?.action == .exported(what: "csv 2026-11-23", sessions: 3))
    row.body = Array(#"{"what":"csv 2026-11-23","sessions":\#(number)}"#.utf8)
    #expect(throws: FactBody.Unreadable.self) { try row.entry() }
  }

  /// The numbers are on disk.
  @Test func `the numbers of audit actions never change`() {
    #expect(
      AuditAction.Kind.allCases.map { "\(AuditRow.number(of: $0)) \($0.rawValue)" } == [
        "1 enrolled", "2 pin-set", "3 role-given", "4 retired", "5 signed-in", "6 sign-in-failed",
        "7 viewed", "8 exported", "9 imported", "10 configuration-accepted", "11 refused",
        "12 restricted", "13 released", "14 glass-broken", "15 took-over",
        "16 appointments-forgotten",
      ])
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
