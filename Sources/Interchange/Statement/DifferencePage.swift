package import PlainText
package import SessionReview

extension StatementDifference.Change {
  /// The units before and after, and below them why: `96415 …  1 -> 2`.
  package func write(to page: inout TextPage) {
    page.line("  \(place.text)", "\(from) -> \(to)")
    if !why.isEmpty { page.wrap(why, first: "    ") }
  }
}
