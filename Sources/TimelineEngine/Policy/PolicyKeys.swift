import InfusionRecord

/// A value of a policy entry in a document.
package enum PolicyValue: Sendable, Hashable {
  case text(String)
  case flag(Bool)
  case number(Double)
}

/// Why a policy entry is refused.
package enum PolicyError: Error, Sendable, Hashable {
  case unknownKey(String)
  case badValue(key: String, allowed: String)

  /// One sentence.
  package var message: String {
    switch self {
    case .unknownKey:
      "there is no such policy key; the keys are \(Policy.keys.map(\.name).joined(separator: ", "))"
    case .badValue(let key, let allowed):
      "policy \(key) takes \(allowed)"
    }
  }
}

extension Policy {
  /// The name of a setting, the values it takes, and its dispute.
  package struct Key: Sendable {
    package let name: String
    /// Allowed values as written in documents, the default first.
    package let allowed: [String]
    /// The rulebook sections that describe the dispute.
    package let dispute: String
    let set: @Sendable (inout Policy, PolicyValue) -> Bool
    let get: @Sendable (Policy) -> PolicyValue
  }

  /// Sets one entry.
  ///
  /// - Throws: `PolicyError` with the key and the values it takes.
  package mutating func set(_ name: String, to value: PolicyValue) throws(PolicyError) {
    guard let key = Policy.keys.first(where: { $0.name == name }) else {
      throw .unknownKey(name)
    }
    // A code or modifier may be written as a number (rulebook D55).
    var value = value
    if case .number(let number) = value, key.allowed.contains(where: { Double($0) == number }),
      name != "pause.flag_gap_min"
    {
      value = .text(String(Int(number)))
    }
    guard key.set(&self, value) else {
      throw .badValue(key: name, allowed: key.allowed.joined(separator: ", "))
    }
  }

  /// Sets `key=value` as typed on a command line.
  package mutating func set(argument: String) throws(PolicyError) {
    guard let equals = argument.firstIndex(of: "=") else { throw .unknownKey(argument) }
    let name = String(argument[..<equals])
    let text = String(argument[argument.index(after: equals)...])
    if let flag = Bool(text) {
      try set(name, to: .flag(flag))
    } else if name == "pause.flag_gap_min", let number = Double(text) {
      try set(name, to: .number(number))
    } else {
      try set(name, to: .text(text))
    }
  }

  /// Every entry in the order of `keys`, as written in documents.
  package var entries: [(name: String, value: PolicyValue)] {
    Policy.keys.map { ($0.name, $0.get(self)) }
  }

  /// The policy that a sign-off names: the defaults with `key=value` settings over them.
  ///
  /// A setting that this version does not know is skipped. The hash of the statement then differs from
  /// the signed one.
  package init(settings: [String]) {
    self = .standard
    for setting in settings { try? set(argument: setting) }
  }

  /// The entries that differ from the defaults.
  package var differences: [(name: String, value: PolicyValue)] {
    var standard = Policy.standard
    standard.complexBiologic = nil
    return Policy.keys.compactMap { key in
      let value = key.get(self)
      if key.name == "complex_biologic.codes_as" {
        return complexBiologic == nil ? nil : (key.name, value)
      }
      return value == key.get(standard) ? nil : (key.name, value)
    }
  }

  package static let keys: [Key] = [
    choice("aborted_infusion", \.abortedInfusion, "R1"),
    flag("second_initial.requires_reason", \.secondInitialRequiresReason, "R3"),
    modifier(
      "modifier.second_site", \.secondSiteModifier, [.distinct, .separateSite, .unusual], "R3"),
    modifier(
      "modifier.second_encounter", \.secondEncounterModifier, [.distinct, .separateEncounter],
      "R3, R10"),
    modifier(
      "modifier.further_injection", \.furtherInjectionModifier,
      [.distinct, .separateSite, .repeated], "D79", isNoneUsual: true),
    choice("overlap.method", \.overlapMethod, "R6"),
    choice("concurrent.scope", \.concurrentScope, "R6"),
    choice("chemo_overlap", \.chemoOverlap, "R6"),
    choice("push.interval_from", \.pushInterval, "R7"),
    choice("hydration.join", \.hydrationJoin, "R8"),
    Key(
      name: "pause.flag_gap_min", allowed: ["120", "any number of minutes from 0"], dispute: "R9",
      set: { policy, value in
        guard case .number(let number) = value, number >= 0, number.isFinite else { return false }
        policy.pauseFlagGap = number
        return true
      }, get: { .number($0.pauseFlagGap) }),
    choice("repeat_dose.mode", \.repeatDose, "R9"),
    choice("repeat_dose.short_infusion", \.shortRepeat, "R9"),
    choice("missing_stop", \.missingStop, "R11"),
    choice("dos.rule", \.serviceDate, "R12"),
    choice("pump.code", \.pumpCode, "R13"),
    choice("pump.other_code", \.otherPumpCode, "R13, D83"),
    Key(
      name: "complex_biologic.codes_as", allowed: ["CHEMO", "TPD"], dispute: "R16, D14",
      set: { policy, value in
        guard case .text(let text) = value, let choice = ComplexBiologic(rawValue: text) else {
          return false
        }
        policy.complexBiologic = choice
        return true
      }, get: { .text(($0.complexBiologic ?? .chemo).rawValue) }),
    flag("account.required", \.accountRequired, "decision 73"),
    choice("drug.lines", \.drugLines, "DU1"),
    choice("drug.round_per", \.drugRounding, "DU3"),
    flag("drug.line_per_ndc", \.linePerNDC, "DU4", isUsual: false),
    choice("jwjz.applies", \.discardModifiers, "DU8"),
    date("jwjz.from", \.discardModifiersFrom, "DU6"),
    choice("minimum_waste", \.leastWaste, "DU9"),
    choice("stopped_dose", \.stoppedDose, "DU13"),
    flag("discard.must_be_recorded", \.discardMustBeRecorded, "DU15"),
    choice("noc.units", \.unlistedUnits, "DU17"),
    flag("ndc.on_line", \.ndcOnLine, "DU18", isUsual: false),
    choice("ndc.unit", \.ndcUnit, "DU18"),
    choice("modifier.route", \.routeModifier, "DU20"),
    choice("modifier.340b", \.purchaseModifier, "DU21"),
    choice("zero_cost_line", \.zeroCostLine, "DU23"),
  ]

  private static func flag(
    _ name: String, _ path: any WritableKeyPath<Policy, Bool> & Sendable, _ dispute: String,
    isUsual: Bool = true
  ) -> Key {
    Key(
      name: name, allowed: [String(isUsual), String(!isUsual)], dispute: dispute,
      set: { policy, value in
        guard case .flag(let flag) = value else { return false }
        policy[keyPath: path] = flag
        return true
      }, get: { .flag($0[keyPath: path]) })
  }

  private static func date(
    _ name: String, _ path: any WritableKeyPath<Policy, CivilDate> & Sendable, _ dispute: String
  ) -> Key {
    Key(
      name: name, allowed: [Policy.standard[keyPath: path].iso, "any other date"],
      dispute: dispute,
      set: { policy, value in
        guard case .text(let text) = value, let date = CivilDate(iso: text) else { return false }
        policy[keyPath: path] = date
        return true
      }, get: { .text($0[keyPath: path].iso) })
  }

  private static func choice<Value>(
    _ name: String, _ path: any WritableKeyPath<Policy, Value> & Sendable, _ dispute: String
  ) -> Key where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    Key(
      name: name, allowed: Value.allCases.map(\.rawValue), dispute: dispute,
      set: { policy, value in
        guard case .text(let text) = value, let choice = Value(rawValue: text) else { return false }
        policy[keyPath: path] = choice
        return true
      }, get: { .text($0[keyPath: path].rawValue) })
  }

  private static func modifier(
    _ name: String, _ path: any WritableKeyPath<Policy, Modifier?> & Sendable,
    _ allowed: [Modifier], _ dispute: String, isNoneUsual: Bool = false
  ) -> Key {
    let none = ["an empty text for none"]
    let texts = allowed.map(\.rawValue)
    return Key(
      name: name, allowed: isNoneUsual ? none + texts : texts + none, dispute: dispute,
      set: { policy, value in
        guard case .text(let text) = value else { return false }
        if text.isEmpty {
          policy[keyPath: path] = nil
          return true
        }
        guard let choice = Modifier(rawValue: text), allowed.contains(choice) else { return false }
        policy[keyPath: path] = choice
        return true
      }, get: { .text($0[keyPath: path]?.rawValue ?? "") })
  }
}
