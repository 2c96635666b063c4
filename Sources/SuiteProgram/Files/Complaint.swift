/// An error whose description is one sentence for the user.
package struct Complaint: Error, CustomStringConvertible {
  package let description: String

  package init(_ sentence: String) {
    description = sentence
  }
}
