/// A date of birth as people type it, on screens and in files.
package enum BirthDate {
  package enum Problem: Error, Sendable, Hashable {
    case notADate
    case noSuchDay
    /// All days that the text can mean, earliest first.
    case ambiguous([CivilDate])
    case stillToCome(CivilDate)
    case tooLongAgo(CivilDate)
  }

  /// The most years that a patient can have lived.
  package static let mostYears = 130
  private static let mostDays = mostYears * 366

  /// The day typed, for a patient who is alive on `today`.
  package static func read(_ text: String, before today: CivilDate) throws(Problem) -> CivilDate {
    switch TypedDate.read(text, within: (today + -mostDays)...today) {
    case .failure(.notADate): throw .notADate
    case .failure(.noSuchDay): throw .noSuchDay
    case .failure(.ambiguous(let days)): throw .ambiguous(days)
    case .success(let born):
      if born > today { throw .stillToCome(born) }
      if born <= today + -mostDays { throw .tooLongAgo(born) }
      return born
    }
  }
}
