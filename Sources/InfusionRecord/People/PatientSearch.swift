/// A patient of the record, as the newest visit names the patient.
package struct FoundPatient: Sendable, Hashable {
  package let patient: PatientIdentity
  /// How many visits the record has.
  package let visits: Int
  package let lastVisit: CivilDate
}

/// Finds patients over all days by name, record number or date of birth.
///
/// Every word that was typed must be found in the name, the record number or the date of birth. Accents,
/// apostrophes and upper case make no difference. A text that is a date of birth, in any form in which one
/// is typed, finds the patients who were born on that day.
package struct PatientSearch: Sendable {
  private let words: FoundWords
  private let born: CivilDate?

  /// - Parameter today: the day before which patients were born.
  package init(_ text: String, today: CivilDate) {
    words = FoundWords(text)
    born = try? BirthDate.read(text, before: today)
  }

  package var isEmpty: Bool { words.isEmpty }

  package func finds(_ patient: PatientIdentity) -> Bool {
    if words.isEmpty { return false }
    if let born, patient.dateOfBirth == born { return true }
    let birth = patient.dateOfBirth.map { "\($0.display) \($0.iso)" } ?? ""
    return words.areIn(
      SearchText.findable("\(patient.family) \(patient.given) \(patient.mrn) \(birth)"))
  }

  /// The patients that the text finds, by name. Visits of one record number under two names or dates of
  /// birth are two patients.
  ///
  /// - Parameter openings: a log of each session, with its opening at least.
  package func found(in openings: [EventLog]) -> [FoundPatient] {
    var found: [FoundPatient] = []
    var places: [String: [Int]] = [:]
    for log in openings {
      guard let patient = log.opening?.patient, let opened = log.openedAt, finds(patient) else {
        continue
      }
      let day = log.clock.date(at: opened)
      let number = PatientNumber.folded(patient.mrn)
      let place = places[number]?.first { found[$0].patient.isSamePerson(as: patient) }
      guard let place else {
        places[number, default: []].append(found.count)
        found.append(FoundPatient(patient: patient, visits: 1, lastVisit: day))
        continue
      }
      let known = found[place]
      let isNewer = day >= known.lastVisit
      found[place] = FoundPatient(
        patient: isNewer ? patient : known.patient, visits: known.visits + 1,
        lastVisit: max(day, known.lastVisit))
    }
    return found.sorted {
      (SearchText.fold($0.patient.displayName), $0.patient.mrn)
        < (SearchText.fold($1.patient.displayName), $1.patient.mrn)
    }
  }
}
