import Glibc
import InfusionRecord
import RecorderUI
package import SessionStore

/// The store, and what reads and writes it for the screens. All of it belongs to one thread.
///
/// The loop never calls it: it sends requests, which a `RequestCarrier` brings here.
package final class RecordAccess {
  let store: any FactStore
  let accessControl: AccessControl
  let appointments: any AppointmentBook
  var desk: ReviewDesk
  /// The pauses before an append without an answer is asked about again.
  private let pauses: [Duration]
  /// Audit entries of views that the server did not take yet.
  private var owed: [Owed] = []

  private struct Owed {
    let action: AuditAction
    let person: String
    let time: RecordedTime
  }

  /// - Parameter isRemote: whether the store may give no answer. An append is then asked about again
  ///   for half a minute.
  package init(
    store: any FactStore, accessControl: AccessControl, appointments: any AppointmentBook,
    desk: ReviewDesk, isRemote: Bool = false
  ) {
    self.store = store
    self.accessControl = accessControl
    self.appointments = appointments
    self.desk = desk
    pauses = isRemote ? [0.5, 1, 2, 4, 4, 4, 4].map { .seconds($0) } : []
  }

  // MARK: Appending

  /// Appends, and if there is no answer asks again with the same ids until the outcome is known.
  ///
  /// Nothing is recorded twice, because the store knows events by their ids.
  func append(
    _ events: [Event], to session: SessionID, expecting version: Int, under right: Right
  ) throws(StoreError) -> Head {
    var left = pauses[...]
    var unknown: StoreError?
    while true {
      do throws(StoreError) {
        return try store.append(events, to: session, expecting: version, under: right)
      } catch {
        if case .unanswered = error { unknown = error }
        guard let unknown, error.leavesUnknown else { throw error }
        guard let pause = left.popFirst() else { throw unknown }
        usleep(UInt32(pause / .microseconds(1)))
      }
    }
  }

  // MARK: Views

  /// Audits a view or a refusal. If the store cannot take the entry now, it is made once the store can, and the
  /// view fails all the same: until the answer came, the session was on the screen.
  func audit(
    _ action: AuditAction, by person: String, at time: RecordedTime
  ) throws(StoreError) {
    do throws(StoreError) {
      try accessControl.audit(action, by: person, at: time)
    } catch {
      if error.leavesUnknown { owed.append(Owed(action: action, person: person, time: time)) }
      throw error
    }
  }

  /// Makes the audit entries that the store could not take before.
  private func payOwed() throws(StoreError) {
    while let first = owed.first {
      do throws(StoreError) {
        try accessControl.audit(first.action, by: first.person, at: first.time)
      } catch {
        // Only an entry that the store refuses is dropped.
        if error.leavesUnknown { throw error }
      }
      owed.removeFirst()
    }
  }

  // MARK: Following

  /// What is new in the store; as far as it could be read.
  func follow(since head: Head, roster: Roster) -> Followed {
    var found = Followed()
    do throws(StoreError) {
      try payOwed()
      let now = try accessControl.roster()
      if now != roster { found.roster = now }
      found.restrictions = try accessControl.changedRestrictions()
      found.outboxWarning = .some(try accessControl.outboxWarning())
      let changes = try store.changes(since: head)
      if changes.head.count != head.count {
        found.logs = try logs(of: changes.sessions)
        found.head = changes.head
      }
    } catch {
      found.error = error
    }
    return found
  }

  func logs(of sessions: [SessionID]) throws(StoreError) -> [EventLog] {
    var logs: [EventLog] = []
    for session in sessions {
      if let log = try store.log(of: session) { logs.append(log) }
    }
    return logs
  }

  /// An error with what the screen needs to show it.
  func failure(_ error: StoreError) -> RequestFailure {
    var failure = RequestFailure(error: error)
    if case .refused = error { failure.roster = try? accessControl.roster() }
    return failure
  }
}

/// What is new in the store since the loop asked last.
struct Followed: Sendable {
  /// The people, if they changed.
  var roster: Roster?
  /// The restrictions, if the audit record grew.
  var restrictions: Restrictions?
  /// What is wrong with the outbox, if that was read.
  var outboxWarning: String??
  /// The end of the facts, if there are new ones.
  var head: Head?
  var logs: [EventLog] = []
  /// Why not all of it was read.
  var error: StoreError?
}

/// Why a request was not carried out.
struct RequestFailure: Sendable {
  var error: StoreError
  /// The people as they are now, after a refusal.
  var roster: Roster?
}

extension StoreError {
  /// Whether the server gave no answer, so that another time may go better.
  var isSilence: Bool {
    switch self {
    case .unreachable, .unanswered: true
    default: false
    }
  }

  /// Whether, after a request without an answer, this does not tell whether that one was done.
  fileprivate var leavesUnknown: Bool {
    switch self {
    case .unreachable, .unanswered, .busy, .full, .io: true
    default: false
    }
  }
}
