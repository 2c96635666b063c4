// Reactions, allergies and alerts in words.

extension Reaction.Sign {
  package var words: String {
    switch self {
    case .throatTightness: "throat tightness"
    case .chestPain: "chest pain"
    case .backPain: "back pain"
    default: rawValue
    }
  }
}

extension Reaction.Action {
  package var words: String {
    switch self {
    case .watched: "ran on, watched"
    case .slowed: "slowed"
    case .paused: "paused"
    case .stopped: "stopped"
    }
  }
}

extension Reaction {
  /// `mild`, the word of a grade.
  package static func words(ofGrade grade: Int) -> String {
    switch grade {
    case 1: "mild"
    case 2: "moderate"
    case 3: "severe"
    case 4: "life-threatening"
    default: "death"
    }
  }

  /// `grade 2 (moderate)`.
  package var gradeWords: String { "grade \(grade) (\(Reaction.words(ofGrade: grade)))" }

  /// The signs, those of the list first; empty if none were recorded.
  package var signWords: [String] { signs.map(\.words) + [otherSigns].compactMap(\.self) }

  /// `grade 2 (moderate): flushing, dyspnea; paused; given: hydrocortisone 100 mg; BP 88/50 mmHg`.
  package var words: String {
    var parts = [
      "\(gradeWords): "
        + (signWords.isEmpty ? "signs not recorded" : signWords.joined(separator: ", "))
    ]
    if let action { parts.append(action.words) }
    if let drugsGiven { parts.append("given: \(drugsGiven)") }
    if !vitals.isEmpty { parts.append(vitals.words) }
    return parts.joined(separator: "; ")
  }
}

extension AllergyStatement.Allergies {
  /// `penicillin (rash); latex`, `none known` or `not recorded`.
  package var words: String {
    switch self {
    case .notRecorded: "not recorded"
    case .noneKnown: "none known"
    case .known(let list): list.map(\.words).joined(separator: "; ")
    }
  }
}

extension AllergyStatement {
  /// `allergies: penicillin (rash); alerts: difficult airway`.
  package var words: String {
    "allergies: \(allergies.words)"
      + (alerts.isEmpty ? "" : "; alerts: \(alerts.joined(separator: ", "))")
  }
}
