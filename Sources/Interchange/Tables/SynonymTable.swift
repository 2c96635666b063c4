package import InfusionRecord

/// The table of what people say for drugs: `said,drug,kind`.
package enum SynonymTable {
  /// The synonyms of a table. Its first line names the columns in this order.
  package static func read(_ bytes: [UInt8], file: String) throws(DocumentError) -> [DrugSynonym] {
    let columns = ["said", "drug", "kind"]
    var reader = CSVReader(bytes, file: file)
    let header = try reader.next()
    guard let header, header.cells == columns else {
      throw DocumentError(
        file: file, line: header?.line ?? 1, found: "the first line names other columns",
        expected: columns.joined(separator: ","))
    }
    var synonyms: [DrugSynonym] = []
    while let record = try reader.next() {
      let kinds = DrugSynonym.Kind.allCases.map(\.rawValue)
      guard let kind = DrugSynonym.Kind(rawValue: record.cells[2]) else {
        throw DocumentError(
          file: file, line: record.line, path: "kind", found: "the word is not a kind of synonym",
          expected: "one of \(kinds.joined(separator: ", "))")
      }
      synonyms.append(DrugSynonym(said: record.cells[0], drug: record.cells[1], kind: kind))
    }
    return synonyms
  }
}
