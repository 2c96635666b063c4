extension EventLog {
  /// Every administration that holds, in the order in which they began to be recorded.
  package var administrations: [RecordedAdministration] { administrations(among: nil) }

  /// Those of these administrations that hold, in the order in which they began to be recorded; nil
  /// means all. `more` is an entry that the log does not hold yet.
  func administrations(
    among wanted: Set<String>?, with more: Entry? = nil
  ) -> [RecordedAdministration] {
    var ids: [String] = []
    var groups: [String: [Entry]] = [:]
    func add(_ entry: Entry) {
      for id in entry.fact?.administrations ?? [] where wanted?.contains(id) ?? true {
        if groups[id] == nil { ids.append(id) }
        groups[id, default: []].append(entry)
      }
    }
    for entry in entries { add(entry) }
    if let more { add(more) }
    return ids.compactMap { RecordedAdministration(id: $0, entries: groups[$0] ?? []) }
  }

  /// The administration with this id, if it holds.
  package func administration(_ id: String) -> RecordedAdministration? {
    if let index { return index.administrations[id] }
    return RecordedAdministration(
      id: id, entries: entries.filter { $0.fact?.administrations.contains(id) ?? false })
  }
}

extension Fact {
  /// The administrations that the fact is about: two for a pump's disconnection, which is a service of
  /// its own and ends the pump.
  var administrations: [String] {
    if case .pumpDisconnected(let end) = self {
      return [end.administration, end.pump].compactMap { $0 }
    }
    return [administration].compactMap { $0 }
  }
}
