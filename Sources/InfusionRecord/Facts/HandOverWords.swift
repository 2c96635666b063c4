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
            handOver: entry.original.id, from: entry.original.actor, to: nurse, text: words,
            left: entry.clinicalTime))
      case .wordsRead(let id): standing.removeAll { $0.handOver == id }
      default: break
      }
    }
    return standing
  }

  /// The chair that the patient sits in: that of the last move by its clinical time, otherwise that of the
  /// opening.
  package var chair: String? {
    var last: (chair: String, at: Instant)?
    for entry in entries {
      if case .movedToChair(let chair)? = entry.fact,
        last.map({ $0.at <= entry.clinicalTime }) ?? true
      {
        last = (chair, entry.clinicalTime)
      }
    }
    return last?.chair ?? openingEntry?.fact?.opening?.chair
  }
}
