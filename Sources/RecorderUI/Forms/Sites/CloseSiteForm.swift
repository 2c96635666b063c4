import InfusionRecord

extension Form {
  /// Records that an access site was removed.
  package static let closeSite = Form(
    title: "Close an access site", act: .record, scope: .openSession,
    targets: { $0.about(.site) { .site($0) } },
    refusal: { $1.openSites.isEmpty ? "No access site is open." : nil },
    fields: CloseSiteForm.fields, reading: CloseSiteForm.reading)
}

private enum CloseSiteForm {
  static func fields(_ context: FormContext) -> [Field] {
    let open = context.session?.openSites ?? []
    return [
      Field.choice(
        .site, "Site", open.map { Field.Option($0.opening.site, $0.opening.words) },
        picked: open.count == 1 ? open[0].opening.site : nil)
    ] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let site = context.value(.site)
    guard let known = context.session?.log.sites.first(where: { $0.opening.site == site }) else {
      throw FormProblem(.site, "Which access site?")
    }
    let moment = try context.time()
    var reading = FormReading(
      [try context.draft(.siteClosed(site: site), at: moment)],
      "access site \(known.opening.words) closed \(context.timeText(moment)), "
        + context.by)
    let running = context.session?.running.filter { $0.facts.site == site } ?? []
    if !running.isEmpty {
      let names = running.map { context.name($0) }.joined(separator: ", ")
      reading.warnings.append("Still running there: \(names).")
    }
    return reading
  }
}
