import InfusionRecord
package import Interchange
package import SessionStore

/// Sends what waits, one message at a time and in order, and records what became of each.
///
/// That a message goes out is recorded before its first byte does: after a crash at any point it is
/// `sent`, perhaps was taken and perhaps not, and goes out again under the same id with the same
/// bytes, which is how a receiver knows it. Only an answer that names it ends that.
package struct OutboxSending {
  let store: any Store
  let peer: HL7Peer
  /// How long one answer may take.
  let seconds: Int
  let actor: String
  let workstation: Workstation
  /// Told of each message as it is answered.
  let tell: (String) throws -> Void

  package private(set) var acknowledged = 0
  package private(set) var rejected = 0
  /// Messages that wait for a rejected one of their session.
  package private(set) var waiting = 0

  package init(
    _ store: any Store, to peer: HL7Peer, seconds: Int, actor: String,
    on workstation: Workstation,
    tell: @escaping (String) throws -> Void
  ) {
    self.store = store
    self.peer = peer
    self.seconds = seconds
    self.actor = actor
    self.workstation = workstation
    self.tell = tell
  }

  /// Sends until nothing waits.
  ///
  /// - Throws: a sentence where the peer did not answer as it must; what was answered before stays.
  package mutating func send() throws {
    var connection: PeerConnection?
    for control in try store.controls([.held, .sent], limit: Int(Int32.max)) {
      guard let entry = try store.entry(control), entry.state == .held || entry.state == .sent
      else { continue }
      let isBlocked = try store.entries(of: entry.message.session).prefix {
        $0.message.control != control
      }.contains { $0.state == .rejected || $0.state == .sent }
      if isBlocked {
        waiting += 1
        continue
      }
      do throws(PeerConnection.Fault) {
        if connection?.isQuiet != true {
          connection = nil
          connection = try PeerConnection(to: peer, within: seconds)
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

  private mutating func deliver(_ entry: OutboxEntry, over connection: PeerConnection) throws {
    let control = entry.message.control
    try store.record(
      OutboxStep(.sent, at: workstation.now, actor: actor), of: control,
      expecting: entry.steps.count)
    let answer: HL7Acknowledgement
    do throws(PeerConnection.Fault) {
      answer = try connection.exchange(entry.message.content, within: seconds)
      guard answer.controlID == control else {
        throw PeerConnection.Fault.unexpected(
          "it answered another message than the one it was sent")
      }
    } catch {
      throw Complaint(
        "Message \(control) went to \(peer.text), and \(error.sentence). It is sent and not "
          + "acknowledged; the next chairtime outbox send sends it again, the same id and bytes.")
    }
    let isAccepted = answer.answer == .accepted
    let note = ([answer.code] + (answer.words.isEmpty ? [] : [answer.words])).joined(
      separator: ": ")
    try store.record(
      OutboxStep(
        isAccepted ? .acknowledged : .rejected, at: workstation.now, actor: actor, note: note),
      of: control, expecting: entry.steps.count + 1)
    if isAccepted {
      acknowledged += 1
      try tell("\(control)  acknowledged")
    } else {
      rejected += 1
      try tell("\(control)  rejected (\(answer.code)); chairtime outbox show \(control) says why")
    }
  }
}
