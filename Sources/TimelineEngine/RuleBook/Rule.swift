/// One claim about charges: what it says, on what it rests, which numbers it uses.
///
/// A rule is a value. Its claim is the first sentence of the doc comment in its file; the rule book
/// page is made from both, and a test keeps them the same.
public struct Rule: Sendable {
  public enum ID: UInt8, CaseIterable, Sendable, Hashable {
    case missingTimes, countedMinutes
    case drugClass, pumpInitiation, accessSites, doseIdentity, pushOrInfusion
    case soloMinutes, hydrationMinutes
    case initialService, secondInitial
    case sequentialInfusion, concurrentInfusion, laterPush, repeatDose, hydration
    case injection, subcutaneousInfusion, deviceService
    case furtherHours, addOnNeedsPrimary, unlikelyUnits, dateOfService
  }

  public let id: ID
  /// The claim, one sentence or two.
  public let claim: String
  /// Rulebook sections and decisions: `R1`, `D12`.
  public let sections: [String]
  public let citations: [Citation.ID]
  public let parameters: [Parameter.ID]
  /// Policy keys that steer it.
  public let policies: [String]
  /// What speaks against it, where sources disagree.
  public let disputes: [String]

  init(
    _ id: ID, claim: String, sections: [String], citations: [Citation.ID],
    parameters: [Parameter.ID] = [], policies: [String] = [], disputes: [String] = []
  ) {
    self.id = id
    self.claim = claim
    self.sections = sections
    self.citations = citations
    self.parameters = parameters
    self.policies = policies
    self.disputes = disputes
  }
}

extension Rule.ID {
  /// `push-or-infusion`, the name in statements, commands and the rule book page.
  public var text: String { Rule.ID.table[Int(rawValue)].text }

  /// The rule itself.
  public var rule: Rule { Rule.ID.table[Int(rawValue)].rule }

  /// The rule with this name, or the one that owns the clause with this name.
  public init?(text: String) {
    if let index = Rule.ID.table.firstIndex(where: { $0.text == text }) {
      self.init(rawValue: UInt8(index))
    } else if let clause = Clause.allCases.first(where: { $0.text == text }) {
      self = clause.rule
    } else {
      return nil
    }
  }

  /// In the order of the cases.
  private static let table: [(text: String, rule: Rule)] = [
    ("missing-times", MissingTimes.rule), ("counted-minutes", CountedMinutes.rule),
    ("drug-class", DrugClass.rule), ("pump-initiation", PumpInitiation.rule),
    ("access-sites", AccessSites.rule), ("dose-identity", DoseIdentity.rule),
    ("push-or-infusion", PushOrInfusion.rule),
    ("solo-minutes", SoloMinutes.rule), ("hydration-minutes", HydrationMinutes.rule),
    ("initial-service", InitialService.rule), ("second-initial", SecondInitial.rule),
    ("sequential-infusion", SequentialInfusion.rule),
    ("concurrent-infusion", ConcurrentInfusion.rule), ("later-push", LaterPush.rule),
    ("repeat-dose", RepeatDose.rule), ("hydration", Hydration.rule),
    ("injection", Injection.rule), ("subcutaneous-infusion", SubcutaneousInfusion.rule),
    ("device-service", DeviceService.rule),
    ("further-hours", FurtherHours.rule), ("add-on-needs-primary", AddOnNeedsPrimary.rule),
    ("unlikely-units", UnlikelyUnits.rule),
    ("date-of-service", DateOfService.rule),
  ]
}
