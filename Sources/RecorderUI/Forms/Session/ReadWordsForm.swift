import InfusionRecord

extension Form {
  /// Marks the oldest words that were left at a hand-over as read.
  package static let readWords = Form(
    title: "Mark words as read", act: .record, scope: .session,
    verb: { _ in "mark as read" }, mustBeRead: true,
    targets: { context in
      context.session?.log.unreadWords.first.map { [(.words($0.handOver), nil)] } ?? []
    },
    refusal: { state, session in
      session.log.unreadWords.isEmpty ? "No words wait to be read in this session." : nil
    },
    question: { $0.session?.unreadWords ?? "" },
    fields: { [$0.timeFields("Read")[0]] }, reading: ReadWordsForm.reading)
}

private enum ReadWordsForm {
  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    guard let words = context.session?.log.unreadWords.first else {
      throw FormProblem(nil, "No words wait to be read in this session.")
    }
    let moment = try context.time()
    return FormReading(
      [try context.draft(.wordsRead(handOver: words.handOver), at: moment)],
      "the words of \(words.from) for \(words.to) read \(context.clockText(moment)), \(context.by)")
  }
}

extension SessionReading {
  /// The oldest unread words of a hand-over, with who left them; nil if all are read.
  var unreadWords: String? {
    let standing = log.unreadWords
    guard let words = standing.first else { return nil }
    let more = standing.count > 1 ? " (and \(standing.count - 1) more)" : ""
    return "\(words.from) for \(words.to), \(clockText(words.left))\(more): \(words.text)"
  }
}
