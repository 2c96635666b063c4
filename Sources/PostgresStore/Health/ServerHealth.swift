package import SessionStore

/// How a server does: each of its hosts, and the record that it holds. Nothing of a patient is in it.
package struct ServerHealth: Sendable {
  package var hosts: [HostHealth] = []
  package var record: RecordHealth?
  /// What needs a person.
  package var problems: [Problem] = []

  /// Something that does not mend itself, in a sentence.
  package struct Problem: Sendable, Equatable {
    package enum Kind: String, Sendable {
      case unreachable, primaries, standby, waiting, connections, clock, setting, encryption
      case tables, suite, rights
    }

    package let kind: Kind
    package let sentence: String

    init(_ kind: Kind, _ sentence: String) {
      (self.kind, self.sentence) = (kind, sentence)
    }
  }
}

/// One host of a server's address.
package struct HostHealth: Sendable {
  package let name: String
  /// Why it does not answer; the rest is empty then.
  package var fault: String?
  package var isPrimary = false
  package var version = ""
  /// Milliseconds by which its clock is ahead of this machine's.
  package var clockAhead = 0
  /// Connections that terminals may have, and those that are taken.
  package var connections = (limit: 0, used: 0)
  /// Whether this connection is encrypted; nil for one through a socket.
  package var isEncrypted: Bool?
  /// Lines of `pg_hba.conf` that let other hosts in without encryption; nil if this login may not see them.
  package var openLines: Int?
  /// The settings that are not as they should be, with what they are.
  package var settings: [(setting: ServerSetting, value: String)] = []

  /// Of a primary: the servers that follow it; nil if this login may not see them.
  package var standbys: [Standby]? = []
  /// Of a primary: the requests that have waited for a standby for two seconds.
  package var waiting = 0
  /// Of a standby: whether it gets what the primary records, and whether it shows it.
  package var isReceiving = true
  package var isPaused = false

  /// A server that follows a primary.
  package struct Standby: Sendable {
    package let name: String
    package let state: String
    package let isSynchronous: Bool
    /// What it has not shown yet, in bytes of the log, and how long ago the primary wrote it.
    package let bytes: Int
    package let milliseconds: Int
  }
}

/// The tables of a record's database, and the suites that the login may see.
package struct RecordHealth: Sendable {
  package var version = 0
  /// Sentences about guards that are not those of this program.
  package var differences: [String] = []
  package var suites: [Suite] = []

  package struct Suite: Sendable {
    package let name: String
    package let head: Head
    package let audit: Int
    package let outbox: Int
    /// Facts that were acknowledged and are not there.
    package let missing: Int
    /// When the server got the last fact, in milliseconds of 1970; nil if there is none.
    package let last: Int64?
  }
}
