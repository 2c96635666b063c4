import Foundation
import InfusionRecord
import PlainText
import SessionReview
import TestSupport
import Testing
import TimelineEngine

@testable import Interchange

/// The JSON Schemas in `docs/schema` say what the readers and the writer do.
///
/// `CHAIRTIME_WRITE_DOCS=1 swift test --filter SchemaTests` writes them again.
struct SchemaTests {
  private static let root = conformanceFolder.deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(arguments: [
    ("docs/schema/session.schema.json", SessionSchema.document.page),
    ("docs/schema/statement.schema.json", StatementSchema.document.page),
  ])
  func `the file of a schema is up to date`(path: String, text: String) throws {
    let file = SchemaTests.root.appending(path: path)
    if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(
      try String(contentsOf: file, encoding: .utf8) == text,
      "run CHAIRTIME_WRITE_DOCS=1 swift test --filter SchemaTests")
  }

  // MARK: What is accepted

  @Test func `every published session is valid`() throws {
    let validator = SchemaValidator(SessionSchema.document)
    for file in ConformanceTests.cases {
      let document = try JSONValue(Array(Data(contentsOf: file)), file: file.lastPathComponent)
      #expect(validator.faults(of: document).isEmpty, "\(file.lastPathComponent)")
    }
  }

  @Test func `every session written and every statement made is valid`() throws {
    let sessions = SchemaValidator(SessionSchema.document)
    let statements = SchemaValidator(StatementSchema.document)
    for seed in 1...400 as ClosedRange<UInt64> {
      let session = RandomSession(seed: seed)
      let document = SessionDocument(timeline: session.timeline, policy: session.policy)
      let written = try JSONValue(document.json(.compact), file: "session \(seed)")
      #expect(sessions.faults(of: written) == [], "session \(seed)")
      for asOf in [nil, session.base + 3600] {
        var deriver = Deriver()
        let statement = deriver.statement(
          of: session.timeline, policy: session.policy, asOf: asOf)
        let bytes = statement.json
        let faults = statements.faults(of: try JSONValue(bytes, file: "statement \(seed)"))
        #expect(faults == [], "statement \(seed)")
        let answer = try StatementAnswer(bytes, file: "statement \(seed)")
        #expect(answer.session == session.timeline.session.id)
        #expect(answer.units == CodedUnits(statement))
      }
    }
  }

  // MARK: What is refused

  /// Faults of sense, which a schema cannot say.
  private static let senseFaults = [
    "no site has this id", "no administration has this id", "no administration belongs to this",
    "the administration belongs to another", "the parents run in a circle", "the id is that of",
    "the stop is before the start", "the pause begins", "the pause ends",
    "the row was last seen running before its start", "the purpose is one of drugs",
    "the vital signs are impossible", "the time is more than 366 days",
    "the day is more than 366 days",
  ]

  /// The reader's own word on a session document; nil for a fault of sense.
  private func accepts(session document: DocumentMutation) -> Bool? {
    do throws(DocumentError) {
      _ = try SessionDocument(document.bytes, file: "session", formulary: Formulary([]))
      return true
    } catch {
      return SchemaTests.senseFaults.contains { error.found.hasPrefix($0) } ? nil : false
    }
  }

  private func accepts(answer document: DocumentMutation) -> Bool {
    (try? StatementAnswer(document.bytes, file: "answer")) != nil
  }

  @Test func `what the reader of sessions refuses the schema refuses, and the reverse`() throws {
    let document = try JSONValue(Array(SchemaSample.session.utf8), file: "sample")
    SchemaSample.expectEveryKey(in: document, of: SessionSchema.document)
    let words =
      Drug.Class.allCases.map(\.rawValue) + Technique.allCases.map(\.rawValue)
      + AccessSite.Kind.allCases.map(\.rawValue)
      + AccessSite.SecondSiteReason.allCases.map(\.rawValue)
      + Administration.StopReason.allCases.map(\.rawValue)
      + Administration.PumpOwner.allCases.map(\.rawValue)
      + Administration.Purpose.allCases.map(\.rawValue)
      + DrugAmount.Unit.allCases.map(\.rawValue) + DrugContainer.Kind.allCases.map(\.rawValue)
      + DrugFacts.Supply.allCases.map(\.rawValue) + DrugDiscard.Place.allCases.map(\.rawValue)
      + SessionContext.Setting.allCases.map(\.rawValue) + Reaction.Sign.allCases.map(\.rawValue)
      + Reaction.Action.allCases.map(\.rawValue) + Policy.keys.flatMap(\.allowed)
    let validator = SchemaValidator(SessionSchema.document)
    let mutations = DocumentMutation.all(of: document, words: words.uniqued)
    var refused = 0
    for mutation in mutations {
      guard let isAccepted = accepts(session: mutation) else { continue }
      let faults = validator.faults(of: mutation.document)
      #expect(faults.isEmpty == isAccepted, "\(mutation): reader \(isAccepted), schema \(faults)")
      if !isAccepted { refused += 1 }
    }
    #expect(refused > 2000)
  }

  @Test func `what the reader of answers refuses the schema refuses, and the reverse`() throws {
    let document = try JSONValue(Array(SchemaSample.statement.utf8), file: "sample")
    SchemaSample.expectEveryKey(in: document, of: StatementSchema.document)
    let validator = SchemaValidator(StatementSchema.document)
    #expect(validator.faults(of: document) == [])
    let answer = validator.definition("answer")
    let words = Statement.Status.allCases.map(\.text) + Finding.Severity.allCases.map(\.rawValue)
    var refused = 0
    for mutation in DocumentMutation.all(of: document, words: words) {
      let isAccepted = accepts(answer: mutation)
      let faults = validator.faults(of: mutation.document, answer)
      #expect(faults.isEmpty == isAccepted, "\(mutation): reader \(isAccepted), schema \(faults)")
      if !isAccepted { refused += 1 }
      let isLeftOut = mutation.description.hasSuffix(": left out")
      let isRare = [
        ".conflicts: left out", ".charges[0].parts: left out", ".drugCodes: left out",
        ".drugLines: left out", ".drugAmounts: left out", ".drugLines[0].supply: left out",
        ".drugLines[0].because[0].administrations: left out",
      ].contains(mutation.description)
      if isLeftOut, !isRare {
        #expect(!validator.faults(of: mutation.document).isEmpty, "\(mutation)")
      }
    }
    #expect(refused > 1000)
  }

  @Test(arguments: [
    (#""rulebook":"2026.1""#, #""rulebook":7"#), (#""code":"96413""#, #""code":"99999""#),
    (#""modifiers":["59"]"#, #""modifiers":["ZZ"]"#),
    (#""rule":"initial-service""#, #""rule":"nonsense""#),
    (#""rule":"hydration-minimum""#, #""rule":"nonsense""#),
    (#""id":"missing-stop""#, #""id":"nonsense""#),
  ])
  func `codes, modifiers, rules and findings of a statement are those we write`(
    part: String, other: String
  ) throws {
    let text = SchemaSample.statement.replacing(part, with: other)
    #expect(text != SchemaSample.statement)
    let document = try JSONValue(Array(text.utf8), file: "sample")
    #expect(!SchemaValidator(StatementSchema.document).faults(of: document).isEmpty)
  }

  // MARK: Another validator

  @Test func `an independent validator finds the schemas sound and agrees with ours`() throws {
    for (schema, sample) in [
      (SessionSchema.document, SchemaSample.session),
      (StatementSchema.document, SchemaSample.statement),
    ] {
      let document = try JSONValue(Array(sample.utf8), file: "sample")
      let documents =
        [document] + DocumentMutation.all(of: document, words: ["infusion"]).map(\.document)
      var writer = JSONWriter()
      writer.value(["schema": schema, "documents": JSONValue(.list(documents))])
      let verdicts = try IndependentReader.run("schema_check.py", writer.bytes).list
      let validator = SchemaValidator(schema)
      #expect(verdicts?.count == documents.count)
      for (document, verdict) in zip(documents, verdicts ?? []) {
        let isValid = if case .flag(let flag) = verdict.content { flag } else { false }
        #expect(validator.faults(of: document).isEmpty == isValid)
      }
    }
  }
}

extension Statement {
  fileprivate var json: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }
}
