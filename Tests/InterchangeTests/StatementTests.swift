import Foundation
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import Testing
import TimelineEngine

struct StatementTests {
  private static let twoDrugs = """
    {"format":"chairtime.session/1","id":"two-drugs","payer":"medicare",
     "timeZone":"America/Chicago","policy":{"hydration.join":"never"},
     "sites":[{"id":"port","kind":"port"}],
     "administrations":[
      {"id":"a1","drug":"dexamethasone","technique":"infusion","start":"2026-03-02T23:30",
       "stop":"2026-03-02T23:50"},
      {"id":"a2","drug":"paclitaxel","technique":"infusion","start":"2026-03-02T23:55",
       "stop":"2026-03-03T01:40",
       "pauses":[{"start":"2026-03-03T00:10","stop":"2026-03-03T00:20"}]},
      {"id":"a3","drug":"normal saline","technique":"infusion","start":"2026-03-03T01:45",
       "stop":"2026-03-03T02:10"},
      {"id":"a4","drug":"study drug","class":"therapeutic","technique":"infusion",
       "start":"2026-03-03T02:15"}]}
    """

  private func statement(_ text: String, asOf: String? = nil) throws -> Statement {
    let document = try read(text, formulary: .starter)
    var deriver = Deriver()
    let moment = try asOf.map { text throws in
      try WrittenTime(text).moment(on: document.timeline.session.clock)
    }
    return deriver.statement(of: document.timeline, policy: document.policy, asOf: moment)
  }

  private func json(_ statement: Statement) -> String {
    var writer = JSONWriter()
    statement.write(to: &writer)
    return writer.text
  }

  @Test func `a statement is one object on one line, keys in the order of the format`() throws {
    let text = json(try statement(StatementTests.twoDrugs, asOf: "2026-03-02T23:55"))
    #expect(
      text == #"{"format":"chairtime.statement/1","session":"two-drugs","#
        + #""asOf":"2026-03-02T23:55:00-06:00","status":"provisional","rulebook":"2026.1","#
        + #""editTables":[],"charges":[{"code":"96365","units":1,"modifiers":[],"serviceDate":"2026-03-02","#
        + #""site":"port","encounter":"1","status":"provisional","administrations":["a1"],"#
        + #""minutes":20,"because":[{"rule":"initial-service","text":"Highest service of the "#
        + #"encounter by the ranking (rank 3), so it is the initial.","citation":"CPT rules on the "#
        + #"initial service, facility and professional, n.d. (quoted by AAPC 171590) [B]","#
        + #""administrations":["a1"]},"#
        + #"{"rule":"counted-minutes","text":"20 counted min: 23:30-23:50.","citation":"MedLearn "#
        + #"general question, documented minutes of an infusion, 30-Dec-2024 [C]","#
        + #""administrations":["a1"]}]}],"#
        + #""uncharged":[{"administration":"a2","minutes":0,"rule":"pending","text":"Still running "#
        + #"for 15 minutes or less, so it is not yet a push or an infusion: 23:55.","citation":"Noridian "#
        + #"JF-B, chemotherapy and nonchemotherapy, push definition, after Jan 2025 [A]"}],"#
        + #""minutes":[{"administration":"a1","recorded":20,"charged":20,"uncharged":0},"#
        + #"{"administration":"a2","recorded":0,"charged":0,"uncharged":0}],"#
        + #""findings":[{"id":"pending","severity":"note","administration":"a2","text":"Running for "#
        + #"0 min; it may still be a push or an infusion."}]}"#)
  }

  @Test func `clock ranges name another day and leave the pause out`() throws {
    let text = json(try statement(StatementTests.twoDrugs))
    #expect(
      text.contains(
        "95 counted min: 23:55 - 03-Mar 00:10, 03-Mar 00:20 - 03-Mar 01:40."))
  }

  @Test func `a night on which the clocks change shows both offsets`() throws {
    let text = json(
      try statement(
        #"{"format":"chairtime.session/1","id":"s","timeZone":"America/New_York","#
          + #""administrations":[{"id":"a","drug":"ceftriaxone","technique":"infusion","#
          + #""start":"2026-03-08T01:30","stop":"2026-03-08T03:10"}]}"#))
    #expect(text.contains("40 counted min: 01:30 (UTC-5) - 03:10 (UTC-4)."))
    #expect(text.contains(#""minutes":40"#))
  }

  @Test func `a session without any time has no moment`() throws {
    let text = json(
      try statement(
        #"{"format":"chairtime.session/1","id":"s","administrations":[]}"#))
    #expect(text.contains(#""asOf":null,"status":"final""#))
    #expect(text.contains(#""charges":[],"uncharged":[],"minutes":[],"findings":[]}"#))
  }

  @Test func `the same input gives the same bytes`() throws {
    let first = json(try statement(StatementTests.twoDrugs))
    for _ in 0..<20 { #expect(json(try statement(StatementTests.twoDrugs)) == first) }
  }

  @Test func `every line of JSON is JSON`() throws {
    let text = json(try statement(StatementTests.twoDrugs))
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(value?["format"] as? String == "chairtime.statement/1")
    #expect(!text.contains("\n"))
  }

  // MARK: On paper

  @Test func `no line of a page is longer than eighty columns`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: conformanceFolder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      let statement = try statement(text)
      for page in [statement.page, statement.summary] {
        for line in page.lines { #expect(line.count <= 80, "\(file.lastPathComponent): \(line)") }
        #expect(!page.lines.contains { $0.hasSuffix(" ") })
      }
    }
  }

  @Test func `a page names every charge, uncharged minute and finding`() throws {
    let statement = try statement(StatementTests.twoDrugs)
    let text = statement.page.text
    for charge in statement.charges { #expect(text.contains(charge.code.number)) }
    for part in statement.uncharged { #expect(text.contains("(\(part.clause.text))")) }
    for finding in statement.findings { #expect(text.contains(finding.id.text)) }
    for source in Set(
      statement.charges.flatMap { statement.reasons(of: $0).map(\.citation) })
    {
      #expect(text.contains("[\(source.name)]"))
    }
  }

  @Test func `a page shows what was recorded by its moment and nothing later`() throws {
    let text = try statement(StatementTests.twoDrugs, asOf: "2026-03-03T00:15").page.text
    #expect(
      text.contains(
        """
        RECORDED
        --------------------------------------------------------------------------------
        a1     dexAMETHasone
               infusion, class therapeutic by the formulary, site port, 23:30-23:50 as
               documented
        a2     PACLitaxel
               infusion, class chemotherapy by the formulary, site port, running since
               23:55 as documented, paused since 03-Mar-2026 00:10

        WHY EACH UNIT IS CHARGED
        """))
    #expect(!text.contains("a3"))
  }

  @Test func `a page can be read on paper`() throws {
    let text = try statement(StatementTests.twoDrugs).page.text
    #expect(
      text.hasPrefix(
        """
        Statement of session two-drugs                                            review
        ================================================================================
        Date        02-Mar-2026                                     zone America/Chicago
        As of       03-Mar-2026 02:15                                    rulebook 2026.1
        Setting     facility
        Payer       medicare
        Sites       port (port)
        Policy      hydration.join = never
        Edit tables none loaded; no unit is compared with unlikely edits or code pairs

        UNITS
        --------------------------------------------------------------------------------
        96413    x1   02-Mar-2026  chemo infusion, first block                     final
        96415    x1   03-Mar-2026  chemo infusion, further hour                    final
        96367    x1   02-Mar-2026  further drug infused, first block               final
        96375    x1   03-Mar-2026  further drug, infusion without both times      review

        RECORDED
        --------------------------------------------------------------------------------
        a1     dexAMETHasone
               infusion, class therapeutic by the formulary, site port, 23:30-23:50 as
               documented
        a2     PACLitaxel
               infusion, class chemotherapy by the formulary, site port, 23:55 -
               03-Mar-2026 01:40 as documented, paused 03-Mar-2026 00:10 - 00:20
        a3     sodium chloride 0.9%
               infusion, class hydration by the formulary, purpose hydration, site port,
               03-Mar-2026 01:45 - 02:10 as documented
        a4     study drug
               infusion, class therapeutic as recorded, site port, start 03-Mar-2026
               02:15 as documented, stop not recorded

        WHY EACH UNIT IS CHARGED
        --------------------------------------------------------------------------------
        96413    x1   02-Mar-2026  chemo infusion, first block                     final
          site port, encounter 1, 95 min
          For a2 PACLitaxel, 23:55 - 03-Mar-2026 00:10, 03-Mar-2026 00:20 - 01:40
          - Highest service of the encounter by the ranking (rank 1), so it is the
            initial.
            rule initial-service [cpt-ranking]
          - 95 counted min: 23:55 - 03-Mar-2026 00:10, 03-Mar-2026 00:20 - 01:40.
            rule counted-minutes [aapc-149056]

        """))
    #expect(
      text.contains(
        """
        MINUTES NOT CHARGED
        --------------------------------------------------------------------------------
        a3 sodium chloride 0.9%                                                   25 min
          - Hydration of 30 minutes or less is not charged: 03-Mar-2026 01:45 - 02:10.
            rule hydration (hydration-minimum) [noridian-post-pay]

        ACCOUNT OF MINUTES
        --------------------------------------------------------------------------------
                                                            recorded  charged  uncharged
        a1 dexAMETHasone                                          20       20          0
        a2 PACLitaxel                                             95       95          0
        a3 sodium chloride 0.9%                                   25        0         25
        a4 study drug                                              0        0          0
        together                                                 140      115         25

        FINDINGS
        --------------------------------------------------------------------------------
        """))
  }

  @Test func `a page of a paper record names no time of the clock, a flush no class`() throws {
    let text = try statement(
      """
      {"format":"chairtime.session/1","id":"paper","inpatientFrom":"2026-03-02T18:00",
      "administrations":[
      {"id":"a1","drug":"iron sucrose","technique":"infusion","minutes":45},
      {"id":"a2","drug":"sodium chloride 0.9%","technique":"infusion","minutes":20},
      {"id":"a3","drug":"port flush","technique":"flush","start":"2026-03-02T10:00","stop":null}]}
      """
    ).page.text
    #expect(text.contains("Inpatient   from 02-Mar-2026 18:00\n"))
    #expect(text.contains("For a1 iron sucrose, 45 min stated, no clock times\n"))
    #expect(!text.contains("class not known"))
    #expect(!text.contains("start not recorded") && !text.contains("Apr-"))
    #expect(text.contains("site not recorded, 45 min"))
    #expect(text.contains("charged. No time of a2 sodium\n"))
  }

  @Test func `a long or hostile name is wrapped and harmless, never cut`() throws {
    let name = "fictionumab " + String(repeating: "-alfa-beta-gamma-delta", count: 6) + " \u{30C6}"
    let text = try statement(
      session(rows: "{\"id\":\"a\",\"drug\":\"\(name)\",\"technique\":\"im\"}")
    )
    .page.text
    let joined = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(joined.contains(name.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
    var page = TextPage()
    page.wrap("a\u{1B}[2Jb \u{202E}c")
    #expect(page.text == "a^[[2Jb \u{FFFD}c\n")
  }
}
