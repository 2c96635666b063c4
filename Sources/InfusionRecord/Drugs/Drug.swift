/// A drug as it was charted, resolved against the formulary.
///
/// Two texts are the same drug if they name the same formulary entry by name, display name or brand,
/// ignoring case. Texts that the formulary lacks are compared case-folded with single blanks
/// (rulebook D68). The formulary resolves the text once; equal drugs have equal `identity`.
package struct Drug: Sendable, Hashable {
  /// The text as recorded, never shortened.
  package let text: String
  /// Equal for equal drugs: the formulary entry's name, or the folded text.
  package let identity: String
  /// The formulary entry, or nil if the formulary lacks the drug.
  package let entry: FormularyEntry?

  package init(text: String, identity: String, entry: FormularyEntry?) {
    self.text = text
    self.identity = identity
    self.entry = entry
  }

  /// The name to show, with tall-man letters if the formulary has them.
  package var displayName: String { entry?.displayName ?? text }

  /// The name that facts hold: the formulary's, or the text as typed.
  package var recordedName: String { entry?.name ?? text }

  /// The text as written, or the formulary's name if only a synonym leads from the text to the drug.
  package var writtenName: String {
    guard let entry else { return text }
    let folded = Formulary.fold(text)
    let names = [entry.name, entry.displayName] + entry.brands
    return names.contains { Formulary.fold($0) == folded } ? text : entry.name
  }

  package static func == (left: Drug, right: Drug) -> Bool { left.identity == right.identity }
  package func hash(into hasher: inout Hasher) { hasher.combine(identity) }

  /// The class of a drug, which decides the section of codes (rulebook R16).
  package enum Class: String, Sendable, CaseIterable, Hashable {
    case chemotherapy
    case hormonalAntineoplastic = "hormonal-antineoplastic"
    case complexBiologic = "complex-biologic"
    case therapeutic
    case hydration
    /// Blood, contrast and oral drugs, which have no code in this family.
    case other
  }
}

/// How a drug is given, as `chairtime.session/1` names it.
package enum Technique: String, Sendable, CaseIterable, Hashable {
  case infusion
  /// The clinician is present throughout; it stays a push however long it takes.
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
  /// A flush of the access device; purpose and class do not matter.
  case flush
  /// Never in this family of codes.
  case oral

  /// Whether a drug reaches the patient; a flush and a pump's disconnection give none.
  package var givesDrug: Bool { self != .flush && self != .pumpDisconnect }

  /// Whether it runs from a start to a stop.
  package var isTimed: Bool {
    switch self {
    case .infusion, .subcutaneousInfusion, .pump: true
    default: false
    }
  }

  /// Whether it is given through an access site; an injection is not.
  package var usesSite: Bool {
    switch self {
    case .infusion, .push, .subcutaneousInfusion, .pump, .pumpDisconnect, .pumpRefill,
      .implantedPumpRefill, .flush:
      true
    case .intramuscular, .subcutaneous, .onBodyInjector, .oral: false
    }
  }
}
