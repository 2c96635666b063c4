/// What went wrong, in one sentence.
package struct Complaint: Error, CustomStringConvertible {
  package let description: String

  package init(_ sentence: String) {
    description = sentence
  }
}
