import PlainText
import SuiteProgram
import InfusionRecord
import Interchange

/// Questions a person must decide before a command records something.
///
/// They are a finding, not an error: the program prints them on standard output, one sentence on
/// standard error, and ends with exit code 2.
struct OpenQuestions: Error {
  /// The questions, each on lines of its own.
  let page: TextPage
  /// What did not happen, how many questions are open, and what to do.
  let summary: Complaint

  init(_ questions: [(name: String, sentence: String)], outcome: String, advice: String) {
    var page = TextPage()
    for question in questions {
      page.wrap(question.sentence, first: "\(question.name): ", indent: 2)
    }
    self.page = page
    summary = Complaint(
      "\(outcome): \(questions.count.pluralized("question is", "questions are")) open; \(advice).")
  }
}
