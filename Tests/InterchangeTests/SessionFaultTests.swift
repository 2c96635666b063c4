import Interchange
import Testing

/// Every way in which a document can be wrong, with the whole sentence it is refused with.
struct SessionFaultTests {
  // MARK: JSON

  @Test(
    arguments: [
      ("", "1:1: the file is empty; expected a JSON object."),
      (" \n ", "2:2: the file is empty; expected a JSON object."),
      ("[]", "1:1: a list stands here; expected an object."),
      ("12", "1:1: a number stands here; expected an object."),
      ("NaN", "1:1: NaN or Infinity stands here, which JSON does not know; expected an object."),
      ("{", "1:2: the file ends here; expected a key in double quotes."),
      ("{\"id\"", "1:6: the file ends here; expected a colon after the key."),
      ("{\"id\":", "1:7: id: the file ends here; expected a string."),
      ("{\"id\":\"x", "1:9: id: the file ends inside a string; expected a closing quote."),
      (#"{"id":"x\"#, "1:10: id: the file ends inside a string; expected a closing quote."),
      (
        #"{"id":"x\u00"#,
        "1:9: id: a \\u escape is incomplete; expected four hexadecimal digits after it."
      ),
      ("{\"id\":\"x\"", "1:10: the file ends here; expected a comma or the end of the object."),
      ("{\"id\":\"x\",}", "1:11: the object ends here; expected a key in double quotes."),
      (
        "{'id':1}",
        "1:2: a single quote stands here, which JSON does not know; expected a key in double quotes."
      ),
      (
        "{// id\n}",
        "1:2: a comment or stray sign stands here, which JSON does not know;"
          + " expected a key in double quotes."
      ),
      ("{\"id\":nil}", "1:7: id: something stands here that is no JSON value; expected a string."),
      (
        "{\"id\":\"a\tb\"}",
        "1:9: id: a control character stands inside a string;"
          + " expected printable text; JSON writes a line break as \\n."
      ),
      (
        #"{"id":"\x41"}"#,
        #"1:8: id: the backslash begins no escape of JSON;"#
          + #" expected \", \\, \/, \b, \f, \n, \r, \t or \u."#
      ),
      (
        #"{"id":"\ud83d"}"#,
        "1:8: id: a \\u escape is half of a surrogate pair; expected both halves, high before low."
      ),
      (
        #"{"id":"\ude00\ud83d"}"#,
        "1:8: id: a \\u escape is half of a surrogate pair; expected both halves, high before low."
      ),
      (
        #"{"id":"\ud83d\u0041"}"#,
        "1:8: id: a \\u escape is half of a surrogate pair; expected both halves, high before low."
      ),
      ("{\"id\":\"a\",\"id\":\"b\"}", "1:11: the key \"id\" stands there twice; expected it once."),
      (
        "{\"note\":{\"a\":1,\"a\":2}}",
        "1:16: note: the key \"a\" stands there twice; expected it once."
      ),
      ("{\"note\":01}", "1:9: note: the number begins with 0; expected it without leading zeros."),
      ("{\"note\":1.}", "1:11: note: the object ends here; expected a digit after the point."),
      ("{\"note\":1e}", "1:11: note: the object ends here; expected a digit of the exponent."),
      ("{\"note\":-}", "1:9: note: a minus sign stands here; expected a value."),
      ("{\"note\":1e999}", "1:9: note: the number is out of range; expected a value."),
    ] as [(String, String)])
  func `what is not JSON is refused`(text: String, sentence: String) {
    #expect(fault(text) == sentence)
  }

  @Test func `what follows the document is refused`() {
    #expect(
      fault(session(row: "") + "\n{}")
        == "3:1: something follows the end of the document; expected one document a file; several"
        + " are read from standard input, each on one line (JSON Lines).")
  }

  @Test func `UTF-16 is refused by its name`() {
    #expect(
      fault(bytes: [0xFF, 0xFE, 0x7B, 0x00])
        == "1:1: the file is written in UTF-16; expected UTF-8.")
  }

  @Test func `bytes that are not UTF-8 are refused where they stand`() {
    let text = Array("{\"id\":\"é".utf8) + [0xE9] + Array("\"}".utf8)
    #expect(fault(bytes: text) == "1:9: id: the file is not UTF-8 here; expected UTF-8.")
    let overlong = Array("{\"id\":\"".utf8) + [0xC0, 0x80] + Array("\"}".utf8)
    #expect(fault(bytes: overlong) == "1:8: id: the file is not UTF-8 here; expected UTF-8.")
    #expect(
      fault(bytes: Array("{".utf8) + [0xE9])
        == "1:2: a byte outside ASCII stands here; expected a key in double quotes.")
  }

  @Test func `a document nested too deeply is refused, not followed`() {
    let deep = "{\"note\":" + String(repeating: "[", count: 200_000)
    #expect(
      fault(deep).hasSuffix(
        ": the document is nested more than 32 levels deep; expected a flatter one."))
    let objects = "{\"note\":" + String(repeating: "{\"a\":", count: 200_000)
    #expect(
      fault(objects).hasSuffix(
        ": the document is nested more than 32 levels deep; expected a flatter one."))
  }

  @Test func `a string without end in sight is refused`() {
    let text = "{\"note\":\"" + String(repeating: "x", count: 70_000) + "\"}"
    #expect(
      fault(text)
        == "1:9: note: the string is longer than 65535 characters; expected a shorter one.")
  }

  @Test(arguments: ["x", "é", "\u{1F489}", "\\u0041", "\\ud83d\\udc89"])
  func `a string has 65535 characters, however many bytes they are`(character: String) {
    func text(_ count: Int) -> String {
      session(row: "", ",\"note\":\"\(String(repeating: character, count: count))\"")
    }
    #expect(fault(text(65_535)) == "no fault")
    #expect(fault(text(65_536)).contains("the string is longer than 65535 characters"))
  }

  // MARK: Keys and values

  @Test(arguments: [
    (
      #"{"hydration.joins":"all"}"#,
      "1:52: policy: the policy \"hydration.joins\" is not known; expected one of aborted_infusion,"
        + " second_initial.requires_reason, modifier.second_site, modifier.second_encounter,"
        + " modifier.further_injection, overlap.method, concurrent.scope, chemo_overlap,"
        + " push.interval_from, hydration.join, pause.flag_gap_min, repeat_dose.mode, repeat_dose.short_infusion, missing_stop, dos.rule,"
        + " pump.code, pump.other_code, complex_biologic.codes_as, account.required, drug.lines,"
        + " drug.round_per, drug.line_per_ndc, jwjz.applies, jwjz.from, minimum_waste, stopped_dose,"
        + " discard.must_be_recorded, noc.units, ndc.on_line, ndc.unit, modifier.route,"
        + " modifier.340b, zero_cost_line (did you mean \"hydration.join\"?)."
    ),
    (
      #"{"hydration.join":"sometimes"}"#,
      "1:69: policy.hydration.join: the policy does not take this value; expected one of"
        + " same_order, all, never."
    ),
    (
      #"{"second_initial.requires_reason":"true"}"#,
      "1:85: policy.second_initial.requires_reason: the policy does not take this value; expected"
        + " one of true, false."
    ),
    (
      #"{"pause.flag_gap_min":-1}"#,
      "1:73: policy.pause.flag_gap_min: the policy does not take this value; expected one of 120,"
        + " any number of minutes from 0."
    ),
    (
      #"{"dos.rule":"unit_start","dos.rule":"unit_start"}"#,
      "1:76: policy: the key \"dos.rule\" stands there twice; expected it once."
    ),
  ])
  func `unknown policies and values that they do not take are refused`(
    policy: String, sentence: String
  ) {
    #expect(fault(session(row: "", ",\"policy\":\(policy)")) == sentence)
  }

  @Test func `an unknown key is named`() {
    #expect(
      fault(session(row: ",\"stopp\":null"))
        == "2:70: administrations[0]: the key \"stopp\" is not known; expected one of id, drug,"
        + " class, technique, site, encounter, order, dose, bag, start, stop, running, pauses,"
        + " minutes, day, lastSeenRunning, volumeML, rateMLPerHour, plannedMinutes, stopReason,"
        + " pumpOwner, goesHome, purpose, given, product, containers, discarded, supply,"
        + " sharedContainer (did you mean \"stop\"?).")
    #expect(
      fault(session(row: "", ",\"nurse\":\"N\""))
        == "1:42: the key \"nurse\" is not known; expected one of format, id, setting,"
        + " placeOfService, payer, timeZone, reasonForVisit, inpatientFrom, policy, sites,"
        + " administrations, reactions, allergies, alerts, title, source, times, tier, expected, note."
    )
    #expect(
      fault(session(row: "", ",\"sites\":[{\"id\":\"a\",\"type\":1}]"))
        == "1:61: sites[0]: the key \"type\" is not known; expected one of id, kind, parent,"
        + " secondSiteReason.")
    #expect(
      fault(session(row: ",\"pauses\":[{\"end\":1}]"))
        == "2:81: administrations[0].pauses[0]: the key \"end\" is not known;"
        + " expected one of start, stop.")
  }

  @Test func `an unknown key cannot steer a terminal`() {
    #expect(
      fault(session(row: "", #","\u001b[2J\u202e":1"#)).hasPrefix(
        "1:42: the key \"^[[2J\u{FFFD}\" is not known; expected one of format"))
  }

  @Test(
    arguments: [
      (
        "{\"id\":\"s\",\"administrations\":[]}",
        "1:1: the key \"format\" is missing; expected it in this object."
      ),
      (
        "{\"format\":\"chairtime.session/1\",\"administrations\":[]}",
        "1:1: the key \"id\" is missing; expected it in this object."
      ),
      (
        "{\"format\":\"chairtime.session/1\",\"id\":\"s\"}",
        "1:1: the key \"administrations\" is missing; expected it in this object."
      ),
      (
        "{\"format\":\"chairtime.session/2\"}",
        "1:11: format: the format is another one; expected \"chairtime.session/1\"."
      ),
      (
        session(rows: "{\"id\":\"a\",\"drug\":\"d\"}"),
        "2:20: administrations[0]: the key \"technique\" is missing; expected it in this object."
      ),
      (
        session(rows: "{\"id\":\"a\",\"technique\":\"im\"}"),
        "2:20: administrations[0]: the key \"drug\" is missing; expected it in this object."
      ),
      (
        session(row: "", ",\"sites\":[{\"id\":\"a\"}]"),
        "1:51: sites[0]: the key \"kind\" is missing; expected it in this object."
      ),
      (
        session(row: ",\"pauses\":[{}]"),
        "2:80: administrations[0].pauses[0]: the key \"start\" is missing; expected it in this object."
      ),
      (session(rows: "7"), "2:20: administrations[0]: a number stands here; expected an object."),
      (
        session(row: ",\"pauses\":{}"),
        "2:79: administrations[0].pauses: an object stands here; expected a list of pauses."
      ),
      (
        session(row: ",\"encounter\":2"),
        "2:82: administrations[0].encounter: a number stands here; expected a string."
      ),
      (
        session(row: ",\"running\":\"yes\""),
        "2:80: administrations[0].running: a string stands here; expected true or false."
      ),
      (
        session(row: ",\"volumeML\":\"250\""),
        "2:81: administrations[0].volumeML: a string stands here; expected a number of millilitres."
      ),
      (
        session(row: ",\"volumeML\":null"),
        "2:81: administrations[0].volumeML: null stands here; expected a number of millilitres."
      ),
      (
        session(row: ",\"start\":5"),
        "2:78: administrations[0].start: a number stands here; expected a time."
      ),
      (
        session(row: ",\"goesHome\":1"),
        "2:81: administrations[0].goesHome: a number stands here; expected true or false."
      ),
      (session(row: "", ",\"policy\":[]"), "1:51: policy: a list stands here; expected an object."),
      (
        session(row: "", ",\"policy\":{\"dos.rule\":null}"),
        "1:63: policy.dos.rule: the policy does not take this value; expected one of unit_start,"
          + " unit_completion, service_start."
      ),
    ] as [(String, String)])
  func `missing keys and values of another type are refused`(text: String, sentence: String) {
    #expect(fault(text) == sentence)
  }

  @Test(
    arguments: [
      (
        session(row: ",\"class\":\"chemo\""),
        "2:78: administrations[0].class: the word is not one of the list; expected one of"
          + " chemotherapy, hormonal-antineoplastic, complex-biologic, therapeutic, hydration, other."
      ),
      (
        session(row: ",\"purpose\":\"hydratoin\""),
        "2:80: administrations[0].purpose: the word is not one of the list; expected one of"
          + " hydration, keep-open, flush, diluent, between-blood-units, integral (did you mean \"hydration\"?)."
      ),
      (
        session(row: ",\"stopReason\":\"\""),
        "2:83: administrations[0].stopReason: the word is not one of the list; expected one of"
          + " completed, reaction, extravasation, patient-request, other."
      ),
      (
        session(row: ",\"pumpOwner\":\"me\""),
        "2:82: administrations[0].pumpOwner: the word is not one of the list; expected one of"
          + " practice, supplier, patient."
      ),
      (
        session(rows: "{\"technique\":\"Infusion\"}"),
        "2:33: administrations[0].technique: the word is not one of the list; expected one of"
          + " infusion, push, im, sc, sc-infusion, pump, pump-disconnect, pump-refill,"
          + " implanted-pump-refill, on-body-injector, flush, oral (did you mean \"infusion\"?)."
      ),
      (
        session(row: "", ",\"setting\":\"hospital\""),
        "1:52: setting: the word is not one of the list; expected one of facility, professional."
      ),
      (
        session(row: "", ",\"sites\":[{\"kind\":\"chest\"}]"),
        "1:59: sites[0].kind: the word is not one of the list; expected one of port, picc, central,"
          + " peripheral, subcutaneous, implanted."
      ),
      (
        session(row: "", ",\"sites\":[{\"secondSiteReason\":\"speed\"}]"),
        "1:71: sites[0].secondSiteReason: the word is not one of the list; expected one of protocol,"
          + " incompatibility, patient-condition."
      ),
      (
        session(row: "", ",\"placeOfService\":\"1\""),
        "1:59: placeOfService: the place of service is not a code; expected two digits."
      ),
      (
        session(row: "", ",\"placeOfService\":11"),
        "1:59: placeOfService: a number stands here; expected a string of two digits."
      ),
      (
        session(row: "", ",\"timeZone\":\"America/Chicgo\""),
        "1:53: timeZone: the time zone is not known; expected an IANA name such as \"America/Chicago\"."
      ),
      (
        session(row: ",\"volumeML\":-1"),
        "2:81: administrations[0].volumeML: the number is out of range;"
          + " expected 0 to 1000000 millilitres."
      ),
      (
        session(row: ",\"rateMLPerHour\":1e7"),
        "2:86: administrations[0].rateMLPerHour: the number is out of range;"
          + " expected 0 to 1000000 millilitres an hour."
      ),
      (
        session(row: ",\"plannedMinutes\":1e400"),
        "2:87: administrations[0].plannedMinutes: the number is out of range;"
          + " expected a number of minutes."
      ),
      (
        session(row: ",\"plannedMinutes\":NaN"),
        "2:87: administrations[0].plannedMinutes: NaN or Infinity stands here, which JSON does not"
          + " know; expected a number of minutes."
      ),
      (
        session(row: ",\"plannedMinutes\":-Infinity"),
        "2:87: administrations[0].plannedMinutes: NaN or Infinity stands here, which JSON does not"
          + " know; expected a number of minutes."
      ),
      (
        session(row: ",\"volumeML\":1000,\"rateMLPerHour\":0.001"),
        "2:20: administrations[0].rateMLPerHour: volume and rate come to more than a year;"
          + " expected the charted volume and rate."
      ),
    ] as [(String, String)])
  func `words and numbers outside their range are refused`(text: String, sentence: String) {
    #expect(fault(text) == sentence)
  }

  @Test(
    arguments: [
      (
        session(row: ",\"order\":\"\""),
        "2:78: administrations[0].order: the text is empty; expected a text, or no such key."
      ),
      (
        session(row: ",\"bag\":\" \u{00A0}\""),
        "2:76: administrations[0].bag: the text is empty; expected a text, or no such key."
      ),
      (
        session(row: #","dose":"d\u0000""#),
        "2:77: administrations[0].dose: the text holds a control character; expected printable text."
      ),
      (
        session(rows: #"{"id":"a","drug":"x\u001b[31m"}"#),
        "2:37: administrations[0].drug: the text holds a control character; expected printable text."
      ),
      (
        session(rows: #"{"id":"a\n","drug":"x"}"#),
        "2:26: administrations[0].id: the text holds a control character; expected printable text."
      ),
      (
        session(row: ",\"dose\":\"\u{9B}2J\""),
        "2:77: administrations[0].dose: the text holds a control character; expected printable text."
      ),
      (
        session(row: ",\"dose\":\"\u{202E}x\""),
        "2:77: administrations[0].dose: the text holds a control character; expected printable text."
      ),
      (
        session(row: ",\"dose\":\"\u{7F}\""),
        "2:77: administrations[0].dose: the text holds a control character; expected printable text."
      ),
      (
        session(row: ",\"dose\":\"\(String(repeating: "x", count: 1025))\""),
        "2:77: administrations[0].dose: the text is longer than 1024 characters; expected a shorter one."
      ),
      (session(row: ",\"dose\":\"\(String(repeating: "é", count: 1024))\""), "no fault"),
    ] as [(String, String)])
  func `texts that are empty, endless or steer a terminal are refused`(
    text: String, sentence: String
  ) {
    #expect(fault(text) == sentence)
  }
}
