extension Int {
  /// So many of a thing, in words: `1 session`, `3 sessions`.
  ///
  /// - Parameters:
  ///   - one: what one is called; it may go on, as in `session is`.
  ///   - many: what several or none are called, where that is not the same with an s.
  package func named(_ one: String, _ many: String? = nil) -> String {
    self == 1 ? "1 \(one)" : "\(self) \(many ?? one + "s")"
  }
}
