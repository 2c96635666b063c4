/// A container that was scanned, or whose National Drug Code was typed, with what the tables know of it.
package struct ContainerScan: Sendable {
  package let barcode: DrugBarcode
  /// Nil if the tables have no package of this number.
  package let package: DrugPackage?
  /// Whether the package is the scanned one, not another of the same product.
  package let isExact: Bool

  package init(_ scanned: String, in tables: DrugTables) throws(DrugBarcode.Fault) {
    barcode = try DrugBarcode(scanned)
    let found = barcode.code.flatMap { tables.package($0) }
    package = found?.package
    isExact = found?.isExact ?? false
  }

  /// The National Drug Code to record: eleven digits if they are certain, otherwise the ten of the barcode or
  /// the trade item number.
  package var ndc: String? {
    guard let code = barcode.code else { return barcode.gtin }
    if let package {
      if isExact { return package.ndc }
      if let own = code.readings.first(where: { $0.prefix(9) == package.ndc.prefix(9) }) {
        return own
      }
    }
    return code.elevenDigits ?? barcode.gtin.map { String($0.dropFirst(3).dropLast()) }
      ?? code.readings.first
  }

  /// One container as it was scanned. Lot, expiry and serial are missing if the scan can be read in several ways.
  package var container: DrugContainer {
    let reading = barcode.reading
    return DrugContainer(
      ndc: ndc, amount: package?.amount, kind: package?.kind, lot: reading?.lot,
      expires: reading?.expires, serial: reading?.serial)
  }

  /// What could not be taken from the scan; one sentence each.
  package var notes: [String] {
    var notes: [String] = []
    if package == nil {
      notes.append("The tables have no package with this number: type what one container holds.")
    } else if package?.amount == nil {
      notes.append("The tables do not say what this package holds: type it.")
    } else if !isExact {
      notes.append(
        "The tables have another package of this product: check what one container holds.")
    }
    if barcode.reading == nil {
      notes.append(
        "Separators are lost in the scan, so lot, expiry and serial can be read in several ways: type "
          + "them.")
    }
    return notes
  }
}

extension DrugFacts {
  /// The facts with one more scanned container.
  ///
  /// A container of the same product, lot and expiry without a serial number is counted with the one before.
  package func adding(_ scan: ContainerScan) -> DrugFacts {
    let one = scan.container
    var containers = containers
    let same = containers.firstIndex { known in
      var known = known
      known.count = 1
      return known == one && one.serial == nil
    }
    if let same {
      containers[same].count += 1
    } else {
      containers.append(one)
    }
    let known = product ?? DrugProduct()
    let product = DrugProduct(ndc: known.ndc ?? scan.ndc, brand: known.brand)
    return changing(product: product, containers: containers)
  }
}

extension DrugTables {
  /// Whether a package can be one of a drug: by name, by code, or by the codes that followed it.
  package func isPackage(_ package: DrugPackage, of drug: Drug) -> Bool {
    let names = [drug.identity, drug.text, drug.entry?.name].compactMap(\.self)
    if names.contains(where: { DrugTables.key($0) == DrugTables.key(package.drug) }) { return true }
    let brands = (drug.entry?.brands ?? []).map(DrugTables.key)
    if brands.contains(DrugTables.key(package.product)) { return true }
    let codes = lineage(of: [package.code])
    let isUnlisted = rows(of: package.code).allSatisfy { $0.kind == .unlisted }
    return !isUnlisted && (drug.entry?.hcpcs ?? []).contains { codes.contains($0) }
  }

  /// Whether a drug has a code with a unit that amounts are counted in, or packages that are sold.
  ///
  /// Nothing is asked about the amount of other drugs: fluids, for instance.
  package func hasUnit(_ drug: Drug, on date: CivilDate) -> Bool {
    let named = rows(named: drug.entry?.name ?? drug.text).map(\.code)
    let rows = lineage(of: named + (drug.entry?.hcpcs ?? [])).flatMap { self.rows(of: $0) }
    return rows.contains { row in
      row.applies(on: date) && row.kind != .unlisted && row.measure != .none
    }
  }

  /// The unit that the codes of a drug count, if an amount cannot be counted in it; nil if it can, or if
  /// the drug has no such code.
  func otherUnit(
    than amount: DrugAmount, of drug: Drug, on date: CivilDate
  ) -> DrugAmount.Unit? {
    let named = rows(named: drug.entry?.name ?? drug.text).map(\.code)
    let rows = lineage(of: named + (drug.entry?.hcpcs ?? [])).flatMap { self.rows(of: $0) }
    let units: [DrugAmount.Unit] = rows.filter { $0.applies(on: date) }.compactMap { row in
      if case .amount(_, let unit) = row.measure { return unit }
      return nil
    }
    let packages = packages(of: drug)
    let known = units + packages.compactMap(\.amount?.unit)
    guard let first = units.first, known.allSatisfy({ amount.value(in: $0) == nil }) else {
      return nil
    }
    // Millilitres become an amount if the concentration is known.
    if amount.unit == .mL, packages.contains(where: { $0.concentration != nil }) { return nil }
    return first
  }

  /// The packages of a drug's codes.
  package func packages(of drug: Drug) -> [DrugPackage] {
    let named = rows(named: drug.entry?.name ?? drug.text).map(\.code)
    return lineage(of: named + (drug.entry?.hcpcs ?? [])).flatMap { packages(of: $0) }
  }
}
