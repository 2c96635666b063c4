/// A drug as somebody named it, resolved against the formulary.
///
/// Two drugs are the same when they are the same formulary entry by name, display name or brand,
/// without regard to case; a text the formulary lacks is compared case-folded with single blanks
/// (rulebook D68). That comparison is made once, when the drug is resolved: `identity` is equal for
/// equal drugs and costs nothing to compare.
public struct Drug: Sendable, Hashable {
  /// The text as recorded, never shortened.
  public let text: String
  /// The same for the same drug: the formulary entry's name, or the folded text.
  public let identity: String
  /// The formulary entry, where one exists.
  public let entry: FormularyEntry?

  public init(text: String, identity: String, entry: FormularyEntry?) {
    self.text = text
    self.identity = identity
    self.entry = entry
  }

  /// The name to show: tall-man letters where the formulary has them.
  public var displayName: String { entry?.displayName ?? text }

  public static func == (left: Drug, right: Drug) -> Bool { left.identity == right.identity }
  public func hash(into hasher: inout Hasher) { hasher.combine(identity) }

  /// What a drug is, for the choice of code section (rulebook R16).
  public enum Class: String, Sendable, CaseIterable, Hashable {
    case chemotherapy
    case hormonalAntineoplastic = "hormonal-antineoplastic"
    case complexBiologic = "complex-biologic"
    case therapeutic
    case hydration
    /// Blood, contrast, oral drugs: not in this family of codes.
    case other
  }
}

/// How a drug is given, as `chairtime.session/1` names it.
public enum Technique: String, Sendable, CaseIterable, Hashable {
  case infusion
  /// The clinician is there throughout; it stays a push however long it takes.
  case push
  case intramuscular = "im"
  case subcutaneous = "sc"
  case subcutaneousInfusion = "sc-infusion"
  /// A portable or implanted pump, for a prolonged infusion.
  case pump
  case pumpDisconnect = "pump-disconnect"
  case pumpRefill = "pump-refill"
  case implantedPumpRefill = "implanted-pump-refill"
  case onBodyInjector = "on-body-injector"
  /// Flush of the access device; purpose and class do not matter.
  case flush
  /// Never in this family.
  case oral

  /// Whether a drug reaches the patient: none does with a flush, nor when a pump is taken off.
  public var givesDrug: Bool { self != .flush && self != .pumpDisconnect }
}
