import InfusionRecord

// The lines and balances of a draft become part of the statement.

extension Draft {
  /// Whether the rules of drugs have anything to read in the session.
  var hasDrugFacts: Bool {
    guard policy.drugLines != .off, drugs.tables != nil else { return false }
    if policy.drugLines == .required { return true }
    for index in timeline.administrations.indices
    where timeline.administrations[index].drugFacts != nil {
      return true
    }
    return false
  }

  /// Puts lines and balances into the statement.
  func addDrugs(to result: inout Statement) {
    guard let tables = drugs.tables, hasDrugFacts else { return }
    // Lines of one group stand together, those of what was given first.
    result.drugLines = drugs.lines.enumerated().sorted { one, other in
      let (a, b) = (one.element, other.element)
      if a.group != b.group { return a.group < b.group }
      return a.isDiscarded == b.isDiscarded ? one.offset < other.offset : b.isDiscarded
    }.map(\.element)
    result.drugAmounts = drugBalances
    if !drugs.lines.isEmpty || tables.isUnreadable { result.drugCodes = tables.vintage }
    result.drugTables = tables.names
  }

  /// The worst status that the drugs ask for.
  var drugStatus: Statement.Status {
    drugs.lines.reduce(drugs.isHeld ? .held : .final) { max($0, $1.status) }
  }

  /// One account for each administration whose containers are recorded, in the unit of what was given
  /// or, without that, of the first container.
  private var drugBalances: [DrugBalance] {
    order.compactMap { row in
      guard rows.indices.contains(Int(row)), rows[Int(row)].exists,
        let facts = timeline.administrations[Int(row)].drugFacts,
        let first = facts.containers.lazy.compactMap(\.amount).first
      else { return nil }
      let unit = facts.given?.unit ?? first.unit
      func value(_ amount: DrugAmount?) -> ExactDecimal? {
        guard let amount else { return .zero }
        return amount.value(in: unit)
      }
      var opened = ExactDecimal.zero
      for container in facts.containers {
        guard let amount = value(container.amount) else { return nil }
        opened = opened + amount * ExactDecimal(container.count)
      }
      guard let given = value(facts.given), let discarded = value(facts.discarded?.amount) else {
        return nil
      }
      return DrugBalance(
        administration: Int(row), unit: unit, opened: opened, given: given, discarded: discarded)
    }
  }
}
