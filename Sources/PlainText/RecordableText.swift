extension StringProtocol {
  /// Whether the text may be recorded: it holds no NUL, and no U+FFFD, which stands for bytes that were
  /// not UTF-8.
  package var isRecordable: Bool {
    unicodeScalars.allSatisfy { $0 != "\0" && $0 != "\u{FFFD}" }
  }
}
