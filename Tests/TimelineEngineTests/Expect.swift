import InfusionRecord
import TestSupport
import Testing

/// Expects the whole statement of a session, in the notation of `SessionText` and `StatementText`.
func expect(
  _ session: String, _ statement: String, formulary: Formulary = Formulary([]),
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let found = StatementText(SessionText(session, formulary: formulary).statement).text
  #expect(found == statement, sourceLocation: sourceLocation)
}

/// The codes a session comes to, `96413 96415x2`.
func codes(_ session: String, formulary: Formulary = Formulary([])) -> String {
  StatementText(SessionText(session, formulary: formulary).statement).codes
}

/// The findings of a session, `long-pause paclitaxel (121)`.
func findings(_ session: String, formulary: Formulary = Formulary([])) -> [String] {
  StatementText(SessionText(session, formulary: formulary).statement).findings
}
