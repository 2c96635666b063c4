package import InfusionRecord
package import PlainText

// Reactions, allergies and alerts of a session document. A missing list of allergies means that they were
// not recorded; an empty one that none is known.

enum ReactionKey: String, CaseIterable, Sendable {
  case administration, time, grade, signs, otherSigns, action, drugsGiven
  case systolic, diastolic, heartRate, oxygenSaturation, celsius, fahrenheit, respirations
}

enum AllergyKey: String, CaseIterable, Sendable {
  case substance, reaction
}

/// The safety facts of a document as written, before times are resolved.
struct SafetyDraft {
  struct WrittenReaction {
    var at: Int
    var administration: SessionDraft.Placed<String>?
    var time = SessionDraft.Placed(
      value: WrittenTime(local: LocalTime(date: .epoch, secondOfDay: 0)), at: 0)
    var reaction = Reaction(grade: 1)
    var systolic: Int?
    var diastolic: Int?
  }

  var reactions: [WrittenReaction] = []
  var allergies: [Allergy]?
  var alerts: [String] = []

  static let reactionKeys = KeyTable<ReactionKey>(required: [.time, .grade])
  static let allergyKeys = KeyTable<AllergyKey>(required: [.substance])

  /// - Parameter ids: the administrations of the document.
  func resolved(
    _ reading: inout ClockReading, ids: [String: Int], _ json: JSONReader
  ) throws(DocumentError) -> SafetyFacts {
    var facts = SafetyFacts()
    for (index, written) in reactions.enumerated() {
      let path: [JSONReader.Step] = [.key("reactions"), .index(index)]
      var reaction = written.reaction
      if let about = written.administration {
        guard ids[about.value] != nil else {
          throw json.error(
            "no administration has this id", expected: "the id of one of the administrations",
            at: about.at, path: path + [.key("administration")])
        }
        reaction.administration = about.value
      }
      if written.systolic != nil || written.diastolic != nil {
        guard let systolic = written.systolic, let diastolic = written.diastolic else {
          throw json.error(
            "a blood pressure lacks a value", expected: "both systolic and diastolic",
            at: written.at, path: path)
        }
        reaction.vitals.bloodPressure = .init(systolic: systolic, diastolic: diastolic)
      }
      if let fault = reaction.vitals.fault {
        throw json.error(
          "the vital signs are impossible", expected: fault, at: written.at, path: path)
      }
      do throws(WrittenTime.Fault) {
        facts.reactions.append(
          .init(time: try reading.moment(written.time.value), reaction: reaction))
      } catch {
        throw json.error(
          error.found, expected: error.expected, at: written.time.at, path: path + [.key("time")])
      }
    }
    if allergies != nil || !alerts.isEmpty {
      facts.statement = AllergyStatement(
        allergies: allergies.map { $0.isEmpty ? .noneKnown : .known($0) } ?? .notRecorded,
        alerts: alerts)
    }
    return facts
  }
}

extension JSONReader {
  mutating func reactions() throws(DocumentError) -> [SafetyDraft.WrittenReaction] {
    var reactions: [SafetyDraft.WrittenReaction] = []
    try array("a list of reactions") { (json, index, at) throws(DocumentError) in
      var written = SafetyDraft.WrittenReaction(at: at)
      try json.object(SafetyDraft.reactionKeys) { (json, key, at) throws(DocumentError) in
        try json.field(key, of: &written, at: at)
      }
      reactions.append(written)
    }
    return reactions
  }

  private mutating func field(
    _ key: ReactionKey, of written: inout SafetyDraft.WrittenReaction, at: Int
  ) throws(DocumentError) {
    switch key {
    case .administration: written.administration = .init(value: try text(), at: at)
    case .time: written.time = .init(value: try time(), at: at)
    case .grade: written.reaction.grade = try whole("a grade", Reaction.grades)
    case .signs:
      var signs: [Reaction.Sign] = []
      try array("a list of signs") { (json, _, at) throws(DocumentError) in
        let sign: Reaction.Sign = try json.word()
        if signs.contains(sign) {
          throw json.error("the sign is named twice", expected: "each sign once", at: at)
        }
        signs.append(sign)
      }
      written.reaction.signs = signs
    case .otherSigns: written.reaction.otherSigns = try text()
    case .action: written.reaction.action = try word()
    case .drugsGiven: written.reaction.drugsGiven = try text()
    case .systolic: written.systolic = try whole("mmHg", VitalSigns.systolicPressures)
    case .diastolic: written.diastolic = try whole("mmHg", VitalSigns.diastolicPressures)
    case .heartRate:
      written.reaction.vitals.heartRate = try whole("beats a minute", VitalSigns.heartRates)
    case .oxygenSaturation:
      written.reaction.vitals.oxygen = try whole("percent", VitalSigns.saturations)
    case .celsius, .fahrenheit:
      let known = written.reaction.vitals.temperature
      written.reaction.vitals.temperature = try temperature(
        key == .celsius ? .celsius : .fahrenheit, besides: known != nil)
    case .respirations:
      written.reaction.vitals.respirations = try whole(
        "breaths a minute", VitalSigns.respirationRates)
    }
  }

  mutating func allergies() throws(DocumentError) -> [Allergy] {
    var allergies: [Allergy] = []
    try array("a list of allergies") { (json, _, _) throws(DocumentError) in
      var allergy = Allergy(substance: "")
      try json.object(SafetyDraft.allergyKeys) { (json, key, _) throws(DocumentError) in
        switch key {
        case .substance: allergy.substance = try json.text()
        case .reaction: allergy.reaction = try json.text()
        }
      }
      allergies.append(allergy)
    }
    return allergies
  }

  mutating func alerts() throws(DocumentError) -> [String] {
    var alerts: [String] = []
    try array("a list of alerts") { (json, _, _) throws(DocumentError) in
      alerts.append(try json.text())
    }
    return alerts
  }

  private mutating func whole(
    _ unit: String, _ range: ClosedRange<Int>
  ) throws(DocumentError) -> Int {
    skipSpace()
    let start = at
    let value = try number("a whole number of \(unit)")
    guard value == value.rounded(), (Double(range.lowerBound)...Double(range.upperBound)) ~= value
    else {
      throw error(
        "the number is out of range",
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", at: start)
    }
    return Int(value)
  }

  private mutating func temperature(
    _ unit: VitalSigns.Temperature.Unit, besides hasOther: Bool
  ) throws(DocumentError) -> VitalSigns.Temperature {
    skipSpace()
    let start = at
    if hasOther {
      throw error(
        "the temperature is given in two units", expected: "celsius or fahrenheit", at: start)
    }
    let degrees = try number("degrees")
    guard unit.limits.contains(degrees) else {
      throw error(
        "the number is out of range", expected: VitalSigns.temperatureRule, at: start)
    }
    return .init(degrees: degrees, unit: unit)
  }
}

// MARK: - Writing

extension JSONWriter {
  /// Writes `allergies`, empty if none is known, and `alerts`; nothing of what was not recorded.
  package mutating func member(allergiesOf log: EventLog) {
    member(of: log.allergyStatement)
  }

  package mutating func member(reactionsOf log: EventLog) {
    let clock = log.clock
    member(of: log.safetyFacts.reactions) { clock.written($0) }
  }

  mutating func member(of statement: AllergyStatement?) {
    guard let statement else { return }
    if statement.allergies != .notRecorded {
      list("allergies", statement.allergies.list) { json, allergy in
        json.object { json in
          json.member("substance", allergy.substance)
          json.member("reaction", allergy.reaction)
        }
      }
    }
    if !statement.alerts.isEmpty { list("alerts", statement.alerts) { $0.value($1) } }
  }

  mutating func member(
    of reactions: [SafetyFacts.TimedReaction], written: (Instant) -> String
  ) {
    guard !reactions.isEmpty else { return }
    list("reactions", reactions) { json, timed in
      let reaction = timed.reaction
      json.object { json in
        json.member("administration", reaction.administration)
        json.member("time", written(timed.time))
        json.member("grade", reaction.grade)
        if !reaction.signs.isEmpty {
          json.list("signs", reaction.signs) { $0.value($1.rawValue) }
        }
        json.member("otherSigns", reaction.otherSigns)
        json.member("action", reaction.action?.rawValue)
        json.member("drugsGiven", reaction.drugsGiven)
        let vitals = reaction.vitals
        json.member("systolic", vitals.bloodPressure?.systolic)
        json.member("diastolic", vitals.bloodPressure?.diastolic)
        json.member("heartRate", vitals.heartRate)
        json.member("oxygenSaturation", vitals.oxygen)
        if let temperature = vitals.temperature {
          json.key(temperature.unit == .celsius ? "celsius" : "fahrenheit")
          json.value(temperature.degrees)
        }
        json.member("respirations", vitals.respirations)
      }
    }
  }
}
