import InfusionRecord

extension Form {
  /// Records that an access site was removed.
  package static let closeSite = Form(
    title: "Close an access site", act: .record, scope: .openSession,
    targets: { $0.about(.site) { .site($0) } },
    refusal: { $1.openSites.isEmpty ? "No access site is open." : nil },
    question: { CloseSiteForm.doubt($0) ?? "" },
    fields: CloseSiteForm.fields, reading: CloseSiteForm.reading)
}

private enum CloseSiteForm {
  static func fields(_ context: FormContext) -> [Field] {
    let open = context.session?.openSites ?? []
    return [
      Field.choice(
        .site, "Site", open.map { Field.Option($0.opening.site, $0.opening.words) },
        picked: open.count == 1 ? open[0].opening.site : nil)
    ] + check(context) + context.timeFields()
  }

  private static func check(_ context: FormContext) -> [Field] {
    guard let doubt = doubt(context) else { return [] }
    var field = Field.choice(
      .check, "Is it so?",
      [
        Field.Option("no", "no, the drug is stopped first"),
        Field.Option("yes", "yes, it is closed all the same"),
      ], hint: "no or yes")
    field.subject = doubt
    return [field]
  }

  /// What still runs through the site; nil if nothing does.
  static func doubt(_ context: FormContext) -> String? {
    let site = context.value(.site)
    let running = context.session?.running.filter { $0.facts.site == site } ?? []
    if running.isEmpty { return nil }
    return "Still running there: \(running.map { context.name($0) }.joined(separator: ", "))."
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let site = context.value(.site)
    guard let known = context.session?.log.sites.first(where: { $0.opening.site == site }) else {
      throw FormProblem(.site, "Which access site?")
    }
    let moment = try context.time()
    var draft = try context.draft(.siteClosed(site: site), at: moment)
    if let doubt = doubt(context) {
      switch context.value(.check) {
      case "yes": draft.reason = FormContext.confirmed + doubt
      case "no": throw FormProblem(.site, "Stop the drug first.")
      default: throw FormProblem(.check, "Answer the question: no or yes.")
      }
    }
    return FormReading(
      [draft],
      "access site \(known.opening.words) closed \(context.timeText(moment)), \(context.by)")
  }
}
