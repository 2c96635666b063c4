import InfusionRecord

// What tells two doses of one drug apart: the access site and the time at which they began.

extension SessionReading {
  /// The drug's name; if another dose of it can be taken for this one, with its site and its start:
  /// `PACLitaxel (Port, since 07:00)`.
  ///
  /// A dose that runs is told from the others that run, an ended one from all others.
  func distinctName(of administration: RecordedAdministration) -> String {
    name(of: administration) + (isMarked(administration) ? " (\(mark(of: administration)))" : "")
  }

  /// Whether `distinctName` holds the mark: another dose can be taken for this one.
  func isMarked(_ administration: RecordedAdministration) -> Bool {
    alike(administration).contains { !administration.isRunning || $0.isRunning }
  }

  /// The name of a running drug for the board. Of two that run, their sites tell which is which; at one site
  /// the start does.
  func boardName(of administration: RecordedAdministration, clock: ClockText) -> String {
    let others = alike(administration).filter(\.isRunning)
    if others.isEmpty { return name(of: administration) }
    let site = administration.facts.site
    if others.allSatisfy({ $0.facts.site != site }) {
      return "\(name(of: administration)), \(siteWords(site))"
    }
    return "\(name(of: administration)) (\(mark(of: administration, clock: clock)))"
  }

  /// The drug's name, with the site if a dose of the same drug has another site. The start stands next to it.
  func placedName(of administration: RecordedAdministration) -> String {
    let site = administration.facts.site
    guard alike(administration).contains(where: { $0.facts.site != site }) else {
      return name(of: administration)
    }
    return "\(name(of: administration)), \(siteWords(site))"
  }

  /// The sentence of an issue, with what tells its dose from another of the same drug.
  func sentence(of issue: Issue) -> String {
    guard issue.administrations.count == 1,
      let dose = recorded.administrations.first(where: { $0.id == issue.administrations[0] }),
      case let others = alike(dose), !others.isEmpty
    else { return issue.sentence }
    let site = dose.facts.site
    let isPlaced = others.allSatisfy { $0.facts.site != site }
    return "\(issue.sentence) (\(isPlaced ? siteWords(site) : mark(of: dose)))"
  }

  /// `Port, since 07:00`; two doses at one site that began together have their numbers.
  func mark(of administration: RecordedAdministration, clock: ClockText? = nil) -> String {
    let mark = plainMark(of: administration, clock)
    guard alike(administration).contains(where: { plainMark(of: $0, clock) == mark }),
      let row = recorded.administrations.firstIndex(where: { $0.id == administration.id })
    else { return mark }
    return "\(mark), no. \(row + 1)"
  }

  private func plainMark(of administration: RecordedAdministration, _ clock: ClockText?) -> String {
    let start = administration.start
    let site = siteWords(administration.facts.site)
    if administration.statedMinutes != nil { return site }
    let runs = administration.isRunning && administration.isTimed
    return "\(site), \(runs ? "since" : "at") \(clock?.moment(start) ?? clockText(start))"
  }

  /// The other doses of the same drug.
  private func alike(_ administration: RecordedAdministration) -> [RecordedAdministration] {
    doses(named: name(of: administration)).filter { $0.id != administration.id }
  }

  private func siteWords(_ site: String?) -> String {
    guard let site else { return "site not recorded" }
    return log.sites.first { $0.opening.site == site }?.opening.words ?? site
  }
}
