import InfusionRecord

extension FormContext {
  /// What was measured; every field may stay empty.
  func vitalSignFields(_ known: VitalSigns = VitalSigns()) -> [Field] {
    [
      .text(
        .pressure, "BP", known.bloodPressure?.words ?? "", hint: "not recorded; mmHg"),
      .text(
        .heart, "Heart rate", known.heartRate.map(String.init) ?? "",
        hint: "not recorded; beats/min"),
      .text(.oxygen, "SpO2", known.oxygen.map(String.init) ?? "", hint: "not recorded; %"),
      .text(
        .temperature, "Temperature", known.temperature?.degrees.plain ?? "",
        hint: "not recorded; °C or °F"),
      .text(
        .breaths, "Respirations", known.respirations.map(String.init) ?? "",
        hint: "not recorded; breaths/min"),
    ]
  }

  func vitalSigns() throws(FormProblem) -> VitalSigns {
    var vitals = VitalSigns()
    vitals.bloodPressure = try bloodPressure()
    vitals.heartRate = try whole(.heart, "A heart rate", VitalSigns.heartRates)
    vitals.oxygen = try whole(.oxygen, "An oxygen saturation", VitalSigns.saturations)
    vitals.temperature = try temperature()
    vitals.respirations = try whole(.breaths, "Respirations", VitalSigns.respirationRates)
    return vitals
  }

  private func bloodPressure() throws(FormProblem) -> VitalSigns.BloodPressure? {
    guard let text = optional(.pressure) else { return nil }
    guard let pressure = VitalSigns.BloodPressure(written: text) else {
      throw FormProblem(.pressure, "A blood pressure is two numbers, as in 120/80.")
    }
    if let fault = VitalSigns(bloodPressure: pressure).fault {
      throw FormProblem(.pressure, fault)
    }
    return pressure
  }

  private func temperature() throws(FormProblem) -> VitalSigns.Temperature? {
    guard let text = optional(.temperature) else { return nil }
    guard let temperature = VitalSigns.Temperature(written: text) else {
      throw FormProblem(.temperature, VitalSigns.temperatureRule)
    }
    return temperature
  }

  private func whole(
    _ name: Field.Name, _ what: String, _ range: ClosedRange<Int>
  ) throws(FormProblem) -> Int? {
    guard let text = optional(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw FormProblem(
        name, "\(what) is a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }
}
