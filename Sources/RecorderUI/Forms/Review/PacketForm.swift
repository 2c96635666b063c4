import InfusionRecord
import SessionReview

extension Form {
  /// Writes or prints everything that an auditor asks about one session.
  package static let packet = Form(
    title: "Audit packet", act: .export, scope: .suite,
    verb: { $0.value(.format) == "print" ? "print" : "write" }, targets: { _ in [] },
    fields: PacketForm.fields, reading: PacketForm.reading)
}

private enum PacketForm {
  static func fields(_ context: FormContext) -> [Field] {
    let format = Field.choice(
      .format, "As",
      [
        Field.Option("text", "text", details: ["a file for printing, 80 columns"]),
        Field.Option("json", "JSON", details: ["a file for a program"]),
        Field.Option("print", "paper", details: ["to this account's printer (lp)"]),
      ], picked: "text")
    return context.value(.format) == "print" ? [format] : [format, context.folderField]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    guard let row = context.state.selectedReviewRow else {
      throw FormProblem(nil, "Choose a session of the review first.")
    }
    if row.isHidden { throw FormProblem(nil, Restrictions.sentence) }
    let format = context.value(.format)
    let packet = "the packet of \(row.patient), MRN \(row.mrn)"
    if format == "print" {
      return FormReading(.write(.packet(row.id, format: format, file: "")), packet)
    }
    let ending = format == "json" ? "json" : "txt"
    let file = "\(try context.folder())/packet-\(row.id.fileName)-\(context.stamp).\(ending)"
    return FormReading(
      .write(.packet(row.id, format: format, file: file)), "\(file): \(packet)")
  }
}
