import InfusionRecord

extension RecorderState {
  /// Announces, once, the planned ends that came since the last call.
  ///
  /// The event loop calls this each minute. What ended before the program started is not announced: its
  /// row needs a person already.
  package mutating func announcePlannedEnds() -> [Effect] {
    let minute = now.instant.minute
    defer { announcedMinute = minute }
    guard let since = announcedMinute, since < minute else { return [] }
    func came(_ moment: Instant) -> Bool { since < moment.minute && moment.minute <= minute }
    var ended: [Announced] = []
    var ending: [Announced] = []
    for session in openSessions {
      for (name, end) in session.plannedEnds {
        let announced = Announced(
          chair: session.opening.chair, drug: name, minutesLeft: end.minutesLeft)
        if came(end.moment) {
          ended.append(announced)
        } else if let before = suite.endAlerts.minutesBefore,
          came(end.moment + Int64(-before * 60)), end.minutesLeft > 0
        {
          ending.append(announced)
        }
      }
    }
    guard let sentence = sentence(ended: ended, ending: ending) else { return [] }
    // A locked screen names no drug.
    if place != .locked, place != .signIn { addNotice(sentence) }
    return suite.endAlerts.signal == .off ? [] : [.signal(suite.endAlerts.signal)]
  }

  /// A drug that is announced; nil for one of a hidden record.
  private struct Announced {
    let chair: String
    let drug: String?
    let minutesLeft: Int
  }

  private func sentence(ended: [Announced], ending: [Announced]) -> String? {
    var parts: [String] = []
    if ended.count == 1, let first = ended.first {
      parts.append(
        "Chair \(first.chair): \(first.drug ?? "a drug") is at its planned end. Has it ended?")
    } else if !ended.isEmpty {
      parts.append("\(ended.count) drugs are at their planned end: \(chairs(of: ended)).")
    }
    if ending.count == 1, let first = ending.first {
      parts.append(
        "Chair \(first.chair): \(first.drug ?? "a drug") ends in \(first.minutesLeft) min.")
    } else if !ending.isEmpty {
      let left = ending.map(\.minutesLeft).max() ?? 0
      parts.append("\(ending.count) drugs end within \(left) min: \(chairs(of: ending)).")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// `chairs 3 and 5`.
  private func chairs(of announced: [Announced]) -> String {
    var names: [String] = []
    for one in announced where !names.contains(one.chair) { names.append(one.chair) }
    guard names.count > 1, let last = names.last else { return "chair \(names.joined())" }
    return "chairs \(names.dropLast().joined(separator: ", ")) and \(last)"
  }
}
