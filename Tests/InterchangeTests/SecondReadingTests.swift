import Foundation
import InfusionRecord
import Interchange
import PlainText
import TestSupport
import Testing
import TimelineEngine

/// Random sessions against a second reading of the rulebook, `Tests/Independent/rulebook.py`.
///
/// The second reading is another program in another language, written from the rulebook. It gets the
/// documents and the engine's units, and returns the sessions on which it comes to others. Every second
/// session is crowded: few drugs, and a reason for every site.
///
/// `CHAIRTIME_READING_THOUSANDS=50` reads more sessions.
@Suite struct SecondReadingTests {
  private static let thousands =
    ProcessInfo.processInfo.environment["CHAIRTIME_READING_THOUSANDS"].flatMap { Int($0) } ?? 4

  @Test(arguments: 0..<thousands)
  func `a thousand random sessions come out as by a second reading`(thousand: Int) throws {
    var deriver = Deriver()
    var input = SecondReadingTests.formulary
    var count = 0
    for seed in thousand * 1000..<(thousand + 1) * 1000 {
      let session = RandomSession(seed: UInt64(seed))
      let timeline = seed % 2 == 0 ? session.timeline : session.timeline.crowded
      let written = SessionDocument(timeline: timeline, policy: session.policy).json(.compact)
      let document = try SessionDocument(
        written, file: "\(seed).json", formulary: RandomSession.formulary)
      let statement = deriver.statement(of: document.timeline, policy: document.policy)
      count += 1
      input += Array(#"{"session":"#.utf8) + written.dropLast() + Array(#","units":"#.utf8)
      input += units(of: statement) + Array("}\n".utf8)
    }
    if let folder = ProcessInfo.processInfo.environment["CHAIRTIME_READING_KEEP"] {
      try Data(input).write(to: URL(filePath: "\(folder)/\(thousand).jsonl"))
    }
    let found = try IndependentReader.run("rulebook.py", input)
    #expect(found["sessions"]?.number == Double(count))
    for difference in (found["differences"]?.list ?? []).prefix(5) {
      let id = difference["id"]?.text ?? ""
      let engine = difference["engine"].map(text) ?? ""
      let independent = difference["independent"].map(text) ?? ""
      Issue.record("\(id): engine \(engine), second reading \(independent)")
    }
  }

  /// The units as an object, `{"96413-59":1}`.
  private func units(of statement: Statement) -> [UInt8] {
    var units: [String: Int] = [:]
    for charge in statement.charges {
      let code = [charge.code.number] + charge.modifiers.texts.sorted()
      units[code.joined(separator: "-"), default: 0] += charge.units
    }
    var json = JSONWriter(.compact)
    json.object { json in
      for (code, count) in units.sorted(by: { $0.key < $1.key }) {
        json.key(code)
        json.value(count)
      }
    }
    return json.bytes
  }

  private func text(_ units: JSONValue) -> String {
    guard case .object(let members) = units.content else { return "" }
    return members.sorted { $0.key < $1.key }
      .map { "\($0.key)x\(Int($0.value.number ?? 0))" }.joined(separator: " ")
  }

  /// The first line of the input: the formulary of the sessions.
  private static let formulary: [UInt8] = {
    var json = JSONWriter(.compact)
    json.object { json in
      json.key("formulary")
      json.list(RandomSession.formulary.entries) { json, entry in
        json.object { json in
          json.member("name", entry.name)
          json.member("displayName", entry.displayName)
          json.key("brands")
          json.list(entry.brands) { json, brand in json.value(brand) }
          json.member("class", entry.drugClass.rawValue)
        }
      }
    }
    json.endLine()
    return json.bytes
  }()
}
