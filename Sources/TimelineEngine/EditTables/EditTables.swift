package import InfusionRecord

/// The quarterly CMS edit tables that a site loaded: unlikely edits and code pairs.
///
/// They are facts of the site, as the policy is, and are passed to a derivation with it. Chairtime
/// contains no row of them. An edit never changes a derived unit: it gives a finding, or the modifier
/// of the policy if the record holds the reason for it (rulebook R20, R21).
package struct EditTables: Sendable, Hashable {
  /// No table is loaded.
  package static let none = EditTables()

  /// The site loaded tables, and their file cannot be read: nothing is compared with them.
  package static let unreadable: EditTables = {
    var tables = EditTables()
    tables.isUnreadable = true
    return tables
  }()

  /// Whether the site's tables are missing here only because their file cannot be read.
  package private(set) var isUnreadable = false

  /// Oldest quarter first; within a quarter by name.
  package private(set) var tables: [Table]

  /// - Parameter tables: of two with the same name the later one counts.
  package init(_ tables: [Table] = []) {
    var byName: [String: Table] = [:]
    for table in tables { byName[table.name] = table }
    self.tables = byName.values.sorted {
      $0.quarter != $1.quarter ? $0.quarter < $1.quarter : precedes($0.name, $1.name)
    }
  }

  package var isEmpty: Bool { tables.isEmpty }

  /// `unlikely-edits practitioner 2026Q4`, in the order of `tables`.
  package var names: [String] { tables.map(\.name) }

  /// The tables of a session's setting.
  package func tables(for setting: Setting) -> [Table] {
    tables.filter { $0.setting == setting }
  }

  /// Only the tables with these names, which a signature holds.
  ///
  /// A table that was loaded after the signature must not change what was signed.
  package func restricted(to names: [String]) -> EditTables {
    EditTables(tables.filter { names.contains($0.name) })
  }

  /// The limit of a code for one date of service, and the table that holds it; nil if the table has no
  /// row for the code, or none is in force.
  package func unlikelyLimit(
    for code: Code, on date: CivilDate, in setting: Setting
  ) -> (limit: UnlikelyLimit, table: Table)? {
    guard let table = table(.unlikelyEdits, in: setting, on: date),
      let limit = table.limits[code]
    else { return nil }
    return (limit, table)
  }

  /// The pair of two codes for one date of service, and the table that holds it; nil if the table has
  /// no such pair in force.
  ///
  /// The order matters: column 1 is paid if both codes are billed.
  package func pair(
    _ column1: Code, _ column2: Code, on date: CivilDate, in setting: Setting
  ) -> (pair: CodePair, table: Table)? {
    guard let table = table(.codePairs, in: setting, on: date),
      let rows = table.pairs[CodePair.Codes(column1, column2)],
      let pair = rows.last(where: { $0.applies(on: date) })
    else { return nil }
    return (pair, table)
  }

  /// The table in force on a date: the newest whose quarter began by then.
  package func table(_ kind: Kind, in setting: Setting, on date: CivilDate) -> Table? {
    guard !tables.isEmpty else { return nil }
    return tables.last { $0.kind == kind && $0.setting == setting && $0.quarter.first <= date }
  }
}

extension EditTables {
  /// Documents hold the raw values.
  package enum Kind: String, CaseIterable, Sendable, Hashable {
    case unlikelyEdits = "unlikely-edits"
    case codePairs = "code-pairs"
  }

  /// Whose claims a table is for. Documents hold the raw values.
  package enum Setting: String, CaseIterable, Sendable, Hashable {
    case practitioner
    case outpatientHospital = "outpatient-hospital"

    package init(_ setting: SessionContext.Setting) {
      switch setting {
      case .facility: self = .outpatientHospital
      case .professional: self = .practitioner
      }
    }
  }

  /// A published table, with its rows for the codes of this family.
  package struct Table: Sendable, Hashable {
    package let kind: Kind
    package let setting: Setting
    package let quarter: Quarter
    /// The name of the file that was loaded.
    package let source: String
    /// Empty for code pairs.
    package let limits: [Code: UnlikelyLimit]
    /// For each two codes the periods in which they were a pair, oldest first; empty for unlikely
    /// edits.
    let pairs: [CodePair.Codes: [CodePair]]

    package init(
      unlikelyEdits limits: [UnlikelyLimit], setting: Setting, quarter: Quarter, source: String
    ) {
      kind = .unlikelyEdits
      self.setting = setting
      self.quarter = quarter
      self.source = source
      self.limits = Dictionary(limits.map { ($0.code, $0) }, uniquingKeysWith: { $1 })
      pairs = [:]
    }

    package init(codePairs rows: [CodePair], setting: Setting, quarter: Quarter, source: String) {
      kind = .codePairs
      self.setting = setting
      self.quarter = quarter
      self.source = source
      limits = [:]
      pairs = Dictionary(grouping: rows.sorted { $0.effective < $1.effective }, by: \.codes)
    }

    /// `unlikely-edits practitioner 2026Q4`. One table of a name can be loaded.
    package var name: String { "\(kind.rawValue) \(setting.rawValue) \(quarter.text)" }

    /// Its code pairs, by their codes and first date.
    package var codePairs: [CodePair] {
      pairs.values.flatMap { $0 }.sorted {
        let (left, right) = ($0.codes, $1.codes)
        if left != right {
          return (left.column1.number, left.column2.number)
            < (right.column1.number, right.column2.number)
        }
        return $0.effective < $1.effective
      }
    }

    /// The number of its rows for codes of this family.
    package var rowCount: Int { limits.count + pairs.values.reduce(0) { $0 + $1.count } }
  }

  /// The most units of a code that are likely on one date of service.
  package struct UnlikelyLimit: Sendable, Hashable {
    package let code: Code
    package let units: Int
    /// The MUE adjudication indicator: 1 by line, 2 absolute by date, 3 by date with proof; nil if
    /// the file has none.
    package let adjudication: Int?

    package init(code: Code, units: Int, adjudication: Int? = nil) {
      self.code = code
      self.units = units
      self.adjudication = adjudication
    }
  }

  /// Two codes that are not paid together, for dates of service in a period.
  package struct CodePair: Sendable, Hashable {
    /// Whether a modifier opens the pair. Files hold the raw values.
    package enum ModifierIndicator: Int, CaseIterable, Sendable, Hashable {
      case never = 0
      case allowed = 1
      /// The edit was deleted from its first day on.
      case notApplicable = 9
    }

    package struct Codes: Sendable, Hashable {
      package let column1: Code
      package let column2: Code

      package init(_ column1: Code, _ column2: Code) {
        self.column1 = column1
        self.column2 = column2
      }
    }

    package let codes: Codes
    package let modifier: ModifierIndicator
    package let effective: CivilDate
    /// The last date of service it applies to; nil if it was not deleted.
    package let deletion: CivilDate?

    package init(
      column1: Code, column2: Code, modifier: ModifierIndicator, effective: CivilDate,
      deletion: CivilDate? = nil
    ) {
      codes = Codes(column1, column2)
      self.modifier = modifier
      self.effective = effective
      self.deletion = deletion
    }

    package func applies(on date: CivilDate) -> Bool {
      modifier != .notApplicable && effective <= date && deletion.map { date <= $0 } ?? true
    }
  }
}
