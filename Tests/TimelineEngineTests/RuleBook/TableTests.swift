import Testing

@testable import TimelineEngine

/// Names are unique and lead back to what they name; lists are closed.
@Suite struct TableTests {
  @Test func `every code reads back from its number`() {
    for code in Code.allCases { #expect(Code(number: code.number) == code) }
    #expect(Set(Code.allCases.map(\.label)).count == Code.allCases.count)
    #expect(Code(number: "99999") == nil)
  }

  @Test func `every rule says its own id and reads back from its name`() {
    for id in Rule.ID.allCases {
      #expect(id.rule.id == id)
      #expect(Rule.ID(text: id.text) == id)
      #expect(!id.rule.claim.isEmpty && !id.rule.sections.isEmpty && !id.rule.citations.isEmpty)
    }
    #expect(Rule.ID(text: "rule-of-thumb") == nil)
  }

  @Test func `the findings are the closed list`() {
    #expect(
      Finding.ID.allCases.map(\.text) == [
        "aborted-infusion", "above-mue", "addon-without-primary", "catheter-clearance",
        "charting-overlap", "class-overruled", "code-pair", "code-pair-opened",
        "code-pair-unopened",
        "complex-biologic-payer", "computed-stop", "concurrent-chemo",
        "facility-place-of-service", "fatal-way", "flush-not-sole",
        "hydration-beside-unknown-drug", "hydration-not-ordered", "implausible-length",
        "inpatient-unknown", "last-seen-running", "long-pause", "long-push", "missing-start",
        "missing-stop", "missing-times", "no-account", "no-clock-times", "no-minutes", "pending",
        "pump-class", "pump-plan-missing", "reason-for-visit", "repeat-chemo-push",
        "repeat-push-office", "repeat-push-too-soon", "repeat-push-untimed",
        "repeat-short-infusion", "same-drug-back-to-back", "same-drug-push-and-infusion",
        "same-drug-twice", "sc-infusion-with-iv", "second-sc-infusion", "second-site-no-reason",
        "site-not-recorded", "unclassified-drug", "unusual-way",
        "amount-given-missing",
        "avoidable-discard",
        "container-missing",
        "discard-mismatch",
        "discard-not-recorded",
        "dose-missing",
        "mixed-containers",
        "more-than-labelled",
        "no-code-on-date",
        "noc-code",
        "noc-discard",
        "prepared-not-given",
        "product-unknown",
        "self-administered",
        "stopped-dose-discard",
        "unit-mismatch",
        "zero-cost-drug",
      ])
  }

  @Test func `every clause has its own name, which leads to its rule`() {
    #expect(Set(Clause.allCases.map(\.text)).count == Clause.allCases.count)
    for clause in Clause.allCases {
      #expect(clause.sentence.hasSuffix("."))
      // A rule's own name wins over a clause of another rule.
      let ruleOfName = Rule.ID.allCases.first { $0.text == clause.text }
      #expect(Rule.ID(text: clause.text) == ruleOfName ?? clause.rule)
    }
  }

  @Test func `every source has its own name, and a quoted source names who quotes it`() {
    let sources = Citation.ID.allCases.map(\.citation)
    #expect(Set(sources.map(\.name)).count == sources.count)
    for source in sources {
      #expect((source.grade == .quoted) == (source.quotedBy != nil), "\(source.name)")
      #expect(source.line.hasSuffix("[\(source.grade.rawValue)]"))
      #expect(source.says.hasSuffix("."), "\(source.name)")
    }
  }

  @Test func `the source of a sentence is one of its rule`() {
    for clause in Clause.allCases {
      #expect(clause.rule.rule.citations.contains(clause.source), "\(clause.text)")
    }
  }

  @Test func `a sentence that no read source says has the grade for that`() {
    #expect(Clause.hydrationNoPush.source.citation.grade == .memory)
    #expect(Clause.pushOfInfusedDrug.source.citation.grade == .deduction)
  }

  @Test func `hours are those of the rulebook's table`() {
    let parameters = Parameters.year2026
    let table = [
      (0, 0, 0), (15, 0, 0), (16, 1, 0), (30, 1, 0), (31, 1, 1), (90, 1, 1), (91, 2, 2),
      (150, 2, 2), (151, 3, 3), (210, 3, 3), (211, 4, 4), (270, 4, 4), (271, 5, 5), (330, 5, 5),
      (331, 6, 6), (390, 6, 6), (391, 7, 7), (450, 7, 7), (451, 8, 8), (510, 8, 8), (511, 9, 9),
    ]
    for (minutes, drug, hydration) in table {
      #expect(parameters.hours(minutes, entry: parameters.infusionEntry) == drug)
      #expect(parameters.hours(minutes, entry: parameters.hydrationEntry) == hydration)
    }
  }

  @Test func `modifiers are in the order of their texts`() {
    var modifiers = Modifiers()
    for modifier in Modifier.allCases.reversed() { modifiers.insert(modifier) }
    #expect(modifiers.texts == ["53", "59", "76", "XE", "XS", "XU"])
  }
}
