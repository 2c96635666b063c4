import InfusionRecord
import TerminalCore

extension SessionReading {
  /// Allergies and alerts as every banner has them, whole. What is not recorded is said to be so.
  var allergyText: StyledText {
    let statement = log.allergyStatement ?? AllergyStatement()
    let allergies = statement.allergies
    var text = StyledText()
    switch allergies {
    case .notRecorded: text.append("allergies not\u{A0}recorded", .muted)
    case .noneKnown:
      text.append("allergies\u{A0}", .muted)
      text.append("none\u{A0}known")
    case .known: text.append("ALLERGIES \(allergies.words)", .attention)
    }
    if !statement.alerts.isEmpty {
      text.append("  ")
      text.append("ALERT \(statement.alerts.joined(separator: ", "))", .attention)
    }
    return text
  }

  /// Whether an allergy or an alert is recorded, which has lines of its own.
  var warnsOfPatient: Bool {
    guard !isHidden, let statement = log.allergyStatement else { return false }
    return !statement.allergies.list.isEmpty || !statement.alerts.isEmpty
  }

  /// The same in a sentence.
  var allergySentence: StyledText {
    let statement = log.allergyStatement ?? AllergyStatement()
    return StyledText(statement.words, warnsOfPatient ? .attention : .text)
  }

  /// The reactions ascribed to an administration; to none for nil.
  func reactions(to administration: String?) -> [RecordedReaction] {
    log.reactions.filter { $0.reaction.administration == administration }
  }

  /// `reaction 10:42, grade 2 (moderate): flushing; paused`.
  func words(_ reaction: RecordedReaction) -> String {
    "reaction \(clockText(reaction.time)), \(reaction.reaction.words)"
  }
}
