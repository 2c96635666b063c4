import InfusionRecord
import PlainText
import SessionReview
import TimelineEngine

/// The part of a statement's page that lists what was recorded: each administration with every fact
/// that decides a unit, in the order of the clock.
struct StatementRecord {
  let statement: Statement
  let clock: ClockText
  func write(to page: inout TextPage) {
    page.heading("RECORDED")
    if statement.minutes.isEmpty { page.line("No administration.") }
    for position in statement.minutes.map(\.administration) {
      let row = statement.timeline.administrations[position]
      page.wrap(row.drug.displayName, first: row.id.padded(to: 6) + " ")
      page.wrap(facts(of: position).joined(separator: ", "), first: "       ")
    }
  }

  // MARK: Facts

  private func facts(of position: Int) -> [String] {
    let row = statement.timeline.administrations[position]
    var facts = [row.technique.words]
    if let words = classWords(of: position) { facts.append(words) }
    if isHydration(position) || row.purpose != .hydration {
      facts.append("purpose \(row.purpose.words)")
    }
    let site = statement.timeline.sites[row.site]
    if row.isSiteCharted, site.isCharted {
      facts.append("site \(site.id)")
    } else if row.technique.usesSite {
      facts.append("site not recorded")
    }
    if row.encounter != "1" { facts.append("encounter \(row.encounter)") }
    facts += times(of: position)
    facts += pauses(of: row)
    if row.stopReason != .completed, isKnown(row.stop) {
      facts.append("stopped for \(row.stopReason.rawValue)")
    }
    if let volume = row.volumeML { facts.append("volume \(volume.plain) mL") }
    if let rate = row.rateMLPerHour { facts.append("rate \(rate.plain) mL/h") }
    if let planned = row.plannedMinutes { facts.append("planned for \(planned.plain) min") }
    if row.technique == .pump {
      facts.append("pump of the \(row.pumpOwner.rawValue)")
      facts.append(row.goesHome ? "goes home" : "stays here")
    }
    facts += row.drugFacts?.words ?? []
    if let dose = row.dose { facts.append("dose \(dose)") }
    if let bag = row.bag { facts.append("bag \(bag)") }
    if let order = row.order { facts.append("order \(order)") }
    if isHydration(position) {
      if !row.hydrationFacts.contains(.order) { facts.append("no order recorded") }
      if !row.hydrationFacts.contains(.indication) { facts.append("no indication recorded") }
    }
    return facts
  }

  private func isHydration(_ position: Int) -> Bool {
    statement.recordedClass(of: position).drugClass == .hydration
      && statement.timeline.administrations[position].technique != .flush
  }

  /// Nil for a flush and a disconnection, which need no class, if none is known.
  private func classWords(of position: Int) -> String? {
    let found = statement.recordedClass(of: position)
    guard let drugClass = found.drugClass else {
      let givesDrug = statement.timeline.administrations[position].technique.givesDrug
      return givesDrug ? "class not known" : nil
    }
    switch found.basis {
    case .stated:
      let overruled = found.overruled.map { ", not \($0.words) as in the formulary" }
      return "class \(drugClass.words) as recorded" + (overruled ?? "")
    case .formulary: return "class \(drugClass.words) by the formulary"
    case .payer(let payer): return "class \(drugClass.words) by the formulary for payer \(payer)"
    case .unknown: return "class not known"
    }
  }

  // MARK: Times

  private func isKnown(_ moment: Instant?) -> Bool {
    guard let moment, let asOf = statement.asOf else { return false }
    return moment <= asOf
  }

  private func times(of position: Int) -> [String] {
    let row = statement.timeline.administrations[position]
    let stop = isKnown(row.stop) ? row.stop : nil
    switch (row.start, stop) {
    case (let start?, let stop?):
      let known = basis(of: row)
      if start == stop { return ["\(clock.moment(start)) \(known.start)"] }
      let range = clock.range(start, stop, dash: "-")
      guard known.start != known.stop else { return ["\(range) \(known.start)"] }
      return [range, "start \(known.start)", "stop \(known.stop)"]
    case (let start?, nil):
      let known = basis(of: row).start
      if row.isRunning || row.stop != nil {
        return ["running since \(clock.moment(start)) \(known)"]
      }
      let began = "start \(clock.moment(start)) \(known)"
      if let computed = statement.computedStop(of: position) {
        return [began, "stop \(clock.moment(computed)) computed from volume and rate"]
      }
      return [began, "stop not recorded"]
    case (nil, let stop?):
      return ["start not recorded", "stop \(clock.moment(stop)) \(basis(of: row).stop)"]
    case (nil, nil):
      if let minutes = row.statedMinutes {
        return [PaperMinutes.words(minutes)]
          + [row.day.map { "on \($0.display)" }].compactMap(\.self)
      }
      return [row.isRunning ? "running, start not recorded" : "no times recorded"]
    }
  }

  private func basis(of row: Administration) -> (start: String, stop: String) {
    (row.startBasis?.words ?? "as documented", row.stopBasis?.words ?? "as documented")
  }

  private func pauses(of row: Administration) -> [String] {
    row.pauses.filter { isKnown($0.start) }.map { pause in
      guard let stop = pause.stop, isKnown(stop) else {
        return "paused since \(clock.moment(pause.start))"
      }
      return "paused \(clock.range(pause.start, stop, dash: "-"))"
    }
  }
}
