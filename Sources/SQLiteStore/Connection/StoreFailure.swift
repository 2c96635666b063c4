internal import GRDB
import SessionStore

extension StoreError {
  /// What a failure of the database or of our own means, without the values it may quote.
  init(_ error: any Error, at place: StorePlace) {
    if let error = error as? StoreError {
      self = error
      return
    }
    if error is Rows.WrongColumn {
      self = .damaged(path: place.path, what: "a column does not hold what it must")
      return
    }
    if let error = error as? FactBody.Unreadable {
      self = .damaged(path: place.path, what: "a fact cannot be read: \(error.what)")
      return
    }
    guard let error = error as? DatabaseError else {
      self = .io(path: place.path, code: 0, what: "unexpected failure")
      return
    }
    let code = Int(error.extendedResultCode.rawValue)
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self = .busy(path: place.path, seconds: SQLiteStore.busySeconds)
    case .SQLITE_FULL: self = .full(path: place.path)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: place.path)
    case .SQLITE_NOTADB:
      self = .notAStore(path: place.path, what: "its first bytes are not a database's")
    case .SQLITE_CORRUPT: self = .damaged(path: place.path, what: "its structure is broken")
    case .SQLITE_CONSTRAINT:
      self = .invalid(what: "the store's own rules refuse it (code \(code))")
    case .SQLITE_CANTOPEN:
      self = StorePlace.cannotOpen(place)
    case .SQLITE_IOERR:
      if StorePlace.isFull(place) {
        self = .full(path: place.path)
      } else {
        self = .io(path: place.path, code: code, what: "reading or writing")
      }
    default: self = .io(path: place.path, code: code, what: "the database")
    }
  }
}
