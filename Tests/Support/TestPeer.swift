import Foundation

/// An HL7 peer on a loopback socket that answers as a test tells it to.
///
/// It serves one connection at a time on a port the system chooses. Every wait is bounded; `stop` ends
/// it.
package final class TestPeer: @unchecked Sendable {
  /// How it answers a message.
  package enum Answer: Sendable {
    /// MSA-1 and what follows MSA-2.
    case acknowledge(String, String = "")
    case anotherID
    /// These bytes, as they are.
    case bytes([UInt8])
    /// Half an answer, and the connection closed.
    case half
    case close
    case silence
    /// Bytes without end.
    case flood
    /// A byte now and then.
    case drip
    /// Two answers to one message.
    case twice
    /// Answers, then closes the connection.
    case acknowledgeAndClose
  }

  package let port: Int
  private let listener: Int32
  private let lock = NSLock()
  private var answers: [Answer]
  private var messages: [[UInt8]] = []
  private var isOver = false
  private let ended = DispatchSemaphore(value: 0)

  /// - Parameter answers: to the first message, the second, …; the last is repeated.
  package init(_ answers: Answer...) throws {
    self.answers = answers
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length) == 0 && listen(listener, 8) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    guard status else { throw CocoaError(.fileNoSuchFile) }
    port = Int(UInt16(bigEndian: address.sin_port))
    let thread = Thread { [self] in serve() }
    thread.start()
  }

  /// A peer on a Unix socket; its `port` is 0.
  package init(at path: String, _ answers: Answer...) throws {
    self.answers = answers
    port = 0
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    let bytes = withUnsafeBytes(of: sa_family_t(AF_UNIX)) { Array($0) } + Array(path.utf8) + [0]
    let status = bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
        return false
      }
      return bind(listener, start, socklen_t(bytes.count)) == 0 && listen(listener, 8) == 0
    }
    guard status else { throw CocoaError(.fileNoSuchFile) }
    let thread = Thread { [self] in serve() }
    thread.start()
  }

  deinit { stop() }

  /// The received messages without their frames.
  package var received: [[UInt8]] { lock.withLock { messages } }

  /// Waits until it received so many messages; false after the time.
  package func waitFor(_ count: Int, seconds: Double = 20) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while received.count < count {
      if Date() > end { return false }
      usleep(5_000)
    }
    return true
  }

  package func stop() {
    let wasOver = lock.withLock {
      defer { isOver = true }
      return isOver
    }
    if wasOver { return }
    _ = ended.wait(timeout: .now() + 10)
    close(listener)
  }

  // MARK: Serving

  private var isStopped: Bool { lock.withLock { isOver } }

  private func serve() {
    defer { ended.signal() }
    while !isStopped {
      guard isReady(listener) else { continue }
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { continue }
      talk(connection)
      close(connection)
    }
  }

  private func isReady(_ descriptor: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 20) > 0
  }

  private func talk(_ connection: Int32) {
    var waiting: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while !isStopped {
      guard isReady(connection) else { continue }
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { return }
      waiting += chunk[..<count]
      while let end = waiting.firstIndex(of: 0x1C), end + 1 < waiting.count {
        let message = Array(waiting[1..<end])
        waiting.removeFirst(end + 2)
        let answer = lock.withLock {
          messages.append(message)
          return answers.count > 1 ? answers.removeFirst() : answers[0]
        }
        guard reply(answer, to: message, on: connection) else { return }
      }
    }
  }

  /// False if the connection must be closed.
  private func reply(_ answer: Answer, to message: [UInt8], on connection: Int32) -> Bool {
    let control = controlID(of: message) ?? ""
    func framed(_ code: String, _ id: String, _ rest: String = "") -> [UInt8] {
      let text =
        "MSH|^~\\&|BILLING|HOSPITAL|CHAIRTIME|FACILITY|20261124||ACK^P03|1|P|2.5.1\r"
        + "MSA|\(code)|\(id)\(rest.isEmpty ? "" : "|" + rest)\r"
      return [0x0B] + Array(text.utf8) + [0x1C, 0x0D]
    }
    switch answer {
    case .acknowledge(let code, let rest): return send(framed(code, control, rest), on: connection)
    case .anotherID: return send(framed("AA", "SOMETHINGELSE"), on: connection)
    case .bytes(let bytes): return send(bytes, on: connection)
    case .twice: return send(framed("AA", control) + framed("AA", control), on: connection)
    case .half:
      _ = send(Array(framed("AA", control).dropLast(6)), on: connection)
      return false
    case .close: return false
    case .acknowledgeAndClose:
      _ = send(framed("AA", control), on: connection)
      return false
    case .silence: return true
    case .flood:
      let junk = [0x0B] + [UInt8](repeating: 0x41, count: 65_535)
      while !isStopped, send(junk, on: connection) {}
      return false
    case .drip:
      var bytes = framed("AA", control)[...]
      while !isStopped, let byte = bytes.popFirst(), send([byte], on: connection) {
        usleep(100_000)
      }
      return true
    }
  }

  private func send(_ bytes: [UInt8], on connection: Int32) -> Bool {
    var start = 0
    while start < bytes.count, !isStopped {
      var entry = pollfd(fd: connection, events: Int16(POLLOUT), revents: 0)
      guard poll(&entry, 1, 20) > 0 else { continue }
      let count = bytes[start...].withUnsafeBytes {
        Foundation.send(
          connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
      if count < 0, errno == EAGAIN { continue }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }
}

/// MSH-10.
package func controlID(of message: [UInt8]) -> String? {
  guard let head = message.split(separator: 0x0D).first else { return nil }
  let fields = head.split(separator: 0x7C, omittingEmptySubsequences: false)
  return fields.count > 9 ? String(decoding: fields[9], as: UTF8.self) : nil
}
