import PlainText

/// What a peer answered to one message (HL7 v2.5.1, 2.9: ACK).
///
/// We read only the code and the control id of the segment MSA, and the peer's words about an error. The
/// delimiters are those that the answer names in its MSH.
///
/// ```
///  MSH|^~\&|BILLING|HOSPITAL|…|ACK^P03|…   AA CA   taken
///  MSA|AA|1KE0C7Q2ZQ…                      AE CE   taken in, not accepted: an error
///                                          AR CR   refused
/// ```
package struct HL7Acknowledgement: Sendable, Hashable {
  /// What the code in MSA-1 says, in original mode (A.) and in enhanced mode (C.) alike.
  package enum Answer: String, Sendable, CaseIterable {
    case accepted, error, refused
  }

  package let answer: Answer
  /// MSA-1, `AA`.
  package let code: String
  /// MSA-2: the control id of the message it answers.
  package let controlID: String
  /// The peer's words: one line of at most 400 printable characters, empty if it gave none. They may
  /// quote the message, so they are as confidential as the message.
  package let words: String
  /// Whether its segments end in line feeds, which the standard does not allow.
  package let hasLineFeeds: Bool

  /// Why bytes are no answer. The error quotes none of them.
  package enum Fault: Error, Sendable, Hashable {
    case notAMessage
    case noAnswer
    case unknownCode
    /// Several messages or acknowledgements in one frame, or a message of another type.
    case notOneAnswer

    package var sentence: String {
      switch self {
      case .notAMessage: "what it sent is no HL7 message"
      case .noAnswer: "what it sent is no acknowledgement (there is no MSA)"
      case .unknownCode: "its acknowledgement has an unknown code"
      case .notOneAnswer: "what it sent is not one acknowledgement"
      }
    }
  }

  static let largestWords = 400

  /// Reads an answer without its frame.
  package init(_ content: some Sequence<UInt8>) throws(Fault) {
    let bytes = Array(content)
    // Some peers end segments with line feeds, or send a byte order mark and blank lines first.
    let segments = bytes.split { $0 == 0x0D || $0 == 0x0A }
    hasLineFeeds = segments.count > 1 && !bytes.contains(0x0D)
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
    func all(_ name: String) -> [ArraySlice<UInt8>] {
      segments.filter { $0.starts(with: name.utf8 + [separator]) }
    }
    guard let answer = all("MSA").first else { throw .noAnswer }
    // MSH-9 is the ninth field, and the separator is the first.
    let header = fields(head)
    let type =
      header.count > 8 ? header[8].prefix { $0 != Character(Unicode.Scalar(component)) } : ""
    let names = HL7Acknowledgement.names(in: bytes)
    let isRepeated = head.count > 5 && head[5] != separator && head[5] != component
    guard names.count(where: { $0 == "MSA" }) == 1, names.count(where: { $0 == "MSH" }) == 1,
      ["", "ACK"].contains(type),
      !(isRepeated && header.count > 8 && header[8].utf8.contains(head[5]))
    else {
      throw .notOneAnswer
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
      // ERR-1 up to version 2.4; ERR-3, ERR-7 and ERR-8 from version 2.5.
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

extension HL7Acknowledgement {
  /// What a reader less strict than this one could take for the names of segments: three letters after any
  /// control character, in any case, whatever stands before and behind them.
  private static func names(in bytes: [UInt8]) -> [String] {
    bytes.split { $0 < 0x20 || $0 == 0x7F }.map { segment in
      let name = segment.drop { !(0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 & 0xDF) }.prefix(3)
      return String(decoding: name, as: UTF8.self).uppercased()
    }
  }
}

/// Finds messages in a stream of the minimal lower layer protocol (HL7 v2.5.1, appendix C).
///
/// Reads may split a message anywhere. At most `largest` bytes are buffered; a peer that sends more
/// without the end of a message is at fault.
package struct MLLPReader: Sendable {
  /// In bytes. No acknowledgement is nearly as long.
  package static let largest = 65_536

  package enum Fault: Error, Sendable, Hashable {
    /// More than `largest` bytes without the end of a message.
    case flood
    /// Bytes that belong to no frame.
    case noFrame
    /// A record of TLS: an alert or the beginning of a handshake.
    case encrypted
    /// `1C` and another byte than the `0D` that ends a frame.
    case wrongEnd(UInt8)

    package var sentence: String {
      switch self {
      case .encrypted:
        "what it sent is TLS; Chairtime sends without encryption, to a port that expects none"
      case .wrongEnd(0x0A):
        "its answer ends in 1C 0A; the frame ends in 1C 0D, a carriage return and no line feed"
      case .wrongEnd(let byte):
        "its answer ends in 1C \(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true)), "
          + "not in 1C 0D"
      case .flood: "it sent more than \(MLLPReader.largest / 1024) KiB without ending an answer"
      case .noFrame: "what it sent is in no MLLP frame"
      }
    }
  }

  private var waiting: [UInt8] = []
  /// How far `waiting` was searched for an end, so that each byte is searched once.
  private var searched = 1

  package init() {}

  /// Whether part of a message is buffered.
  package var isEmpty: Bool { waiting.isEmpty }

  /// Whether a whole answer is buffered but for the carriage return after its `1C`.
  package var lacksLastReturn: Bool { waiting.first == 0x0B && waiting.last == 0x1C }

  /// Takes bytes and returns the message that they complete, without its frame.
  ///
  /// Bytes after that message are kept for the next call.
  package mutating func take(_ bytes: some Collection<UInt8>) throws(Fault) -> [UInt8]? {
    // A read is no larger than `largest`, so this bounds memory too.
    waiting.append(contentsOf: bytes)
    // Some peers send line ends between frames.
    let start = waiting.firstIndex { $0 != 0x0D && $0 != 0x0A } ?? waiting.endIndex
    waiting.removeFirst(start)
    guard let first = waiting.first else { return nil }
    guard first == 0x0B else {
      // Content types alert (0x15) and handshake (0x16), then the major version 3 (RFC 8446, 5.1).
      let isTLS = first == 0x15 || first == 0x16
      if isTLS, waiting.count == 1 { return nil }
      throw isTLS && waiting[1] == 0x03 ? .encrypted : .noFrame
    }
    while searched + 1 < waiting.count {
      if waiting[searched] == 0x1C {
        guard waiting[searched + 1] == 0x0D else { throw .wrongEnd(waiting[searched + 1]) }
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
