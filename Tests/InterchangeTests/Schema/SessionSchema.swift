import InfusionRecord
import TimelineEngine

@testable import Interchange

/// The JSON Schema of `chairtime.session/1`, made from the keys and words that the reader knows.
enum SessionSchema {
  static var document: JSONValue {
    let head: JSONValue = [
      "$schema": JSONValue(.text(SchemaPart.dialect)),
      "$id": "urn:chairtime:session:1",
      "title": "chairtime.session/1: one infusion session",
      "description": """
      Made from the reader. A schema cannot say that ids are unique and refer to something, that days \
      exist, that times are in order, that the drugs of a bag run together, or that no key occurs \
      twice; the reader refuses that too.
      """,
    ]
    let root = SchemaPart.object(
      SessionKey.self, required: [.format, .id, .administrations], \.schema)
    return head.with(root).with([
      "$defs": [
        "text": SchemaPart.text,
        "time": SchemaPart.time,
        "day": SchemaPart.day,
        "amount": ["type": "number", "minimum": 0, "maximum": 1_000_000],
        "site": SchemaPart.object(SiteKey.self, required: [.id, .kind], \.schema),
        "administration": administration,
        "decimal": SchemaPart.decimal,
        "drugAmount": SchemaPart.object(AmountKey.self, required: [.value, .unit], \.schema),
        "product": SchemaPart.object(ProductKey.self, required: [], \.schema),
        "container": container,
        "discard": SchemaPart.object(DiscardKey.self, required: [.value, .unit], \.schema),
        "pause": SchemaPart.object(PauseKey.self, required: [.start], \.schema),
        "policy": policy,
        "reaction": reaction,
        "allergy": SchemaPart.object(AllergyKey.self, required: [.substance], \.schema),
      ]
    ])
  }

  /// An amount and its unit stand together.
  private static var container: JSONValue {
    SchemaPart.object(ContainerKey.self, required: [], \.schema).with([
      "allOf": [
        ["if": ["required": ["amount"]], "then": ["required": ["unit"]]],
        ["if": ["required": ["unit"]], "then": ["required": ["amount"]]],
      ]
    ])
  }

  private static var administration: JSONValue {
    let noTime: JSONValue = ["type": "null"]
    return SchemaPart.object(
      AdministrationKey.self, required: [.id, .drug, .technique], \.schema
    ).with([
      "allOf": [
        // A row that runs has no stop. In any other row every pause has one.
        [
          "if": ["required": ["running"], "properties": ["running": ["const": true]]],
          "then": ["properties": ["stop": noTime, "lastSeenRunning": noTime]],
          "else": [
            "properties": [
              "pauses": [
                "items": ["required": ["stop"], "properties": ["stop": ["type": "string"]]]
              ]
            ]
          ],
        ],
        // A row that was last seen running has no stop.
        [
          "if": [
            "required": ["lastSeenRunning"],
            "properties": ["lastSeenRunning": ["type": "string"]],
          ],
          "then": ["properties": ["stop": noTime]],
        ],
        // Only minutes without clock times have a day.
        [
          "if": ["required": ["day"], "properties": ["day": ["type": "string"]]],
          "then": ["required": ["minutes"]],
        ],
        // Minutes are for a record without clock times.
        [
          "if": ["required": ["minutes"]],
          "then": [
            "properties": [
              "start": noTime, "stop": noTime, "lastSeenRunning": noTime,
              "running": ["const": false], "pauses": ["maxItems": 0],
            ]
          ],
        ],
      ]
    ])
  }

  private static var reaction: JSONValue {
    SchemaPart.object(ReactionKey.self, required: [.time, .grade], \.schema).with([
      // A blood pressure has two values.
      "allOf": [
        ["if": ["required": ["systolic"]], "then": ["required": ["diastolic"]]],
        ["if": ["required": ["diastolic"]], "then": ["required": ["systolic"]]],
      ],
      // A temperature has one unit.
      "not": ["required": ["celsius", "fahrenheit"]],
    ])
  }

  /// The values of each setting, found by asking the policy which it takes.
  private static var policy: JSONValue {
    let settings = Policy.keys.map { key -> (key: String, value: JSONValue) in
      func takes(_ value: PolicyValue) -> Bool {
        var policy = Policy.standard
        do throws(PolicyError) { try policy.set(key.name, to: value) } catch { return false }
        return true
      }
      if takes(.flag(true)) { return (key.name, ["type": "boolean"]) }
      if takes(.number(0.5)) { return (key.name, ["type": "number", "minimum": 0]) }
      if takes(.text("2026-03-02")) { return (key.name, SchemaPart.date) }
      let words = (key.allowed + [""]).filter { takes(.text($0)) }
      let numbers = key.allowed.compactMap(Int.init).filter { takes(.number(Double($0))) }
      let values =
        words.map { JSONValue(.text($0)) } + numbers.map { JSONValue(.number(Double($0))) }
      return (key.name, ["enum": JSONValue(.list(values))])
    }
    return [
      "type": "object", "properties": JSONValue(.object(settings)), "additionalProperties": false,
    ]
  }
}

extension SessionKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .format: ["const": JSONValue(.text(SessionDocument.format))]
    case .id, .payer: SchemaPart.reference("text")
    case .reasonForVisit:
      [
        "description": "The id of an administration, or an object from encounter to id.",
        "anyOf": [
          SchemaPart.reference("text"),
          ["type": "object", "additionalProperties": SchemaPart.reference("text")],
        ],
      ]
    case .inpatientFrom: SchemaPart.orNull(SchemaPart.reference("time"))
    case .setting: SchemaPart.words(SessionContext.Setting.self)
    case .placeOfService: ["type": "string", "pattern": "^[0-9]{2}$"]
    case .timeZone:
      [
        "description": "An IANA name, such as America/Chicago.", "type": "string",
        "pattern": "^(UTC|GMT|[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)+)$",
      ]
    case .policy: SchemaPart.reference("policy")
    case .sites: SchemaPart.list(of: SchemaPart.reference("site"))
    case .administrations:
      SchemaPart.list(of: SchemaPart.reference("administration")).with([
        "maxItems": JSONValue(.number(Double(SessionDraft.mostRows)))
      ])
    case .reactions: SchemaPart.list(of: SchemaPart.reference("reaction"))
    case .allergies:
      SchemaPart.list(of: SchemaPart.reference("allergy")).with([
        "description": "Empty if none is known. Without the key they were not recorded."
      ])
    case .alerts: SchemaPart.list(of: SchemaPart.reference("text"))
    case .title, .source, .times, .tier, .expected, .note:
      ["description": "A key of case files; derive ignores it."]
    }
  }
}

extension SiteKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .id, .parent: SchemaPart.reference("text")
    case .kind: SchemaPart.words(AccessSite.Kind.self)
    case .secondSiteReason: SchemaPart.words(AccessSite.SecondSiteReason.self)
    }
  }
}

extension AdministrationKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .site: SchemaPart.orNull(SchemaPart.reference("text"))
    case .id, .drug, .encounter, .order, .dose, .bag: SchemaPart.reference("text")
    case .drugClass: SchemaPart.words(Drug.Class.self)
    case .technique: SchemaPart.words(Technique.self)
    case .start, .stop, .lastSeenRunning: SchemaPart.orNull(SchemaPart.reference("time"))
    case .day: SchemaPart.orNull(SchemaPart.reference("day"))
    case .minutes: ["type": "number", "minimum": 0, "maximum": 527_040]
    case .running, .goesHome: ["type": "boolean"]
    case .pauses: SchemaPart.list(of: SchemaPart.reference("pause"))
    case .volumeML, .rateMLPerHour, .plannedMinutes: SchemaPart.reference("amount")
    case .stopReason: SchemaPart.words(Administration.StopReason.self)
    case .pumpOwner: SchemaPart.words(Administration.PumpOwner.self)
    case .purpose: SchemaPart.words(Administration.Purpose.self)
    case .given: SchemaPart.reference("drugAmount")
    case .product: SchemaPart.reference("product")
    case .containers: SchemaPart.list(of: SchemaPart.reference("container"))
    case .discarded: SchemaPart.reference("discard")
    case .supply: SchemaPart.words(DrugFacts.Supply.self)
    case .sharedContainer: ["type": "boolean"]
    }
  }
}

extension AmountKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .value: SchemaPart.reference("decimal")
    case .unit: SchemaPart.words(DrugAmount.Unit.self)
    }
  }
}

extension ProductKey {
  fileprivate var schema: JSONValue { SchemaPart.reference("text") }
}

extension ContainerKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .ndc, .lot, .serial: SchemaPart.reference("text")
    case .amount: SchemaPart.reference("decimal")
    case .unit: SchemaPart.words(DrugAmount.Unit.self)
    case .type: SchemaPart.words(DrugContainer.Kind.self)
    case .count:
      [
        "type": "integer", "minimum": 1,
        "maximum": JSONValue(.number(Double(WrittenDrug.mostContainers))),
      ]
    case .expires: SchemaPart.date
    }
  }
}

extension DiscardKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .value: SchemaPart.reference("decimal")
    case .unit: SchemaPart.words(DrugAmount.Unit.self)
    case .at: SchemaPart.orNull(SchemaPart.reference("time"))
    case .by, .reason, .witness: SchemaPart.reference("text")
    case .place: SchemaPart.words(DrugDiscard.Place.self)
    }
  }
}

extension ReactionKey {
  fileprivate var schema: JSONValue {
    func whole(_ range: ClosedRange<Int>) -> JSONValue {
      [
        "type": "integer", "minimum": JSONValue(.number(Double(range.lowerBound))),
        "maximum": JSONValue(.number(Double(range.upperBound))),
      ]
    }
    func degrees(_ unit: VitalSigns.Temperature.Unit) -> JSONValue {
      [
        "type": "number", "minimum": JSONValue(.number(unit.limits.lowerBound)),
        "maximum": JSONValue(.number(unit.limits.upperBound)),
      ]
    }
    return switch self {
    case .administration, .otherSigns, .drugsGiven: SchemaPart.reference("text")
    case .time: SchemaPart.reference("time")
    case .grade: whole(Reaction.grades)
    case .signs:
      SchemaPart.list(of: SchemaPart.words(Reaction.Sign.self)).with(["uniqueItems": true])
    case .action: SchemaPart.words(Reaction.Action.self)
    case .systolic: whole(VitalSigns.systolicPressures)
    case .diastolic: whole(VitalSigns.diastolicPressures)
    case .heartRate: whole(VitalSigns.heartRates)
    case .oxygenSaturation: whole(VitalSigns.saturations)
    case .celsius: degrees(.celsius)
    case .fahrenheit: degrees(.fahrenheit)
    case .respirations: whole(VitalSigns.respirationRates)
    }
  }
}

extension AllergyKey {
  fileprivate var schema: JSONValue { SchemaPart.reference("text") }
}

extension PauseKey {
  fileprivate var schema: JSONValue {
    switch self {
    case .start: SchemaPart.reference("time")
    case .stop: SchemaPart.orNull(SchemaPart.reference("time"))
    }
  }
}
