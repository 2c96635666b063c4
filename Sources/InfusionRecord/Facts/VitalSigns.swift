/// What was measured. Each value is optional, because a nurse records what there was time for.
///
/// | value | unit | limits |
/// |---|---|---|
/// | blood pressure | mmHg | systolic 20 to 300, diastolic 10 to 200 and lower than the systolic one |
/// | heart rate | beats/min | 0 to 350 |
/// | oxygen saturation | % | 0 to 100 |
/// | temperature | °C or °F, as measured | 25 to 45 °C, 77 to 113 °F |
/// | respirations | breaths/min | 0 to 100 |
package struct VitalSigns: Sendable, Hashable {
  package struct BloodPressure: Sendable, Hashable {
    package var systolic: Int
    package var diastolic: Int

    package init(systolic: Int, diastolic: Int) {
      self.systolic = systolic
      self.diastolic = diastolic
    }

    /// Reads `120/80`; nil for other texts.
    package init?(written text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Int($0.filter { $0 != " " }) }
      guard parts.count == 2, numbers.count == 2 else { return nil }
      self.init(systolic: numbers[0], diastolic: numbers[1])
    }

    package var words: String { "\(systolic)/\(diastolic)" }
  }

  /// A temperature in the unit in which it was measured. Nothing is converted.
  package struct Temperature: Sendable, Hashable {
    package enum Unit: String, Sendable, CaseIterable, Hashable {
      case celsius = "C"
      case fahrenheit = "F"

      package var limits: ClosedRange<Double> { self == .celsius ? 25...45 : 77...113 }
    }

    package var degrees: Double
    package var unit: Unit

    package init(degrees: Double, unit: Unit) {
      self.degrees = degrees
      self.unit = unit
    }

    /// The temperature that a number alone means. The limits of the two units do not meet.
    package init?(degrees: Double) {
      guard let unit = Unit.allCases.first(where: { $0.limits.contains(degrees) }) else {
        return nil
      }
      self.init(degrees: degrees, unit: unit)
    }

    /// Reads `38.2`, `38.2 C`, `100.8 °F`; nil if the number lies outside the limits of its unit.
    package init?(written text: String) {
      var number = text.uppercased().filter { $0 != " " && $0 != "°" }
      let unit = number.last.flatMap { Unit(rawValue: String($0)) }
      if unit != nil { number.removeLast() }
      guard let degrees = Double(number), let known = Temperature(degrees: degrees),
        unit == nil || unit == known.unit
      else { return nil }
      self = known
    }

    package var words: String { "\(degrees.plain) °\(unit.rawValue)" }
  }

  package var bloodPressure: BloodPressure?
  package var heartRate: Int?
  /// Oxygen saturation in percent.
  package var oxygen: Int?
  package var temperature: Temperature?
  /// Breaths a minute.
  package var respirations: Int?

  package init(
    bloodPressure: BloodPressure? = nil, heartRate: Int? = nil, oxygen: Int? = nil,
    temperature: Temperature? = nil, respirations: Int? = nil
  ) {
    self.bloodPressure = bloodPressure
    self.heartRate = heartRate
    self.oxygen = oxygen
    self.temperature = temperature
    self.respirations = respirations
  }

  package var isEmpty: Bool { self == VitalSigns() }

  package static let heartRates = 0...350
  package static let saturations = 0...100
  package static let respirationRates = 0...100
  package static let systolicPressures = 20...300
  package static let diastolicPressures = 10...200

  /// What is wrong with the values, in a sentence; nil if they are possible.
  package var fault: String? {
    if let pressure = bloodPressure {
      guard VitalSigns.systolicPressures.contains(pressure.systolic),
        VitalSigns.diastolicPressures.contains(pressure.diastolic)
      else {
        return "A blood pressure lies between 20/10 and 300/200 mmHg."
      }
      guard pressure.diastolic < pressure.systolic else {
        return "A blood pressure has the systolic value first, as in 120/80."
      }
    }
    func limits(_ value: Int?, _ what: String, _ range: ClosedRange<Int>, _ unit: String) -> String?
    {
      guard let value, !range.contains(value) else { return nil }
      return "\(what) lies between \(range.lowerBound) and \(range.upperBound)\(unit)."
    }
    if let temperature, !temperature.unit.limits.contains(temperature.degrees) {
      return VitalSigns.temperatureRule
    }
    return limits(heartRate, "A heart rate", VitalSigns.heartRates, " beats/min")
      ?? limits(oxygen, "An oxygen saturation", VitalSigns.saturations, " %")
      ?? limits(respirations, "The respirations", VitalSigns.respirationRates, " breaths/min")
  }

  package static let temperatureRule =
    "A temperature lies between 25 and 45 °C or between 77 and 113 °F."

  /// `BP 88/50 mmHg, HR 118/min, SpO2 91 %, 38.2 °C, 24 breaths/min`; empty if nothing was measured.
  package var words: String {
    [
      bloodPressure.map { "BP \($0.words) mmHg" }, heartRate.map { "HR \($0)/min" },
      oxygen.map { "SpO2 \($0) %" }, temperature?.words,
      respirations.map { "\($0) breaths/min" },
    ].compactMap(\.self).joined(separator: ", ")
  }
}
