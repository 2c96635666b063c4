/// What is asked about a drug before it is recorded, on the screens and by commands.
package struct DrugDoubt: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The patient has an allergy to it, or to a drug of its family.
    case allergy
    /// The patient reacted to it, or to a drug of its family, in this session or at an earlier visit.
    case reaction
    /// It runs or was given in this session, and no further dose of it is planned.
    case givenAlready = "given-already"
    /// A way that is known to kill.
    case fatalWay = "fatal-way"
    /// A way that the formulary does not list.
    case unusualWay = "unusual-way"
    /// A name that the formulary lacks and that is a letter or two from one that it has.
    case misspelled = "misspelled-drug"
    /// Another drug is planned today, runs or was given, and its name is easily confused with this one.
    case lookAlike = "look-alike-drug"
  }

  package let kind: Kind
  package let sentence: String

  /// The doubts about a drug that begins in a session, on the screens and by commands.
  ///
  /// - Parameters:
  ///   - facts: the drug and its way.
  ///   - site: the kind of its access site.
  ///   - administrations: those of the session; the one that `facts` is about is left out.
  ///   - planned: what is planned for the patient today and was not given yet.
  ///   - earlier: what other visits of the patient and the appointment tell of allergies and reactions.
  package static func found(
    _ drug: Drug, _ technique: Technique, through site: AccessSite.Kind?,
    administration: String? = nil, in log: EventLog,
    _ administrations: [RecordedAdministration], planned: [Drug],
    earlier: EarlierVisits, _ formulary: Formulary
  ) -> [DrugDoubt] {
    let allergies = log.allergyStatement ?? earlier.unasked(for: log)
    let given = given(administrations, without: administration, ClockText(log), formulary)
    let reactions =
      technique.givesDrug
      ? self.reactions(
        to: drug, in: log, administrations, earlier: earlier.reactions(for: log), formulary) : []
    return reactions
      + found(
        drug, technique, through: site, planned: planned, given: given,
        allergies: allergies?.allergies.list ?? [], in: formulary)
  }

  /// What a session has of drugs, without one administration: what runs first, then the newest.
  private static func given(
    _ administrations: [RecordedAdministration], without administration: String?,
    _ clock: ClockText, _ formulary: Formulary
  ) -> [Given] {
    let others = administrations.reversed().filter {
      $0.facts.technique.givesDrug && $0.facts.administration != administration
    }
    let given = others.map { one in
      Given(
        drug: formulary.drug(named: one.facts.drug), isRunning: one.isRunning && one.isTimed,
        words: "\(one.facts.technique.words), \(clock.moment(one.start))")
    }
    return given.filter(\.isRunning) + given.filter { !$0.isRunning }
  }

  /// The doubts about a drug given by `technique` through a site of this kind.
  ///
  /// - Parameters:
  ///   - planned: what is planned for the patient today and was not given yet.
  ///   - given: what the session has of other drugs; what runs comes first.
  ///   - allergies: those of the patient.
  static func found(
    _ drug: Drug, _ technique: Technique, through site: AccessSite.Kind?, planned: [Drug],
    given: [Given], allergies: [Allergy], in formulary: Formulary
  ) -> [DrugDoubt] {
    var doubts: [DrugDoubt] = []
    if technique.givesDrug,
      let match = AllergyMatch.found(drug, among: allergies, in: formulary)
    {
      doubts.append(DrugDoubt(kind: .allergy, sentence: match.sentence(drug)))
    }
    if let way = WayDoubt.found(drug, technique, through: site) {
      doubts.append(
        DrugDoubt(kind: way.kind == .fatal ? .fatalWay : .unusualWay, sentence: way.sentence))
    }
    if let meant = LookAlike.misspelled(drug, in: formulary) {
      doubts.append(
        DrugDoubt(
          kind: .misspelled,
          sentence:
            "The formulary has \(meant.displayName) and no \(drug.displayName). Is it another "
            + "drug?"))
    }
    // What is planned is meant, and a drug of the session was asked about when it was first given.
    if planned.contains(drug) { return doubts }
    if let same = given.first(where: { $0.drug == drug }) {
      // A second bag of fluid is usual, and what runs twice at once is looked for by its overlap.
      let isFluid = drug.entry?.drugClass == .hydration
      guard technique.givesDrug, !isFluid, !(same.isRunning && technique.isTimed) else {
        return doubts
      }
      return doubts + [DrugDoubt(kind: .givenAlready, sentence: same.sentence)]
    }
    if let other = planned.first(where: { LookAlike.areConfused(drug, $0) }) {
      doubts.append(
        DrugDoubt(
          kind: .lookAlike,
          sentence: "\(other.displayName) is planned today, not \(drug.displayName). The names are "
            + "easily confused."))
    } else if let other = given.first(where: { LookAlike.areConfused(drug, $0.drug) }) {
      doubts.append(
        DrugDoubt(
          kind: .lookAlike,
          sentence: "\(other.drug.displayName) \(other.isRunning ? "runs" : "was given") in this "
            + "session, and \(drug.displayName) is another drug. The names are easily confused."))
    }
    return doubts
  }

  /// A drug that a session has.
  package struct Given: Sendable, Hashable {
    let drug: Drug
    let isRunning: Bool
    /// `push, 17:26`.
    let words: String

    fileprivate var sentence: String {
      "\(drug.displayName) \(isRunning ? "runs" : "was given") in this session already (\(words)), and no "
        + "further dose of it is planned."
    }
  }
}
