extension EventLog {
  /// The latest moment its facts speak of, clinical or recorded.
  ///
  /// A closed session is derived as of its last word: two people who derive the same facts look from
  /// the same moment, today and in six years.
  public var lastWord: Instant {
    var latest = Instant(seconds: 0)
    for event in events {
      latest = max(latest, event.clinicalTime + event.fact.length, event.recordedTime.instant)
    }
    return latest
  }

  /// The facts alone: what a reviewer signs is not changed by the signature.
  public var withoutReviews: EventLog {
    EventLog(session: session, events: events.filter { $0.fact.kind != .sessionReviewed })
  }
}
