/// The limits that the record is checked against.
package enum RecordLimits {
  /// Seconds a fact may lie in the future, because workstation clocks differ.
  package static let futureTolerance: Int64 = 120
  /// Minutes after which a recorded fact counts as a late entry.
  package static let lateEntry = 30
  /// Most minutes of overlap between two bags on one site that look like a charting error, not like
  /// two drugs that ran together.
  package static let chartingOverlap = 2
  /// Stops recorded within one minute that look like a shift cleared in one go.
  package static let stopsInOneMinute = 5
  /// Longest pause in minutes that needs no attention.
  package static let longPause = 120
  /// The most minutes of one dose of a paper record without clock times: a week.
  package static let paperMinutes = 10_080
  /// Hours between clinical and recorded time that no shift explains.
  package static let farFromRecording: Int64 = 24
  /// Hours that a drug may begin before its session was opened without a question.
  package static let beforeOpening: Int64 = 12
  /// Milliseconds a recorded time may lie before an earlier event's without being an issue.
  static let clockTolerance: Int64 = 1000

  /// The most pairs of drugs that run together whose issues are listed, in one session.
  static let overlaps = 1_000

  /// The most characters of the recorder's and the workstation's name.
  package static let personLength = 256
  /// The most characters of a name or a number.
  package static let nameLength = 1000
  /// The most characters of a reason.
  package static let reasonLength = 4000
  /// The most characters of a note.
  package static let noteLength = 10_000
}

extension TimeBasis {
  /// The default basis for a time that the user did not qualify: observed, or late entry if it is
  /// recorded more than `RecordLimits.lateEntry` minutes later.
  package static func presumed(for moment: Instant, writtenAt written: Instant) -> TimeBasis {
    written - moment > Int64(RecordLimits.lateEntry) * 60 ? .lateEntry : .observed
  }
}
