import TimelineEngine

/// What a column of a CMS edit file holds, told by words of its heading.
///
/// CMS changes the wording and the order of columns between quarters. So a column is known by the words
/// that have stayed, never by its place.
enum EditFileColumn: String, CaseIterable {
  case code = "HCPCS/CPT Code"
  case units = "MUE Values"
  case adjudication = "MUE Adjudication Indicator"
  case column1 = "Column 1"
  case column2 = "Column 2"
  case before1996 = "in existence prior to 1996"
  case effective = "Effective Date"
  case deletion = "Deletion Date"
  case modifier = "Modifier"
  /// Prose, which is not read: `MUE Rationale`, `PTP Edit Rationale`.
  case rationale = "Rationale"

  /// The column with this heading; nil if the heading is not understood.
  init?(heading: String) {
    let words = PublishedRecords.folded(heading)
    // Longer phrases first: "MUE Adjudication Indicator" is not the column of MUE values.
    if words.contains("rationale") {
      self = .rationale
    } else if words.contains("adjudication") {
      self = .adjudication
    } else if words.contains("mue value") || words.contains("mue unit") {
      self = .units
    } else if words.contains("existence") || words.contains("prior to 1996") {
      self = .before1996
    } else if words.contains("effective") {
      self = .effective
    } else if words.contains("deletion") {
      self = .deletion
    } else if words.contains("modifier") {
      self = .modifier
    } else if words == "column 1" || words == "column1" || words.hasPrefix("column 1 ") {
      self = .column1
    } else if words == "column 2" || words == "column2" || words.hasPrefix("column 2 ") {
      self = .column2
    } else if words.hasSuffix("code"), words.contains("hcpcs") || words.contains("cpt") {
      self = .code
    } else {
      return nil
    }
  }

  /// The columns that a table cannot do without.
  static func required(for kind: EditTables.Kind) -> [EditFileColumn] {
    switch kind {
    case .unlikelyEdits: [.code, .units]
    case .codePairs: [.column1, .column2, .effective, .deletion, .modifier]
    }
  }

  /// The table that has this column.
  var kind: EditTables.Kind? {
    switch self {
    case .code, .units, .adjudication: .unlikelyEdits
    case .column1, .column2, .before1996, .effective, .deletion, .modifier: .codePairs
    case .rationale: nil
    }
  }
}
