/// The settings on which sources disagree.
///
/// One field a row of the rulebook's policy table (section 25). A setting is never hidden in a rule:
/// what is not here is fixed.
public struct Policy: Sendable, Hashable {
  public enum AbortedInfusion: String, Sendable, CaseIterable {
    case byTime = "by_time"
    case intended = "intended_96413"
    case intendedDiscontinued = "intended_96413_53"
  }
  public enum OverlapMethod: String, Sendable, CaseIterable {
    case soloMinutes = "solo_minutes"
    case fullTimeEach = "full_time_each"
  }
  public enum ConcurrentScope: String, Sendable, CaseIterable { case date, encounter }
  public enum ChemoOverlap: String, Sendable, CaseIterable {
    case flagOnly = "flag_only"
    case unlisted = "96549"
    case sequentialFull = "sequential_full"
  }
  public enum PushInterval: String, Sendable, CaseIterable { case start, end }
  public enum HydrationJoin: String, Sendable, CaseIterable {
    case sameOrder = "same_order"
    case all, never
  }
  public enum RepeatDose: String, Sendable, CaseIterable {
    case separate
    case addTimes = "add_times"
  }
  public enum ShortRepeat: String, Sendable, CaseIterable {
    case noneFlag = "none_flag"
    case furtherHour = "96366"
    case repeatPush = "96376"
  }
  public enum MissingStop: String, Sendable, CaseIterable {
    case computeThenPush = "compute_then_push"
    case push, hold
  }
  public enum ServiceDate: String, Sendable, CaseIterable {
    case unitStart = "unit_start"
    case unitCompletion = "unit_completion"
    case serviceStart = "service_start"
  }
  public enum PumpCode: String, Sendable, CaseIterable {
    case byPayerAndOwner = "by_payer_and_owner"
    case always96416 = "always_96416"
  }
  public enum ComplexBiologic: String, Sendable, CaseIterable {
    case chemo = "CHEMO"
    case therapeutic = "TPD"
  }

  public var abortedInfusion = AbortedInfusion.byTime
  public var secondInitialRequiresReason = true
  /// `59`, `XS`, `XU`, or nil for no modifier.
  public var secondSiteModifier: Modifier? = .distinct
  /// `59`, `XE`, or nil for no modifier.
  public var secondEncounterModifier: Modifier? = .distinct
  public var overlapMethod = OverlapMethod.soloMinutes
  public var concurrentScope = ConcurrentScope.date
  public var chemoOverlap = ChemoOverlap.flagOnly
  public var pushInterval = PushInterval.start
  public var hydrationJoin = HydrationJoin.sameOrder
  /// Minutes; a longer gap inside one dose is a finding.
  public var pauseFlagGap: Double = 120
  public var repeatDose = RepeatDose.separate
  public var shortRepeat = ShortRepeat.noneFlag
  public var missingStop = MissingStop.computeThenPush
  public var serviceDate = ServiceDate.unitStart
  public var pumpCode = PumpCode.byPayerAndOwner
  /// Nil where nobody set it: the default is CHEMO, and other payers than Medicare are asked about
  /// (rulebook D14).
  public var complexBiologic: ComplexBiologic?

  public init() {}

  public static let standard = Policy()
}

/// A value as it stands in a document.
public enum PolicyValue: Sendable, Hashable {
  case text(String)
  case flag(Bool)
  case number(Double)
}

/// Why a policy entry was not taken.
public enum PolicyError: Error, Sendable, Hashable {
  case unknownKey(String)
  case badValue(key: String, allowed: String)

  /// One sentence.
  public var message: String {
    switch self {
    case .unknownKey:
      "there is no such policy key; the keys are \(Policy.keys.map(\.name).joined(separator: ", "))"
    case .badValue(let key, let allowed):
      "policy \(key) takes \(allowed)"
    }
  }
}

extension Policy {
  /// A row of the policy table.
  public struct Key: Sendable {
    public let name: String
    /// Allowed values as documents write them, the default first.
    public let allowed: [String]
    /// Where the dispute is told: rulebook sections.
    public let dispute: String
    let set: @Sendable (inout Policy, PolicyValue) -> Bool
    let get: @Sendable (Policy) -> PolicyValue
  }

  /// Sets one entry.
  ///
  /// - Throws: `PolicyError` naming the key and what it takes.
  public mutating func set(_ name: String, to value: PolicyValue) throws(PolicyError) {
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

  /// Sets `key=value` as typed on a command line; numbers and true/false are read as such.
  public mutating func set(argument: String) throws(PolicyError) {
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

  /// Every entry in table order, as documents write it.
  public var entries: [(name: String, value: PolicyValue)] {
    Policy.keys.map { ($0.name, $0.get(self)) }
  }

  /// The policy a review names: the defaults, and over them `key=value` settings.
  ///
  /// A setting this version does not know is left out; the statement's hash then tells the difference.
  public init(settings: [String]) {
    self = .standard
    for setting in settings { try? set(argument: setting) }
  }

  /// The entries that differ from the defaults.
  public var differences: [(name: String, value: PolicyValue)] {
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

  public static let keys: [Key] = [
    choice("aborted_infusion", \.abortedInfusion, "R1"),
    Key(
      name: "second_initial.requires_reason", allowed: ["true", "false"], dispute: "R3",
      set: { policy, value in
        guard case .flag(let flag) = value else { return false }
        policy.secondInitialRequiresReason = flag
        return true
      }, get: { .flag($0.secondInitialRequiresReason) }),
    modifier(
      "modifier.second_site", \.secondSiteModifier, [.distinct, .separateSite, .unusual], "R3"),
    modifier(
      "modifier.second_encounter", \.secondEncounterModifier, [.distinct, .separateEncounter],
      "R3, R10"),
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
    Key(
      name: "complex_biologic.codes_as", allowed: ["CHEMO", "TPD"], dispute: "R16, D14",
      set: { policy, value in
        guard case .text(let text) = value, let choice = ComplexBiologic(rawValue: text) else {
          return false
        }
        policy.complexBiologic = choice
        return true
      }, get: { .text(($0.complexBiologic ?? .chemo).rawValue) }),
  ]

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
    _ allowed: [Modifier],
    _ dispute: String
  ) -> Key {
    Key(
      name: name, allowed: allowed.map(\.rawValue) + ["an empty text for none"], dispute: dispute,
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
