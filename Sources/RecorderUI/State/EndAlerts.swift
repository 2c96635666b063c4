import InfusionRecord

/// How the program announces that a drug comes to its planned end.
package struct EndAlerts: Hashable, Sendable {
  /// What the terminal does. The site's file holds the raw values.
  package enum Signal: String, CaseIterable, Sendable, Hashable {
    /// It rings once.
    case bell
    /// The screen flashes once.
    case visual
    /// Nothing; the rows still turn.
    case off
  }

  package var signal = Signal.bell
  /// Minutes before the planned end of a further announcement, 1 to 60; nil for none.
  package var minutesBefore: Int?

  package init(signal: Signal = .bell, minutesBefore: Int? = nil) {
    self.signal = signal
    self.minutesBefore = minutesBefore
  }
}

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
        let announced = Announced(chair: session.opening.chair, drug: name)
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
    tell(sentence)
    return suite.endAlerts.signal == .off ? [] : [.signal(suite.endAlerts.signal)]
  }

  /// A drug that is announced; nil for one of a hidden record.
  private struct Announced {
    let chair: String
    let drug: String?
  }

  private func sentence(ended: [Announced], ending: [Announced]) -> String? {
    var parts: [String] = []
    if ended.count == 1, let first = ended.first {
      parts.append(
        "Chair \(first.chair): \(first.drug ?? "a drug") is at its planned end. Has it ended?")
    } else if !ended.isEmpty {
      parts.append("\(ended.count) drugs are at their planned end: \(chairs(of: ended)).")
    }
    let left = suite.endAlerts.minutesBefore ?? 0
    if ending.count == 1, let first = ending.first {
      parts.append("Chair \(first.chair): \(first.drug ?? "a drug") ends in \(left) min.")
    } else if !ending.isEmpty {
      parts.append("\(ending.count) drugs end in \(left) min: \(chairs(of: ending)).")
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

  /// Shows the sentence. What was recorded just before stays told, and a locked screen names no drug.
  private mutating func tell(_ sentence: String) {
    guard place != .locked, place != .signIn else { return }
    if let notice, notice.kind == .recorded {
      self.notice?.text += " " + sentence
    } else {
      notice = told(sentence)
    }
  }
}
