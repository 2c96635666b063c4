extension EventLog {
  /// Every administration that holds, in the order they began to be recorded.
  public var administrations: [RecordedAdministration] {
    // Gathered as places in `entries`: an entry is large to copy.
    var order: [(id: String, places: [Int])] = []
    var groups: [String: Int] = [:]
    func gather(_ id: String, _ place: Int) {
      if let group = groups[id] {
        order[group].places.append(place)
      } else {
        groups[id] = order.count
        order.append((id, [place]))
      }
    }
    let entries = entries
    for place in entries.indices {
      guard let fact = entries[place].fact else { continue }
      if case .pumpDisconnected(let end) = fact {
        gather(end.administration, place)
        if let pump = end.pump { gather(pump, place) }
      } else if let id = fact.administration {
        gather(id, place)
      }
    }
    var found: [RecordedAdministration] = []
    found.reserveCapacity(order.count)
    for group in order {
      var own: [Entry] = []
      own.reserveCapacity(group.places.count)
      for place in group.places { own.append(entries[place]) }
      if let one = RecordedAdministration(id: group.id, entries: own) { found.append(one) }
    }
    return found
  }

  /// How many administrations run or are paused.
  ///
  /// What `administrations` would say, without laying each along the clock: one that takes a while
  /// runs until a stop at or after its start.
  public var runningCount: Int {
    var courses: [String: Course] = [:]
    for entry in entries {
      guard let fact = entry.fact else { continue }
      switch fact {
      case .drugStarted(let facts), .pumpConnected(let facts):
        courses[facts.administration, default: Course()].begin(entry.clinicalTime, isTimed: true)
      case .pushGiven(let facts, _), .injectionGiven(let facts):
        courses[facts.administration, default: Course()].begin(entry.clinicalTime, isTimed: false)
      case .deviceFlushed(let id, _):
        courses[id, default: Course()].begin(entry.clinicalTime, isTimed: false)
      case .drugStopped(let stop):
        courses[stop.administration, default: Course()].stop(entry.clinicalTime)
      case .pumpDisconnected(let end):
        courses[end.administration, default: Course()].begin(entry.clinicalTime, isTimed: false)
        if let pump = end.pump, pump != end.administration {
          courses[pump, default: Course()].stop(entry.clinicalTime)
        }
      default: break
      }
    }
    var count = 0
    for course in courses.values where course.isRunning { count += 1 }
    return count
  }

  /// Where one administration began first and was stopped last.
  private struct Course {
    var start: Instant?
    var isTimed = false
    var lastStop: Instant?

    mutating func begin(_ moment: Instant, isTimed: Bool) {
      if let start, start <= moment { return }
      start = moment
      self.isTimed = isTimed
    }

    mutating func stop(_ moment: Instant) { lastStop = max(lastStop ?? moment, moment) }

    var isRunning: Bool {
      guard isTimed, let start else { return false }
      return lastStop.map { $0 < start } ?? true
    }
  }

  /// One administration that holds.
  public func administration(_ id: String) -> RecordedAdministration? {
    RecordedAdministration(
      id: id,
      entries: entries.filter { entry in
        entry.fact.map { EventLog.administrations(of: $0).contains(id) } ?? false
      })
  }

  /// A pump's end speaks of two: its own service, and the pump it ends.
  private static func administrations(of fact: Fact) -> [String] {
    if case .pumpDisconnected(let end) = fact {
      return [end.administration] + (end.pump.map { [$0] } ?? [])
    }
    return fact.administration.map { [$0] } ?? []
  }
}
