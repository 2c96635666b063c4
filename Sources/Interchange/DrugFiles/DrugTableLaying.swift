import InfusionRecord
import TimelineEngine

/// Published tables laid over the built-in ones.
///
/// Our labels, products and routes stay. A published file adds codes, ends codes, and tells what one unit
/// counts from which date on; periods before that stay, because older dates of service are billed by them.
struct DrugTableLaying {
  private let base: DrugTables
  private var codes: [String: [DrugCode]]
  private var packages: [DrugPackage]
  private var places: [String: Int]

  init(over base: DrugTables) {
    self.base = base
    codes = Dictionary(grouping: base.codes, by: \.code)
    packages = base.packages
    places = Dictionary(
      base.packages.enumerated().map { ($1.ndc, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func tables(named names: [String]) -> DrugTables {
    DrugTables(
      vintage: names.joined(separator: ", ") + ", over " + base.vintage, names: names,
      codes: codes.values.flatMap { $0 }, packages: packages)
  }

  /// Lays the codes of the alpha-numeric HCPCS file of a quarter.
  mutating func lay(codes rows: [DrugCode], of quarter: Quarter) {
    for row in rows {
      guard var periods = codes[row.code], let last = periods.popLast() else {
        codes[row.code] = [row]
        continue
      }
      // A code that the file lists without an end is in force again if its end is before the file.
      let until = row.until ?? last.until.flatMap { $0 < quarter.first ? nil : $0 }
      let isKnown = row.measure != .none && !row.measure.isSame(as: last.measure)
      switch last.measure {
      case .none where isKnown && last.kind != .unlisted:
        periods.append(last.counting(row.measure, from: last.from, until: until))
      case .amount where isKnown && row.from > last.from:
        periods.append(last.ending(min(last.until ?? row.from, row.from + -1)))
        periods.append(last.counting(row.measure, from: row.from, until: until))
      default: periods.append(last.ending(until))
      }
      codes[row.code] = periods
    }
  }

  /// Lays the dosages of the ASP price file. They tell the unit of a code that has none so far; of other
  /// codes the HCPCS file tells it.
  mutating func lay(dosages rows: [DrugCode], of quarter: Quarter) {
    for row in rows {
      guard var periods = codes[row.code], let last = periods.popLast() else {
        codes[row.code] = [row.counting(row.measure, from: quarter.first, until: nil)]
        continue
      }
      guard last.measure == .none, last.kind != .unlisted else { continue }
      periods.append(last.counting(row.measure, from: last.from, until: last.until))
      codes[row.code] = periods
    }
  }

  /// Lays the packages of the crosswalk.
  mutating func lay(packages rows: [DrugPackage]) {
    for row in rows {
      guard let place = places[row.ndc] else {
        places[row.ndc] = packages.count
        packages.append(named(row))
        continue
      }
      let known = packages[place]
      // What the crosswalk does not tell stays if the container is the same.
      let isSame =
        row.amount.flatMap { amount in
          known.amount.map { amount.value(in: $0.unit) == $0.value }
        } ?? true
      packages[place] = DrugPackage(
        ndc: row.ndc, code: row.code, drug: known.drug, product: known.product,
        amount: isSame ? known.amount ?? row.amount : row.amount,
        concentration: isSame ? known.concentration : nil, form: known.form, kind: known.kind)
    }
  }

  /// The package under our own label of its code.
  private func named(_ row: DrugPackage) -> DrugPackage {
    DrugPackage(
      ndc: row.ndc, code: row.code, drug: codes[row.code]?.last?.drug ?? row.drug,
      product: row.product, amount: row.amount, concentration: row.concentration, form: row.form,
      kind: row.kind)
  }
}
