internal import InfusionRecord
import PlainText
package import TimelineEngine

extension EditTables {
  /// The value of the key `format`.
  package static let format = "chairtime.edit-tables/1"

  /// The tables as one JSON object.
  package func json() -> [UInt8] {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("format", EditTables.format)
      json.key("tables")
      json.list(tables) { json, table in
        json.object { json in
          json.member("kind", table.kind.rawValue)
          json.member("setting", table.setting.rawValue)
          json.member("quarter", table.quarter.text)
          json.member("source", table.source)
          switch table.kind {
          case .unlikelyEdits: EditTables.writeLimits(of: table, to: &json)
          case .codePairs: EditTables.writePairs(of: table, to: &json)
          }
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  private static func writeLimits(of table: Table, to json: inout JSONWriter) {
    json.key("limits")
    json.list(table.limits.values.sorted { $0.code.number < $1.code.number }) { json, limit in
      json.object { json in
        json.member("code", limit.code.number)
        json.key("units")
        json.value(limit.units)
        if let adjudication = limit.adjudication {
          json.key("adjudication")
          json.value(adjudication)
        }
      }
    }
  }

  private static func writePairs(of table: Table, to json: inout JSONWriter) {
    json.key("pairs")
    json.list(table.codePairs) { json, pair in
      json.object { json in
        json.member("column1", pair.codes.column1.number)
        json.member("column2", pair.codes.column2.number)
        json.key("modifier")
        json.value(pair.modifier.rawValue)
        json.member("effective", pair.effective.iso)
        json.member("deletion", pair.deletion?.iso)
      }
    }
  }

  /// Reads the output of `json()`.
  package init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    let value = try JSONValue(bytes, file: file)
    guard value["format"]?.text == EditTables.format, let list = value["tables"]?.list else {
      throw DocumentError(
        file: file, found: "these are no edit tables", expected: EditTables.format)
    }
    var tables: [Table] = []
    for (place, one) in list.enumerated() {
      guard let table = Table(one) else {
        throw DocumentError(
          file: file, path: "tables[\(place)]", found: "a table cannot be read",
          expected: EditTables.format)
      }
      tables.append(table)
    }
    self.init(tables)
  }
}

extension EditTables.Table {
  fileprivate init?(_ value: JSONValue) {
    guard let kind = value["kind"]?.text.flatMap(EditTables.Kind.init(rawValue:)),
      let setting = value["setting"]?.text.flatMap(EditTables.Setting.init(rawValue:)),
      let quarter = value["quarter"]?.text.flatMap({ Quarter($0) }),
      let source = value["source"]?.text
    else { return nil }
    switch kind {
    case .unlikelyEdits:
      guard let limits = EditTables.rows(of: value["limits"], EditTables.UnlikelyLimit.init)
      else { return nil }
      self.init(unlikelyEdits: limits, setting: setting, quarter: quarter, source: source)
    case .codePairs:
      guard let pairs = EditTables.rows(of: value["pairs"], EditTables.CodePair.init)
      else { return nil }
      self.init(codePairs: pairs, setting: setting, quarter: quarter, source: source)
    }
  }
}

extension EditTables {
  /// The rows of a list; nil if it is none, or if one of them cannot be read.
  fileprivate static func rows<Row>(
    of value: JSONValue?, _ read: (JSONValue) -> Row?
  ) -> [Row]? {
    guard let list = value?.list else { return nil }
    var rows: [Row] = []
    for one in list {
      guard let row = read(one) else { return nil }
      rows.append(row)
    }
    return rows
  }
}

extension EditTables.UnlikelyLimit {
  fileprivate init?(_ value: JSONValue) {
    guard let code = value["code"]?.text.flatMap({ Code(number: $0) }),
      let units = value.integer("units"), units >= 0
    else { return nil }
    self.init(code: code, units: units, adjudication: value.integer("adjudication"))
  }
}

extension EditTables.CodePair {
  fileprivate init?(_ value: JSONValue) {
    guard let column1 = value["column1"]?.text.flatMap({ Code(number: $0) }),
      let column2 = value["column2"]?.text.flatMap({ Code(number: $0) }),
      let modifier = value.integer("modifier").flatMap(ModifierIndicator.init(rawValue:)),
      let effective = value["effective"]?.text.flatMap({ CivilDate(iso: $0) })
    else { return nil }
    let deletion = value["deletion"]?.text
    let last = deletion.flatMap { CivilDate(iso: $0) }
    if deletion != nil, last == nil { return nil }
    self.init(
      column1: column1, column2: column2, modifier: modifier, effective: effective,
      deletion: last)
  }
}

extension JSONValue {
  fileprivate func integer(_ key: String) -> Int? {
    guard case .object(let members) = content else { return nil }
    for member in members where member.key == key {
      guard case .number(let number) = member.value.content else { return nil }
      return Int(exactly: number)
    }
    return nil
  }
}
