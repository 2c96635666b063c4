public import InfusionRecord

/// Why a session about to be opened may be a mistake: a warning on the screen, a question of the
/// command.
///
/// A patient has one open session, a chair one patient, and two people whose names sound alike are
/// taken for each other (SAFER Patient Identification). None of it is impossible, so none is refused
/// for good.
public struct OpeningDoubt: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    /// The record number has an open session already.
    case sameNumber = "same-mrn"
    case similarName = "similar-name"
    case takenChair = "taken-chair"
  }

  public let kind: Kind
  /// One sentence for a person. It names a patient.
  public let sentence: String

  /// The doubts about seating `patient` at `chair` beside those whose sessions are open.
  public static func found(
    seating patient: PatientIdentity, at chair: String, beside open: [SessionOpening]
  ) -> [OpeningDoubt] {
    var doubts: [OpeningDoubt] = []
    for other in open {
      let known = other.patient
      if known.mrn == patient.mrn {
        doubts.append(
          OpeningDoubt(
            kind: .sameNumber,
            sentence: "MRN \(patient.mrn) has an open session already: \(known.displayName), chair "
              + "\(other.chair)."))
      } else if SimilarNames.areAlike(patient, known) {
        doubts.append(
          OpeningDoubt(
            kind: .similarName,
            sentence: "Similar: \(known.displayName), \(known.bornWords), chair "
              + "\(other.chair). Check both identifiers."))
      }
      if other.chair == chair {
        doubts.append(
          OpeningDoubt(
            kind: .takenChair, sentence: "Chair \(chair) has \(known.displayName)."))
      }
    }
    return doubts
  }
}
