import InfusionRecord
import SessionReview

extension Form {
  /// Writes the days to a file for another program.
  package static let export = Form(
    title: "Export", act: .export, scope: .suite, verb: { _ in "write" },
    targets: { _ in [] },
    fields: ExportForm.fields, reading: ExportForm.reading)
}

private enum ExportForm {
  static func fields(_ context: FormContext) -> [Field] {
    [
      Field.choice(
        .format, "Format",
        [
          Field.Option("csv", "CSV", details: ["a table, a line for each code"]),
          Field.Option("json", "JSON", details: ["session and statement, a line a session"]),
          Field.Option("fhir", "FHIR", details: ["an R4 bundle"]),
          Field.Option("hl7", "HL7", details: ["DFT^P03 batch of what is signed off"]),
          Field.Option("text", "text", details: ["for a person, 80 columns"]),
        ], picked: "csv"),
      context.folderField,
    ]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    guard let review = context.state.review else { throw FormProblem(nil, "Open a day first.") }
    guard review.page.isWhole else {
      throw FormProblem(nil, "The days are still being read; a moment.")
    }
    // Sessions that were left open from an earlier day are in the file of that day.
    let rows = review.page.rows.filter { review.days.contains($0.date) }
    let sessions = rows.count
    let signed = rows.count { $0.need == .reviewed }
    let format = context.value(.format)
    if sessions == 0 {
      throw FormProblem(nil, "There is no session on these days; nothing to export.")
    }
    if format == "hl7", signed == 0 {
      throw FormProblem(
        .format, "Nothing on these days is signed off; HL7 holds what was signed off, no more.")
    }
    let folder = try context.folder()
    let ending = format == "text" ? "txt" : format == "fhir" ? "fhir.json" : format
    let first = review.days.lowerBound.iso
    let span = review.isOneDay ? first : "\(first)-to-\(review.days.upperBound.iso)"
    let file = "\(folder)/chairtime-\(span)-\(context.stamp).\(ending)"
    let held =
      format == "hl7"
      ? "\(signed) of \(sessions) sessions, those signed off"
      : "\(sessions) sessions, \(signed) signed off"
    var reading = FormReading(
      .write(.days(review.days, format: format, file: file)), "\(file): \(held)")
    if format != "hl7", signed < sessions {
      let unsigned = (sessions - signed).pluralized("session")
      reading.warnings = [
        "The file will hold \(unsigned) that nobody signed off; their units may still change."
      ]
    }
    return reading
  }
}
