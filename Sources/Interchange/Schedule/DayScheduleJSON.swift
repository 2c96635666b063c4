internal import InfusionRecord
import PlainText

extension DaySchedule {
  /// The value of the key `format`.
  package static let format = "chairtime.schedule/1"

  /// The day as one JSON object.
  package func json() -> [UInt8] {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("format", DaySchedule.format)
      json.member("date", date.iso)
      json.list("appointments", appointments) { json, one in
        json.object { json in
          json.member("time", one.clock)
          json.member("minutes", one.minutes)
          json.member("cancelledBy", one.cancellation?.rawValue)
          // What the file said, if a person decided otherwise.
          if one.decision != nil, one.isCancelledInFile { json.member("cancelledInFile", true) }
          if one.isNotInFile { json.member("notInFile", true) }
          json.members(of: one.patient)
          json.member("chair", one.chair)
          json.member("regimen", one.regimen)
          json.member("payer", one.payer)
          if !one.allergies.isEmpty { json.member("allergies", one.allergies) }
          json.list("drugs", one.drugs) { json, drug in
            json.object { json in
              json.member("drug", drug.drug)
              json.member("dose", drug.dose)
              json.member("minutes", drug.minutes)
              json.member("way", drug.technique?.rawValue)
            }
          }
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  /// Reads the output of `json()`.
  package init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    let value = try JSONValue(bytes, file: file)
    guard value["format"]?.text == DaySchedule.format,
      let date = value["date"]?.text.flatMap({ CivilDate(written: $0) }),
      let list = value["appointments"]?.list
    else {
      throw DocumentError(
        file: file, found: "this is not a day of appointments", expected: DaySchedule.format)
    }
    var appointments: [Appointment] = []
    for one in list {
      guard let appointment = Appointment(one) else {
        throw DocumentError(
          file: file, path: "appointments[\(appointments.count)]",
          found: "an appointment cannot be read", expected: DaySchedule.format)
      }
      appointments.append(appointment)
    }
    self.init(date: date, appointments: appointments)
  }
}

extension Appointment {
  fileprivate init?(_ value: JSONValue) {
    let digits = (value["time"]?.text ?? "").split(separator: ":").compactMap { Int($0) }
    guard digits.count == 2, let family = value["family"]?.text, let given = value["given"]?.text,
      let born = value["born"]?.text.flatMap({ CivilDate(written: $0) }),
      let sex = value["sex"]?.text.flatMap(PatientIdentity.Sex.init), let mrn = value["mrn"]?.text
    else { return nil }
    self.init(
      minuteOfDay: digits[0] * 60 + digits[1],
      patient: PatientIdentity(
        family: family, given: given, dateOfBirth: born, sex: sex, mrn: mrn,
        visitNumber: value["visit"]?.text ?? ""),
      chair: value["chair"]?.text ?? "", regimen: value["regimen"]?.text ?? "",
      drugs: (value["drugs"]?.list ?? []).map(PlannedDrug.init(planned:)),
      payer: value["payer"]?.text)
    if let number = value["minutes"]?.number { minutes = Int(exactly: number.rounded()) }
    allergies = value["allergies"]?.text ?? ""
    func isSet(_ key: String) -> Bool {
      if case .flag(true)? = value[key]?.content { true } else { false }
    }
    let isOverruled = isSet("cancelledInFile")
    switch value["cancelledBy"]?.text.flatMap(Cancellation.init) {
    case .person?: decision = .cancelled
    case .file?: break
    case nil: decision = isOverruled ? .expected : nil
    }
    isCancelledInFile = isOverruled || value["cancelledBy"]?.text == Cancellation.file.rawValue
    isNotInFile = isSet("notInFile")
  }
}

extension Appointment.PlannedDrug {
  fileprivate init(planned value: JSONValue) {
    let drug = value["drug"]?.text ?? ""
    let dose = value["dose"]?.text ?? ""
    var minutes: Int?
    if let number = value["minutes"]?.number { minutes = Int(exactly: number.rounded()) }
    self.init(
      drug: drug, dose: dose, minutes: minutes,
      technique: value["way"]?.text.flatMap(Technique.init))
  }
}
