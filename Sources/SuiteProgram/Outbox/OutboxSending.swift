import InfusionRecord
package import Interchange
package import SessionStore

/// Sends the waiting messages, one at a time and in order, and records the result of each.
///
/// The step `sent` is recorded before the first byte leaves. After a crash at any point the message is
/// `sent`: the peer may have it or not. It goes out again with the same id and the same bytes, by which
/// the receiver recognises it. Only an answer that names it ends that.
package struct OutboxSending {
  let store: any Outbox
  let peer: HL7Peer
  let isInClear: Bool
  let account: String?
  let answerTime: Duration
  let right: Right
  let workstation: Workstation
  let tell: (String) throws -> Void

  package private(set) var acknowledged = 0
  package private(set) var rejected = 0
  /// Messages that wait for an earlier message of their session.
  package private(set) var waiting = 0

  /// - Parameters:
  ///   - isInClear: whether the peer may be on another host.
  ///   - account: the account that listens on the peer's Unix socket; nil means this one or root.
  ///   - answerTime: how long to wait for a connection, and for each answer.
  ///   - tell: gets a line for each message as it is answered.
  package init(
    _ store: any Outbox, to peer: HL7Peer, isInClear: Bool = false, account: String? = nil,
    within answerTime: Duration, under right: Right, on workstation: Workstation,
    tell: @escaping (String) throws -> Void
  ) {
    self.store = store
    self.peer = peer
    self.isInClear = isInClear
    self.account = account
    self.answerTime = answerTime
    self.right = right
    self.workstation = workstation
    self.tell = tell
  }

  /// Sends until no message waits.
  ///
  /// - Throws: a sentence if the peer does not answer as it must. Earlier answers stay recorded.
  package mutating func send() throws {
    var connection: PeerConnection?
    for control in try store.controls([.held, .sent], limit: Int(Int32.max)) {
      guard let entry = try store.entry(control), entry.state == .held || entry.state == .sent
      else { continue }
      if try isBlocked(entry) {
        waiting += 1
        continue
      }
      do throws(PeerConnection.Fault) {
        if connection?.isReusable != true {
          connection = nil
          connection = try PeerConnection(
            to: peer, isInClear: isInClear, account: account, within: answerTime)
        }
      } catch {
        throw Complaint(
          "Message \(control) was not sent to \(peer.text): \(error.sentence). It stays "
            + "\(entry.state.text) and goes out with the next chairtime outbox send.")
      }
      guard let connection else { continue }
      try deliver(entry, over: connection)
    }
  }

  /// Whether an earlier message of the session was rejected or has no answer. A later message builds on
  /// what the earlier one posted, so it must not overtake it.
  private func isBlocked(_ entry: OutboxEntry) throws -> Bool {
    let earlier = try store.entries(of: entry.message.session).prefix {
      $0.message.control != entry.message.control
    }
    return earlier.contains { $0.state == .rejected || $0.state == .sent }
  }

  private mutating func deliver(_ entry: OutboxEntry, over connection: PeerConnection) throws {
    let control = entry.message.control
    try store.record(
      OutboxStep(.sent, at: workstation.now, actor: right.actor), of: control,
      expecting: entry.steps.count, under: right)
    let answer: HL7Acknowledgement
    do throws(PeerConnection.Fault) {
      answer = try connection.exchange(entry.message.content, within: answerTime)
      // By bytes, because Swift takes some letters for equal that are not.
      guard answer.controlID.utf8.elementsEqual(control.utf8) else {
        throw PeerConnection.Fault.unexpected(
          "it answered another message than the one it was sent")
      }
    } catch {
      throw Complaint(
        "Message \(control) went to \(peer.text), and \(error.sentence). It is sent and not "
          + "acknowledged; the next chairtime outbox send sends it again, the same id and bytes.")
    }
    let isAccepted = answer.answer == .accepted
    let code = answer.code + (answer.hasLineFeeds ? " (its segments end in LF, not CR)" : "")
    let note = ([code] + (answer.words.isEmpty ? [] : [answer.words])).joined(separator: ": ")
    try store.record(
      OutboxStep(
        isAccepted ? .acknowledged : .rejected, at: workstation.now, actor: right.actor,
        note: note),
      of: control, expecting: entry.steps.count + 1, under: nil)
    if isAccepted {
      acknowledged += 1
      try tell("\(control)  acknowledged")
    } else {
      rejected += 1
      try tell("\(control)  rejected (\(answer.code)); chairtime outbox show \(control) says why")
    }
  }
}
