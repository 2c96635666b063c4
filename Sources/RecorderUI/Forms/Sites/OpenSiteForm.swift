import InfusionRecord

extension Form {
  /// Records an access site.
  package static let openSite = Form(
    title: "Open an access site", act: .record, scope: .openSession,
    targets: { form in
      form.about(.kind) { AccessSite.Kind(rawValue: $0).map { .newSite($0) } }
        + form.about(.lumen) { .site($0) }
    },
    fields: OpenSiteForm.fields, reading: OpenSiteForm.reading)
}

private enum OpenSiteForm {
  static func fields(_ context: FormContext) -> [Field] {
    let open = context.session?.openSites ?? []
    var fields = [
      // The kind decides units, so none is proposed.
      Field.choice(
        .kind, "Kind", FormContext.siteKinds.map { Field.Option($0.rawValue, $0.words) }),
      Field.text(.location, "Where", hint: "for example right chest"),
    ]
    if !open.isEmpty {
      fields.append(
        Field.choice(
          .lumen, "Lumen of",
          [Field.Option("", "a site of its own")]
            + open.map { Field.Option($0.opening.site, $0.opening.words) },
          picked: "", isRequired: false))
      if context.value(.lumen).isEmpty {
        fields.append(
          Field.choice(
            .siteReason, "Second site",
            [Field.Option("", "reason not recorded yet")]
              + AccessSite.SecondSiteReason.allCases.map { Field.Option($0.rawValue, $0.words) },
            picked: "", isRequired: false))
      }
    }
    return fields + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    guard let kind = AccessSite.Kind(rawValue: context.value(.kind)) else {
      throw FormProblem(.kind, "Which kind of access?")
    }
    let moment = try context.time()
    let opening = SiteOpening(
      site: session.nextSite(kind), kind: kind, location: context.optional(.location),
      parent: context.optional(.lumen),
      secondSiteReason: AccessSite.SecondSiteReason(rawValue: context.value(.siteReason)))
    var sentence = "access site \(opening.words) opened \(context.timeText(moment))"
    if let reason = opening.secondSiteReason { sentence += "; \(reason.words)" }
    return FormReading(
      [try context.draft(.siteOpened(opening), at: moment)],
      sentence + ", \(context.by)")
  }
}
