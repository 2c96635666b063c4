/// Why a rule decided as it did: a form of sentence and its numbers.
///
/// A reason holds values; the sentence is made when `text` is read.
package struct Reason: Sendable {
  package enum Form: Sendable, CaseIterable {
    case initialByRanking, initialByReason
    case sequential, furtherPush, repeatPush, pushBesideInfusion
    case repeatDose, shortRepeat, concurrent, chemoBeside
    case hydrationInitial, hydrationFurther, hydrationBesideDrug
    case aborted, pushByTime, pushCharted, pushForMissingTime
    case counted, furtherHours, prolongedPump, medicarePump, otherPump
    case injection, onBody, refill, flush
    case subcutaneousFirst, subcutaneousHours, subcutaneousSites
    case modifierSite, modifierEncounter, modifierInjection, modifierPair
    case computedStop, lastSeenRunning, withoutClock
  }

  package let rule: Rule.ID
  package let form: Form
  private let row: Int32
  private let numbers: (Int32, Int32)
  /// The stretches of time whose minutes it used, in the statement's `clock`.
  var clock = Run()

  init(
    _ rule: Rule.ID, _ form: Form, administration: Int32 = -1, _ first: Int = 0,
    _ second: Int = 0
  ) {
    self.rule = rule
    self.form = form
    self.row = administration
    self.numbers = (Int32(clamping: first), Int32(clamping: second))
  }

  /// The administration it is about, by position; nil if it is about the charge.
  package var administration: Int? { row < 0 ? nil : Int(row) }
  /// The first number of the sentence.
  package var first: Int { Int(numbers.0) }
  /// The second number of the sentence.
  package var second: Int { Int(numbers.1) }

  /// The sentence with its numbers.
  package var text: String { form.sentence.text(first, second) }

  /// The source the rule rests on.
  package var citation: Citation? { rule.rule.citations.first?.citation }

  /// That source as one line.
  package var citedLine: String { rule.rule.citedLine }
}

extension Reason.Form {
  /// Each sentence is in the file of its rule; `#` is the first number, `&` the second.
  fileprivate var sentence: Sentence {
    switch self {
    case .initialByRanking: .initialByRanking
    case .initialByReason: .initialByReason
    case .sequential: .sequential
    case .furtherPush: .furtherPush
    case .repeatPush: .repeatPush
    case .pushBesideInfusion: .pushBesideInfusion
    case .repeatDose: .repeatDose
    case .shortRepeat: .shortRepeat
    case .concurrent: .concurrent
    case .chemoBeside: .chemoBeside
    case .hydrationInitial: .hydrationInitial
    case .hydrationFurther: .hydrationFurther
    case .hydrationBesideDrug: .hydrationBesideDrug
    case .aborted: .aborted
    case .pushByTime: .pushByTime
    case .pushCharted: .pushCharted
    case .pushForMissingTime: .pushForMissingTime
    case .counted: .counted
    case .furtherHours: .furtherHours
    case .prolongedPump: .prolongedPump
    case .medicarePump: .medicarePump
    case .otherPump: .otherPump
    case .injection: .injection
    case .onBody: .onBody
    case .refill: .refill
    case .flush: .flush
    case .subcutaneousFirst: .subcutaneousFirst
    case .subcutaneousHours: .subcutaneousHours
    case .subcutaneousSites: .subcutaneousSites
    case .modifierSite: .modifierSite
    case .modifierEncounter: .modifierEncounter
    case .modifierPair: .modifierPair
    case .computedStop: .computedStop
    case .lastSeenRunning: .lastSeenRunning
    case .withoutClock: .withoutClock
    case .modifierInjection: .modifierInjection
    }
  }
}
