import InfusionRecord
import SessionReview
import TimelineEngine

@testable import Interchange

/// The JSON Schema of `chairtime.statement/1`: what Chairtime writes, and inside it, as the definition
/// `answer`, what it reads from another program.
enum StatementSchema {
  /// Keys of statements that have something to say under them.
  private static let rare: [StatementKey] = [.conflicts, .drugCodes, .drugLines, .drugAmounts]

  static var document: JSONValue {
    [
      "$schema": JSONValue(.text(SchemaPart.dialect)),
      "$id": "urn:chairtime:statement:1",
      "title": "chairtime.statement/1: what a session comes to",
      "description": """
      What Chairtime writes. The definition "answer" is what derive --check --answers reads: the same \
      keys, few of them required, with any codes and rules.
      """,
      "$ref": "#/$defs/answer",
      "required": .texts(StatementKey.allCases.filter { !rare.contains($0) }.map(\.rawValue)),
      "properties": [
        "editTables": whole(
          EditTableKey.self,
          [
            "kind": SchemaPart.words(EditTables.Kind.self),
            "setting": SchemaPart.words(EditTables.Setting.self),
          ]),
        "charges": whole(
          ChargeKey.self, except: [.parts],
          [
            "code": SchemaPart.words(Code.allCases.map(\.number)),
            "modifiers": ["items": SchemaPart.words(Modifier.self)],
            "because": whole(BecauseKey.self, ["rule": SchemaPart.words(Rule.ID.self)]),
          ]),
        "uncharged": whole(UnchargedKey.self, ["rule": SchemaPart.words(Clause.self)]),
        "findings": whole(FindingKey.self, ["id": SchemaPart.words(Finding.ID.self)]),
        "drugLines": whole(
          DrugLineKey.self, except: [.supply],
          [
            "modifiers": ["items": SchemaPart.words(DrugLine.Modifier.self)],
            "because": [
              "items": [
                "required": ["rule", "text", "citation"],
                "properties": ["rule": SchemaPart.words(Rule.ID.self)],
              ]
            ],
          ]),
        "conflicts": [
          "items": ["properties": ["rules": ["items": SchemaPart.words(Rule.ID.self)]]]
        ],
      ],
      "$defs": [
        "answer": SchemaPart.object(
          StatementKey.self, required: [.format, .session, .charges], \.schema),
        "text": SchemaPart.text,
        "time": SchemaPart.time,
        "date": SchemaPart.date,
        "sentence": ["type": "string", "maxLength": 65_535],
        "count": ["type": "integer", "minimum": 0, "maximum": 10_000_000],
        "status": SchemaPart.words(Statement.Status.allCases.map(\.text)),
        "charge": SchemaPart.object(ChargeKey.self, required: [.code, .units], \.schema),
        "reason": SchemaPart.object(BecauseKey.self, required: [.rule, .text], \.schema),
        "part": SchemaPart.object(PartKey.self, required: PartKey.allCases, \.schema),
        "editTable": SchemaPart.object(EditTableKey.self, required: EditTableKey.allCases) { _ in
          SchemaPart.reference("text")
        },
        "unchargedMinutes": SchemaPart.object(
          UnchargedKey.self, required: [.administration, .minutes, .rule, .text], \.schema),
        "account": SchemaPart.object(LedgerKey.self, required: LedgerKey.allCases, \.schema),
        "finding": SchemaPart.object(
          FindingKey.self, required: [.id, .severity, .text], \.schema),
        "conflict": SchemaPart.object(
          ConflictKey.self, required: ConflictKey.allCases, \.schema),
        "drugLine": SchemaPart.object(DrugLineKey.self, required: [.code, .units], \.schema),
        "drugAmount": SchemaPart.object(
          DrugAmountKey.self, required: DrugAmountKey.allCases, \.schema),
      ],
    ]
  }

  /// A list of objects that have every key.
  private static func whole<Key: CaseIterable & RawRepresentable<String> & Equatable>(
    _ keys: Key.Type, except rare: [Key] = [], _ properties: JSONValue
  ) -> JSONValue {
    [
      "items": [
        "required": .texts(Key.allCases.filter { !rare.contains($0) }.map(\.rawValue)),
        "properties": properties,
      ]
    ]
  }
}

extension StatementKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .format: ["const": JSONValue(.text(Statement.format))]
    case .session, .rulebook: SchemaPart.reference("text")
    case .asOf: SchemaPart.orNull(SchemaPart.reference("time"))
    case .status: SchemaPart.reference("status")
    case .editTables: SchemaPart.list(of: SchemaPart.reference("editTable"))
    case .charges: SchemaPart.list(of: SchemaPart.reference("charge"))
    case .uncharged: SchemaPart.list(of: SchemaPart.reference("unchargedMinutes"))
    case .minutes: SchemaPart.list(of: SchemaPart.reference("account"))
    case .findings: SchemaPart.list(of: SchemaPart.reference("finding"))
    case .conflicts: SchemaPart.list(of: SchemaPart.reference("conflict"))
    case .drugCodes: SchemaPart.reference("text")
    case .drugLines: SchemaPart.list(of: SchemaPart.reference("drugLine"))
    case .drugAmounts: SchemaPart.list(of: SchemaPart.reference("drugAmount"))
    }
  }
}

extension ChargeKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .code: ["type": "string", "pattern": "^[0-9A-Z]{5}$"]
    case .units: ["type": "integer", "minimum": 1, "maximum": 10_000_000]
    case .modifiers:
      SchemaPart.list(of: ["type": "string", "pattern": "^[0-9A-Z]{2}$"])
    case .serviceDate: SchemaPart.orNull(SchemaPart.reference("date"))
    case .site: SchemaPart.orNull(SchemaPart.reference("text"))
    case .encounter: SchemaPart.reference("text")
    case .status: SchemaPart.reference("status")
    case .administrations: SchemaPart.list(of: SchemaPart.reference("text"))
    case .minutes: SchemaPart.reference("count")
    case .because: SchemaPart.list(of: SchemaPart.reference("reason"))
    case .parts: SchemaPart.list(of: SchemaPart.reference("part"))
    }
  }
}

extension DrugLineKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .code: ["type": "string", "pattern": "^[0-9A-Z]{5}$"]
    case .units: ["type": "integer", "minimum": 1, "maximum": 10_000_000]
    case .modifiers: SchemaPart.list(of: ["type": "string", "pattern": "^[0-9A-Z]{2}$"])
    case .serviceDate: SchemaPart.orNull(SchemaPart.reference("date"))
    case .encounter: SchemaPart.reference("text")
    case .administrations: SchemaPart.list(of: SchemaPart.reference("text"))
    case .product, .ndc, .quantity: SchemaPart.orNull(SchemaPart.reference("text"))
    case .supply: SchemaPart.words(DrugFacts.Supply.self)
    case .status: SchemaPart.reference("status")
    case .because: SchemaPart.list(of: SchemaPart.reference("reason"))
    }
  }
}

extension DrugAmountKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .administration: SchemaPart.reference("text")
    case .unit: SchemaPart.words(DrugAmount.Unit.self)
    case .opened, .given, .discarded, .unaccounted: SchemaPart.balance
    }
  }
}

extension PartKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .administrations: SchemaPart.list(of: SchemaPart.reference("text"))
    case .units: ["type": "integer", "minimum": 1, "maximum": 10_000_000]
    case .status: SchemaPart.reference("status")
    }
  }
}

extension BecauseKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .rule: SchemaPart.reference("text")
    case .text, .citation: SchemaPart.reference("sentence")
    case .administrations: SchemaPart.list(of: SchemaPart.reference("text"))
    }
  }
}

extension UnchargedKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .administration, .rule: SchemaPart.reference("text")
    case .minutes: SchemaPart.reference("count")
    case .text, .citation: SchemaPart.reference("sentence")
    }
  }
}

extension LedgerKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .administration: SchemaPart.reference("text")
    case .recorded, .charged, .uncharged: SchemaPart.reference("count")
    }
  }
}

extension FindingKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .id: SchemaPart.reference("text")
    case .severity: SchemaPart.words(Finding.Severity.self)
    case .administration: SchemaPart.orNull(SchemaPart.reference("text"))
    case .text: SchemaPart.reference("sentence")
    }
  }
}

extension ConflictKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .rules: SchemaPart.list(of: SchemaPart.reference("text"))
    case .administration: SchemaPart.reference("text")
    }
  }
}
