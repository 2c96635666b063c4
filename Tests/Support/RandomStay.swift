import InfusionRecord

// What a paper record or the stay adds to a session: the inpatient order, parts of other procedures, drugs
// of unknown class, minutes without clock times, ends that nobody saw, a reason for each encounter.

extension RandomSession {
  /// Adds these to a third of the sessions. The choices have a generator of their own, so that the other
  /// sessions stay as they were.
  mutating func chooseStay(seed: UInt64) {
    var chance = Chance(seed: seed ^ 0x57A9)
    guard chance.happens(0.35) else { return }
    if chance.happens(0.2) {
      let minutes = chance.one(of: 0...max(1, high))
      timeline.session.inpatientFrom = base + Int64(minutes * 60)
    }
    if timeline.session.setting == .professional, chance.happens(0.3) { chooseReasons(&chance) }
    for index in timeline.administrations.indices {
      let row = timeline.administrations[index]
      // The rows of one bag agree, so that only those on their own change.
      guard row.bag == nil else { continue }
      let drugClass = row.statedClass ?? row.drug.entry?.drugClass
      if chance.happens(0.12), let drugClass, drugClass != .hydration {
        timeline.administrations[index].purpose = .integral
      } else if chance.happens(0.08) {
        timeline.administrations[index].drug = RandomSession.formulary.drug(named: "mystery agent")
        timeline.administrations[index].statedClass = nil
      }
      if chance.happens(0.1) {
        state(minutes: chance.one(of: [1, 15, 16, 30, 31, 60, 90, 91, 151, 481]), of: index)
        if chance.happens(0.5) {
          let first = timeline.session.clock.date(at: base)
          timeline.administrations[index].day = first + chance.one(of: [-1, 0, 0, 1])
        }
      } else if row.stop != nil, chance.happens(0.1) {
        timeline.administrations[index].stopBasis = .lastSeenRunning
      }
    }
  }

  private mutating func state(minutes: Int, of index: Int) {
    timeline.administrations[index].start = nil
    timeline.administrations[index].stop = nil
    timeline.administrations[index].stopBasis = nil
    timeline.administrations[index].isRunning = false
    timeline.administrations[index].pauses = []
    timeline.administrations[index].statedMinutes = Double(minutes)
  }

  private mutating func chooseReasons(_ chance: inout Chance) {
    timeline.session.reasonsForVisit = []
    for number in 1...encounter {
      let rows = timeline.administrations.indices.filter {
        timeline.administrations[$0].encounter == String(number)
      }
      if rows.isEmpty || chance.happens(0.3) { continue }
      timeline.session.reasonsForVisit.append(chance.one(of: rows))
    }
  }
}
