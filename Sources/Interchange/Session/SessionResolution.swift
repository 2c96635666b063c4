internal import InfusionRecord

// Resolves a written document: times to moments, names to positions.

extension SessionDraft {
  /// The longest session. A time farther away has a wrong year.
  static let longestSpan: Int64 = 366 * 86_400

  /// The session, or the first error in the order of the document.
  func resolved(in json: JSONReader, formulary: Formulary) throws(DocumentError) -> SessionDocument
  {
    let (sites, positions) = try resolvedSites(json)
    var administrations: [Administration] = []
    administrations.reserveCapacity(rows.count)
    var ids: [String: Int] = [:]
    ids.reserveCapacity(rows.count)
    var bags: [String: Int] = [:]
    var reading = ClockReading(clock)
    for (index, row) in rows.enumerated() {
      if let other = ids.updateValue(index, forKey: row.id.value) {
        throw json.error(
          "the id is that of administrations[\(other)] too", expected: "an id of its own",
          at: row.id.at, in: index, "id")
      }
      var site = 0
      if let named = row.site {
        guard let position = positions[named.value] else {
          throw json.error(
            "no site has this id", expected: "the id of one of the session's sites", at: named.at,
            in: index, "site")
        }
        site = position
      }
      let administration = try administration(
        row, index: index, drug: formulary.drug(written: row.drug), site: site, reading: &reading,
        json: json)
      if let bag = row.bag {
        if let first = bags[bag.value] {
          try check(administration, agreesWith: administrations[first], first, bag, index, json)
        } else {
          bags[bag.value] = index
        }
      }
      administrations.append(administration)
    }
    let inpatientFrom = try inpatientOrder(&reading, json)
    try checkSpan(administrations, inpatientFrom, json)
    let safety = try safety.resolved(&reading, ids: ids, json)
    let reasons = try resolvedReasons(ids, administrations, json)
    let context = SessionContext(
      id: id, setting: setting, placeOfService: placeOfService, payer: payer, clock: clock,
      reasonsForVisit: reasons, inpatientFrom: inpatientFrom)
    return SessionDocument(
      timeline: Timeline(session: context, sites: sites, administrations: administrations),
      policy: policy, safety: safety, caseNotes: caseNotes)
  }

  // MARK: Sites

  private func resolvedSites(_ json: JSONReader) throws(DocumentError) -> (
    [AccessSite], [String: Int]
  ) {
    guard !sites.isEmpty else {
      return ([AccessSite(id: "site-1", isCharted: false)], ["site-1": 0])
    }
    var positions: [String: Int] = [:]
    for (index, site) in sites.enumerated() {
      if let other = positions.updateValue(index, forKey: site.id) {
        throw json.error(
          "the id is that of sites[\(other)] too", expected: "an id of its own", at: site.at,
          path: [.key("sites"), .index(index)])
      }
    }
    var resolved: [AccessSite] = []
    for (index, site) in sites.enumerated() {
      var parent: Int?
      if let named = site.parent {
        parent = positions[named.value]
        if parent == nil {
          throw json.error(
            "no site has this id", expected: "the id of the site whose lumen this is",
            at: named.at, path: [.key("sites"), .index(index), .key("parent")])
        }
      }
      resolved.append(
        AccessSite(id: site.id, kind: site.kind, parent: parent, secondSiteReason: site.reason))
    }
    try checkLoops(resolved, json)
    return (resolved, positions)
  }

  /// Follows each site to its root. A site met twice on one path is a loop.
  private func checkLoops(_ sites: [AccessSite], _ json: JSONReader) throws(DocumentError) {
    var way = [Int](repeating: -1, count: sites.count)
    for start in sites.indices {
      var current = start
      while way[current] == -1 {
        way[current] = start
        guard let parent = sites[current].parent else { break }
        if way[parent] == start {
          throw json.error(
            "the parents run in a circle", expected: "a catheter that is no lumen of its lumen",
            at: self.sites[current].parent?.at ?? self.sites[current].at,
            path: [.key("sites"), .index(current), .key("parent")])
        }
        current = parent
      }
    }
  }

  // MARK: Bags and spans

  /// Drugs of one bag run together (rulebook D65).
  private func check(
    _ administration: Administration, agreesWith other: Administration, _ first: Int,
    _ bag: Placed<String>, _ index: Int, _ json: JSONReader
  ) throws(DocumentError) {
    let differs: String
    if administration.technique != other.technique {
      differs = "technique"
    } else if administration.site != other.site {
      differs = "site"
    } else if administration.start != other.start {
      differs = "start"
    } else if administration.stop != other.stop || administration.isRunning != other.isRunning
      || administration.stopBasis != other.stopBasis
    {
      differs = "stop"
    } else if administration.statedMinutes != other.statedMinutes {
      differs = "minutes"
    } else if administration.day != other.day {
      differs = "day"
    } else {
      return
    }
    throw json.error(
      "the \(differs) is not that of administrations[\(first)], which shares the bag",
      expected: "one technique, site, start, stop, minutes and day for all drugs of a bag",
      at: bag.at, in: index, "bag")
  }

  private func inpatientOrder(
    _ reading: inout ClockReading, _ json: JSONReader
  ) throws(DocumentError) -> Instant? {
    guard let time = inpatientFrom else { return nil }
    do throws(WrittenTime.Fault) {
      return try reading.moment(time.value)
    } catch {
      throw json.error(
        error.found, expected: error.expected, at: time.at, path: [.key("inpatientFrom")])
    }
  }

  private func checkSpan(
    _ administrations: [Administration], _ inpatientFrom: Instant?, _ json: JSONReader
  ) throws(DocumentError) {
    var earliest = Instant.distantFuture
    for row in administrations {
      if let start = row.start { earliest = min(earliest, start) }
      if let stop = row.stop { earliest = min(earliest, stop) }
    }
    for (index, row) in administrations.enumerated() {
      let isLastSeen = rows[index].lastSeen != nil
      for (moment, key, at) in [
        (row.start, "start", rows[index].start?.at),
        (
          row.stop, isLastSeen ? "lastSeenRunning" : "stop",
          (rows[index].lastSeen ?? rows[index].stop)?.at
        ),
      ] {
        guard let moment, moment - earliest > SessionDraft.longestSpan else { continue }
        throw json.error(
          "the time is more than 366 days after the earliest of the session",
          expected: "the times of one session", at: at ?? rows[index].at, in: index, key)
      }
    }
    try checkDays(administrations, json)
    if let inpatientFrom, let at = self.inpatientFrom?.at, earliest < .distantFuture,
      abs(inpatientFrom - earliest) > SessionDraft.longestSpan
    {
      throw json.error(
        "the time is more than 366 days from the earliest of the session",
        expected: "the time of the order of this stay", at: at, path: [.key("inpatientFrom")])
    }
  }
}

extension SessionDraft {
  /// Checks the days of minutes without clock times against all days of the session.
  private func checkDays(
    _ administrations: [Administration], _ json: JSONReader
  ) throws(DocumentError) {
    guard rows.contains(where: { $0.day != nil }) else { return }
    let days = administrations.flatMap { row in
      [row.day, row.start.map(clock.date(at:)), row.stop.map(clock.date(at:))].compactMap(\.self)
    }
    guard let latest = days.max() else { return }
    for (index, row) in rows.enumerated() {
      guard let day = row.day, latest.dayNumber - day.value.dayNumber > 366 else { continue }
      throw json.error(
        "the day is more than 366 days before the latest of the session",
        expected: "the days of one session", at: day.at, in: index, "day")
    }
    guard let earliest = days.min() else { return }
    for (index, row) in rows.enumerated() {
      guard let day = row.day, day.value.dayNumber - earliest.dayNumber > 366 else { continue }
      throw json.error(
        "the day is more than 366 days after the earliest of the session",
        expected: "the days of one session", at: day.at, in: index, "day")
    }
  }
}

extension JSONReader {
  /// An error at a key of one administration.
  func error(_ found: String, expected: String, at: Int, in row: Int, _ key: String)
    -> DocumentError
  {
    error(
      found, expected: expected, at: at,
      path: [.key("administrations"), .index(row), .key(key)])
  }

  /// An error found after reading, at an explicit path.
  func error(_ found: String, expected: String, at: Int, path: [Step]) -> DocumentError {
    var copy = self
    copy.path = path
    return copy.error(found, expected: expected, at: at)
  }
}
