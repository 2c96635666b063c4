/// What is known of a patient's safety from other visits, read from their logs once, and from the appointment.
package struct EarlierVisits: Sendable, Hashable {
  /// The statement of each visit that has one, newest visit first.
  package let allergies: [EarlierAllergies]
  /// The reactions to a drug, newest first.
  package let reactions: [EarlierReaction]
  /// What the session's appointment says of allergies; nil if it says nothing.
  package var booked: BookedAllergies?

  /// - Parameter visits: the last visits of a record number, newest first.
  package init(_ visits: [EventLog] = []) {
    allergies = EarlierAllergies.all(in: visits)
    reactions = EarlierReaction.all(in: visits)
  }

  /// What was told of allergies at another visit of the same person; nil if something is stated in the session,
  /// or if no other visit has a statement.
  package func allergies(for log: EventLog) -> EarlierAllergies? {
    guard log.allergyStatement == nil, let patient = log.opening?.patient else { return nil }
    return allergies.first { $0.session != log.session && $0.patient.isSamePerson(as: patient) }
  }

  /// What was told elsewhere and has to be asked at this visit, as one statement; nil if something is stated in
  /// the session or nothing was told.
  package func unasked(for log: EventLog) -> AllergyStatement? {
    guard log.allergyStatement == nil else { return nil }
    let earlier = allergies(for: log)?.statement
    guard let earlier, let booked else { return earlier ?? booked?.statement }
    return earlier.merged(with: booked.statement)
  }

  /// The last reaction to each drug at other visits of the same person, newest first.
  package func reactions(for log: EventLog) -> [EarlierReaction] {
    guard let patient = log.opening?.patient else { return [] }
    var last: [EarlierReaction] = []
    for reaction in reactions
    where reaction.session != log.session && reaction.patient.isSamePerson(as: patient)
      && !last.contains(where: { $0.drug == reaction.drug })
    {
      last.append(reaction)
    }
    return last
  }
}

/// A reaction of a patient to a drug at another visit.
package struct EarlierReaction: Sendable, Hashable {
  package let session: SessionID
  package let patient: PatientIdentity
  package let day: CivilDate
  /// The drug as recorded.
  package let drug: String
  /// `grade 4 (life-threatening)`; nil if only a stop or a pause for a reaction is recorded.
  package let grade: String?

  static func all(in visits: [EventLog]) -> [EarlierReaction] {
    visits.flatMap { log -> [EarlierReaction] in
      guard let patient = log.opening?.patient, let opened = log.openedAt else { return [] }
      let day = log.clock.date(at: opened)
      return log.drugReactions(log.administrations).reversed().map {
        EarlierReaction(
          session: log.session, patient: patient, day: day, drug: $0.drug, grade: $0.grade)
      }
    }
  }

  /// `PACLitaxel 01-Dec-2026, grade 4 (life-threatening)`.
  package func words(_ formulary: Formulary) -> String {
    "\(formulary.drug(named: drug).displayName) \(day.display)" + (grade.map { ", \($0)" } ?? "")
  }
}

/// A reaction to a drug in a session.
package struct DrugReaction: Sendable, Hashable {
  /// The administration of the drug.
  package let administration: String
  /// The drug as recorded.
  package let drug: String
  package let at: Instant
  /// `grade 4 (life-threatening)`; nil if only a stop for a reaction is recorded.
  package let grade: String?
}

extension EventLog {
  /// What the session has of reactions to drugs, in the order in which they happened. A reaction that is
  /// ascribed to no drug counts for each drug that ran, and so does a stop for a reaction.
  package func drugReactions(_ administrations: [RecordedAdministration]) -> [DrugReaction] {
    let given = administrations.filter(\.facts.technique.givesDrug)
    var found: [DrugReaction] = []
    for reaction in reactions {
      let ids = reaction.reaction.administration.map { [$0] }
      for one in given where ids?.contains(one.id) ?? one.ran(at: reaction.time) {
        found.append(
          DrugReaction(
            administration: one.id, drug: one.facts.drug, at: reaction.time,
            grade: reaction.reaction.gradeWords))
      }
    }
    for one in given where one.stopReason == .reaction {
      if found.contains(where: { $0.administration == one.id }) { continue }
      found.append(
        DrugReaction(
          administration: one.id, drug: one.facts.drug, at: one.stop ?? one.start, grade: nil))
    }
    return found
  }
}

extension RecordedAdministration {
  /// Whether it ran at a moment, or ended within it.
  fileprivate func ran(at moment: Instant) -> Bool {
    start <= moment && (stop ?? foundEndedAt).map { moment <= $0 } ?? true
  }
}
