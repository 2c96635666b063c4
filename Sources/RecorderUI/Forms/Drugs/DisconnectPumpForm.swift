import InfusionRecord

extension Form {
  /// Records that a pump was taken off: one connected here, or one from an earlier visit.
  package static let disconnectPump = Form(
    title: "Disconnect a pump", act: .record, scope: .openSession,
    targets: { form in
      form.about(.pump) { $0 == DisconnectPumpForm.earlier ? nil : .running($0) } + form.siteTargets
    },
    fields: DisconnectPumpForm.fields, reading: DisconnectPumpForm.reading)
}

private enum DisconnectPumpForm {
  /// The value of a pump that was connected in another session.
  static let earlier = "earlier"

  private static func pumps(_ context: FormContext) -> [RecordedAdministration] {
    (context.session?.running ?? []).filter { $0.beganWith == .pumpConnected }
  }

  static func fields(_ context: FormContext) -> [Field] {
    var options = pumps(context).map {
      Field.Option(
        $0.id, context.name($0), details: ["connected \(context.clockText($0.start))"])
    }
    options.append(Field.Option(earlier, "a pump from an earlier visit"))
    var fields = [
      Field.choice(.pump, "Pump", options, picked: options.count == 1 ? earlier : nil)
    ]
    if context.value(.pump) == earlier { fields.append(context.drugField()) }
    return fields + [context.siteField()] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let picked = context.value(.pump)
    let pump = pumps(context).first { $0.id == picked }
    if pump == nil && picked != earlier { throw FormProblem(.pump, "Which pump?") }
    let known = pump.map { context.state.formulary.drug(named: $0.facts.drug) }
    let drug = if let known { known } else { try context.drug() }
    let moment = try context.time()
    let site = try context.site(at: moment)
    let end = PumpDisconnection(
      administration: session.log.nextAdministration, pump: pump?.id,
      drug: drug.recordedName, site: site.id)
    return FormReading(
      try context.drafts(.pumpDisconnected(end), at: moment, site: site),
      "pump with \(drug.displayName) taken off \(context.timeText(moment)), "
        + context.by)
  }
}
