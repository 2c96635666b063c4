extension Int {
  /// The number with its noun: `1 session`, `3 sessions`.
  ///
  /// - Parameters:
  ///   - one: the singular; it may include a verb, as in `session is`.
  ///   - many: the plural; by default the singular with an s.
  package func pluralized(_ one: String, _ many: String? = nil) -> String {
    self == 1 ? "1 \(one)" : "\(self) \(many ?? one + "s")"
  }
}
