import InfusionRecord

extension Form {
  /// Shows other days of the review: one, or a range.
  package static let goToDay = Form(
    title: "Go to a day", act: .look, scope: .suite, verb: { _ in "show" },
    targets: { _ in [] },
    fields: GoToDayForm.fields, reading: GoToDayForm.reading)
}

private enum GoToDayForm {
  static func fields(_ context: FormContext) -> [Field] {
    [
      Field.text(.day, "Day", isRequired: true, hint: "23-Nov-2026, 23-Nov, -1 or today"),
      Field.text(.lastDay, "To", hint: "the same day"),
    ]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let first = try day(.day, context)
    let last = context.value(.lastDay).isEmpty ? first : try day(.lastDay, context)
    guard first <= last else {
      throw FormProblem(.lastDay, "\(last.display) lies before \(first.display).")
    }
    guard last.dayNumber - first.dayNumber < ReviewState.mostDays else {
      throw FormProblem(
        .lastDay,
        "At most \(ReviewState.mostDays) days at once; chairtime review reads more.")
    }
    return FormReading(.show(first...last), (first...last).title)
  }

  private static func day(
    _ name: Field.Name, _ context: FormContext
  ) throws(FormProblem) -> CivilDate {
    let text = context.value(name)
    let today = context.state.suite.clock.date(at: context.now)
    switch text.lowercased() {
    case "": throw FormProblem(name, "Which day?")
    case "today", "0": return today
    case "yesterday": return today + -1
    default: break
    }
    if text.hasPrefix("-"), let back = Int(text), (-3660...0).contains(back) { return today + back }
    let range = (today + -3660)...(today + 366)
    switch TypedDate.read(text, within: range, year: today.components.year) {
    case .success(let day) where LocalClock.recordableDays.contains(day): return day
    case .failure(.ambiguous(let days)): throw FormProblem(name, TypedDate.question(text, days))
    default: throw FormProblem(name, "Type the day as 23-Nov-2026, 2026-11-23, -1 or today.")
    }
  }
}
