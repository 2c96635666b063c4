package import InfusionRecord
package import PlainText
package import SessionReview

/// Everything that an auditor asks of one session, in one document.
///
/// It holds the facts as they were written, each with its corrections (who, when, why, and what it said
/// before), the sign-offs, the statement with its rules and sources, and the proof that the record is
/// the one that was written.
package struct AuditPacket: Sendable {
  /// What a check of the whole record found.
  package struct ChainProof: Sendable {
    /// How many facts, and the hash over the last and all before it: `5500000:9f3c…`.
    package var head: String
    package var facts: Int
    /// One sentence each; empty if the record is whole.
    package var problems: [String]

    package init(head: String, facts: Int, problems: [String]) {
      self.head = head
      self.facts = facts
      self.problems = problems
    }
  }

  package let session: DerivedSession
  /// The whole record, with its sign-offs.
  package let log: EventLog
  package let formulary: Formulary
  package let chain: ChainProof

  package init(session: DerivedSession, log: EventLog, formulary: Formulary, chain: ChainProof) {
    self.session = session
    self.log = log
    self.formulary = formulary
    self.chain = chain
  }

  /// The sign-offs, oldest first, each with its event.
  private var signOffs: [(event: Event, review: Review)] {
    log.entries.compactMap { entry in
      guard case .sessionReviewed(let review) = entry.fact else { return nil }
      return (entry.original, review)
    }
  }

  private var clock: LocalClock { session.clock }

  private func moment(_ moment: Instant) -> String {
    ClockText(clock, day: nil).full(moment)
  }

  private func moment(of event: Event) -> String { ClockText(clock, day: nil).moment(of: event) }

  private func words(_ fact: Fact) -> String { fact.words(in: log, formulary: formulary) }

  // MARK: Paper

  /// On paper, 80 columns wide.
  package var page: TextPage {
    var page = TextPage()
    page.line("AUDIT PACKET  session \(log.session)", session.standing.text(with: session.unposted))
    page.rule("=")
    if let opening = log.opening {
      let patient = opening.patient
      page.wrap(
        "\(patient.displayName), \(patient.bornWords), \(patient.sex.rawValue)",
        first: "Patient     ")
      page.wrap(
        "MRN \(patient.mrn)"
          + (patient.visitNumber.isEmpty ? "" : ", visit \(patient.visitNumber)"),
        first: "Numbers     ")
      page.wrap("chair \(opening.chair), \(log.holder ?? opening.nurse)", first: "Where, who  ")
    }
    page.wrap(
      "\((log.allergyStatement ?? AllergyStatement()).words)", first: "To know     ")
    for found in log.reactions {
      page.wrap(
        "\(moment(found.time)), \(words(.reactionRecorded(found.reaction)))",
        first: "            ")
    }
    page.wrap(
      "\(log.openedAt.map(moment) ?? "not opened") to \(log.endedAt.map(moment) ?? "now, open")",
      first: "When        ")
    writeFacts(to: &page)
    writeSignOffs(to: &page)
    page.skip()
    for line in session.statement.page.lines { page.line(line) }
    writeChain(to: &page)
    return page
  }

  private func writeFacts(to page: inout TextPage) {
    page.heading("FACTS AS WRITTEN, AND THEIR CORRECTIONS")
    for (index, entry) in log.entries.enumerated() {
      let first = entry.original
      page.wrap(
        words(first.fact), first: "\(index + 1)  \(moment(of: first))  ")
      page.wrap(signature(first), first: "   ")
      for amendment in entry.amendments {
        guard case .eventSuperseded(_, let replacement) = amendment.fact else { continue }
        let now = replacement.map { "\(words($0)), \(moment(of: amendment))" }
        page.wrap(now.map { "corrected: \($0)" } ?? "withdrawn", first: "   -> ")
        page.wrap(signature(amendment), first: "      ")
      }
    }
  }

  private func signature(_ event: Event) -> String {
    var text =
      "\(event.actor) at \(event.workstation), written \(moment(event.recordedTime.instant))"
    if event.basis != .observed { text += ", \(event.basis.rawValue)" }
    if let reason = event.reason { text += ", because: \(reason)" }
    return text + ", \(event.id)"
  }

  private func writeSignOffs(to page: inout TextPage) {
    page.heading("SIGN-OFFS")
    if signOffs.isEmpty { page.line("Nobody signed off.") }
    for signOff in signOffs {
      page.wrap(
        "\(signOff.review.reviewer), \(moment(signOff.event.recordedTime.instant)), rulebook "
          + signOff.review.rulebook)
      page.line("  statement \(signOff.review.statementHash)")
      let policy = signOff.review.policy
      page.wrap(
        policy.isEmpty ? "the defaults" : policy.joined(separator: ", "), first: "  policy ")
      let editTables = signOff.review.editTables
      if !editTables.isEmpty {
        page.wrap(editTables.joined(separator: ", "), first: "  edit tables ")
      }
      for part in signOff.review.configuration.split(separator: " ") { page.line("  \(part)") }
      if let reason = signOff.event.reason { page.wrap(reason, first: "  because ") }
    }
    if session.standing.isSignedOff, !session.unposted.isEmpty {
      page.wrap(session.unposted.words, first: "  not posted: ", indent: 4)
    }
    for sentence in session.standing.changes {
      page.wrap(sentence, first: "  since then: ", indent: 4)
    }
  }

  private func writeChain(to page: inout TextPage) {
    page.heading("PROOF OF THE RECORD")
    if chain.problems.isEmpty {
      page.wrap(
        "Every fact of the record, \(chain.facts) in all and \(log.version) of this session, is as "
          + "it was written: each seals the one before it. The last seal, to compare with one written "
          + "down elsewhere:")
    } else {
      page.line("The record is NOT as it was written:")
      for problem in chain.problems { page.wrap(problem, first: "- ") }
    }
    page.line("head \(chain.head)")
  }

  // MARK: JSON

  /// As JSON: `chairtime.packet/1`, one object.
  package func write(to json: inout JSONWriter) {
    writeObject(to: &json)
    json.endLine()
  }

  /// The same as a value of a larger document.
  func writeObject(to json: inout JSONWriter) {
    json.object { json in
      json.member("format", "chairtime.packet/1")
      json.list("facts", log.entries) { json, entry in
        json.object { json in
          write(entry.original, to: &json)
          json.list("corrections", entry.amendments) { json, amendment in
            json.object { json in write(amendment, to: &json) }
          }
        }
      }
      json.list("signOffs", signOffs) { json, signOff in
        json.object { json in
          json.member("reviewer", signOff.review.reviewer)
          json.member("at", clock.written(signOff.event.recordedTime.instant, seconds: true))
          json.member("statementHash", signOff.review.statementHash)
          json.member("rulebook", signOff.review.rulebook)
          json.list("policy", signOff.review.policy) { $0.value($1) }
          json.list("editTables", signOff.review.editTables) { $0.value($1) }
          if !signOff.review.configuration.isEmpty {
            json.member("configuration", signOff.review.configuration)
          }
          json.member("reason", signOff.event.reason)
        }
      }
      json.key("export")
      JSONExport.writeObject(session, to: &json)
      json.object("chain") { json in
        json.member("whole", chain.problems.isEmpty)
        json.member("facts", chain.facts)
        json.member("head", chain.head)
        json.list("problems", chain.problems) { $0.value($1) }
      }
    }
  }

  private func write(_ event: Event, to json: inout JSONWriter) {
    json.member("event", event.id.text)
    json.member("kind", event.fact.kind.rawValue)
    if case .eventSuperseded(_, let replacement) = event.fact {
      json.member("text", replacement.map(words) ?? "withdrawn")
    } else {
      json.member("text", words(event.fact))
    }
    if event.isWithoutClock {
      json.member("day", clock.date(at: event.clinicalTime).iso)
    } else {
      json.member("at", clock.written(event.clinicalTime))
    }
    json.member("written", clock.written(event.recordedTime.instant, seconds: true))
    json.member("basis", event.basis.rawValue)
    json.member("actor", event.actor)
    json.member("workstation", event.workstation)
    json.member("reason", event.reason)
  }
}
