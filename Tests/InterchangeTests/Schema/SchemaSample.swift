import Interchange
import Testing

/// A document of each format with every key that the format has.
enum SchemaSample {
  static let session = """
    {"format":"chairtime.session/1","id":"sample","setting":"professional","placeOfService":"11",
     "payer":"medicare","timeZone":"America/Chicago","reasonForVisit":{"1":"a2"},
     "inpatientFrom":"2026-03-02T18:00","policy":{"aborted_infusion":"by_time","second_initial.requires_reason":true,
      "modifier.second_site":"59","modifier.second_encounter":"XE",
      "modifier.further_injection":"76","overlap.method":"solo_minutes",
      "concurrent.scope":"date","chemo_overlap":"96549","push.interval_from":"start",
      "hydration.join":"never","pause.flag_gap_min":90,"repeat_dose.mode":"separate",
      "repeat_dose.short_infusion":"96366","missing_stop":"hold","dos.rule":"unit_start",
      "pump.code":"always_96416","pump.other_code":"hold","complex_biologic.codes_as":"TPD",
      "account.required":false,"drug.lines":"required","drug.round_per":"administration",
      "drug.line_per_ndc":true,"jwjz.applies":"all","jwjz.from":"2023-01-01",
      "minimum_waste":"cap","stopped_dose":"given_only","discard.must_be_recorded":false,
      "noc.units":"containers","ndc.on_line":true,"ndc.unit":"by_package",
      "modifier.route":"ja_jb","modifier.340b":"TB","zero_cost_line":"off"},
     "sites":[{"id":"port","kind":"port"},
      {"id":"red","kind":"central","parent":"port","secondSiteReason":"protocol"}],
     "administrations":[
      {"id":"a1","drug":"drug A","class":"therapeutic","technique":"infusion","site":"port",
       "encounter":"1","order":"o1","dose":"d1","bag":"b1","start":"2026-03-02T08:00",
       "stop":"2026-03-02T12:00","running":false,
       "pauses":[{"start":"2026-03-02T09:00","stop":"2026-03-02T09:20"}],"volumeML":250,
       "rateMLPerHour":100,"plannedMinutes":150,"stopReason":"reaction","pumpOwner":"practice",
       "goesHome":false,"purpose":"hydration",
       "given":{"value":"315","unit":"mg"},
       "product":{"ndc":"50242-060-01","brand":"brand A"},
       "containers":[{"ndc":"50242-060-01","amount":"100.5","unit":"mg","type":"single-dose",
        "count":4,"lot":"L1","expires":"2027-05-31","serial":"S1"}],
       "discarded":{"value":"87","unit":"mg","at":"2026-03-02T12:05","by":"p1","reason":"r",
        "witness":"p2","where":"chair"},"supply":"stock","sharedContainer":false},
      {"id":"a2","drug":"drug B","technique":"infusion","site":"red","start":"2026-03-02T08:00",
       "stop":null,"running":true,"purpose":"integral"},
      {"id":"a3","drug":"drug C","technique":"infusion","minutes":45,"day":"2026-03-01"},
      {"id":"a4","drug":"drug D","technique":"infusion","start":"2026-03-02T08:00","stop":null,
       "lastSeenRunning":"2026-03-02T09:00"}],
     "reactions":[{"administration":"a1","time":"2026-03-02T09:00","grade":2,"signs":["flushing"],
       "otherSigns":"grey lips","action":"paused","drugsGiven":"drug E","systolic":98,
       "diastolic":60,"heartRate":112,"oxygenSaturation":94,"celsius":38.2,"respirations":24},
      {"time":"2026-03-02T09:10","grade":1,"fahrenheit":100.8}],
     "allergies":[{"substance":"latex","reaction":"rash"}],"alerts":["fall risk"],
     "title":"t","source":{"title":"s"},"times":"given","tier":"strict","expected":{"charges":[]},
     "note":"n"}
    """

  static let statement = """
    {"format":"chairtime.statement/1","session":"sample","asOf":"2026-03-02T18:00:00-06:00",
     "status":"review","rulebook":"2026.1",
     "editTables":[{"kind":"code-pairs","setting":"practitioner","quarter":"2026Q4","source":"s"}],
     "charges":[{"code":"96413","units":1,"modifiers":["59"],"serviceDate":"2026-03-02",
      "site":"port","encounter":"1","status":"final","administrations":["a1"],"minutes":165,
      "because":[{"rule":"initial-service","text":"t","citation":"c","administrations":["a1"]}],
      "parts":[{"administrations":["a1"],"units":1,"status":"final"}]}],
     "uncharged":[{"administration":"a2","minutes":25,"rule":"hydration-minimum","text":"t",
      "citation":"c"}],
     "minutes":[{"administration":"a1","recorded":165,"charged":165,"uncharged":0}],
     "findings":[{"id":"missing-stop","severity":"error","administration":"a2","text":"t"}],
     "drugCodes":"v","drugLines":[{"code":"J1745","units":35,"modifiers":["JZ"],
      "serviceDate":"2026-03-02","encounter":"1","administrations":["a1"],"product":"p",
      "ndc":"57894003001","quantity":"UN 4","supply":"free","status":"final",
      "because":[{"rule":"drug-units","text":"t","citation":"c","administrations":["a1"]}]}],
     "drugAmounts":[{"administration":"a1","unit":"mg","opened":"400","given":"350",
      "discarded":"50.5","unaccounted":"-0.5"}],
     "conflicts":[{"rules":["initial-service","hydration"],"administration":"a1"}]}
    """

  /// Expects that every object of a document has every key of its schema, some element of each list.
  static func expectEveryKey(in document: JSONValue, of schema: JSONValue) {
    var keys: Set<String> = []
    collect(document, "", into: &keys)
    var known: Set<String> = []
    collect(schema, schema, "", into: &known)
    #expect(keys.intersection(known) == known, "\(known.subtracting(keys).sorted())")
  }

  private static func collect(_ value: JSONValue, _ path: String, into keys: inout Set<String>) {
    switch value.content {
    case .object(let members):
      for member in members {
        keys.insert("\(path).\(member.key)")
        collect(member.value, "\(path).\(member.key)", into: &keys)
      }
    case .list(let elements):
      for element in elements { collect(element, "\(path)[]", into: &keys) }
    case .null, .flag, .number, .text: break
    }
  }

  /// The keys that a schema knows, by the path to them.
  private static func collect(
    _ schema: JSONValue, _ root: JSONValue, _ path: String, into keys: inout Set<String>
  ) {
    if let name = schema["$ref"]?.text?.dropFirst(8), let target = root["$defs"]?[String(name)] {
      collect(target, root, path, into: &keys)
    }
    if let items = schema["items"] { collect(items, root, "\(path)[]", into: &keys) }
    if case .object(let properties) = schema["properties"]?.content {
      for property in properties {
        keys.insert("\(path).\(property.key)")
        collect(property.value, root, "\(path).\(property.key)", into: &keys)
      }
    }
  }
}
