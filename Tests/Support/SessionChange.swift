package import InfusionRecord

// Ways to tell the same session otherwise. Each keeps the meaning the laws speak of.

extension Timeline {
  /// The same rows in another order.
  package func reordered(using generator: inout some RandomNumberGenerator) -> Timeline {
    let rows = Array(administrations.indices).shuffled(using: &generator)
    var result = self
    result.administrations = rows.map { administrations[$0] }
    result.session.reasonsForVisit = session.reasonsForVisit.compactMap(rows.firstIndex)
    return result
  }

  /// The same sites in another order.
  package func withSitesReordered(
    using generator: inout some RandomNumberGenerator
  ) -> Timeline {
    let places = Array(sites.indices).shuffled(using: &generator)
    var result = self
    result.sites = places.map { sites[$0] }
    for index in result.administrations.indices {
      let site = result.administrations[index].site
      result.administrations[index].site = places.firstIndex(of: site) ?? 0
    }
    for index in result.sites.indices {
      result.sites[index].parent = result.sites[index].parent.flatMap(places.firstIndex)
    }
    return result
  }

  /// The same sites by other names, in the reverse order of names.
  package var renamed: Timeline {
    var result = self
    for index in result.sites.indices { result.sites[index].id = "site-\(90 - index)" }
    return result
  }

  /// The session without the drugs whose class nobody knows; nil if it has none.
  package var withoutUnknownDrugs: Timeline? {
    let known = administrations.indices.filter { index in
      let row = administrations[index]
      return row.statedClass != nil || row.drug.entry != nil || !row.technique.givesDrug
        || row.technique == .oral
    }
    guard known.count < administrations.count else { return nil }
    var result = self
    result.administrations = known.map { administrations[$0] }
    result.session.reasonsForVisit = session.reasonsForVisit.compactMap(known.firstIndex)
    return result
  }

  /// The same times with two chemotherapies and two drugs at most, and a reason for every further site.
  ///
  /// Repeats, initials on several sites and the same drug by push, bag and mixture are then frequent.
  package var crowded: Timeline {
    var result = self
    for index in result.sites.indices.dropFirst() where result.sites[index].parent == nil {
      result.sites[index].secondSiteReason = .protocolRequired
    }
    for index in result.administrations.indices {
      let row = administrations[index]
      let isOdd = row.drug.identity.utf8.reduce(0, &+) % 2 == 1
      switch row.statedClass ?? row.drug.entry?.drugClass {
      case .chemotherapy, .complexBiologic, .hormonalAntineoplastic:
        result.administrations[index].drug = RandomSession.formulary.drug(
          named: isOdd ? "paclitaxel" : "carboplatin")
        result.administrations[index].statedClass = .chemotherapy
      case .therapeutic:
        result.administrations[index].drug = RandomSession.formulary.drug(
          named: isOdd ? "morphine" : "vancomycin")
      default: break
      }
    }
    return result
  }

  /// Every time `seconds` later, and every day of minutes without clock times as many whole days.
  package func shifted(by seconds: Int64) -> Timeline {
    var result = self
    result.session.inpatientFrom = session.inpatientFrom.map { $0 + seconds }
    for index in result.administrations.indices {
      result.administrations[index].start = administrations[index].start.map { $0 + seconds }
      result.administrations[index].stop = administrations[index].stop.map { $0 + seconds }
      result.administrations[index].day = administrations[index].day.map {
        $0 + Int(seconds / 86_400)
      }
      result.administrations[index].pauses = administrations[index].pauses.map {
        Administration.Pause(start: $0.start + seconds, stop: $0.stop.map { $0 + seconds })
      }
    }
    return result
  }

  /// What was known at `moment`: rows that had begun, running where they had not stopped.
  package func cut(at moment: Instant) -> Timeline {
    var result = self
    result.administrations = []
    result.session.reasonsForVisit = []
    for (index, row) in administrations.enumerated() {
      if let position = row.start ?? row.stop, moment < position { continue }
      var known = row
      if let stop = row.stop, moment < stop {
        known.stop = nil
        known.stopBasis = nil
        known.isRunning = true
        known.stopReason = .completed
      }
      known.pauses = row.pauses.filter { $0.start <= moment }.map { pause in
        let isOver = pause.stop.map { $0 <= moment } ?? false
        return Administration.Pause(start: pause.start, stop: isOver ? pause.stop : nil)
      }
      if session.reasonsForVisit.contains(index) {
        result.session.reasonsForVisit.append(result.administrations.count)
      }
      result.administrations.append(known)
    }
    return result
  }

  /// The row at `index` with one closed pause as two rows of one dose; nil where it cannot be so.
  package func split(at index: Int) -> Timeline? {
    let row = administrations[index]
    guard row.technique == .infusion, row.bag == nil, row.start != nil,
      row.stop != nil || row.isRunning, let pause = row.pauses.first, let resumed = pause.stop
    else { return nil }
    var first = row
    var second = row
    first.dose = row.dose ?? "split"
    second.dose = first.dose
    first.stop = pause.start
    first.isRunning = false
    first.pauses = []
    first.stopReason = .completed
    second.id = row.id + "z"
    second.start = resumed
    second.pauses.removeFirst()
    var result = self
    result.administrations[index] = first
    // At the end, so that positions of other rows hold.
    result.administrations.append(second)
    return result
  }

  /// Each drug's rows as an encounter of its own; rows that share a bag stay together.
  package var separated: Timeline {
    var bags: [String: Set<String>] = [:]
    for row in administrations where row.drug.entry?.drugClass != .hydration {
      guard let bag = row.bag else { continue }
      bags[row.encounter + "/" + bag, default: []].insert(row.drug.identity)
    }
    var result = self
    for index in result.administrations.indices {
      let row = administrations[index]
      let mixture = row.bag.flatMap { bags[row.encounter + "/" + $0] } ?? [row.drug.identity]
      result.administrations[index].encounter =
        row.encounter + "/" + mixture.sorted().joined(separator: "+")
    }
    return result
  }
}
