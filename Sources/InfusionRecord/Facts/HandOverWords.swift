/// Words that a nurse left at a hand-over. They stand until a nurse marks them as read.
package struct HandOverWords: Sendable, Hashable {
  /// The hand-over that they belong to.
  package let handOver: Event.ID
  package let from: String
  package let to: String
  package let text: String
  package let left: Instant
}

extension EventLog {
  /// The words that still stand, oldest first.
  package var unreadWords: [HandOverWords] {
    var standing: [HandOverWords] = []
    for entry in entries {
      switch entry.fact {
      case .handedOff(let nurse, let words?):
        standing.append(
          HandOverWords(
            handOver: entry.original.id, from: entry.latest.actor, to: nurse, text: words,
            left: entry.clinicalTime))
      case .wordsRead(let id): standing.removeAll { $0.handOver == id }
      default: break
      }
    }
    return standing
  }

  /// The chair that the patient sits in: that of the last move, otherwise that of the opening.
  package var chair: String? {
    for entry in entries.reversed() {
      if case .movedToChair(let chair)? = entry.fact { return chair }
    }
    return openingEntry?.fact?.opening?.chair
  }
}
