package import InfusionRecord
package import TimelineEngine

/// A session written in a few lines.
///
/// ```
/// session office payer medicare place 11 zone America/Chicago on 2026-03-07 reason paclitaxel
/// session inpatient 14:00
/// policy hydration.join=never modifier.second_site=XS
/// site left protocol
/// site red in port
/// as-of 10:05
/// paclitaxel chemo infusion 09:40-12:45 pause 10:00-10:20 at port
/// morphine-1 drug push 10:00
/// ```
///
/// A row is `id class technique times`, then what else was charted. The drug is the id without its
/// number (`morphine-1`, `morphine-2`), unless `drug` names it. Sites are made when first named; the
/// first is where rows without `at` are. Times are local, on the session's first day; an hour from
/// 24 on is a later day.
///
/// ```
/// 10:00-10:15   start and stop          10:00-?   stop not charted
/// 10:00+15      start and minutes       ?-10:15   start not charted
/// 10:00         a moment                ?         neither
/// 10:00-        still running           01:30b    the second of an hour that occurs twice
/// 45min         minutes of a paper record without clock times
/// ```
///
/// A text that cannot be read stops the test: it is a mistake in the test itself.
package struct SessionText {
  package private(set) var timeline: Timeline
  package private(set) var policy = Policy.standard
  package private(set) var asOf: Instant?

  private var day: CivilDate
  private let formulary: Formulary
  private var reasons: [String] = []
  private var inpatientFrom: String?

  package init(_ text: String, formulary: Formulary = Formulary([])) {
    self.formulary = formulary
    day = SessionText.firstDay
    timeline = Timeline(session: SessionContext(id: "session"), sites: [], administrations: [])
    for line in text.split(separator: "\n") {
      var words = Words(line)
      if let first = words.next() { read(first, &words) }
    }
    if timeline.sites.isEmpty { timeline.sites.append(AccessSite(id: "site-1")) }
    timeline.session.reasonsForVisit = reasons.compactMap { reason in
      timeline.administrations.firstIndex { $0.id == reason }
    }
    timeline.session.inpatientFrom = inpatientFrom.map(moment)
  }

  /// The statement of the session.
  package var statement: Statement {
    var deriver = Deriver()
    return deriver.statement(of: timeline, policy: policy, asOf: asOf)
  }

  /// Monday, 2 March 2026.
  package static let firstDay = CivilDate(year: 2026, month: 3, day: 2) ?? CivilDate(dayNumber: 0)

  // MARK: Lines

  private mutating func read(_ first: String, _ words: inout Words) {
    switch first {
    case "session": readSession(&words)
    case "policy":
      while let entry = words.next() {
        do throws(PolicyError) {
          try policy.set(argument: entry)
        } catch {
          preconditionFailure(error.message)
        }
      }
    case "site": readSite(&words)
    case "as-of": asOf = moment(words.word())
    default: readRow(first, &words)
    }
  }

  private mutating func readSession(_ words: inout Words) {
    while let word = words.next() {
      switch word {
      case "office": timeline.session.setting = .professional
      case "facility": timeline.session.setting = .facility
      case "payer": timeline.session.payer = words.word()
      case "place": timeline.session.placeOfService = words.word()
      case "reason": reasons.append(words.word())
      case "inpatient": inpatientFrom = words.word()
      case "on":
        let parts = words.word().split(separator: "-").compactMap { Int($0) }
        day = CivilDate(year: parts[0], month: parts[1], day: parts[2]) ?? day
      case "zone":
        guard let clock = LocalClock(zone: words.word()) else { words.fail() }
        timeline.session.clock = clock
      default: words.fail()
      }
    }
  }

  private mutating func readSite(_ words: inout Words) {
    let position = site(words.word())
    while let word = words.next() {
      if word == "in" {
        timeline.sites[position].parent = site(words.word())
      } else if let reason = AccessSite.SecondSiteReason(rawValue: word) {
        timeline.sites[position].secondSiteReason = reason
      } else {
        words.fail()
      }
    }
  }

  private mutating func site(_ id: String) -> Int {
    if let known = timeline.sites.firstIndex(where: { $0.id == id }) { return known }
    timeline.sites.append(AccessSite(id: id))
    return timeline.sites.count - 1
  }

  private mutating func readRow(_ id: String, _ words: inout Words) {
    guard let drugClass = SessionText.classes[words.word()],
      let technique = Technique(rawValue: words.word())
    else { words.fail() }
    var row = Administration(
      id: id, drug: formulary.drug(named: SessionText.drug(of: id)), statedClass: drugClass,
      technique: technique)
    readTimes(words.word(), into: &row)
    while let word = words.next() {
      switch word {
      case "at": row.site = site(words.word())
      case "drug": row.drug = formulary.drug(named: words.word())
      case "visit": row.encounter = words.word()
      case "order": row.order = words.word()
      case "dose": row.dose = words.word()
      case "bag": row.bag = words.word()
      case "mL": row.volumeML = Double(words.word())
      case "mL/h": row.rateMLPerHour = Double(words.word())
      case "planned": row.plannedMinutes = Double(words.word())
      case "goes-home": row.goesHome = true
      case "no-order": row.hydrationFacts = .indication
      case "no-site": row.isSiteCharted = false
      case "pause":
        let ends = words.word().split(separator: "-", omittingEmptySubsequences: false)
        row.pauses.append(
          Administration.Pause(
            start: moment(String(ends[0])), stop: ends[1].isEmpty ? nil : moment(String(ends[1]))))
      case "stopped":
        guard let reason = Administration.StopReason(rawValue: words.word()) else { words.fail() }
        row.stopReason = reason
      case "owner":
        guard let owner = Administration.PumpOwner(rawValue: words.word()) else { words.fail() }
        row.pumpOwner = owner
      case "for":
        guard let purpose = Administration.Purpose(rawValue: words.word()) else { words.fail() }
        row.purpose = purpose
      case "last-seen": row.stopBasis = .lastSeenRunning
      default: words.fail()
      }
    }
    timeline.administrations.append(row)
  }

  /// The classes by their short words; `unknown` leaves it to the formulary.
  private static let classes: [String: Drug.Class?] = [
    "chemo": .chemotherapy, "hormonal": .hormonalAntineoplastic, "biologic": .complexBiologic,
    "drug": .therapeutic, "fluid": .hydration, "other": .other, "unknown": Drug.Class?.none,
  ]

  private static func drug(of id: String) -> String {
    guard let dash = id.lastIndex(of: "-"), Int(id[id.index(after: dash)...]) != nil else {
      return id
    }
    return String(id[..<dash])
  }

  // MARK: Times

  private func readTimes(_ text: String, into row: inout Administration) {
    if let plus = text.firstIndex(of: "+") {
      let start = moment(String(text[..<plus]))
      row.start = start
      row.stop = start + Int64(60 * (Int(text[text.index(after: plus)...]) ?? 0))
      return
    }
    if text.hasSuffix("min") {
      row.statedMinutes = Double(text.dropLast(3))
      return
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    row.start = ends[0] == "?" ? nil : moment(ends[0])
    guard ends.count == 2 else {
      row.stop = row.start
      return
    }
    row.isRunning = ends[1].isEmpty
    row.stop = ends[1].isEmpty || ends[1] == "?" ? nil : moment(ends[1])
  }

  /// `10:00` or `10:00:30`, local, on the first day or a later one.
  private func moment(_ text: String) -> Instant {
    let isSecond = text.hasSuffix("b")
    let parts = (isSecond ? text.dropLast() : text[...]).split(separator: ":").compactMap {
      Int($0)
    }
    guard parts.count >= 2 else { preconditionFailure("\(text) is not a time.") }
    let second = parts[0] * 3600 + parts[1] * 60 + (parts.count > 2 ? parts[2] : 0)
    let local = LocalTime(date: day + second / 86_400, secondOfDay: second % 86_400)
    let moments = timeline.session.clock.moments(showing: local)
    guard let moment = isSecond ? moments.last : moments.first else {
      preconditionFailure("\(text) does not exist on that day.")
    }
    return moment
  }
}

/// The words of a line, one after another.
private struct Words {
  private let line: Substring
  private var rest: ArraySlice<Substring>

  init(_ line: Substring) {
    self.line = line
    rest = line.split(separator: " ")[...]
  }

  mutating func next() -> String? { rest.popFirst().map(String.init) }

  mutating func word() -> String {
    guard let word = next() else { fail() }
    return word
  }

  func fail() -> Never { preconditionFailure("This line cannot be read: \(line)") }
}
