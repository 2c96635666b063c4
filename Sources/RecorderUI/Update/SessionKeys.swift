import InfusionRecord
import TimelineEngine

extension RecorderState {
  /// The administration selected on the session screen.
  func selectedAdministration(in id: SessionID?) -> String? {
    switch screen {
    case .session(let shown) where shown == id:
      guard case .administration(let administration)? = session.given.selected else { return nil }
      return administration
    case .history(let shown) where shown == id:
      return reader.entry.selected.flatMap { reading(of: id)?.log.entry(for: $0)?.fact }?
        .administration
    default: return nil
    }
  }

  /// Whether the user moved to the selected administration. In the history every selection was moved to.
  var isMovedToSelection: Bool {
    if case .session = screen { return session.given.isMoved }
    return true
  }

  /// The entry selected in the history, or the beginning of the selected administration: the drug itself.
  func selectedEntry(in id: SessionID) -> Event.ID? {
    guard let reading = reading(of: id) else { return nil }
    if case .history = screen, let selected = reader.entry.selected {
      return reading.log.entry(for: selected)?.original.id
    }
    guard let administration = selectedAdministration(in: id) else { return nil }
    return reading.log.entries.first { $0.fact?.beginning?.administration == administration }?
      .original.id
  }

  mutating func actOnSession(_ intent: Intent, _ id: SessionID) -> [Effect] {
    guard let reading = reading(of: id) else { return [] }
    if let steps = intent.steps(page: 5) { moveInPanel(by: steps, reading) }
    switch intent {
    case .nextPanel, .previousPanel:
      let panels = SessionState.Panel.allCases
      let step = intent == .nextPanel ? 1 : panels.count - 1
      session.panel = panels[(session.panel.rawValue + step) % panels.count]
    case .moveLeft: session.shift -= 6
    case .moveRight: session.shift += 6
    case .zoomIn: session.zoom = max(-6, session.zoom - 1)
    case .zoomOut: session.zoom = min(6, session.zoom + 1)
    case .explain: return show(.explain(id))
    case .showHistory: return show(.history(id))
    case .beginPlanned: return beginPlanned()
    case .open:
      switch session.panel {
      case .given:
        if let dose = selectedDose(in: reading) { return begin(dose) }
        if session.given.selected != nil { return show(.history(id)) }
      case .units: return show(.explain(id))
      case .toDo:
        let toDo = reading.toDo
        guard let selected = session.toDo.selected, toDo.indices.contains(selected) else {
          let plan = plan(for: reading)
          notice = told(
            plan.isEmpty
              ? "Nothing is missing."
              : "\(PlannedDose.sentence(plan)) "
                + "\(keymap.keyName(of: .beginPlanned, in: .session)) begins the next.")
          return []
        }
        return resolve(toDo[selected], in: reading)
      }
    default: break
    }
    return []
  }

  private mutating func moveInPanel(by steps: Int, _ reading: SessionReading) {
    switch session.panel {
    case .given:
      session.given.move(by: steps, in: givenRows(reading))
    case .units:
      session.units.move(by: steps, in: Array(0..<reading.lineCount))
    case .toDo:
      session.toDo.move(by: steps, in: Array(reading.toDo.indices))
    }
  }

  /// Opens the prompt that resolves an issue.
  private mutating func resolve(_ issue: Issue, in reading: SessionReading) -> [Effect] {
    let administration = issue.administrations.first
    switch issue.kind {
    case .stillRunning:
      return open(.stop, picking: [.drug: administration ?? ""])
    case .missingStop:
      return open(.reopen)
    case .stopNotObserved, .chartingOverlap, .contradiction:
      let stop = reading.log.entries.last {
        $0.fact?.kind == .drugStopped && $0.fact?.administration == administration
      }
      return amend(stop, change: .time)
    case .noSite: return amend(beginning(administration, reading), change: .site)
    case .amountNotRecorded, .containerNotRecorded, .discardNotRecorded, .productUnknown:
      return open(.account, picking: [.drug: administration ?? ""])
    case .fatalWay, .unusualWay: return amend(beginning(administration, reading), change: .drug)
    case .unclassifiedDrug: return amend(beginning(administration, reading), change: .drugClass)
    case .hydrationWithoutOrder, .hydrationWithoutIndication:
      return amend(beginning(administration, reading), change: .hydration)
    case .secondSiteWithoutReason:
      let site = reading.log.entries.last { entry in
        if case .siteOpened(let opening)? = entry.fact { return opening.site == issue.site }
        return false
      }
      return amend(site, change: .siteReason)
    default: return amend(beginning(administration, reading), change: .time)
    }
  }

  private func beginning(_ id: String?, _ reading: SessionReading) -> EventLog.Entry? {
    reading.log.entries.first { $0.fact?.beginning?.administration == id }
  }

  private mutating func amend(_ entry: EventLog.Entry?, change: Amendment) -> [Effect] {
    guard let entry else { return open(.amend) }
    return open(.amend, picking: [.entry: entry.original.id.text, .change: change.rawValue])
  }

  /// Moves selections and windows back into range, after any change.
  mutating func clampSelections() {
    let items = boardItems
    board.cursor.keep(in: items)
    // A session that is no longer loaded leaves no screen behind.
    path = path.filter { screen in
      switch screen {
      case .board: true
      case .review, .integrity: review != nil
      case .patients: search != nil
      case .visits: search?.visits.isEmpty == false
      case .session(let id), .explain(let id), .history(let id):
        reading(of: id)?.isHidden == false
      }
    }
    switch screen {
    case .board: scrollBoard(items)
    case .review: scrollReview()
    case .integrity:
      let lines = TextLayout.integrity(self)
      reader.first = min(max(0, reader.first), max(0, lines.count - TextLayout.rows(self)))
    case .patients, .visits: search?.clamp()
    case .session(let id):
      guard let reading = reading(of: id) else { break }
      session.given.keep(in: givenRows(reading))
      session.units.clamp(to: Array(0..<reading.lineCount))
      session.toDo.clamp(to: Array(reading.toDo.indices))
      session.shift = min(max(-5000, session.shift), 5000)
    case .history(let id):
      let events = shownFacts(of: id).map(\.id)
      if reader.entry.selected == nil, !events.isEmpty {
        reader.entry.select(at: events.count - 1, in: events)
      }
      reader.entry.clamp(to: events)
    case .explain:
      let lines = TextLayout.explanation(self)
      reader.first = min(max(0, reader.first), max(0, lines.count - TextLayout.rows(self)))
    }
    if let first = help?.first {
      let lines = TextLayout.help(self)
      let last = max(0, lines.count - TextLayout.helpRows(self))
      help?.first = min(max(0, first), last)
    }
  }
}
