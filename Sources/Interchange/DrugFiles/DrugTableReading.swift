import InfusionRecord
import SessionReview
import Synchronization

/// The drug tables that a program has read, by the names of the loaded tables in them.
///
/// A session of an earlier quarter has fewer tables, so there may be several.
final class DrugTableReading: Sendable {
  private let list: LoadedDrugTables
  private let read: @Sendable (LoadedDrugTables.Table) throws -> [UInt8]
  private let known = Mutex<[[String]: DrugTables]>([:])

  init(
    list: LoadedDrugTables, read: @escaping @Sendable (LoadedDrugTables.Table) throws -> [UInt8]
  ) {
    self.list = list
    self.read = read
  }

  /// The built-in tables with these laid over them.
  func tables(_ names: [String]) -> DrugTables {
    if list.isUnreadable { return .unreadable }
    if names.isEmpty { return .starter }
    return known.withLock { known in
      if let tables = known[names] { return tables }
      let tables = (try? list.laid(over: .starter, names: names, reading: read)) ?? .unreadable
      known[names] = tables
      return tables
    }
  }
}

extension LoadedDrugTables {
  /// The built-in tables with the loaded ones of these names laid over them.
  func laid(
    over base: DrugTables, names: [String], reading read: (Table) throws -> [UInt8]
  ) throws -> DrugTables {
    var laying = DrugTableLaying(over: base)
    for table in tables where names.contains(table.name) {
      let bytes = try read(table)
      switch table.kind {
      case .codes:
        laying.lay(codes: try DrugTableFiles.codes(bytes, file: table.rowFile), of: table.quarter)
      case .dosages:
        laying.lay(dosages: try DrugTableFiles.codes(bytes, file: table.rowFile), of: table.quarter)
      case .packages:
        laying.lay(packages: try DrugTableFiles.packages(bytes, file: table.rowFile))
      }
    }
    return laying.tables(named: names)
  }
}
