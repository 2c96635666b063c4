import ArgumentParser
import InfusionRecord
import PlainText
import RecorderUI

/// Asks about a drug that still runs in the record long after it must have ended, by the rule of the
/// screens: nothing is recorded until the user says more.
struct ForgottenOptions: ParsableArguments {
  @Flag(help: "Record it though the drug ran far past its plan or over a night; needs a --reason.")
  var anyway = false

  func validate(_ record: RecordOptions) throws {
    if anyway { try Reason.checkForAnyway(record.reason) }
  }

  /// Throws the question about an administration, unless the basis of the time was named.
  ///
  /// - Parameters:
  ///   - fact: what would be recorded, with its article.
  ///   - advice: what else answers the question.
  func ask(
    _ id: String, at moment: Instant, in log: EventLog, by recorder: Recorder, _ fact: String,
    advice: String
  ) throws {
    let isKnown = recorder.options.basis.map { $0 != .observed } ?? false
    // A time to come is refused, whatever the answer.
    let isToCome = moment > recorder.now + 3600
    guard !anyway, !isKnown, !isToCome, let drug = log.administration(id),
      let forgotten = ForgottenDrug(drug, at: moment, clock: log.clock)
    else { return }
    throw OpenQuestions(
      [
        ForgottenOptions.question(
          forgotten, fact, in: log, recorder.formulary, at: recorder.now)
      ],
      outcome: "Nothing was recorded", advice: advice)
  }

  /// The question with its name.
  static func question(
    _ forgotten: ForgottenDrug, _ fact: String, in log: EventLog, _ formulary: Formulary,
    at now: Instant
  ) -> (name: String, sentence: String) {
    let name = formulary.drug(named: forgotten.administration.facts.drug).displayName
    let sentence = forgotten.sentence(name.printable, fact, ClockText(log, askedAt: now))
    return ("forgotten:\(forgotten.administration.id)", "\(sentence) When did it really end?")
  }
}
