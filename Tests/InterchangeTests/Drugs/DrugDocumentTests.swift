import InfusionRecord
import Interchange
import PlainText
import SessionReview
import Testing
import TimelineEngine

/// Amounts in documents and in statements.
@Suite struct DrugDocumentTests {
  private func statement(_ row: String) throws -> Statement {
    let document = try read(
      session(
        rows: #"{"id":"a1","drug":"Remicade","technique":"infusion","#
          + #""start":"2026-03-02T10:00","stop":"2026-03-02T12:00"\#(row)}"#),
      formulary: .starter)
    var deriver = Deriver()
    return deriver.statement(
      of: document.timeline, policy: document.policy,
      drugTables: .starter(for: document.timeline, document.policy))
  }

  private func json(_ statement: Statement) throws -> JSONValue {
    var writer = JSONWriter()
    statement.write(to: &writer)
    return try JSONValue(writer.bytes, file: "statement")
  }

  private static let whole =
    #","given":{"value":"350","unit":"mg"},"product":{"ndc":"57894-030-01"},"containers":"#
    + #"[{"amount":"100","unit":"mg","type":"single-dose","count":4,"lot":"L7"}],"#
    + #""discarded":{"value":"50","unit":"mg","at":"2026-03-02T12:10","by":"p1","where":"chair"}"#

  @Test func `a statement has lines, amounts and their tables`() throws {
    let found = try json(try statement(Self.whole))
    let lines = found["drugLines"]?.list ?? []
    #expect(lines.map { $0["code"]?.text } == ["J1745", "J1745"])
    #expect(lines.map { $0["units"]?.number } == [35, 5])
    #expect(lines.map { $0["modifiers"]?.list?.map(\.text) } == [[], ["JW"]])
    #expect(lines[1]["because"]?.list?.first?["rule"]?.text == "discarded-drug")
    #expect(found["drugCodes"]?.text == DrugTables.starterVintage)
    let amounts = found["drugAmounts"]?.list?.first
    #expect(
      ["opened", "given", "discarded", "unaccounted"].map { amounts?[$0]?.text }
        == ["400", "350", "50", "0"])
  }

  @Test func `a statement without amounts has none of these keys`() throws {
    let found = try json(try statement(""))
    for key in ["drugLines", "drugAmounts", "drugCodes"] { #expect(found[key] == nil) }
  }

  @Test func `without the tables a statement is as it was before`() throws {
    let document = try read(session(row: Self.whole))
    var deriver = Deriver()
    let found = try json(deriver.statement(of: document.timeline, policy: document.policy))
    #expect(found["drugLines"] == nil)
  }

  @Test(arguments: [
    (#""given":{"value":"1e3","unit":"mg"}"#, "the text is no amount"),
    (#""given":{"value":".5","unit":"mg"}"#, "the text is no amount"),
    (#""given":{"value":"5","unit":"ml"}"#, "the word is not one of the list"),
    (#""given":{"value":"5"}"#, "the key \"unit\" is missing"),
    (#""containers":[{"amount":"5","count":1}]"#, "the container has an amount or a unit alone"),
    (#""containers":[{"count":0}]"#, "the number is out of range"),
    (#""supply":"gift""#, "the word is not one of the list"),
  ])
  func `a faulty amount is refused`(keys: String, found: String) {
    #expect(fault(session(row: ",\(keys)")).contains(found))
  }

  @Test func `a number is read by its digits`() throws {
    let text = try read(session(row: #","given":{"value":"0.3","unit":"mg"}"#))
    let number = try read(session(row: #","given":{"value":0.3,"unit":"mg"}"#))
    #expect(
      text.timeline.administrations[0].drugFacts == number.timeline.administrations[0].drugFacts)
  }

  @Test func `the page tells the lines and the account of amounts`() throws {
    let page = try statement(Self.whole).page.text
    #expect(page.contains("DRUG LINES"))
    #expect(page.contains("J1745-JW       x5    02-Mar-2026"))
    #expect(page.contains("ACCOUNT OF AMOUNTS"))
    #expect(page.contains("350 mg given"))
  }
}
