import InfusionRecord

/// The field of the date of birth.
enum BornField {
  /// The day typed, for a patient who is alive on `today`. A text that can mean two days is asked about.
  static func read(_ text: String, before today: CivilDate) throws(FormProblem) -> CivilDate {
    do throws(BirthDate.Problem) {
      return try BirthDate.read(text, before: today)
    } catch {
      throw FormProblem(.born, sentence(error, text))
    }
  }

  private static func sentence(_ problem: BirthDate.Problem, _ text: String) -> String {
    switch problem {
    case .notADate: "Type the date of birth as 04-Feb-1961 or 1961-02-04."
    case .noSuchDay: "There is no such day as \(text); look at the date of birth again."
    case .ambiguous(let days): TypedDate.question(text, days)
    case .stillToCome(let born):
      "\(born.display) is still to come; look at the date of birth again."
    case .tooLongAgo(let born):
      "\(born.display) is more than \(BirthDate.mostYears) years ago; look at the date of birth again."
    }
  }

  /// `Born 04-Feb-1961?` for a date that was typed in another form, which the user compares.
  static func asked(_ text: String, _ born: CivilDate) -> String? {
    CivilDate(written: text) == nil ? "Born \(born.display)? Compare it with the wristband." : nil
  }
}
