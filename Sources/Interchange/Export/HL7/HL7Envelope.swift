package import InfusionRecord
import SessionReview

/// The frame of HL7 v2 messages in a stream, and the head and foot of a batch file.
package enum HL7Envelope {
  /// One message in the frame of the minimal lower layer protocol (HL7 v2.5.1 appendix C):
  /// `0x0B` message `0x1C 0x0D`.
  ///
  /// The message holds neither byte, because control characters in texts are escaped.
  package static func framed(_ message: String) -> [UInt8] {
    [0x0B] + Array(message.utf8) + [0x1C, 0x0D]
  }

  /// The head of a batch file, `FHS` and `BHS` (HL7 v2.5.1, 2.10.3).
  package static func head(names: HL7Names, name: String, at: RecordedTime, clock: LocalClock)
    -> String
  {
    ["FHS", "BHS"].map { segment in
      var head = HL7Segment(head: segment, names: names, at: at, clock: clock)
      head.set(9, name)
      head.set(11, ExportedUnit.digest([segment, name, String(at.milliseconds)]))
      return head.text
    }.joined()
  }

  /// The foot: how many messages, and one batch.
  package static func foot(messages: Int) -> String {
    var batch = HL7Segment("BTS")
    batch.set(1, String(messages))
    var file = HL7Segment("FTS")
    file.set(1, "1")
    return batch.text + file.text
  }
}

extension HL7Segment {
  /// What MSH, FHS and BHS have in common: delimiters, who sends, to whom, when.
  init(head name: String, names: HL7Names, at: RecordedTime, clock: LocalClock) {
    self.init(name)
    set(2, raw: "^~\\&")
    let parties = [
      names.sendingApplication, names.sendingFacility, names.receivingApplication,
      names.receivingFacility,
    ]
    for (index, party) in parties.enumerated() {
      set(3 + index, components: HL7Identifier(lenient: party).components)
    }
    set(7, clock.hl7(at.instant, seconds: true))
  }
}
