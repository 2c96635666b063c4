package import TimelineEngine

extension Code {
  /// The code with its modifiers, `96413-59`.
  package func text(with modifiers: [String]) -> String {
    ([number] + modifiers).joined(separator: "-")
  }
}

extension Charge {
  /// `96413-59`.
  package var codeText: String { code.text(with: modifiers.texts) }
}
