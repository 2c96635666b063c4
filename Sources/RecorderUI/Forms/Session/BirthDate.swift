import InfusionRecord

/// A date of birth as users type it.
enum BirthDate {
  /// The day typed, for a patient who is alive on `today`.
  static func read(_ text: String, before today: CivilDate) throws(FormProblem) -> CivilDate {
    guard let (year, month, day) = numbers(text) else {
      throw FormProblem(.born, "Type the date of birth as 04-Feb-1961 or 1961-02-04.")
    }
    guard let born = CivilDate(year: year, month: month, day: day) else {
      throw FormProblem(.born, "There is no such day as \(text); look at the date of birth again.")
    }
    guard born <= today else {
      throw FormProblem(.born, "\(born.display) is still to come; look at the date of birth again.")
    }
    guard today.dayNumber - born.dayNumber < 130 * 366 else {
      throw FormProblem(
        .born, "\(born.display) is more than 130 years ago; look at the date of birth again.")
    }
    return born
  }

  /// `04-Feb-1961`, `4 feb 1961`, `1961-02-04`, `19610204`; no format that could be read in two ways.
  static func date(_ text: String) -> CivilDate? {
    numbers(text).flatMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
  }

  /// The numbers of such a date, even if there is no such day.
  private static func numbers(_ text: String) -> (year: Int, month: Int, day: Int)? {
    let parts = text.lowercased().split { "-/. ".contains($0) }.map(String.init)
    let months = CivilDate.monthNames.map { $0.lowercased() }
    if parts.count == 1, text.count == 8, text.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(text)
    {
      return (number / 10_000, number / 100 % 100, number % 100)
    }
    guard parts.count == 3 else { return nil }
    if parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    {
      return (year, month, day)
    }
    guard let day = Int(parts[0]), parts[2].count == 4, let year = Int(parts[2]),
      let month = months.firstIndex(where: { parts[1].hasPrefix($0) })
    else { return nil }
    return (year, month + 1, day)
  }
}
