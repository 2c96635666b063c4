package import InfusionRecord

/// Why opening a session may be a mistake: a warning on the screen, a question in the command.
///
/// A patient has one open session, a chair has one patient, and similar names are confused (SAFER
/// Patient Identification). All of that can still be true, so none of it is refused for good.
package struct OpeningDoubt: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The record number already has an open session.
    case sameNumber = "same-mrn"
    /// The record number belongs to a patient with another name or date of birth.
    case otherPerson = "other-person"
    case similarName = "similar-name"
    case takenChair = "taken-chair"
  }

  package let kind: Kind
  /// One sentence. It names a patient.
  package let sentence: String

  /// Where a record number is known with another name or date of birth.
  package enum Place: Sendable, Hashable {
    case record, book, both

    /// Nil if it is nowhere.
    init?(
      of patient: PatientIdentity, inRecord known: [PatientIdentity],
      inBook booked: [PatientIdentity]
    ) {
      func isOther(_ other: PatientIdentity) -> Bool { !other.isSamePerson(as: patient) }
      switch (known.contains(where: isOther), booked.contains(where: isOther)) {
      case (true, true): self = .both
      case (true, false): self = .record
      case (false, true): self = .book
      case (false, false): return nil
      }
    }

    fileprivate var words: String {
      switch self {
      case .record: "in the record"
      case .book: "in today's appointments"
      case .both: "in the record and in today's appointments"
      }
    }
  }

  /// Names nobody, because the record may be of another person.
  static func otherPerson(_ mrn: String, _ place: Place) -> String {
    "MRN \(mrn) is \(place.words) with another name or date of birth. Compare MRN, name and date of "
      + "birth with the wristband."
  }

  /// The doubts about a session of `patient` at `chair` while others are open.
  ///
  /// - Parameters:
  ///   - known: who has the record number in other visits.
  ///   - booked: who has it in today's appointments.
  package static func found(
    opening patient: PatientIdentity, at chair: String, among open: [SessionOpening],
    known: [PatientIdentity] = [], booked: [PatientIdentity] = []
  ) -> [OpeningDoubt] {
    var doubts: [OpeningDoubt] = []
    let others =
      known
      + open.map(\.patient).filter {
        PatientNumber.areSame($0.mrn, patient.mrn)
      }
    if let place = Place(of: patient, inRecord: others, inBook: booked) {
      doubts.append(OpeningDoubt(kind: .otherPerson, sentence: otherPerson(patient.mrn, place)))
    }
    for other in open {
      let known = other.patient
      let isSameNumber = PatientNumber.areSame(known.mrn, patient.mrn)
      if isSameNumber, !known.isSamePerson(as: patient) {
        // The name of another person is not shown.
        doubts.append(
          OpeningDoubt(
            kind: .sameNumber,
            sentence: "MRN \(patient.mrn) has an open session already, under another name or date "
              + "of birth, chair \(other.chair)."))
      } else if isSameNumber {
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
