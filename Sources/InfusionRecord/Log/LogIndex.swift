/// What the checks of a new fact ask about a log, kept while the log grows.
///
/// A check without it reads the whole log, which costs nothing for the tens of facts of a session. An
/// import checks thousands, each against all before it. Measured with
/// `swift test --filter ManyFactsTests`.
struct LogIndex: Sendable {
  private let formulary: Formulary
  private(set) var status = EventLog.Status.open
  /// By name; of two with one name the first.
  private(set) var sites: [String: RecordedSite] = [:]
  /// The names of sites that were opened twice: a closing then closes the later one.
  private var openedTwice: Set<String> = []
  /// Those that began, by id.
  private(set) var administrations: [String: RecordedAdministration] = [:]
  /// The ids that a fact began, in whatever order.
  private(set) var begun: Set<String> = []
  /// Entries about an administration of which no beginning is known yet.
  private var unbegun: [String: [EventLog.Entry]] = [:]
  /// The ids of what runs from a start to a stop and has none, oldest first.
  private var runningDoses: [RunningDose: [String]] = [:]

  init(_ formulary: Formulary) {
    self.formulary = formulary
  }

  /// Takes the next entry, which is no correction.
  mutating func add(_ entry: EventLog.Entry) {
    guard let fact = entry.fact else { return }
    status = status.after(fact)
    switch fact {
    case .siteOpened(let opening) where sites[opening.site] == nil:
      sites[opening.site] = RecordedSite(opening: opening, openedAt: entry.clinicalTime)
    case .siteOpened(let opening): openedTwice.insert(opening.site)
    case .siteClosed(let site) where !openedTwice.contains(site):
      sites[site]?.closedAt = entry.clinicalTime
    default: break
    }
    if let id = fact.newAdministration { begun.insert(id) }
    for id in fact.administrations { add(entry, about: id) }
  }

  private mutating func add(_ entry: EventLog.Entry, about id: String) {
    let before = administrations[id].flatMap { dose(of: $0) }
    if administrations[id] == nil {
      let entries = unbegun.removeValue(forKey: id) ?? []
      guard let begun = RecordedAdministration(id: id, entries: entries + [entry]) else {
        unbegun[id] = entries + [entry]
        return
      }
      administrations[id] = begun
    } else {
      administrations[id]?.add(entry)
    }
    let after = administrations[id].flatMap { dose(of: $0) }
    if before == after { return }
    if let before { runningDoses[before]?.removeAll { $0 == id } }
    if let after { runningDoses[after, default: []].append(id) }
  }

  /// The dose that an administration gives as long as it runs; nil if it does not.
  private func dose(of administration: RecordedAdministration) -> RunningDose? {
    administration.isTimed && administration.isRunning
      ? RunningDose(administration.facts, formulary) : nil
  }

  /// The administrations that give a dose now.
  func running(_ dose: RunningDose) -> [RecordedAdministration] {
    (runningDoses[dose] ?? []).compactMap { administrations[$0] }
  }

  /// The first contradiction that an entry would add, with the drug as recorded; nil if it adds none.
  func contradiction(
    adding entry: EventLog.Entry
  ) -> (found: RecordedAdministration.Contradiction, drug: String)? {
    for id in entry.fact?.administrations ?? [] {
      if let known = administrations[id] {
        if let found = known.contradiction(adding: entry) { return (found, known.facts.drug) }
      } else if let begun = RecordedAdministration(
        id: id, entries: (unbegun[id] ?? []) + [entry]), let found = begun.contradictions.first
      {
        return (found, begun.facts.drug)
      }
    }
    return nil
  }
}

/// What two administrations share that cannot both run: one dose is not started twice.
struct RunningDose: Hashable, Sendable {
  private let drug: String
  private let technique: Technique
  private let site: String?
  private let dose: String?
  private let encounter: String

  init(_ facts: AdministrationFacts, _ formulary: Formulary) {
    drug = formulary.drug(named: facts.drug).identity
    technique = facts.technique
    site = facts.site
    dose = facts.dose
    encounter = facts.encounter
  }
}
