extension EventLog {
  /// The refusal of a correction that cannot be made; nil if it can.
  func checkCorrection(
    _ event: Event, of target: Event.ID, by replacement: Fact?, _ formulary: Formulary
  ) -> Refusal? {
    if let refusal = checkReason(event, "A correction needs a reason.") { return refusal }
    guard let original = events.first(where: { $0.id == target }) else {
      return Refusal(.unknownEvent, "This session has no fact with that id; nothing was corrected.")
    }
    switch original.fact {
    case .sessionOpened where replacement == nil:
      return Refusal(.cannotSupersede, "The opening of a session cannot be withdrawn.")
    case .sessionClosed, .sessionReopened, .sessionReviewed:
      return Refusal(
        .cannotSupersede, "A closing, reopening or review is not corrected; record another.")
    default: break
    }
    if let replacement {
      if let refusal = checkReplacement(of: original, by: replacement) { return refusal }
    }
    let log = appending(event)
    // Facts must not be left about an administration whose beginning was withdrawn.
    let held = Set(log.administrations.map(\.id))
    let left = log.entries.filter { entry in
      guard let fact = entry.fact, fact.newAdministration == nil else { return false }
      return fact.administration.map { !held.contains($0) } ?? false
    }
    if let id = left.first?.fact?.administration {
      let numbers = events.indices.filter { index in
        left.contains { $0.original.id == events[index].id }
      }.map { "\($0 + 1)" }
      let names =
        numbers.count == 1
        ? "Fact \(numbers[0]) speaks" : "Facts \(numbers.joined(separator: ", ")) speak"
      return Refusal(
        .notWhatBegins,
        "\(names) of administration \(id); withdraw that before its beginning.")
    }
    let known = Set(log.sites.map(\.opening.site))
    for entry in log.entries {
      guard let site = entry.fact?.siteUsed, !known.contains(site) else { continue }
      return Refusal(.unknownSite, "Administrations use access site \(site); it must stay.")
    }
    return checkContradictions(after: event, formulary)
  }

  private func checkReplacement(of original: Event, by replacement: Fact) -> Refusal? {
    let holding = original.fact.effective ?? entry(for: original.id)?.original.fact
    if case .eventSuperseded = replacement {
      return Refusal(.cannotSupersede, "A correction is replaced by a fact, not by a correction.")
    }
    guard let holding else { return nil }
    let isSameKind = holding.kind == replacement.kind
    let bothBegin = holding.newAdministration != nil && replacement.newAdministration != nil
    guard isSameKind || bothBegin else {
      return Refusal(
        .cannotSupersede,
        "A correction keeps the kind of fact; withdraw this one and record the other.")
    }
    guard holding.administration == replacement.administration else {
      return Refusal(
        .cannotSupersede,
        "A correction keeps the administration; withdraw this fact and record the other.")
    }
    if let site = replacement.siteUsed, self.site(named: site) == nil {
      return Refusal(.unknownSite, "This session has no access site \(site); open it first.")
    }
    return nil
  }
}
