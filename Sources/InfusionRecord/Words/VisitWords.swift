extension EventLog {
  /// A line on what a visit was: a drug, a reaction, the allergies.
  package struct VisitLine: Sendable, Hashable {
    package let text: String
    /// Whether it is about harm that was done or may be done.
    package let isAttention: Bool
  }

  /// What was given, in the order in which it began, with each reaction; then reactions to no drug, and the
  /// allergies that were stated.
  package func visitLines(
    _ administrations: [RecordedAdministration], _ formulary: Formulary
  ) -> [VisitLine] {
    let reactions = entries.compactMap { entry -> (Reaction, Instant)? in
      if case .reactionRecorded(let reaction) = entry.fact {
        (reaction, entry.clinicalTime)
      } else {
        nil
      }
    }
    let clock = ClockText(self)
    func line(_ reaction: Reaction, _ moment: Instant) -> VisitLine {
      VisitLine(text: "reaction \(clock.moment(moment)), \(reaction.words)", isAttention: true)
    }
    var lines: [VisitLine] = []
    for administration in administrations {
      let facts = administration.facts
      var text = formulary.drug(named: facts.drug).displayName
      if let amount = facts.amount { text += " \(amount)" }
      text += " \(facts.technique.words)"
      if administration.statedMinutes == nil {
        text += ", \(clock.moment(administration.start))"
        if administration.progress == .stopNotObserved {
          text += ", stop not observed"
        } else if let stop = administration.stop, stop > administration.start {
          text += " to \(clock.moment(stop))"
        } else if administration.isRunning, administration.isTimed {
          text += ", runs"
        }
      }
      lines.append(VisitLine(text: text, isAttention: false))
      lines += reactions.filter { $0.0.administration == administration.id }.map(line)
    }
    lines += reactions.filter { $0.0.administration == nil }.map(line)
    if let statement = allergyStatement {
      lines.append(VisitLine(text: statement.words, isAttention: statement.warns))
    }
    return lines
  }
}
