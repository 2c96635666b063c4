package import InfusionRecord
package import TimelineEngine

// The sentences of a statement, for its JSON, its page, the screen and exports. Signatures hold those
// of the JSON.

/// A reason and the administrations it stands under.
package struct GroundedReason: Sendable {
  package let reason: Reason
  /// Positions in the timeline, each once.
  package fileprivate(set) var administrations: [Int]

  fileprivate struct Key: Hashable {
    let rule: Rule.ID
    let form: Reason.Form
    let numbers: [Int]
    let clock: [Interval]
  }
}

extension Statement {
  /// A reason's sentence with the clock ranges whose minutes it used.
  package func sentence(_ reason: Reason, of charge: Charge) -> String {
    let clock = SignedClockText(clock: timeline.session.clock, date: charge.serviceDate)
    return sentence(reason, range: clock.range)
  }

  /// - Parameter range: a stretch of the clock in words.
  func sentence(_ reason: Reason, range: (Interval) -> String) -> String {
    let ranges = clockRanges(of: reason)
    guard !ranges.isEmpty else { return reason.text }
    return Statement.extended(reason.text, by: ranges.map(range).joined(separator: ", "))
  }

  /// Why minutes are not charged, with the stretches in which they ran and what ran beside them.
  ///
  /// - Parameter date: the date that is written without its name.
  package func sentence(_ part: Uncharged, on date: CivilDate?) -> String {
    let clock = SignedClockText(clock: timeline.session.clock, date: date)
    return sentence(part, range: clock.text)
  }

  /// The sentence with dates as a page writes them.
  package func sentence(_ part: Uncharged, clock: ClockText) -> String {
    sentence(part) { clock.text($0, dash: "-") }
  }

  /// - Parameter range: a stretch of the clock, or a moment, in words.
  func sentence(_ part: Uncharged, range: (Interval) -> String) -> String {
    var texts: [String] = []
    var ranges: [String] = []
    let stretches = stretches(of: part)
    for (index, stretch) in zip(stretches.indices, stretches) {
      ranges.append(range(stretch.interval))
      let next = index + 1 < stretches.endIndex ? stretches[index + 1] : nil
      if let next, next.beside == stretch.beside { continue }
      let beside = stretch.beside.map { " beside \(name(of: $0))" } ?? ""
      texts.append(ranges.joined(separator: ", ") + beside)
      ranges = []
    }
    guard !texts.isEmpty else {
      return "\(part.clause.sentence) No time of \(name(of: part.administration)) is recorded."
    }
    return Statement.extended(part.clause.sentence, by: texts.joined(separator: "; "))
  }

  /// `a2 PACLitaxel`.
  package func name(of position: Int) -> String {
    let row = timeline.administrations[position]
    return "\(row.id) \(row.drug.displayName)"
  }

  private static func extended(_ sentence: String, by more: String) -> String {
    let head = sentence.hasSuffix(".") ? sentence.dropLast() : Substring(sentence)
    return "\(head): \(more)."
  }

  /// A finding's sentence, with the second administration at its end if there are two.
  ///
  /// - Parameter namingDrug: whether that administration is named by its drug, for a person, or by its
  ///   id, as in the statement's JSON.
  package func sentence(_ finding: Finding, namingDrug: Bool = false) -> String {
    guard let other = finding.other else { return finding.text }
    let row = timeline.administrations[other]
    return "\(finding.text) See also \(namingDrug ? row.drug.displayName : row.id)."
  }

  /// The administrations behind a charge, each once, in the engine's order.
  package func rows(of charge: Charge) -> [Int] {
    Statement.once(administrations(of: charge))
  }

  /// The administrations behind a part of a charge, each once, in the engine's order.
  package func rows(of part: ChargePart) -> [Int] { Statement.once(administrations(of: part)) }

  private static func once(_ rows: ArraySlice<Int32>) -> [Int] {
    if rows.count == 1, let row = rows.first { return [Int(row)] }
    var seen: Set<Int32> = []
    return rows.filter { seen.insert($0).inserted }.map(Int.init)
  }

  /// Why a charge is made: each reason once, with all administrations that it stands under.
  package func grounds(of charge: Charge) -> [GroundedReason] {
    let parts = parts(of: charge)
    if parts.count == 1, let part = parts.first {
      let rows = rows(of: part)
      return reasons(of: part).map { GroundedReason(reason: $0, administrations: rows) }
    }
    var list: [GroundedReason] = []
    var places: [GroundedReason.Key: Int] = [:]
    for part in parts {
      let rows = rows(of: part)
      for reason in reasons(of: part) {
        let key = GroundedReason.Key(
          rule: reason.rule, form: reason.form, numbers: [reason.first, reason.second],
          clock: Array(clockRanges(of: reason)))
        if let place = places[key] {
          list[place].administrations += rows.filter { !list[place].administrations.contains($0) }
        } else {
          places[key] = list.count
          list.append(GroundedReason(reason: reason, administrations: rows))
        }
      }
    }
    return list
  }

  /// The local date of the session's first time. Times on it are written without their date.
  package var firstDate: CivilDate? {
    let times = timeline.administrations.lazy.compactMap { $0.start ?? $0.stop }
    return times.min().map { timeline.session.clock.date(at: $0) }
  }
}
