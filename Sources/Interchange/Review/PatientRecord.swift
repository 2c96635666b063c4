package import InfusionRecord
package import PlainText

/// All that the store holds of one patient, in one document.
///
/// It holds each visit as its audit packet does: every fact with its corrections and withdrawals, the
/// sign-offs, the statement with its reasons, and the proof of the record. Then who looked at the record,
/// opened it with a reason, or wrote it to a file.
package struct PatientRecord: Sendable {
  /// Something done with the record that is no fact about a treatment.
  package struct Access: Sendable, Hashable {
    package let time: RecordedTime
    package let actor: String
    package let workstation: String
    /// The words after the actor's name: `looked at session 2026-11-23-abc`.
    package let words: String

    package init(time: RecordedTime, actor: String, workstation: String, words: String) {
      self.time = time
      self.actor = actor
      self.workstation = workstation
      self.words = words
    }
  }

  package let mrn: String
  /// The reason of a restriction; nil if the record is not restricted.
  package let restriction: String?
  /// In the order in which the visits were opened.
  package let visits: [AuditPacket]
  /// Oldest first.
  package let accesses: [Access]
  private let clock: LocalClock

  package init(
    mrn: String, restriction: String?, visits: [AuditPacket], accesses: [Access],
    clock: LocalClock
  ) {
    self.mrn = mrn
    self.restriction = restriction
    self.visits = visits
    self.accesses = accesses
    self.clock = clock
  }

  private func moment(_ access: Access) -> Instant { access.time.instant }

  // MARK: Paper

  /// On paper, 80 columns wide.
  package var page: TextPage {
    var page = TextPage()
    page.line("RECORD OF ONE PATIENT", "MRN \(mrn)")
    page.rule("=")
    page.wrap(
      "\(visits.count.pluralized("visit")), every fact with those that were corrected or withdrawn."
    )
    if let restriction { page.wrap("The record is restricted: \(restriction)") }
    for packet in visits {
      page.skip()
      for line in packet.page.lines { page.line(line) }
    }
    page.heading("WHO LOOKED AT IT")
    let text = ClockText(clock, day: nil, precision: .seconds)
    for access in accesses {
      page.wrap(
        "\(access.actor) \(access.words) (\(access.workstation))",
        first: "\(text.full(moment(access)))  ", indent: 2)
    }
    if accesses.isEmpty { page.line("Nothing is in the audit record.") }
    return page
  }

  // MARK: JSON

  /// As JSON: `chairtime.patient/1`, one object.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("format", "chairtime.patient/1")
      json.member("mrn", mrn)
      json.member("restricted", restriction)
      json.list("visits", visits) { json, packet in packet.writeObject(to: &json) }
      json.list("accesses", accesses) { json, access in
        json.object { json in
          json.member("time", clock.written(moment(access), seconds: true))
          json.member("actor", access.actor)
          json.member("workstation", access.workstation)
          json.member("text", access.words)
        }
      }
    }
    json.endLine()
  }
}
