import InfusionRecord
import SessionReview
import TerminalCore

extension Form {
  /// Signs off one session exactly as the reviewer saw it.
  package static let signOff = Form(
    title: "Sign off", act: .signOff, scope: .session, aside: .statement, verb: { _ in "sign off" },
    mustBeRead: true, targets: { _ in [(.row, nil), (.record, nil)] },
    refusal: { state, session in
      guard let row = state.review?.row(of: session.id) else {
        return "Sign off from the day's review: d on the board."
      }
      return SignOffForm.refusal(of: row)
    },
    rowRefusal: SignOffForm.refusal(of:), question: SignOffForm.question,
    fields: SignOffForm.fields, reading: SignOffForm.reading)
}

private enum SignOffForm {
  static func question(_ context: FormContext) -> String {
    guard let row = context.reviewRow else { return "" }
    var text = "\(row.span)  \(row.unitText(times: context.state.glyphs.times, separator: "  "))"
    for concern in row.concerns { text += "\n\(concern)" }
    if !row.unposted.isEmpty { text += "\nNot posted: \(row.unposted.words)." }
    return text
  }

  static func fields(_ context: FormContext) -> [Field] {
    guard let row = context.reviewRow, !row.questions.isEmpty else { return [] }
    return [
      context.reasonField([
        "it is right as recorded", "looked into with the nurse",
        "the chart of the hospital says so",
      ])
    ]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    guard let session = context.session, let row = context.reviewRow else {
      throw FormProblem(nil, "Choose a session of the review first.")
    }
    guard let offer = row.offer else { throw FormProblem(nil, refusal(of: row) ?? "") }
    guard row.version == session.log.version else {
      throw FormProblem(nil, "This session is being read again. Look again, then press Enter.")
    }
    let draft = try context.draft(
      .sessionReviewed(offer.review(by: context.state.actor.name)),
      reason: row.questions.isEmpty ? nil : context.value(.reason))
    let units =
      row.unitCount.pluralized("unit") + (row.unposted.isEmpty ? "" : " with \(row.unposted.words)")
    var reading = FormReading(
      [draft],
      "\(row.patient), \(units), statement \(offer.statementHash.prefix(12)), rulebook "
        + "\(offer.rulebook), \(offer.policyWords)"
        + (draft.reason.map { ", \($0)" } ?? "") + ", \(context.by)")
    reading.short = "signed off \(row.patient), \(units)"
    return reading
  }

  /// Why a row cannot be signed off; nil if it can.
  static func refusal(of row: ReviewRow) -> String? {
    if row.offer != nil { return nil }
    return switch row.need {
    case .reviewed:
      "It is signed off already\(row.reviewer.map { ", by \($0)" } ?? ""); r reopens it."
    case .open, .person, .clean: "The session is open; it is closed before it is signed off."
    }
  }
}

extension FormContext {
  /// The row of the review that the prompt is about.
  var reviewRow: ReviewRow? { state.review?.row(of: prompt.session) }
}
