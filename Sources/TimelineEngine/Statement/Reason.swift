/// Why a rule decided as it did: a form of sentence and its numbers.
///
/// A reason holds values; the sentence is made when `text` is read.
package struct Reason: Sendable {
  package enum Form: Sendable, CaseIterable {
    case initialByRanking, initialOfSite, initialByReason, initialByLaterReason, initialInOffice
    case initialLongest, initialEarliest, initialSmallestID
    case sequential, sequentialChemo
    case furtherPush, pushOfMixture, furtherChemoPush, chemoPushOfInfused
    case repeatPush, pushBesideInfusion
    case repeatDose, repeatChemoDose, shortRepeatHour, shortRepeatPush, concurrent, chemoBeside
    case hydrationInitial, hydrationEarliest, hydrationFurther, hydrationBesideDrug
    case aborted, abortedDiscontinued
    case pushByTime, pushCharted, pushForMissingTime
    case counted, countedTogether, aroundInfusion, aroundPush, apart
    case furtherHours, prolongedPump, recordedPump, medicarePump, otherPump
    case biologicAsChemo, biologicAsDrug
    case injection, chemoInjection, hormonalInjection, injectionForMissingTime
    case onBody, refill, flush
    case subcutaneousFirst, subcutaneousHours, subcutaneousSites
    case modifierSiteRank, modifierSitePrimary, modifierSiteLater, modifierSiteTie
    case modifierSubcutaneous, modifierEncounter, modifierPair
    case modifierInjection, modifierInjectionOther
    case computedStop, lastSeenRunning, lastSeenInPause, withoutClock
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

  /// The first administration of the dose it is about, by position.
  package var administration: Int? { row < 0 ? nil : Int(row) }
  /// The first number of the sentence.
  package var first: Int { Int(numbers.0) }
  /// The second number of the sentence.
  package var second: Int { Int(numbers.1) }

  /// The sentence with its numbers.
  package var text: String { form.sentence.text(first, second) }

  /// The source that the sentence rests on.
  package var citation: Citation { source.citation }

  /// That source as one line.
  package var citedLine: String { source.line }
}

extension Reason {
  /// A reason of each form, and of each rule that counts minutes, for pages that list sentences.
  static var examples: [Reason] {
    Form.allCases.flatMap { form -> [Reason] in
      guard form == .counted else { return [Reason(.countedMinutes, form)] }
      return [Rule.ID.countedMinutes, .soloMinutes, .hydrationMinutes].flatMap { rule in
        [Int32(0), 1, 2].map { stretches in
          var reason = Reason(rule, form)
          reason.clock.count = stretches
          return reason
        }
      }
    }
  }

  /// The sentence with `n` and `m` for its numbers, and for counted minutes what was counted.
  var pattern: String {
    guard form == .counted else { return form.sentence.pattern }
    let stretches =
      switch clock.count {
      case 0: "without clock times"
      case 1: "one stretch"
      default: "several stretches"
      }
    return "\(form.sentence.pattern) (\(rule.text), \(stretches))"
  }
}

extension Reason.Form {
  /// Each sentence is in the file of its rule; `#` is the first number, `&` the second.
  fileprivate var sentence: Sentence {
    switch self {
    case .initialByRanking: .initialByRanking
    case .initialOfSite: .initialOfSite
    case .initialByReason: .initialByReason
    case .initialByLaterReason: .initialByLaterReason
    case .initialInOffice: .initialInOffice
    case .initialLongest: .initialLongest
    case .initialEarliest: .initialEarliest
    case .initialSmallestID: .initialSmallestID
    case .sequential: .sequential
    case .sequentialChemo: .sequentialChemo
    case .furtherPush: .furtherPush
    case .pushOfMixture: .pushOfMixture
    case .furtherChemoPush: .furtherChemoPush
    case .chemoPushOfInfused: .chemoPushOfInfused
    case .repeatPush: .repeatPush
    case .pushBesideInfusion: .pushBesideInfusion
    case .repeatDose, .repeatChemoDose: .repeatDose
    case .shortRepeatHour: .shortRepeatHour
    case .shortRepeatPush: .shortRepeatPush
    case .concurrent: .concurrent
    case .chemoBeside: .chemoBeside
    case .hydrationInitial: .hydrationInitial
    case .hydrationEarliest: .hydrationEarliest
    case .hydrationFurther: .hydrationFurther
    case .hydrationBesideDrug: .hydrationBesideDrug
    case .aborted: .aborted
    case .abortedDiscontinued: .abortedDiscontinued
    case .pushByTime: .pushByTime
    case .pushCharted: .pushCharted
    case .pushForMissingTime: .pushForMissingTime
    case .counted, .aroundInfusion, .aroundPush, .apart: .counted
    case .countedTogether: .countedTogether
    case .furtherHours: .furtherHours
    case .prolongedPump: .prolongedPump
    case .recordedPump: .recordedPump
    case .medicarePump: .medicarePump
    case .otherPump: .otherPump
    case .biologicAsChemo: .biologicAsChemo
    case .biologicAsDrug: .biologicAsDrug
    case .injection: .injection
    case .chemoInjection: .chemoInjection
    case .hormonalInjection: .hormonalInjection
    case .injectionForMissingTime: .injectionForMissingTime
    case .onBody: .onBody
    case .refill: .refill
    case .flush: .flush
    case .subcutaneousFirst: .subcutaneousFirst
    case .subcutaneousHours: .subcutaneousHours
    case .subcutaneousSites: .subcutaneousSites
    case .modifierSiteRank: .modifierSiteRank
    case .modifierSitePrimary: .modifierSitePrimary
    case .modifierSiteLater: .modifierSiteLater
    case .modifierSiteTie: .modifierSiteTie
    case .modifierSubcutaneous: .modifierSubcutaneous
    case .modifierEncounter: .modifierEncounter
    case .modifierPair: .modifierPair
    case .computedStop: .computedStop
    case .lastSeenRunning: .lastSeenRunning
    case .lastSeenInPause: .lastSeenInPause
    case .withoutClock: .withoutClock
    case .modifierInjection, .modifierInjectionOther: .modifierInjection
    }
  }
}
