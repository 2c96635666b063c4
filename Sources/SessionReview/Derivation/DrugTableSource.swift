package import InfusionRecord
package import TimelineEngine

/// Where the codes and packages of drugs come from. They are read when a session first needs them.
package struct DrugTableSource: Sendable, Hashable {
  /// A published table that the site loaded over the built-in ones.
  package struct Loaded: Sendable, Hashable {
    package let name: String
    /// The first date of service that it is for.
    package let from: CivilDate

    package init(name: String, from: CivilDate) {
      self.name = name
      self.from = from
    }
  }

  /// Reads the built-in tables with the loaded ones of these names laid over them.
  package typealias Read = @Sendable (_ names: [String]) -> DrugTables

  /// No tables, so no lines of drugs.
  package static let none = DrugTableSource("", nil)

  private let name: String
  /// Oldest first.
  private let loaded: [Loaded]
  private let read: Read?

  /// - Parameter name: different for each source.
  package init(_ name: String, loaded: [Loaded] = [], _ read: Read?) {
    self.name = name
    self.loaded = loaded
    self.read = read
  }

  /// The newest tables, for what is asked at the chair; nil if there are none. The first call may read
  /// files. If those cannot be read, the built-in tables.
  package var tables: DrugTables? {
    guard let tables = read?(loaded.map(\.name)) else { return nil }
    return tables.isUnreadable ? read?([]) : tables
  }

  /// The tables if the session records amounts or the policy wants them, nil otherwise.
  ///
  /// A table whose quarter had not begun at the session's last date is left out.
  package func tables(for timeline: Timeline, _ policy: Policy) -> DrugTables? {
    switch policy.drugLines {
    case .off: return nil
    case .required: break
    case .recorded:
      guard timeline.administrations.contains(where: { $0.drugFacts != nil }) else { return nil }
    }
    if loaded.isEmpty { return read?([]) }
    let clock = timeline.session.clock
    let last = timeline.administrations.compactMap { row in
      (row.stop ?? row.start).map { clock.date(at: $0) } ?? row.day
    }.max()
    let begun = loaded.filter { table in last.map { table.from <= $0 } ?? true }
    return read?(begun.map(\.name))
  }

  /// Only the loaded tables with these names, which a signature holds.
  ///
  /// A table that was loaded after the signature must not change what was signed.
  package func restricted(to names: [String]) -> DrugTableSource {
    DrugTableSource(name, loaded: loaded.filter { names.contains($0.name) }, read)
  }

  package static func == (left: DrugTableSource, right: DrugTableSource) -> Bool {
    left.name == right.name && left.loaded == right.loaded
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(loaded)
  }
}
