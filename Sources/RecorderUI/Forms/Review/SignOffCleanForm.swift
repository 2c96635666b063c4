import InfusionRecord
import SessionReview

extension Form {
  /// Signs off every session shown that raises no question.
  package static let signOffClean = Form(
    title: "Sign off all that are clean", act: .signOff, scope: .suite, verb: { _ in "sign off" },
    mustBeRead: true, targets: { $0.shownClean == nil ? [] : [(.clean, nil)] },
    question: SignOffCleanForm.question, fields: SignOffCleanForm.fields,
    reading: SignOffCleanForm.reading)
}

private enum SignOffCleanForm {
  static func question(_ context: FormContext) -> String {
    let clean = context.state.review?.cleanRows ?? []
    guard let review = context.state.review, !clean.isEmpty else { return "" }
    let left = review.shownRows.count - clean.count
    var text =
      "\(clean.count.pluralized("session")) without a question, "
      + "\(clean.reduce(0) { $0 + $1.unitCount }) units; "
    text += left == 0 ? "all that are shown." : "\(left) others that are shown stay as they are."
    if !review.filter.isEmpty || review.needsOnly { text += " The filter holds." }
    for (terms, count) in terms(clean) {
      text += "\n\(count.pluralized("session")): rulebook \(terms.rulebook), \(terms.policyWords)"
    }
    return text + clean.map { "\n" + line($0, in: review) }.joined()
  }

  /// `Tester, Amara, born 04-Feb-1961, 07:10-10:55, chair 3: 96413, 2 × 96415`.
  private static func line(_ row: ReviewRow, in review: ReviewState) -> String {
    let units = row.unitsByCode.map { $0.count == 1 ? $0.code : "\($0.count) x \($0.code)" }
    let isDayKnown = review.isOneDay && review.days.contains(row.date)
    let span = isDayKnown ? row.span : "\(row.date.display) \(row.span)"
    return "\(row.patient), born \(row.born), \(span), chair \(row.chair): "
      + (units.isEmpty ? "no units" : units.joined(separator: ", "))
      + (row.unposted.isEmpty ? "" : "; not posted: \(row.unposted.words)")
  }

  /// How many rows are signed under each rulebook and policy, in the order shown.
  private static func terms(_ rows: [ReviewRow]) -> [(SignOffOffer, Int)] {
    var found: [(SignOffOffer, Int)] = []
    for case let offer? in rows.map(\.offer) {
      if let index = found.firstIndex(where: { $0.0.hasTerms(of: offer) }) {
        found[index].1 += 1
      } else {
        found.append((offer, 1))
      }
    }
    return found
  }

  static func fields(_ context: FormContext) -> [Field] { [] }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let clean = context.state.review?.cleanRows ?? []
    if clean.isEmpty { throw FormProblem(nil, "None of those shown is closed without a question.") }
    if context.state.review?.page.isWhole == false {
      throw FormProblem(nil, "The days are still being read; a moment.")
    }
    var orders: [SignOffOrder] = []
    for row in clean {
      guard let offer = row.offer else { continue }
      orders.append(
        SignOffOrder(
          session: row.id, version: row.version,
          review: offer.review(by: context.state.actor.name)))
    }
    let first = clean[0].offer?.statementHash.prefix(12) ?? ""
    let last = clean[clean.count - 1].offer?.statementHash.prefix(12) ?? ""
    let hashes = orders.count == 1 ? "\(first)" : "\(first) to \(last)"
    let days = context.state.review.map { " of \($0.days.title)" } ?? ""
    return FormReading(
      .signOff(orders),
      "\(orders.count.pluralized("session"))\(days), each with the hash of its own statement "
        + "(\(hashes)), \(context.by)")
  }
}
