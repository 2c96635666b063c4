import PlainText

/// What a peer answered to one message (HL7 v2.5.1, 2.9: ACK).
///
/// Only what decides is read: of the segment MSA the code and the control id, and the peer's words on
/// an error. The delimiters are those the answer itself names in its MSH.
///
/// ```
///  MSH|^~\&|BILLING|HOSPITAL|…|ACK^P03|…   AA CA   taken
///  MSA|AA|1KE0C7Q2ZQ…                      AE CE   taken in, not accepted: an error
///                                          AR CR   refused
/// ```
public struct HL7Acknowledgement: Sendable, Hashable {
  /// What the code in MSA-1 says, in original mode (A.) and in enhanced mode (C.) alike.
  public enum Answer: String, Sendable, CaseIterable {
    case accepted, error, refused
  }

  public let answer: Answer
  /// MSA-1, `AA`.
  public let code: String
  /// MSA-2: the control id of the message that is answered.
  public let controlID: String
  /// The peer's words, one line of at most 400 characters that steer nothing; empty where it gave
  /// none. They may quote the message, so they are as confidential as it is.
  public let words: String

  /// Why bytes are no answer. Nothing of them is quoted.
  public enum Fault: Error, Sendable, Hashable {
    case notAMessage
    case noAnswer
    case unknownCode

    public var sentence: String {
      switch self {
      case .notAMessage: "what it sent is no HL7 message"
      case .noAnswer: "what it sent is no acknowledgement (there is no MSA)"
      case .unknownCode: "its acknowledgement has an unknown code"
      }
    }
  }

  static let largestWords = 400

  /// Reads an answer without its frame.
  public init(_ bytes: some Sequence<UInt8>) throws(Fault) {
    // Some peers end segments with line feeds; a byte order mark and blank lines come before the head.
    let segments = bytes.split { $0 == 0x0D || $0 == 0x0A }
    guard let head = segments.first.map(Array.init), head.count >= 8, head.starts(with: "MSH".utf8)
    else { throw .notAMessage }
    let separator = head[3]
    guard separator > 0x20, separator < 0x7F, separator != head[4] else { throw .notAMessage }
    let component = head[4]
    func fields(_ segment: some Sequence<UInt8>) -> [String] {
      segment.split(separator: separator, omittingEmptySubsequences: false).map { field in
        String(decoding: field, as: UTF8.self)
      }
    }
    guard let answer = segments.first(where: { $0.starts(with: "MSA".utf8 + [separator]) }) else {
      throw .noAnswer
    }
    let parts = fields(answer)
    code = String(parts[1].prefix(2)).printable
    switch parts[1] {
    case "AA", "CA": self.answer = .accepted
    case "AE", "CE": self.answer = .error
    case "AR", "CR": self.answer = .refused
    default: throw .unknownCode
    }
    controlID = parts.count > 2 ? String(parts[2].prefix(200)) : ""
    var words = parts.count > 3 && !parts[3].isEmpty ? [parts[3]] : []
    for segment in segments where segment.starts(with: "ERR".utf8 + [separator]) {
      // ERR-1 up to version 2.4; code, diagnosis and the words for a person from 2.5 on.
      let parts = fields(segment)
      for number in [1, 3, 7, 8] where number < parts.count && !parts[number].isEmpty {
        words.append(parts[number])
      }
      if words.count > 16 { break }
    }
    let line = words.joined(separator: "; ").unicodeScalars.map { scalar in
      scalar == Unicode.Scalar(component) ? " " : String(scalar)
    }.joined()
    self.words = String(
      String.UnicodeScalarView(
        line.printable.unicodeScalars.prefix(HL7Acknowledgement.largestWords)))
  }
}

/// Finds messages in a stream of the minimal lower layer protocol (HL7 v2.5.1, appendix C).
///
/// Bytes come as the network cuts them. Nothing is kept beyond `largest`: a peer that sends more
/// without ending a message floods, and is told from one that answers.
public struct MLLPReader: Sendable {
  /// No acknowledgement is nearly as long; in bytes.
  public static let largest = 65_536

  public enum Fault: Error, Sendable, Hashable {
    /// More than `largest` bytes without the end of a message.
    case flood
    /// Bytes that belong to no frame.
    case noFrame

    public var sentence: String {
      switch self {
      case .flood: "it sent more than \(MLLPReader.largest / 1024) KiB without ending an answer"
      case .noFrame: "what it sent is in no MLLP frame"
      }
    }
  }

  private var waiting: [UInt8] = []
  /// How far `waiting` was searched for an end; a byte at a time costs no more than all at once.
  private var searched = 1

  public init() {}

  /// Whether there are bytes of a message that has not ended.
  public var isEmpty: Bool { waiting.isEmpty }

  /// Takes bytes in; the message they complete, without its frame.
  ///
  /// Whatever comes after that message stays for the next call.
  public mutating func take(_ bytes: some Collection<UInt8>) throws(Fault) -> [UInt8]? {
    // One read is no larger than what may wait, so this bounds the memory too.
    waiting.append(contentsOf: bytes)
    // Some peers send line ends between frames.
    let start = waiting.firstIndex { $0 != 0x0D && $0 != 0x0A } ?? waiting.endIndex
    waiting.removeFirst(start)
    guard let first = waiting.first else { return nil }
    guard first == 0x0B else { throw .noFrame }
    while searched + 1 < waiting.count {
      if waiting[searched] == 0x1C, waiting[searched + 1] == 0x0D {
        let message = Array(waiting[1..<searched])
        waiting.removeFirst(searched + 2)
        searched = 1
        return message
      }
      searched += 1
    }
    if waiting.count > MLLPReader.largest { throw .flood }
    return nil
  }
}
