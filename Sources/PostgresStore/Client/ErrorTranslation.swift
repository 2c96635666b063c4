import SessionStore

extension StoreError {
  /// The meaning of an error of the server or of our own, without the values it may quote.
  init(_ error: any Error, at address: ServerAddress) {
    switch error {
    case let error as StoreError: self = error
    case let error as QueryResult.Row.WrongColumn:
      self = .damaged(
        path: address.text, what: "the column \(error.name) does not hold what it must")
    case let error as FactBody.Unreadable:
      self = .damaged(path: address.text, what: "a fact cannot be read: \(error.what)")
    case let error as ServerFailure: self.init(error, at: address)
    default: self = .io(path: address.text, code: 0, what: "unexpected failure")
    }
  }

  private init(_ failure: ServerFailure, at address: ServerAddress) {
    let path = address.text
    switch failure {
    case .lost, .unanswered: self = .unanswered(path: path)
    case .refused(let state, _):
      // PostgreSQL, "Appendix A. PostgreSQL Error Codes"; CT… are raised by our own functions.
      switch state {
      case "CT001":
        self = .damaged(path: path, what: "what is added does not follow the end of its chain")
      case "CT002": self = .invalid(what: "the store's own rules refuse it")
      case "42501": self = .forbidden(path: path, what: "its login has no right to this")
      case "28P01", "28000": self = .forbidden(path: path, what: "its login was refused")
      case "3F000", "42P01", "42883", "42703":
        self = .notAStore(
          path: path, what: "it has no tables of Chairtime, or those of another version")
      case "25006": self = .readOnly(path: path)
      case "53100": self = .full(path: path)
      case "55P03", "40001", "40P01", "53300": self = .busy(path: path, seconds: address.patience)
      case _ where state.hasPrefix("23"):
        self = .invalid(what: "the store's own rules refuse it (\(state))")
      case _ where state.hasPrefix("08") || state == "25P03":
        self = .unanswered(path: path)
      default: self = .io(path: path, code: 0, what: "the server's error \(state)")
      }
    }
  }
}
