package import InfusionRecord
package import TimelineEngine

/// Where the codes and packages of drugs come from. They are read when a session first needs them.
package struct DrugTableSource: Sendable, Hashable {
  /// No tables, so no lines of drugs.
  package static let none = DrugTableSource("", nil)

  private let name: String
  private let read: (@Sendable () -> DrugTables)?

  /// - Parameter name: different for each source.
  package init(_ name: String, _ read: (@Sendable () -> DrugTables)?) {
    self.name = name
    self.read = read
  }

  /// The tables; nil if there are none. The first call may read files.
  package var tables: DrugTables? { read?() }

  /// The tables if the session records amounts or the policy wants them, nil otherwise.
  package func tables(for timeline: Timeline, _ policy: Policy) -> DrugTables? {
    switch policy.drugLines {
    case .off: nil
    case .required: tables
    case .recorded:
      timeline.administrations.contains { $0.drugFacts != nil } ? tables : nil
    }
  }

  package static func == (left: DrugTableSource, right: DrugTableSource) -> Bool {
    left.name == right.name
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
