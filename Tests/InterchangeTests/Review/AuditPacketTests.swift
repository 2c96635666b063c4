import InfusionRecord
import Interchange
import PlainText
import TestSupport
import Testing

/// What an auditor gets: originals, corrections, signatures, proof.
struct AuditPacketTests {
  private func packet(problems: [String] = []) -> AuditPacket {
    var record = ExportSample.record()
    let stop = record.events[5].id
    record.add(
      .eventSuperseded(replaces: stop, replacement: .drugStopped(DrugStop(administration: "a2"))),
      at: "10:20", recorded: "12:10", basis: .pumpLog, reason: "read off the pump")
    record.add(
      .sessionReviewed(
        Review(
          statementHash: String(repeating: "ab", count: 32), rulebook: "2026.1",
          policy: ["modifier.second_site=XS"], reviewer: "R. SAMPLE")), at: "12:30")
    return AuditPacket(
      session: ExportSample.export(record.log), log: record.log, formulary: SampleRecord.formulary,
      chain: AuditPacket.ChainProof(
        head: "9:" + String(repeating: "0", count: 64), facts: 9, problems: problems))
  }

  @Test func `the original stays readable next to its correction`() {
    let lines = packet().page.lines
    let original = lines.firstIndex { $0 == "6  23-Nov-2026 10:40  PACLitaxel stopped" }
    #expect(original != nil)
    guard let original else { return }
    #expect(
      lines[original + 1].hasPrefix("   RN T. SAMPLE at chairside-3, written 23-Nov-2026 10:40"))
    let correction = lines[original...].firstIndex {
      $0 == "   -> corrected: PACLitaxel stopped, 23-Nov-2026 10:20"
    }
    #expect(correction != nil)
    let text = lines[original...].prefix(8).joined(separator: " ")
    #expect(text.contains("pump-log"))
    #expect(
      text.split(separator: " ").joined(separator: " ").contains("because: read off the pump"))
  }

  @Test func `patient, signature, statement and proof are in it, 80 columns wide`() {
    let page = packet().page
    let text = page.text
    #expect(text.contains("TESTER, Amara, born 04-Feb-1961, female"))
    #expect(text.contains("MRN 90000417, visit V1"))
    #expect(text.contains(String(repeating: "ab", count: 32)))
    #expect(text.contains("modifier.second_site=XS"))
    #expect(text.contains("96413    x1"))
    #expect(text.contains("SOURCES"))
    #expect(text.contains("9 in all and"))
    // The head is one word of its own and is not cut.
    #expect(page.lines.filter { $0.count > 80 }.count == 0)
  }

  @Test func `a record that was altered says so`() {
    let text = packet(problems: ["Fact 3 was altered."]).page.text
    #expect(text.contains("The record is NOT as it was written:\n- Fact 3 was altered."))
    #expect(!text.contains("9 in all"))
  }

  @Test func `the packet for programs holds the same`() throws {
    var json = JSONWriter()
    packet().write(to: &json)
    let value = try JSONValue(json.bytes, file: "packet.json")
    #expect(value["format"]?.text == "chairtime.packet/1")
    let corrected = value["facts"]?.list?.filter { $0["corrections"]?.list?.isEmpty == false }
    #expect(corrected?.count == 1)
    #expect(corrected?.first?["at"]?.text == "2026-11-23T10:40-06:00")
    #expect(
      corrected?.first?["corrections"]?.list?.first?["at"]?.text == "2026-11-23T10:20-06:00")
    #expect(value["signOffs"]?.list?.first?["reviewer"]?.text == "R. SAMPLE")
    #expect(value["export"]?["statement"]?["format"]?.text == "chairtime.statement/1")
    #expect(value["chain"]?["facts"]?.number == 9)
  }
}
