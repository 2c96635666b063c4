import TestSupport
import Testing
import TimelineEngine

@Suite struct PolicyTests {
  /// A value as written in a document.
  private func value(_ text: String) -> PolicyValue {
    switch text {
    case "true": .flag(true)
    case "false": .flag(false)
    default: .text(text)
    }
  }

  @Test func `the table has the rulebook's keys, defaults first`() {
    let table = Policy.keys.map { "\($0.name): \($0.allowed.joined(separator: ", "))" }
    #expect(
      table == [
        "aborted_infusion: by_time, intended_96413, intended_96413_53",
        "second_initial.requires_reason: true, false",
        "modifier.second_site: 59, XS, XU, an empty text for none",
        "modifier.second_encounter: 59, XE, an empty text for none",
        "modifier.further_injection: an empty text for none, 59, XS, 76",
        "overlap.method: solo_minutes, full_time_each",
        "concurrent.scope: date, encounter",
        "chemo_overlap: flag_only, 96549, sequential_full",
        "push.interval_from: start, end",
        "hydration.join: same_order, all, never",
        "pause.flag_gap_min: 120, any number of minutes from 0",
        "repeat_dose.mode: separate, add_times",
        "repeat_dose.short_infusion: none_flag, 96366, 96376",
        "missing_stop: compute_then_push, push, hold",
        "dos.rule: unit_start, unit_completion, service_start",
        "pump.code: by_payer_and_owner, always_96416",
        "pump.other_code: by_payer, C8957, hold",
        "complex_biologic.codes_as: CHEMO, TPD",
        "account.required: true, false",
        "drug.lines: recorded, off, required",
        "drug.round_per: day, administration",
        "drug.line_per_ndc: false, true",
        "jwjz.applies: by_setting, by_status, single_dose, off, all",
        "jwjz.from: 2023-07-01, any other date",
        "minimum_waste: warn, off, cap",
        "stopped_dose: given_plus_jw, given_only",
        "discard.must_be_recorded: true, false",
        "noc.units: one, containers",
        "ndc.on_line: false, true",
        "ndc.unit: by_package, always_ML_for_liquid_after_reconstitution",
        "modifier.route: off, ja_jb",
        "modifier.340b: none, TB, JG",
        "zero_cost_line: on, off",
      ])
  }

  @Test func `the first value of each key is the default`() {
    for (key, entry) in zip(Policy.keys, Policy.standard.entries) {
      let usual = key.allowed[0].contains(" ") ? "" : key.allowed[0]
      let expected: PolicyValue =
        key.name == "pause.flag_gap_min" ? .number(120) : value(usual)
      #expect(entry.value == expected, "\(key.name)")
    }
    #expect(Policy.standard.differences.isEmpty)
  }

  @Test func `every value can be set and reads back`() throws {
    for key in Policy.keys where key.name != "pause.flag_gap_min" {
      for text in key.allowed where text != "any other date" {
        var policy = Policy()
        let written = text.contains(" ") ? "" : text
        try policy.set(key.name, to: value(written))
        #expect(
          policy.entries.first { $0.name == key.name }?.value == value(written), "\(key.name)")
      }
    }
    var policy = Policy()
    try policy.set("pause.flag_gap_min", to: .number(0))
    #expect(policy.pauseFlagGap == 0)
  }

  @Test(arguments: ["96366", "96376"])
  func `a code may be written as a number`(code: String) throws {
    var policy = Policy()
    try policy.set("repeat_dose.short_infusion", to: .number(Double(code) ?? 0))
    #expect(policy.shortRepeat.rawValue == code)
  }

  @Test func `a modifier may be written as a number`() throws {
    var policy = Policy()
    try policy.set("modifier.second_site", to: .text("XS"))
    try policy.set("modifier.second_site", to: .number(59))
    #expect(policy.secondSiteModifier == .distinct)
  }

  @Test func `only what differs from the defaults is a difference`() throws {
    var policy = Policy()
    try policy.set("hydration.join", to: .text("never"))
    // Setting the default value is different from not setting it: the first decides the question.
    try policy.set("complex_biologic.codes_as", to: .text("CHEMO"))
    #expect(policy.differences.map(\.name) == ["hydration.join", "complex_biologic.codes_as"])
  }

  @Test(arguments: [
    ("hydration.join", PolicyValue.text("sometimes")), ("hydration.join", .flag(true)),
    ("second_initial.requires_reason", .text("true")), ("pause.flag_gap_min", .number(-1)),
    ("pause.flag_gap_min", .text("120")), ("pause.flag_gap_min", .number(.infinity)),
    ("modifier.second_site", .text("XE")), ("modifier.second_encounter", .text("XS")),
    ("modifier.further_injection", .text("XE")), ("modifier.further_injection", .number(77)),
    ("repeat_dose.short_infusion", .number(96365)), ("dos.rule", .number(1)),
  ])
  func `another value is refused and the policy stays`(key: String, value: PolicyValue) {
    var policy = Policy()
    #expect(throws: PolicyError.self) { try policy.set(key, to: value) }
    #expect(policy == .standard)
  }

  @Test func `a refusal is one sentence`() {
    var policy = Policy()
    func sentence(_ argument: String) -> String {
      do throws(PolicyError) {
        try policy.set(argument: argument)
        return ""
      } catch {
        return error.message
      }
    }
    #expect(
      sentence("hydration.join=maybe") == "policy hydration.join takes same_order, all, never")
    #expect(sentence("hydration=all").hasPrefix("there is no such policy key; the keys are "))
    #expect(sentence("hydration.join").hasPrefix("there is no such policy key; the keys are "))
    #expect(sentence("modifier.second_site=") == "")
    #expect(policy.secondSiteModifier == nil)
  }
}
