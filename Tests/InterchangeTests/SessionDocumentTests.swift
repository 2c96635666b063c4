import Foundation
import InfusionRecord
import Interchange
import Testing
import TimelineEngine

struct SessionDocumentTests {
  @Test func `a document with every key becomes a timeline`() throws {
    let document = try read(
      """
      {
        "format": "chairtime.session/1", "id": "all-keys", "setting": "professional",
        "placeOfService": "11", "payer": "medicare", "timeZone": "America/Chicago",
        "reasonForVisit": "a2",
        "policy": { "hydration.join": "never", "second_initial.requires_reason": false,
                    "pause.flag_gap_min": 90 },
        "sites": [ { "id": "port", "kind": "port" },
                   { "id": "red", "kind": "picc", "parent": "port" },
                   { "id": "left", "kind": "peripheral", "secondSiteReason": "patient-condition" } ],
        "administrations": [
          { "id": "a1", "drug": "Taxol", "class": "chemotherapy", "technique": "infusion",
            "site": "red", "encounter": "2", "order": "o1", "dose": "d1", "bag": "b1",
            "start": "2026-03-02T09:40", "stop": "2026-03-02T12:45:30",
            "pauses": [ { "start": "2026-03-02T11:00", "stop": "2026-03-02T11:05" },
                        { "start": "2026-03-02T10:00", "stop": "2026-03-02T10:20" } ],
            "volumeML": 250.5, "rateMLPerHour": 83, "plannedMinutes": 180,
            "stopReason": "reaction", "pumpOwner": "practice", "goesHome": true,
            "purpose": "keep-open" },
          { "id": "a2", "drug": "drug B", "technique": "push", "start": "2026-03-02T13:00-06:00",
            "stop": null, "running": true,
            "pauses": [ { "start": "2026-03-02T13:05", "stop": null } ] }
        ]
      }
      """, formulary: .starter)
    let timeline = document.timeline
    #expect(timeline.session.id == "all-keys")
    #expect(timeline.session.setting == .professional)
    #expect(timeline.session.placeOfService == "11")
    #expect(timeline.session.payer == "medicare")
    #expect(timeline.session.clock.zone == "America/Chicago")
    #expect(timeline.session.reasonsForVisit == [1])
    #expect(document.policy.hydrationJoin == .never)
    #expect(!document.policy.secondInitialRequiresReason)
    #expect(document.policy.pauseFlagGap == 90)
    #expect(timeline.sites.map(\.id) == ["port", "red", "left"])
    #expect(timeline.sites.map(\.parent) == [nil, 0, nil])
    #expect(timeline.sites[2].secondSiteReason == .patientCondition)

    let first = timeline.administrations[0]
    #expect(first.drug.identity == "paclitaxel")
    #expect(first.drug.displayName == "PACLitaxel")
    #expect(first.statedClass == .chemotherapy)
    #expect(first.site == 1)
    #expect((first.encounter, first.order, first.dose, first.bag) == ("2", "o1", "d1", "b1"))
    #expect(first.start == Instant(seconds: 1_772_466_000))
    #expect(first.stop == Instant(seconds: 1_772_477_130))
    #expect(first.pauses.map(\.start.seconds) == [1_772_467_200, 1_772_470_800])
    #expect((first.volumeML, first.rateMLPerHour, first.plannedMinutes) == (250.5, 83, 180))
    #expect(first.stopReason == .reaction)
    #expect(first.pumpOwner == .practice)
    #expect(first.goesHome)
    #expect(first.purpose == .keepOpen)

    let second = timeline.administrations[1]
    #expect(second.statedClass == nil)
    #expect(second.site == 0)
    #expect(second.encounter == "1")
    #expect(second.start == Instant(seconds: 1_772_478_000))
    #expect(second.isRunning)
    #expect(second.pauses.map(\.stop) == [nil])
  }

  @Test func `absent keys have the values the format promises`() throws {
    let document = try read(session(row: ""))
    let timeline = document.timeline
    #expect(timeline.session.setting == .facility)
    #expect(timeline.session.placeOfService == nil)
    #expect(timeline.session.payer == nil)
    #expect(timeline.session.clock == .utc)
    #expect(timeline.session.reasonsForVisit == [])
    #expect(document.policy == .standard)
    #expect(timeline.sites.map(\.id) == ["site-1"])
    #expect(timeline.sites.map(\.kind) == [.peripheral])
    let row = timeline.administrations[0]
    #expect((row.start, row.stop, row.isRunning) == (nil, nil, false))
    #expect((row.order, row.dose, row.bag) == (nil, nil, nil))
    #expect(row.pauses.isEmpty)
    #expect((row.volumeML, row.rateMLPerHour, row.plannedMinutes) == (nil, nil, nil))
    #expect(row.stopReason == .completed)
    #expect(row.pumpOwner == .supplier)
    #expect(!row.goesHome)
    #expect(row.purpose == .hydration)
    #expect(row.hydrationFacts == .all)
    #expect(row.isSiteCharted)
  }

  /// A synonym of one drug, a brand, an error-prone abbreviation, and a text that is said of no drug.
  @Test(
    arguments: [
      ("NS", "sodium chloride 0.9%"), ("hydrocortisone", "hydrocortisone sodium succinate"),
      ("Taxol", "paclitaxel"), ("5-FU", "fluorouracil"), ("HCT", nil), ("MS", nil), ("zorb", nil),
    ] as [(String, String?)])
  func `a document finds a drug as a command does, and no error-prone abbreviation decides`(
    text: String, name: String?
  ) throws {
    let document = try read(
      """
      {"format":"chairtime.session/1","id":"said","administrations":[{"id":"a1","drug":"\(text)",
      "technique":"infusion","start":"2026-03-02T09:00","stop":"2026-03-02T10:00"}]}
      """, formulary: .starter)
    let drug = document.timeline.administrations[0].drug
    #expect(drug.entry?.name == name)
    #expect(drug.text == text)
    #expect(drug.writtenName == (text == "Taxol" ? "Taxol" : name ?? text))
  }

  @Test func `a session without administrations is a session`() throws {
    #expect(try read(session(rows: "")).timeline.administrations.isEmpty)
  }

  @Test func `keys may come in any order`() throws {
    let document = try read(
      """
      {"administrations":[{"stop":"2026-07-01T10:00","site":"b","technique":"im","drug":"drug A",
      "id":"a1"}],"sites":[{"kind":"port","id":"a"},{"id":"b","kind":"port"}],
      "timeZone":"America/New_York","id":"s","format":"chairtime.session/1"}
      """)
    #expect(document.timeline.administrations[0].site == 1)
    #expect(document.timeline.administrations[0].stop == Instant(seconds: 1_782_914_400))
  }

  @Test func `escapes and letters of all scripts are read`() throws {
    let document = try read(
      session(
        rows: #"{"id":"a\u002F1","drug":"dr\u00fcg \ud83d\ude00 薬 \/ \"x\"","technique":"im"}"#))
    #expect(document.timeline.administrations[0].id == "a/1")
    #expect(document.timeline.administrations[0].drug.text == "drüg 😀 薬 / \"x\"")
  }

  @Test func `a byte order mark is passed over`() throws {
    _ = try SessionDocument(
      [0xEF, 0xBB, 0xBF] + Array(session(row: "").utf8), file: "visit.json",
      formulary: Formulary([]))
  }

  @Test func `all conformance cases are session documents`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: conformanceFolder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
    #expect(files.count >= 75)
    for file in files {
      let document = try SessionDocument(
        Array(Data(contentsOf: file)), file: file.lastPathComponent, formulary: .starter)
      #expect(document.timeline.session.id == file.deletingPathExtension().lastPathComponent)
      #expect(document.caseNotes.title?.text?.isEmpty == false)
      let expected = document.caseNotes.expected
      #expect(["charges", "drugLines"].contains { expected?[$0]?.list != nil }, "\(file)")
    }
  }

  @Test func `a hundred thousand administrations are read in linear time`() throws {
    func seconds(_ count: Int) throws -> Double {
      var text = ""
      for index in 0..<count {
        text +=
          (index == 0 ? "" : ",")
          + #"{"id":"a\#(index)","drug":"drug \#(index % 50)","class":"therapeutic","technique":"#
          + #""infusion","start":"2026-03-02T09:40","stop":"2026-03-02T12:45","dose":"d\#(index)"}"#
      }
      let bytes = Array(session(rows: text).utf8)
      let clock = ContinuousClock()
      let time = try clock.measure {
        let document = try SessionDocument(bytes, file: "long.json", formulary: .starter)
        #expect(document.timeline.administrations.count == count)
      }
      return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }
    let small = try (0..<3).map { _ in try seconds(10_000) }.min() ?? 0
    let large = try seconds(100_000)
    #expect(large < max(small, 0.01) * 30)
  }
}
