/// A reaction of the patient, as it was seen at the chair.
///
/// Only the grade is due. What was not recorded is nil or empty, and is said to be not recorded.
package struct Reaction: Sendable, Hashable {
  /// The grade by the Common Terminology Criteria for Adverse Events (CTCAE): 1 mild, 2 moderate, 3
  /// severe, 4 life-threatening, 5 death.
  package static let grades = 1...5

  /// What is seen most. A sign outside the list is free text.
  package enum Sign: String, Sendable, CaseIterable, Hashable {
    case flushing, itching, urticaria, rash, fever, chills
    case dyspnea, wheezing, cough
    case throatTightness = "throat-tightness"
    case chestPain = "chest-pain"
    case backPain = "back-pain"
    case hypotension, hypertension, tachycardia, hypoxia, nausea, vomiting, dizziness, syncope
    case swelling
  }

  /// What was done with the drug.
  package enum Action: String, Sendable, CaseIterable, Hashable {
    /// It ran on, and the patient was watched.
    case watched
    case slowed, paused, stopped
  }

  /// The drug that it is ascribed to; nil if it is ascribed to none.
  package var administration: String?
  package var grade: Int
  package var signs: [Sign]
  /// Signs in the nurse's own words.
  package var otherSigns: String?
  package var action: Action?
  /// What was given against it, as free text.
  package var drugsGiven: String?
  package var vitals: VitalSigns

  package init(
    administration: String? = nil, grade: Int, signs: [Sign] = [], otherSigns: String? = nil,
    action: Action? = nil, drugsGiven: String? = nil, vitals: VitalSigns = VitalSigns()
  ) {
    self.administration = administration
    self.grade = grade
    self.signs = signs
    self.otherSigns = otherSigns
    self.action = action
    self.drugsGiven = drugsGiven
    self.vitals = vitals
  }
}

/// A reaction that holds, with the entry that states it.
package struct RecordedReaction: Sendable, Hashable {
  package let reaction: Reaction
  package let entry: EventLog.Entry

  package var time: Instant { entry.clinicalTime }
}

extension EventLog {
  /// The reactions that hold, in the order in which they happened.
  package var reactions: [RecordedReaction] {
    let found = entries.compactMap { entry -> RecordedReaction? in
      guard case .reactionRecorded(let reaction) = entry.fact else { return nil }
      return RecordedReaction(reaction: reaction, entry: entry)
    }
    return found.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
  }
}
