import InfusionRecord

extension Form {
  /// Records a flush of the access device.
  package static let flush = Form(
    title: "Flush the access device", act: .record, scope: .openSession,
    targets: \.siteTargets,
    fields: FlushForm.fields, reading: FlushForm.reading)
}

private enum FlushForm {
  static func fields(_ context: FormContext) -> [Field] {
    [context.siteField()] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let moment = try context.time()
    let site = try context.site(at: moment)
    let flush = Fact.deviceFlushed(
      administration: session.log.nextAdministration, site: site.id)
    return FormReading(
      try context.drafts(flush, at: moment, site: site),
      "access device flushed \(context.timeText(moment)), \(site.words), "
        + context.by)
  }
}
