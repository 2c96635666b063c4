import InfusionRecord
package import SessionStore

/// Following the facts of other processes.
extension SQLiteStore {
  package func head() throws(StoreError) -> Head { try access { try readHead($0) } }

  package func changes(since head: Head) throws(StoreError) -> Changes {
    try access { database in
      // `data_version` ignores our own commits; their facts are found by position.
      let version = try database.pragma("data_version")
      if let lastSeen, lastSeen.version == version, lastSeen.head.count <= head.count,
        lastAppended.count <= head.count
      {
        return Changes(head: head, sessions: [])
      }
      // NOT INDEXED: otherwise SQLite walks the index of all facts to group a few new ones.
      let sessions = try database.all(
        """
        SELECT session.id FROM fact NOT INDEXED JOIN session ON session.number = fact.session
        WHERE fact.rowid > :count GROUP BY fact.session ORDER BY min(fact.rowid)
        """, ["count": .integer(head.count)]
      ) { SessionID(try $0.text("id")) }
      let now = try readHead(database)
      lastSeen = (version, now)
      return Changes(head: now, sessions: sessions)
    }
  }

  package func changeSignal() -> (any ChangeSignal)? {
    LogFileSignal(watching: place.path + "-wal")
  }
}
