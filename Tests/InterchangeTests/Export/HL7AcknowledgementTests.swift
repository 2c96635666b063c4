import Interchange
import Testing

@Suite struct HL7AcknowledgementTests {
  private static let head = #"MSH|^~\&|B|H|C|U|20260701||ACK|1|P|2.5.1"#

  private func read(_ segments: String...) throws -> HL7Acknowledgement {
    try HL7Acknowledgement(segments.joined(separator: "\r").utf8)
  }

  @Test(arguments: ["ACK", "ACK^P03", "ACK^P03^ACK", ""])
  func `one acknowledgement is read`(type: String) throws {
    let answer = try read(#"MSH|^~\&|B|H|C|U|20260701||\#(type)|1|P|2.5.1"#, "MSA|AA|A1|fine")
    #expect(answer.answer == .accepted && answer.controlID == "A1" && answer.words == "fine")
  }

  @Test(arguments: [
    // It says yes and no.
    [#"MSH|^~\&|B|H|C|U|20260701||ACK|1|P|2.5.1"#, "MSA|AA|A1", "MSA|AR|A1"],
    [
      #"MSH|^~\&|B|H|C|U|20260701||ACK|1|P|2.5.1"#, "MSA|AA|A1",
      #"MSH|^~\&|B|H|C|U|20260701||ACK|2|P|2.5.1"#, "MSA|AE|A1",
    ],
    // It says no where a strict reader sees no segment.
    [head, "MSA|AA|A1", " MSA|AR|A1"],
    [head, "MSA|AA|A1", "msa|AR|A1"],
    [head, "MSA|AA|A1", "MSA^AR^A1"],
    [head, "MSA|AA|A1", "MSA"],
    [head, "MSA|AA|A1", "\u{FEFF}MSA|AR|A1"],
    [head, "MSA|AA|A1|fine\u{0C}MSA|AR|A1"],
    [head, "MSA|AA|A1", "\u{0B}" + head, "MSA|AR|A1"],
    [head, "MSA|AA|A1", "msh|^~\\&|B|H|C|U|20260701||ACK|2|P|2.5.1"],
    [#"MSH|^~\&|B|H|C|U|20260701||ACK^P03~RSP|1|P|2.5.1"#, "MSA|AA|A1"],
    // A message that acknowledges nothing.
    [#"MSH|^~\&|B|H|C|U|20260701||DFT^P03|1|P|2.5.1"#, "MSA|AA|A1"],
  ])
  func `an answer that contradicts itself or has another type is none`(segments: [String]) {
    #expect(throws: HL7Acknowledgement.Fault.notOneAnswer) {
      try HL7Acknowledgement(segments.joined(separator: "\r").utf8)
    }
  }
}
