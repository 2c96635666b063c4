import SessionStore

/// Runs each request at once, in the loop's own thread. A file answers faster than a key is drawn.
final class DirectRequests: RequestCarrier {
  private let access: RecordAccess
  private var answers: [Answer] = []
  let signal: (any ChangeSignal)?

  init(_ access: RecordAccess) {
    self.access = access
    signal = access.store.changeSignal()
  }

  func send(_ request: Request) { answers.append(request.work(access)) }

  func takeAnswer() -> Answer? { answers.isEmpty ? nil : answers.removeFirst() }

  func wait(milliseconds: Int) -> Bool { !answers.isEmpty }

  let descriptor: Int32 = -1

  func takeSignal() -> Bool { false }
}
