package import PlainText
package import SessionReview

extension StatementDifference {
  /// Each change as units before and after, and below it why: `96415 …  1 -> 2`.
  package func write(to page: inout TextPage) {
    for change in changes {
      page.line("  \(change.place.text)", "\(change.from) -> \(change.to)")
      if !change.why.isEmpty { page.wrap(change.why, first: "    ") }
    }
  }
}
