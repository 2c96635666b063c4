import CSQLite
import SessionStore

extension StoreError {
  /// The meaning of an error of the database or of our own, without the values it may quote.
  init(_ error: any Error, at place: StorePlace) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseRow.WrongColumn:
      self = .damaged(
        path: place.path, what: "the column \(error.name) does not hold what it must")
    case let error as FactBody.Unreadable:
      self = .damaged(path: place.path, what: "a fact cannot be read: \(error.what)")
    case let error as DatabaseError: self.init(error, at: place)
    default: self = .io(path: place.path, code: 0, what: "unexpected failure")
    }
  }

  private init(_ error: DatabaseError, at place: StorePlace) {
    let code = Int(error.code)
    switch error.primaryCode {
    case SQLITE_BUSY, SQLITE_LOCKED:
      self = .busy(path: place.path, seconds: SQLiteStore.busySeconds)
    case SQLITE_FULL: self = .full(path: place.path)
    case SQLITE_READONLY, SQLITE_PERM: self = .readOnly(path: place.path)
    case SQLITE_NOTADB:
      self = .notAStore(path: place.path, what: "its first bytes are not a database's")
    case SQLITE_CORRUPT: self = .damaged(path: place.path, what: "its structure is broken")
    case SQLITE_CONSTRAINT:
      self = .invalid(what: "the store's own rules refuse it (code \(code))")
    case SQLITE_CANTOPEN: self = place.reasonNotOpened
    case SQLITE_NOMEM: self = .io(path: place.path, code: code, what: "too little memory")
    case SQLITE_IOERR where place.isDiskFull: self = .full(path: place.path)
    case SQLITE_IOERR: self = .io(path: place.path, code: code, what: "reading or writing")
    default: self = .io(path: place.path, code: code, what: "the database")
    }
  }
}
