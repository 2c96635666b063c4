import ArgumentParser
import InfusionRecord
import SuiteProgram

/// What was seen, done and measured in a reaction; what is absent is not recorded.
struct ReactionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How severe it is, by CTCAE: 1 to 5.", valueName: "grade"))
  var grade: Int?

  @Option(
    help: ArgumentHelp(
      "A sign, as often as needed: \(Reaction.Sign.allCases.map(\.rawValue).joined(separator: ", ")), "
        + "or another one.", valueName: "sign"))
  var sign: [String] = []

  @Option(help: "What was done with the drug.")
  var action: Reaction.Action?

  @Option(
    help: ArgumentHelp(
      "What was given against a reaction, for people; of a drug's amount, what reached the patient.",
      valueName: "text"))
  var given: String?

  @Option(help: ArgumentHelp("Blood pressure in mmHg: 120/80.", valueName: "mmHg"))
  var bp: String?

  @Option(help: ArgumentHelp("Heart rate a minute.", valueName: "number"))
  var heartRate: Int?

  @Option(help: ArgumentHelp("Oxygen saturation in percent.", valueName: "%"))
  var spo2: Int?

  @Option(help: ArgumentHelp("Temperature: 38.2, 100.8F.", valueName: "degrees"))
  var temperature: String?

  @Option(help: ArgumentHelp("Breaths a minute.", valueName: "number"))
  var respirations: Int?

  /// A reaction with the values that were given.
  func applied(to known: Reaction) throws -> Reaction {
    var reaction = known
    if let grade { reaction.grade = grade }
    if !sign.isEmpty {
      let found = sign.map { text in
        Reaction.Sign.allCases.first { $0.rawValue == text || $0.words == text }
      }
      reaction.signs = found.compactMap(\.self)
      let others = zip(sign, found).compactMap { text, sign in sign == nil ? text : nil }
      reaction.otherSigns = others.isEmpty ? nil : others.joined(separator: ", ")
    }
    if let action { reaction.action = action }
    if let given { reaction.drugsGiven = given }
    if let bp {
      guard let pressure = VitalSigns.BloodPressure(written: bp) else {
        throw Complaint("--bp: a blood pressure is two numbers, as in 120/80.")
      }
      reaction.vitals.bloodPressure = pressure
    }
    if let heartRate { reaction.vitals.heartRate = heartRate }
    if let spo2 { reaction.vitals.oxygen = spo2 }
    if let temperature {
      guard let found = VitalSigns.Temperature(written: temperature) else {
        throw Complaint("--temperature: \(VitalSigns.temperatureRule)")
      }
      reaction.vitals.temperature = found
    }
    if let respirations { reaction.vitals.respirations = respirations }
    return reaction
  }
}
