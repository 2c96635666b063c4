import InfusionRecord

// The volume of the bag and the rate at which it runs, which give the planned end.

extension FormContext {
  /// `Volume` and `Rate` of a start.
  var bagFields: [Field] {
    let planned = plannedToday
    return [
      .text(
        .volume, "Volume", planned?.volumeML.map { "\($0.plain) mL" } ?? "", hint: "mL, of the bag"),
      .text(
        .rate, "Rate", planned?.rateMLPerHour.map { "\($0.plain) mL/h" } ?? "",
        hint: "mL/h; with the volume it gives the end"),
    ]
  }

  /// The whole minutes that the volume takes at the rate; nil if one of them is missing.
  var computedMinutes: Double? {
    guard let volume = try? volume(), let rate = try? rate(), volume > 0, rate > 0 else {
      return nil
    }
    return AdministrationFacts.minutes(of: volume, at: rate)
  }

  func volume() throws(FormProblem) -> Double? {
    try quantity(.volume, "A volume", in: ["ml"], written: "mL")
  }

  /// A rate above 0: at a rate of 0 a drug would never end.
  func rate() throws(FormProblem) -> Double? {
    let rate = try quantity(.rate, "A rate", in: ["ml/h", "ml/hr", "ml/hour"], written: "mL/h")
    if rate == 0 { throw FormProblem(.rate, RecordedAdministration.zeroRate) }
    return rate
  }

  /// A number with its unit, or a number alone.
  private func quantity(
    _ name: Field.Name, _ what: String, in units: [String], written unit: String
  ) throws(FormProblem) -> Double? {
    let text = value(name)
    if text.isEmpty { return nil }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
    let rest = text.dropFirst(digits.count).lowercased().filter { !$0.isWhitespace }
    guard rest.isEmpty || units.contains(rest) else {
      throw FormProblem(name, "\(what) is in \(unit), and \(text) is not: write 100 \(unit).")
    }
    let value: ExactDecimal
    do throws(DrugAmount.EntryFault) {
      value = try DrugAmount.decimal(written: String(digits), before: unit)
    } catch {
      throw FormProblem(name, error.message)
    }
    guard let number = Double(value.text), number <= 100_000 else {
      throw FormProblem(name, "\(what) is a number from 0 to 100000.")
    }
    return number
  }

  /// The amount typed or planned, if it is one that can be given as it is. What a container holds is no amount
  /// given.
  var orderedAmount: DrugAmount? {
    let typed = prompt[.amount].map(\.value) ?? plannedAmount
    return typed.isEmpty ? nil : try? DrugAmount(written: typed)
  }
}

extension AdministrationFacts {
  static func minutes(of volume: Double, at rate: Double) -> Double {
    min(100_000, max(1, (volume / rate * 60).rounded()))
  }

  /// `, 250 mL at 125 mL/h`; empty if neither is charted.
  var flowWords: String {
    let words = [
      volumeML.map { "\($0.plain)\u{A0}mL" }, rateMLPerHour.map { "at \($0.plain)\u{A0}mL/h" },
    ].compactMap(\.self)
    return words.isEmpty ? "" : ", " + words.joined(separator: " ")
  }

  /// What is said if the planned minutes are not those of volume and rate.
  var flowDoubt: String? {
    guard let planned = plannedMinutes, let volume = volumeML, let rate = rateMLPerHour, rate > 0,
      volume > 0
    else { return nil }
    let computed = AdministrationFacts.minutes(of: volume, at: rate)
    guard abs(computed - planned) > 1 else { return nil }
    return "Planned are \(planned.plain) min, but \(volume.plain) mL at \(rate.plain) mL/h take "
      + "\(computed.plain) min."
  }
}
