import GRDB
import InfusionRecord
import SessionStore

extension SQLiteStore {
  /// Reads every audit entry once and checks its chain, and that it knew the facts that are there.
  ///
  /// `kept` is a head of the audit record written down earlier, outside the store.
  func walkAudit(
    _ database: Database, kept: Head?
  ) throws -> (head: Head, problems: [Verification.Problem]) {
    let rows = try Rows(
      database,
      """
      SELECT audit.rowid, \(SQLiteStore.auditColumns.split(separator: ",").map {
        "audit." + $0.trimmingPrefix { $0.isWhitespace }
      }.joined(separator: ", ")), audit.seal, fact.seal
      FROM audit LEFT JOIN fact ON fact.rowid = audit.facts ORDER BY audit.rowid
      """)
    defer { rows.finish() }
    var head = Head.empty
    var keptIsThere = kept == nil || kept?.count == 0
    while try rows.step() {
      let place = head.count + 1
      let position = Int((try? rows.integer(0)) ?? Int64(place))
      if position != place {
        return (head, [problem(.removed, "Audit entry \(place) was removed.")])
      }
      guard let row = try? auditRow(rows, from: 1, database), (try? row.entry()) != nil,
        let seal = try? rows.blob(9, count: 32)
      else {
        return (
          head, [problem(.altered, "Audit entry \(place) was altered: it cannot be read.")]
        )
      }
      let fact = row.facts == 0 ? Head.empty.hash : try? rows.blob(10, count: 32)
      guard let fact else {
        let sentence =
          "Audit entry \(place) knew \(row.facts) facts, and that many are not there."
        return (head, [problem(.tailCut, sentence)])
      }
      guard row.seal(after: head.hash, fact: fact) == seal else {
        let sentence =
          "Audit entry \(place) was altered, or the one before it or a fact it knew was replaced."
        return (head, [problem(.altered, sentence)])
      }
      head = Head(count: place, hash: seal)
      if let kept, kept.count == place { keptIsThere = kept.hash == seal }
    }
    guard let kept, !keptIsThere else { return (head, []) }
    if kept.count > head.count {
      let sentence =
        "The last \(kept.count - head.count) audit entries were removed: there are \(head.count), "
        + "the head written down counts \(kept.count)."
      return (head, [problem(.tailCut, sentence)])
    }
    let sentence =
      "The audit entries up to \(kept.count) are not the ones whose head was written down."
    return (head, [problem(.rewritten, sentence)])
  }

  private func problem(
    _ kind: Verification.Problem.Kind, _ sentence: String
  ) -> Verification.Problem {
    Verification.Problem(kind, sentence: sentence)
  }
}
