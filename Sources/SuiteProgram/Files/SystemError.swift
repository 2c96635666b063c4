import Glibc

/// The system's message for an error number.
package func reason(_ number: Int32) -> String {
  guard let text = strerror(number) else { return "error \(number)" }
  return String(cString: text)
}
