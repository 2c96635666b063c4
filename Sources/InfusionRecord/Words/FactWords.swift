extension Fact {
  /// What happened, in words: `PACLitaxel infusion started, access site port`.
  ///
  /// The text has no time, author or reason. Drugs have their display names from the formulary; `log`
  /// gives the drug of an administration that began earlier, also if its beginning was withdrawn.
  package func words(in log: EventLog, formulary: Formulary) -> String {
    func name(_ administration: String) -> String {
      let began =
        log.administration(administration)?.facts ?? log.withdrawnBeginning(administration)
      return began.map { formulary.drug(named: $0.drug).displayName } ?? administration
    }
    func beginning(_ facts: AdministrationFacts, _ verb: String) -> String {
      var words = formulary.drug(named: facts.drug).displayName
      if facts.purpose == .integral { words += " (\(facts.purpose.words))" }
      if let amount = facts.amount { words += " \(amount)" }
      words += " \(facts.technique.words) \(verb)"
      if let site = facts.site { words += ", access site \(site)" }
      return words
    }
    switch self {
    case .sessionOpened(let opening):
      let order = opening.inpatientFrom.map { ", inpatient from \(ClockText(log).moment($0))" }
      return "session opened in chair \(opening.chair)" + (order ?? "")
    case .drugStarted(let facts): return beginning(facts, "started")
    case .pumpConnected(let facts): return beginning(facts, "connected")
    case .pushGiven(let facts, let minutes):
      return beginning(facts, "given") + (minutes.map { ", \($0) min" } ?? "")
        + (facts.isWithoutClock ? " on paper, no clock times" : "")
    case .injectionGiven(let facts): return beginning(facts, "given")
    case .drugPaused(let id): return "\(name(id)) paused"
    case .drugResumed(let id): return "\(name(id)) resumed"
    case .drugStopped(let stop):
      let why = stop.stopReason == .completed ? "" : ", \(stop.stopReason.rawValue)"
      return "\(name(stop.administration)) "
        + (stop.isNotObserved ? "ended, stop not observed" : "stopped") + why
    case .rateChanged(let id, let rate): return "\(name(id)) rate \(rate.plain) mL/h"
    case .bagChanged(let id, let bag, let volume):
      return "\(name(id)) bag \(bag)" + (volume.map { ", \($0.plain) mL" } ?? "")
    case .pumpDisconnected(let end):
      return "\(formulary.drug(named: end.drug).displayName) pump disconnected"
    case .deviceFlushed(_, let site):
      return "access device flushed" + (site.map { ", \($0)" } ?? "")
    case .siteOpened(let opening):
      return "access site \(opening.site) opened, \(opening.kind.rawValue)"
        + (opening.location.map { ", \($0)" } ?? "")
        + (opening.secondSiteReason.map { ", for \($0.rawValue)" } ?? "")
    case .siteClosed(let site): return "access site \(site) closed"
    case .noteAdded(let text, let id):
      return "note" + (id.map { " on \(name($0))" } ?? "") + ": \(text)"
    case .doubleCheckRecorded(let id, let checker):
      return "\(name(id)) double-checked by \(checker)"
    case .handedOff(let nurse, let words):
      return "handed off to \(nurse)" + (words.map { ", with the words: \($0)" } ?? "")
    case .movedToChair(let chair): return "moved to chair \(chair)"
    case .wordsRead(let id):
      let left = log.entry(for: id)?.original
      return "words of \(left?.actor ?? "a hand-over") read"
    case .reactionRecorded(let reaction):
      return "reaction" + (reaction.administration.map { " to \(name($0))" } ?? "") + ", "
        + reaction.words
    case .allergiesRecorded(let statement): return statement.words
    case .drugAccounted(let account):
      let words = account.facts.words
      return "\(name(account.administration)): "
        + (words.isEmpty ? "no amount recorded" : words.joined(separator: "; "))
    case .eventSuperseded(let target, let replacement):
      guard let replacement else { return log.withdrawalWords(of: target, formulary: formulary) }
      let before = log.events.first { $0.id == target }?.fact.effective
      let changes = before.map { replacement.differences(from: $0) } ?? []
      let words = [replacement.words(in: log, formulary: formulary)] + changes
      return "an entry corrected to: " + words.joined(separator: ", ")
    case .sessionClosed(let answers):
      return "session closed"
        + (answers.isEmpty ? "" : ", \(answers.count) questions answered")
    case .sessionReopened: return "session reopened"
    case .sessionReviewed(let review): return "session reviewed by \(review.reviewer)"
    }
  }
}

extension EventLog {
  /// What was charted when an administration began whose beginning holds no more.
  fileprivate func withdrawnBeginning(_ administration: String) -> AdministrationFacts? {
    for event in events.reversed() {
      var fact: Fact? = event.fact
      if case .eventSuperseded(_, let replacement) = event.fact { fact = replacement }
      if let facts = fact?.beginning, facts.administration == administration { return facts }
    }
    return nil
  }

  /// `withdrawn: PACLitaxel infusion started`, `correction put back: CISplatin infusion started`.
  fileprivate func withdrawalWords(of target: Event.ID, formulary: Formulary) -> String {
    guard let withdrawal = withdrawal(of: target) else { return "an entry withdrawn" }
    return (withdrawal.isOfCorrection ? "correction " : "") + withdrawal.words + ": "
      + withdrawal.fact.words(in: self, formulary: formulary)
  }
}
