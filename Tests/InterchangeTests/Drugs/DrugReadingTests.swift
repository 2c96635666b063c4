import Foundation
import InfusionRecord
import Interchange
import PlainText
import TestSupport
import Testing
import TimelineEngine

/// Random days of drugs against a second reading of the drug chapter, `Tests/Independent/drug_units.py`.
///
/// The second reading is another program in another language, written from the chapter. It gets the documents, the
/// engine's lines and what the engine found, and returns the days on which it comes to others.
///
/// `CHAIRTIME_READING_THOUSANDS=20` reads more days.
@Suite struct DrugReadingTests {
  private static let thousands =
    ProcessInfo.processInfo.environment["CHAIRTIME_READING_THOUSANDS"].flatMap { Int($0) } ?? 1

  @Test(arguments: 0..<thousands)
  func `a thousand random days of drugs come out as by a second reading`(thousand: Int) throws {
    var deriver = Deriver()
    var input = DrugReadingTests.head
    var lines = 0
    for seed in thousand * 1000..<(thousand + 1) * 1000 {
      let day = RandomDrugDay(seed: UInt64(seed))
      let written = SessionDocument(timeline: day.timeline, policy: day.policy).json(.compact)
      let document = try SessionDocument(written, file: "\(seed).json", formulary: .starter)
      #expect(
        document.timeline.administrations.map(\.drugFacts)
          == day.timeline.administrations.map { $0.drugFacts == DrugFacts() ? nil : $0.drugFacts })
      let statement = deriver.statement(
        of: document.timeline, policy: document.policy, drugTables: .starter)
      expectBalance(statement)
      lines += statement.drugLines.count
      input += Array(#"{"session":"#.utf8) + written.dropLast()
      input += counts(of: statement)
    }
    if let folder = ProcessInfo.processInfo.environment["CHAIRTIME_READING_KEEP"] {
      try Data(input).write(to: URL(filePath: "\(folder)/drugs-\(thousand).jsonl"))
    }
    #expect(lines > 800)
    let found = try IndependentReader.run("drug_units.py", input)
    #expect(found["sessions"]?.number == 1000)
    for difference in (found["differences"]?.list ?? []).prefix(5) {
      Issue.record(
        """
        \(difference["id"]?.text ?? ""): engine \(difference["engine"]?.text ?? ""), \
        second reading \(difference["independent"]?.text ?? "")
        """)
    }
  }

  /// What was opened is given, discarded or unaccounted for, and no units exceed the labels.
  private func expectBalance(_ statement: Statement) {
    for balance in statement.drugAmounts {
      #expect(balance.opened == balance.given + balance.discarded + balance.unaccounted)
    }
    for line in statement.drugLines {
      #expect(line.units > 0)
      #expect(!line.because.isEmpty)
      let modifiers = line.modifiers
      #expect(!(modifiers.contains(.discarded) && modifiers.contains(.nothingDiscarded)))
    }
  }

  /// `,"lines":{"J1745-JZ":40},"findings":{}}` and a line feed.
  private func counts(of statement: Statement) -> [UInt8] {
    var lines: [String: Int] = [:]
    for line in statement.drugLines {
      let code = [line.code.code] + line.modifiers.map(\.rawValue).sorted()
      lines[code.joined(separator: "-"), default: 0] += line.units
    }
    var findings: [String: Int] = [:]
    for finding in statement.findings
    where finding.id.rule.rule.sections.contains(where: { $0.hasPrefix("DU") })
      || finding.wording == .unlikelyDrugUnits
    {
      findings[finding.id.text, default: 0] += 1
    }
    func object(_ counts: [String: Int]) -> [UInt8] {
      var json = JSONWriter(.compact)
      json.object { json in
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
          json.key(name)
          json.value(count)
        }
      }
      return json.bytes
    }
    return Array(#","lines":"#.utf8) + object(lines) + Array(#","findings":"#.utf8)
      + object(findings) + Array("}\n".utf8)
  }

  /// The first line of the input: the tables and the formulary.
  private static let head: [UInt8] = {
    var json = JSONWriter(.compact)
    json.object { json in
      json.key("codes")
      json.list(DrugTables.starter.codes) { json, row in
        json.object { json in
          json.member("code", row.code)
          json.member("drug", row.drug)
          json.key("products")
          json.list(row.products) { $0.value($1) }
          json.member("route", row.route?.rawValue ?? "")
          json.member("kind", row.kind.rawValue)
          let (amount, unit): (String, String) =
            switch row.measure {
            case .amount(let value, let unit): (value.text, unit.rawValue)
            case .count(let what): ("1", what)
            case .none: ("", "")
            }
          json.member("amount", amount)
          json.member("unit", unit)
          json.member("from", row.from.iso)
          json.member("until", row.until?.iso ?? "")
          json.key("replaced_by")
          json.list(row.replacedBy) { $0.value($1) }
          json.member("status", row.status)
        }
      }
      json.key("packages")
      json.list(DrugTables.starter.packages) { json, package in
        json.object { json in
          json.member("code", package.code)
          json.member("amount", package.amount?.value.text ?? "")
          json.member("unit", package.amount?.unit.rawValue ?? "")
          json.member("form", package.form?.rawValue ?? "")
          json.member("kind", package.kind?.rawValue ?? "")
        }
      }
      json.key("formulary")
      json.list(Formulary.starter.entries) { json, entry in
        json.object { json in
          json.member("name", entry.name)
          json.key("brands")
          json.list(entry.brands) { $0.value($1) }
          json.key("hcpcs")
          json.list(entry.hcpcs) { $0.value($1) }
          json.member("class", entry.drugClass.rawValue)
        }
      }
    }
    json.endLine()
    return json.bytes
  }()
}
