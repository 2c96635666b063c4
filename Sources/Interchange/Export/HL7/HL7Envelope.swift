public import InfusionRecord

/// What goes around HL7 v2 messages: the frame of a stream, the head and foot of a file.
public enum HL7Envelope {
  /// One message in the frame of the minimal lower layer protocol (HL7 v2.5.1 appendix C):
  /// `0x0B` message `0x1C 0x0D`.
  ///
  /// Neither byte can stand inside: both are control characters, which are escaped in texts.
  public static func framed(_ message: String) -> [UInt8] {
    [0x0B] + Array(message.utf8) + [0x1C, 0x0D]
  }

  /// The head of a batch file, `FHS` and `BHS` (HL7 v2.5.1, 2.10.3).
  public static func head(names: HL7Names, name: String, at: RecordedTime, clock: LocalClock)
    -> String
  {
    ["FHS", "BHS"].map { segment in
      var head = HL7Segment(segment)
      head.set(2, raw: "^~\\&")
      head.set(3, names.sendingApplication)
      head.set(4, names.sendingFacility)
      head.set(5, names.receivingApplication)
      head.set(6, names.receivingFacility)
      head.set(7, clock.hl7(at.instant, seconds: true))
      head.set(9, name)
      head.set(11, ExportedUnit.digest([segment, name, String(at.milliseconds)]))
      return head.text
    }.joined()
  }

  /// The foot: how many messages, and one batch.
  public static func foot(messages: Int) -> String {
    var batch = HL7Segment("BTS")
    batch.set(1, String(messages))
    var file = HL7Segment("FTS")
    file.set(1, "1")
    return batch.text + file.text
  }
}
