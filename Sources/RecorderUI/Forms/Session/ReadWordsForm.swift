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
    fields: { ReadWordsForm.check($0) + [$0.timeFields("Read")[0]] },
    reading: ReadWordsForm.reading)
}

private enum ReadWordsForm {
  /// Asks a user who left the words whether they were passed on; no one else.
  static func check(_ context: FormContext) -> [Field] {
    guard let words = context.session?.log.unreadWords.first,
      words.from == context.state.actor.name
    else { return [] }
    var field = Field.choice(
      .check, "Your own words",
      [
        Field.Option("no", "no, they wait for \(words.to)"),
        Field.Option("yes", "yes, \(words.to) was told"),
      ], hint: "was it passed on? no or yes")
    field.subject = words.handOver.text
    return [field]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    guard let words = context.session?.log.unreadWords.first else {
      throw FormProblem(nil, "No words wait to be read in this session.")
    }
    let moment = try context.time()
    var draft = try context.draft(.wordsRead(handOver: words.handOver), at: moment)
    if !check(context).isEmpty {
      guard context.value(.check) == "yes" else {
        throw FormProblem(.check, "The words are your own: they wait for \(words.to).")
      }
      draft.reason = "\(words.to) was told"
    }
    return FormReading(
      [draft],
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
