extension EventLog {
  /// The latest clinical or recorded time in the log.
  ///
  /// A closed session is derived as of this moment, so the same facts give the same charges at any
  /// later time.
  package var latestMoment: Instant {
    var latest = Instant(seconds: 0)
    for event in events {
      latest = max(latest, event.clinicalTime + event.fact.length, event.recordedTime.instant)
    }
    return latest
  }

  /// The log without sign-offs: a sign-off must not change the statement that it signs.
  package var withoutReviews: EventLog {
    EventLog(session: session, events: events.filter { $0.fact.kind != .sessionReviewed })
  }
}
