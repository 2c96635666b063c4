// Coverage-guided fuzzing of everything that reads text from outside.
//
// `Tests/Fuzz/run.sh` builds and runs it; a crash, a hang or a broken law leaves the input behind.

import InfusionRecord
import Interchange
import PlainText
import SessionReview
import TimelineEngine

/// What a fuzzer feeds: session documents, and what is no JSON goes to the other readers.
@_cdecl("LLVMFuzzerTestOneInput")
package func readOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  readSession(bytes)
  if bytes.first != UInt8(ascii: "{") {
    readTable(bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    _ = try? WrittenTime(text).moment(on: newYork)
    if count < 64 { _ = Formulary.starter.search(text, limit: 3) }
    _ = NationalDrugCode(barcode: text)
    var policy = Policy.standard
    try? policy.set(argument: text)
  }
  return 0
}

private let newYork = LocalClock(zone: "America/New_York") ?? .utc

/// A document is refused with one sentence, or derived with laws kept and read back the same.
private func readSession(_ bytes: [UInt8]) {
  let document: SessionDocument
  do throws(DocumentError) {
    document = try SessionDocument(bytes, file: "fuzz.json", formulary: .starter)
  } catch {
    let sentence = error.description
    check(!sentence.utf8.contains(0x0A) && sentence.hasSuffix("."), "no sentence")
    return
  }
  var deriver = Deriver()
  let statement = deriver.statement(of: document.timeline, policy: document.policy)
  for entry in statement.minutes {
    check(entry.charged.count >= 0 && entry.uncharged.count >= 0, "negative minutes")
    let why = statement.uncharged.filter { $0.administration == entry.administration }
    let explained = why.reduce(0) { $0 + $1.minutes.count }
    check(explained == entry.uncharged.count, "unexplained minutes")
  }
  for charge in statement.charges { check(charge.units >= 1, "a charge without units") }
  check(statement.conflicts.isEmpty, "a conflict of rules")

  var json = JSONWriter()
  statement.write(to: &json)
  check((try? JSONValue(json.bytes, file: "statement")) != nil, "a statement that is no JSON")
  check(!statement.page.lines.contains { $0.utf8.contains(0x1B) }, "an escape on paper")

  let written = document.json(.compact)
  guard let again = try? SessionDocument(written, file: "again.json", formulary: .starter) else {
    return check(false, "what was written cannot be read")
  }
  check(again.json(.compact) == written, "what was written reads back otherwise")
  var second = JSONWriter()
  deriver.statement(of: again.timeline, policy: again.policy).write(to: &second)
  check(second.bytes == json.bytes, "another statement after writing and reading")
}

private func readTable(_ bytes: [UInt8]) {
  do throws(DocumentError) {
    let formulary = try Formulary([]).laying(siteFile: bytes, file: "fuzz.csv")
    for entry in formulary.entries.prefix(4) { _ = formulary.search(entry.displayName, limit: 2) }
  } catch {
    check(error.description.hasSuffix("."), "no sentence")
  }
}

private func check(_ holds: Bool, _ law: StaticString) {
  if !holds { fatalError("broken law: \(law)") }
}
