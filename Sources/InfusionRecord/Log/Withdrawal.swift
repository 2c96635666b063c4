/// What a withdrawal is about, through withdrawals of withdrawals.
///
/// ```
///  E1 CARBOplatin started   E2 corrects E1: CISplatin   E3 withdraws E2   E4 withdraws E3
///                           E3 is the 1st withdrawal of E2, E4 the 2nd: it puts the correction back
/// ```
package struct Withdrawal: Sendable {
  /// The fact or the correction that is withdrawn or put back.
  package let target: Event
  /// 1 withdraws it, 2 puts it back, 3 withdraws it again.
  package let count: Int

  /// Whether `target` does not hold because of it.
  package var withdraws: Bool { count % 2 == 1 }

  /// The fact that `target` states.
  package var fact: Fact { target.fact.effective ?? target.fact }

  package var isOfCorrection: Bool { target.fact.kind == .eventSuperseded }

  /// `withdrawn`, `put back`, `withdrawn again`.
  package var words: String {
    (withdraws ? "withdrawn" : "put back") + (count > 2 ? " again" : "")
  }
}

extension EventLog {
  /// What a withdrawal of `target` is about; nil if this log does not have it.
  package func withdrawal(of target: Event.ID) -> Withdrawal? {
    var id = target
    var count = 1
    while let event = events.first(where: { $0.id == id }) {
      guard case .eventSuperseded(let earlier, nil) = event.fact else {
        return Withdrawal(target: event, count: count)
      }
      id = earlier
      count += 1
    }
    return nil
  }

  /// What an event withdraws or puts back; nil if it does neither.
  package func withdrawal(by event: Event) -> Withdrawal? {
    guard case .eventSuperseded(let target, nil) = event.fact else { return nil }
    return withdrawal(of: target)
  }
}
