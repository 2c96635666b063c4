import InfusionRecord
import SessionReview
import TimelineEngine

/// The dose and the rate of an administration, as far as they were charted.
///
/// The dose is the drug's. The volume of a bag is a dose only of hydration, which is nothing but volume;
/// of a drug it is told in words. An amount that is no plain number and unit (`175 mg/m2`, `AUC 5`) is
/// told in words too: it says how a dose is found, not what was given.
struct ChartedDosage {
  /// An amount in a unit of UCUM.
  struct Dose: Equatable {
    let value: Double
    let unit: String

    init(value: Double, unit: String) {
      self.value = value
      self.unit = unit
    }

    /// An amount that was given.
    init?(_ amount: DrugAmount) {
      guard let value = Double(amount.value.text) else { return nil }
      self.value = value
      unit =
        switch amount.unit {
        case .mcg: "ug"
        case .mg: "mg"
        case .g: "g"
        case .mL: "mL"
        // UCUM has no unit for the units of a label; a note in braces counts as 1.
        case .units: "{unit}"
        case .internationalUnits: "[iU]"
        case .mEq: "meq"
        case .mmol: "mmol"
        case .mCi: "mCi"
        }
    }

    /// Reads `8 mg`, `0.25 mg`, `1,000 mL`; nil for every other text.
    init?(charted text: String) {
      let text = text.trimmed
      let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
      let parts = number.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 1 || Dose.areThousands(parts), let value = Double(parts.joined()),
        value > 0,
        let unit = Dose.units[text[number.endIndex...].trimmed.lowercased()]
      else { return nil }
      self.init(value: value, unit: unit)
    }

    /// Whether commas between these parts can only separate thousands, `1,000.5`. In `0,500`, `,500` and
    /// after a point the comma may be a decimal one.
    private static func areThousands(_ parts: [Substring]) -> Bool {
      guard let first = parts.first, (1...3).contains(first.count), first.first != "0" else {
        return false
      }
      return !parts.dropLast().contains { $0.contains(".") }
        && parts.dropFirst().allSatisfy { $0.prefix { $0 != "." }.count == 3 }
    }

    private static let units = [
      "mg": "mg", "g": "g", "kg": "kg", "mcg": "ug", "µg": "ug", "μg": "ug", "ug": "ug", "ng": "ng",
      "ml": "mL", "l": "L", "mmol": "mmol", "meq": "meq", "iu": "[iU]",
    ]
  }

  let technique: Technique
  let dose: Dose?
  /// Nil if none was set, or if it was changed: there is then no one rate.
  let rateMLPerHour: Double?
  /// What is charted of them and stands in no element.
  let notes: [String]

  /// Only the technique of an injection names the route.
  var route: String? {
    switch technique {
    case .intramuscular: "intramuscular"
    case .subcutaneous, .subcutaneousInfusion, .onBodyInjector: "subcutaneous"
    case .oral: "oral"
    case .infusion, .push, .pump, .pumpDisconnect, .pumpRefill, .implantedPumpRefill, .flush: nil
    }
  }

  init(_ source: RecordedAdministration, isHydration: Bool, clock: LocalClock) {
    technique = source.facts.technique
    // What was given is the dose; the amount of the order is one only if no other is recorded.
    let charted =
      source.drugFacts?.given.flatMap { Dose($0) }
      ?? source.facts.amount.flatMap { Dose(charted: $0) }
    let volume = source.volumeML
    dose = charted ?? (isHydration ? volume.map { Dose(value: $0, unit: "mL") } : nil)
    rateMLPerHour = source.rateChanges.isEmpty ? source.facts.rateMLPerHour : nil
    var notes: [String] = []
    if let amount = source.facts.amount { notes.append("dose as charted: \(amount)") }
    if let volume, charted != nil || !isHydration {
      notes.append("volume as charted: \(volume.plain) mL")
    }
    if !source.rateChanges.isEmpty {
      let first = source.facts.rateMLPerHour.map { ["\($0.plain) mL/h"] } ?? []
      let rates = source.rateChanges.map {
        "\($0.rateMLPerHour.plain) mL/h from \(clock.written($0.at))"
      }
      notes.append("rate as charted: " + (first + rates).joined(separator: ", "))
    }
    self.notes = notes + (source.drugFacts?.words ?? [])
  }
}
