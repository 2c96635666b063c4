import InfusionRecord

/// A date of birth as users type it.
enum BirthDate {
  /// The day typed, for a patient who is alive on `today`. A text that can mean two days is asked about.
  static func read(_ text: String, before today: CivilDate) throws(FormProblem) -> CivilDate {
    switch TypedDate.read(text, within: (today + -130 * 366)...today) {
    case .failure(.notADate):
      throw FormProblem(.born, "Type the date of birth as 04-Feb-1961 or 1961-02-04.")
    case .failure(.noSuchDay):
      throw FormProblem(.born, "There is no such day as \(text); look at the date of birth again.")
    case .failure(.ambiguous(let days)): throw FormProblem(.born, TypedDate.question(text, days))
    case .success(let born):
      guard born <= today else {
        throw FormProblem(
          .born, "\(born.display) is still to come; look at the date of birth again.")
      }
      guard today.dayNumber - born.dayNumber < 130 * 366 else {
        throw FormProblem(
          .born, "\(born.display) is more than 130 years ago; look at the date of birth again.")
      }
      return born
    }
  }

  /// `Born 04-Feb-1961?` for a date that was typed in another form, which the user compares.
  static func asked(_ text: String, _ born: CivilDate) -> String? {
    CivilDate(written: text) == nil ? "Born \(born.display)? Compare it with the wristband." : nil
  }
}
