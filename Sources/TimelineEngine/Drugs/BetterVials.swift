package import InfusionRecord

extension VialChoice {
  /// What is said when containers are opened of which smaller ones would waste less; nil if none would.
  ///
  /// The sizes are those that the tables have of the drug in the form that was opened, as `LeastWaste` takes them.
  package static func better(
    for dose: DrugAmount, than facts: DrugFacts, of drug: Drug, in tables: DrugTables
  ) -> String? {
    let unit = dose.unit
    guard !facts.isShared, let labelled = facts.labelled(in: unit), dose.value < labelled,
      facts.containers.allSatisfy({ $0.kind != .multiDose })
    else { return nil }
    let opened = facts.containers.compactMap { $0.amount?.value(in: unit) }
    let sizes = sizes(of: tables.packages(of: drug), unit, openedAs: opened)
    guard
      let best = VialChoice(giving: dose.value, from: sizes),
      best.total < labelled
    else { return nil }
    let left = DrugAmount(labelled - dose.value, unit)
    let less = DrugAmount(best.total - dose.value, unit)
    return "\(left.text) will be left over; \(best.text(unit.rawValue)) would leave \(less.text)."
  }

  /// The sizes in which packages are sold for one patient, in the form of the opened containers, smallest first.
  static func sizes(
    of packages: [DrugPackage], _ unit: DrugAmount.Unit, openedAs opened: [ExactDecimal]
  ) -> [ExactDecimal] {
    let sold = packages.compactMap { package in
      package.amount.flatMap { $0.value(in: unit) }.map { (size: $0, package: package) }
    }
    let forms = Set(sold.filter { opened.contains($0.size) }.compactMap(\.package.form))
    let sizes = sold.filter { row in
      row.package.kind != .multiDose && row.package.form.map { forms.contains($0) } ?? false
    }
    return Array(Set(sizes.map(\.size))).sorted()
  }
}
