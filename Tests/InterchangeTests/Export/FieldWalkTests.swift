import Foundation
import InfusionRecord
import PlainText
import SessionReview
import TestSupport
import Testing
import TimelineEngine

@testable import Interchange

/// Every field of every export holds a recorded fact, a value of the statement, or a fixed word of the
/// format. What is in none of the three was invented.
///
/// The values that a session may show are collected from its log and its statement alone. A field that an
/// exporter fills with a default (`site-1`, `peripheral`, another drug's port) is in neither.
struct FieldWalkTests {
  private static let at = RecordedTime(milliseconds: 1_795_500_000_123)

  // MARK: What may be told

  /// The texts of the facts, as they were charted.
  private func facts(_ session: DerivedSession) -> Set<String> {
    var told: Set<String> = [session.log.session.text]
    func add(_ texts: String?...) { for text in texts { told.insert(text ?? "") } }
    func add(_ fact: Fact) {
      switch fact {
      case .sessionOpened(let opening):
        let patient = opening.patient
        add(
          patient.family, patient.given, patient.mrn, patient.visitNumber, patient.sex.rawValue,
          patient.dateOfBirth?.iso, opening.chair, "chair \(opening.chair)", opening.nurse,
          opening.setting.rawValue, opening.placeOfService, opening.payer, opening.zone)
      case .drugStarted(let facts), .pushGiven(let facts, _), .injectionGiven(let facts),
        .pumpConnected(let facts):
        let drug = SampleRecord.formulary.drug(named: facts.drug)
        add(
          facts.administration, facts.drug, drug.displayName, facts.technique.rawValue, facts.site,
          facts.amount, facts.order, facts.dose, facts.bag)
      case .siteOpened(let opening):
        add(opening.site, opening.kind.rawValue, opening.secondSiteReason?.rawValue)
      case .drugStopped(let stop): add(stop.stopReason.rawValue)
      case .eventSuperseded(_, let replacement):
        if let replacement { add(replacement) }
      default: break
      }
    }
    for event in session.log.events {
      add(event.fact)
      add(event.actor, event.reason, event.id.text, event.basis.rawValue)
      for moment in [event.clinicalTime, event.clinicalTime + event.fact.length] {
        told.formUnion(times(moment, session.clock))
      }
      told.formUnion(times(event.recordedTime.instant, session.clock))
      told.formUnion(times(event.recordedTime.instant, .utc))
    }
    return told
  }

  private func times(_ moment: Instant, _ clock: LocalClock) -> [String] {
    [
      clock.written(moment), clock.written(moment, seconds: true), clock.date(at: moment).iso,
    ]
  }

  /// The texts of the statement and of its review.
  private func derived(_ session: DerivedSession) -> Set<String> {
    let statement = session.statement
    var told: Set<String> = [
      statement.rulebook, statement.status.text, session.standing.text, statement.digest,
    ]
    if let signOff = session.standing.signOff {
      told.formUnion([signOff.review.reviewer, signOff.review.statementHash])
      told.formUnion(times(signOff.at.instant, session.clock))
      told.formUnion(times(statement.asOf ?? signOff.at.instant, session.clock))
    }
    for unit in session.units {
      told.formUnion([
        unit.id, unit.place, unit.code.number, unit.code.label, unit.rule, unit.explanation,
        unit.encounter, unit.status.text, unit.serviceDate?.iso ?? "",
      ])
      told.formUnion(unit.modifiers)
    }
    for charge in statement.charges {
      for ground in statement.grounds(of: charge) {
        told.formUnion([
          ground.reason.rule.text, statement.sentence(ground.reason, of: charge),
          ground.reason.citedLine,
        ])
      }
    }
    for part in statement.uncharged {
      told.formUnion([
        part.clause.text, statement.sentence(part, on: statement.firstDate),
        part.clause.source.line,
      ])
    }
    for finding in statement.findings {
      told.formUnion([
        finding.id.text, finding.severity.rawValue, statement.sentence(finding),
      ])
    }
    told.formUnion(session.unposted.lines.map(\.cause.rawValue))
    for setting in session.statement.policy.differences {
      told.insert(setting.value.argument)
    }
    return told
  }

  /// Sentences that exporters make of facts, and from which facts.
  private func notes(_ session: DerivedSession) -> Set<String> {
    var told: Set<String> = []
    let clock = session.clock
    for entry in session.log.entries {
      guard let facts = entry.fact?.beginning else { continue }
      let site = session.log.sites.first { $0.opening.site == facts.site }
      told.insert(
        facts.technique.rawValue
          + (site.map { ", access site \($0.opening.site) (\($0.opening.kind.rawValue))" } ?? ""))
      if let amount = facts.amount { told.insert("dose as charted: \(amount)") }
      if let volume = facts.volumeML { told.insert("volume as charted: \(volume.plain) mL") }
      if case .pushGiven(_, let minutes?)? = entry.fact, facts.isWithoutClock {
        told.insert("\(PaperMinutes.words(Double(minutes))) (\(entry.basis.words))")
      }
      for other in session.log.entries {
        let at = clock.written(other.clinicalTime)
        if case .rateChanged(_, let rate)? = other.fact, let first = facts.rateMLPerHour {
          told.insert("rate as charted: \(first.plain) mL/h, \(rate.plain) mL/h from \(at)")
        }
        if case .drugStopped(let stop)? = other.fact {
          if stop.isNotObserved {
            told.insert("found ended \(at); its end was not observed")
          }
          if other.basis == .lastSeenRunning {
            told.insert("last seen running \(at); its end was not observed")
          }
        }
      }
    }
    return told
  }

  private func allowed(_ session: DerivedSession) -> Set<String> {
    facts(session).union(derived(session)).union(notes(session))
  }

  // MARK: CSV

  @Test(arguments: OddSession.allCases)
  func `every cell of the table is charted or derived`(odd: OddSession) throws {
    let session = odd.signed
    var csv = CSVWriter()
    CSVExport.writeHeader(to: &csv)
    CSVExport.write(session, to: &csv)
    var reader = CSVReader(csv.bytes, file: "day.csv")
    _ = try reader.next()
    let told = allowed(session)
    let fixed: Set<String> = ["", "uncharged", "not-observed", "yes", "no"]
    while let record = try reader.next() {
      for (name, cell) in zip(CSVExport.header, record.cells) where Int(cell) == nil {
        #expect(told.contains(cell) || fixed.contains(cell), "\(odd) \(name): \(cell)")
      }
    }
  }

  // MARK: JSON and FHIR

  private func leaves(_ value: JSONValue, _ path: String = "") -> [(path: String, text: String)] {
    switch value.content {
    case .text(let text): [(path, text)]
    case .list(let list): list.flatMap { leaves($0, path) }
    case .object(let members): members.flatMap { leaves($0.value, "\(path).\($0.key)") }
    case .null, .flag, .number: []
    }
  }

  @Test(arguments: OddSession.allCases)
  func `every text of the JSON line is charted or derived`(odd: OddSession) throws {
    let session = odd.signed
    var json = JSONWriter()
    JSONExport.write(session, to: &json)
    let told = allowed(session)
    let fixed: Set<String> = [
      JSONExport.format, SessionDocument.format, Statement.format, "", "keep-open",
    ]
    for leaf in leaves(try JSONValue(json.bytes, file: "line")) {
      #expect(told.contains(leaf.text) || fixed.contains(leaf.text), "\(odd) \(leaf)")
    }
  }

  @Test(arguments: OddSession.allCases)
  func `every text of the FHIR bundle is charted or derived`(odd: OddSession) throws {
    let session = odd.signed
    let systems = FHIRSystems()
    var bundle = FHIRBundle(systems: systems, authority: "HOSPITAL")
    bundle.begin(at: FieldWalkTests.at)
    bundle.add(session)
    bundle.end()
    let value = try JSONValue(bundle.takeBytes(), file: "bundle")
    // Ids are hashes; systems and codes are those of the format.
    let skipped = ["system", "fullUrl", "reference", "resourceType", "url", "id", "timestamp"]
    let fixed: Set<String> = [
      "collection", "MR", "official", "HOSPITAL", "finished", "AMB", "ambulatory", "completed",
      "stopped", "unknown", "entered-in-error", "billable", "planned", "not-billable",
      "charted it", "subcutaneous", "MedicationRequest", "mg", "mL", "mL/h", "min", "UPDATE",
      "NULLIFY", "revision", "\(systems.rulebook)|\(session.statement.rulebook)",
    ]
    let administrations = session.log.administrations.map {
      "\(session.log.session.text)/\($0.id)"
    }
    let told = allowed(session).union(administrations).union(["2026-11-23-odd/a2"])
    for leaf in leaves(value) {
      let key = String(leaf.path.split(separator: ".").last ?? "")
      if skipped.contains(key) { continue }
      #expect(told.contains(leaf.text) || fixed.contains(leaf.text), "\(odd) \(leaf)")
    }
  }

  // MARK: HL7

  @Test(arguments: OddSession.allCases)
  func `every field of the message is charted or derived`(odd: OddSession) throws {
    let session = odd.signed
    let names = HL7Names()
    let message = DetailedTransaction(
      session, names: names, unit: "INFUSION", at: FieldWalkTests.at)
    if message.postings.isEmpty { return }
    let found = try IndependentReader.run("hl7_check.py", Array(message.text.utf8))
    let segments = found["messages"]?.list?.first?.list ?? []
    var told = allowed(session)
    // HL7 writes dates and times without separators.
    for text in told where text.first?.isNumber == true {
      var bare = text.filter { $0 != "-" && $0 != ":" && $0 != "T" }
      if text.count > 16, let offset = text.lastIndex(where: { $0 == "-" || $0 == "+" }) {
        bare =
          text[..<offset].filter { $0.isNumber } + text[offset...].filter { $0 != ":" }
      }
      told.insert(bare)
    }
    let now = hl7(FieldWalkTests.at, session.clock)
    let fixed: [String: Set<String>] = [
      "MSH": [
        "|", "^~\\&", names.sendingApplication, names.sendingFacility, names.receivingApplication,
        names.receivingFacility, now, "DFT", "P03", "DFT_P03", message.controlID,
        names.processing, names.version.rawValue, "AL", "NE", "UNICODE UTF-8",
      ],
      "EVN": ["P03", now],
      "PID": ["1", "HOSPITAL", "MR", "L", "F"], "PV1": ["1", "O", "INFUSION"],
      "FT1": ["CG", "C4", "HPC", "INFUSION"], "NTE": ["1"],
    ]
    #expect(segments.prefix(4).map { $0.list?.first?.text } == ["MSH", "EVN", "PID", "PV1"])
    for segment in segments {
      let name = segment.list?.first?.text ?? ""
      #expect(fixed[name] != nil, "\(odd): no segment \(name) is expected")
      guard let list = segment.list, list.count == 2, let words = fixed[name],
        case .object(let places) = list[1].content
      else { continue }
      for place in places {
        let text = place.value.text ?? ""
        let isNumber = name == "FT1" && ["1.1.1", "10.1.1"].contains(place.key)
        #expect(
          isNumber || told.contains(text) || words.contains(text),
          "\(odd) \(name)-\(place.key): \(text)")
      }
    }
  }

  /// A moment as a message writes it, from its parts and not by the exporter.
  private func hl7(_ moment: RecordedTime, _ clock: LocalClock) -> String {
    let written = clock.written(moment.instant, seconds: true)
    return written.prefix(19).filter(\.isNumber) + written.dropFirst(19).filter { $0 != ":" }
  }

  @Test func `every field of a batch's head and foot is configured, counted or a fixed word`() {
    let names = HL7Names()
    let clock = OddSession.amendedChair.signed.clock
    let text =
      HL7Envelope.head(
        names: names, name: "2026-11-23 to 2026-11-24", at: FieldWalkTests.at, clock: clock)
      + HL7Envelope.foot(messages: 7)
    let segments = text.split(separator: "\r").map {
      $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
    for (segment, name) in zip(segments, ["FHS", "BHS"]) {
      #expect(
        Array(segment.prefix(11)) == [
          name, "^~\\&", names.sendingApplication, names.sendingFacility,
          names.receivingApplication, names.receivingFacility, hl7(FieldWalkTests.at, clock), "",
          "2026-11-23 to 2026-11-24", "", segment[10],
        ])
      #expect(segment.count == 11)
      // FHS-11 and BHS-11, the ids of file and batch.
      #expect(segment[10].utf8.count == 12)
    }
    #expect(segments[0][10] != segments[1][10])
    #expect(segments.dropFirst(2).map { $0 } == [["BTS", "7"], ["FTS", "1"]])
  }

  // MARK: Pages

  @Test(arguments: OddSession.allCases)
  func `no page, packet or export names a site that nobody charted`(odd: OddSession) throws {
    let session = odd.signed
    let charted = Set(session.log.sites.map(\.opening.site))
    let page = session.statement.page.text
    var text = TextPage()
    TextExport.write(session, to: &text)
    for page in [page, text.text] {
      #expect(!page.contains("site-1"), "\(odd)")
      if charted.isEmpty { #expect(!page.contains("peripheral"), "\(odd)") }
    }
    if charted.isEmpty { #expect(page.contains("Sites       none recorded"), "\(odd)") }
    guard odd == .siteOfAnotherDrug else { return }
    // The push has none, although the infusion beside it has.
    #expect(page.contains("site not recorded"))
    let unit = try #require(session.units.first { $0.administrations == ["a1"] })
    #expect(unit.site.isEmpty)
  }
}
