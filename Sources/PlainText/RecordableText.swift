extension StringProtocol {
  /// Whether the text may be recorded: it holds no NUL, and no U+FFFD, which stands for bytes that were
  /// not UTF-8.
  package var isRecordable: Bool {
    unicodeScalars.allSatisfy { $0 != "\0" && $0 != "\u{FFFD}" }
  }

  /// Whether the text may be a name or a number that comes from a file: it may be recorded, and holds no control
  /// character and none that turns the reading direction or has no width.
  package var isPlainLine: Bool {
    isRecordable && unicodeScalars.allSatisfy { !$0.steersOutput }
  }
}
