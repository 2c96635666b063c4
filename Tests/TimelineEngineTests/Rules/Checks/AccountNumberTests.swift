import InfusionRecord
import TestSupport
import Testing
import TimelineEngine

@Suite struct AccountNumberTests {
  private func statement(hasAccount: Bool?, isRequired: Bool = true) -> Statement {
    var timeline = SessionText("ondansetron drug push 07:00").timeline
    timeline.session.hasAccount = hasAccount
    var policy = Policy.standard
    policy.accountRequired = isRequired
    var deriver = Deriver()
    return deriver.statement(of: timeline, policy: policy)
  }

  @Test func `a recorded session without an account number is found, its units stay`() {
    let found = statement(hasAccount: false)
    #expect(
      StatementText(found).text == """
        final
        96374 02-Mar ondansetron (initial-service)
        minutes ondansetron 0/0
        finding no-account
        """)
    #expect(
      found.findings.map(\.text) == [
        "The session has no visit or account number, so no unit of it is posted."
      ])
  }

  @Test(arguments: [(true, true), (false, false), (nil, true)] as [(Bool?, Bool)])
  func `nothing is found with a number, without the policy, or in a document`(
    hasAccount: Bool?, isRequired: Bool
  ) {
    #expect(statement(hasAccount: hasAccount, isRequired: isRequired).findings.isEmpty)
  }
}
