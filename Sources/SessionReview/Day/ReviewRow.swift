package import InfusionRecord
import TimelineEngine

/// One session in the review of a day: who, when, what it comes to, what it asks of the reviewer.
///
/// A row holds texts and numbers only, so that a day of 500 sessions is a small value even if much was
/// recorded.
package struct ReviewRow: Sendable, Hashable, Identifiable {
  /// What a session asks of the reviewer.
  package enum Need: Int, Sendable, Hashable, CaseIterable {
    /// It changed after the sign-off, it is closed and raises a question, it is open and raises one that
    /// cannot wait, or it was left open from an earlier day.
    case person
    /// Closed without a question.
    case clean
    case open
    case reviewed
  }

  /// Units of one code on one date, site and encounter.
  package struct Unit: Sendable, Hashable {
    package let code: BilledCode
    package let modifiers: [String]
    package let count: Int
    package let isPostable: Bool
    /// The id in every export; nil unless ids were asked for.
    package let id: String?

    /// `96413-59`.
    package var codeText: String { code.text(with: modifiers) }
  }

  package let id: SessionID
  /// How many facts the session had when the row was made.
  package var version: Int
  package let date: CivilDate
  package let openedAt: Instant
  package let isOpen: Bool
  /// How long it was left open, `26h`; nil if it is closed or of today.
  package let openFor: String?
  /// When the patient came, `07:10`.
  package let from: String
  /// When the patient left, `10:55`; nil while the session is open.
  package let to: String?
  /// `07:10-10:55` as `review --format json` writes it: without the offsets of a repeated hour.
  package let wallClockSpan: String
  package let chair: String
  package private(set) var patient: String
  package private(set) var born: String
  package private(set) var mrn: String
  package let nurse: String
  package let need: Need
  package private(set) var standing: ReviewStanding
  package private(set) var units: [Unit]
  /// What was opened of drugs, and what became of it.
  package private(set) var amounts: [AmountTotals.Line]
  /// Units that are not posted even if the session is signed off.
  package private(set) var unposted: UnpostedUnits
  /// What the reviewer is asked, one sentence each.
  package private(set) var questions: [String]
  /// What a signature would stand for; nil unless the screens asked for it and the session can be
  /// signed.
  package private(set) var offer: SignOffOffer?
  /// Text for a filter to search, as `FoundWords` takes it.
  package private(set) var searchText: String
  let charting: SessionCharting
  /// Whether the patient is restricted, so that the row tells nothing about the patient.
  package private(set) var isHidden = false
  /// How many units a hidden session has. Their codes would tell what the patient was treated for.
  private var hiddenUnits = 0
}

extension ReviewRow {
  /// The row of a restricted patient: no name, number, code, question or offer to sign.
  ///
  /// The count of units, chair, nurse and status stay: the status shows that the session waits for its
  /// sign-off.
  package var withoutPatient: ReviewRow {
    var row = self
    row.isHidden = true
    row.hiddenUnits = unitCount
    row.units = []
    row.amounts = []
    row.unposted = UnpostedUnits()
    row.patient = PatientIdentity.restricted.displayName
    row.born = "hidden"
    row.mrn = "hidden"
    if case .changed(let signOff, _) = standing { row.standing = .changed(signOff, sentences: []) }
    row.questions =
      need == .person ? ["Restricted: open the record with a reason to see why."] : []
    row.offer = nil
    row.searchText = SearchText.findable(
      "\(row.patient) chair \(chair) \(nurse) \(date.display) \(id.text)")
    return row
  }
}

extension ReviewRow {
  /// - Parameter hasIDs: whether units get the ids of the exports, which takes most of the time.
  package init(_ session: DerivedSession, offer: SignOffOffer? = nil, hasIDs: Bool = false) {
    let clock = session.clock
    let log = session.log
    let patient = session.opening?.patient
    let issues = session.recorded.issues
    let ids = hasIDs ? session.units.map(\.id) : []
    self.offer = offer
    id = log.session
    version = log.version
    openedAt = log.openedAt ?? Instant(seconds: 0)
    date = clock.date(at: openedAt)
    isOpen = log.status == .open
    let text = ClockText(clock, day: date)
    from = text.time(openedAt)
    to = log.endedAt.map { text.time($0) }
    let end = log.endedAt.map { clock.reading(at: $0).clock }
    wallClockSpan = "\(clock.reading(at: openedAt).clock)-\(end ?? "open")"
    chair = session.opening?.chair ?? ""
    self.patient = patient?.displayName ?? ""
    born = patient.map { $0.dateOfBirth?.display ?? "unknown" } ?? ""
    mrn = patient?.mrn ?? ""
    nurse = log.holder ?? ""
    standing = session.standing
    units = session.statement.charges.enumerated().map { position, charge in
      Unit(
        code: BilledCode(charge.code), modifiers: charge.modifiers.texts, count: charge.units,
        isPostable: session.posts(charge.status), id: hasIDs ? ids[position] : nil)
    }
    let services = units.count
    units += session.statement.drugLines.enumerated().map { position, line in
      Unit(
        code: BilledCode(line.code), modifiers: line.modifiers.map(\.rawValue), count: line.units,
        isPostable: session.posts(line.status), id: hasIDs ? ids[services + position] : nil)
    }
    amounts = session.statement.amountLines
    unposted = session.unposted
    let opened = openedAt
    let leftOpen = session.asOf.flatMap {
      LeftOpen.words(openedAt: opened, asOf: $0, clock: clock)
    }
    let questions = session.questions(issues)
    openFor = session.asOf.flatMap { LeftOpen.age(openedAt: opened, asOf: $0, clock: clock) }
    self.questions = (leftOpen.map { ["The session was \($0)."] } ?? []) + questions
    charting = SessionCharting(session, issues: issues)
    switch standing {
    case .reviewed: need = .reviewed
    case .changed: need = .person
    case .open:
      need = leftOpen == nil && !issues.contains(where: \.isUrgent) ? .open : .person
    case .closed: need = questions.isEmpty ? .clean : .person
    }
    let codes = units.map(\.codeText).uniqued.joined(separator: " ")
    searchText = SearchText.findable(
      "\(self.patient) \(mrn) \(born) chair \(chair) \(nurse) \(codes) \(date.display) \(id.text)")
  }

  /// `07:10-10:55`, or `07:10-open`.
  package var span: String { "\(from)-\(to ?? "open")" }

  package var unitCount: Int { isHidden ? hiddenUnits : units.reduce(0) { $0 + $1.count } }

  /// Units by code. Units of one code on two dates or encounters are added.
  package var unitsByCode: [(code: String, count: Int)] {
    units.map(\.codeText).uniqued.map { code in
      (code, units.reduce(0) { $1.codeText == code ? $0 + $1.count : $0 })
    }
  }

  /// `96413 96415×2`, as day lists show units.
  package func unitText(times: Character = "×", separator: String = " ") -> String {
    if isHidden { return unitCount.pluralized("unit") }
    return units.isEmpty
      ? "nothing charged"
      : unitsByCode.map { $0.count == 1 ? $0.code : "\($0.code)\(times)\($0.count)" }
        .joined(separator: separator)
  }

  /// Whether the session changed after its last sign-off.
  package var isChanged: Bool {
    if case .changed = standing { true } else { false }
  }

  /// Why a person must look at it: changes after the sign-off, then questions.
  package var concerns: [String] { need == .person ? standing.changes + questions : [] }

  /// Who signed last, even if the session changed after it.
  package var reviewer: String? { standing.signOff?.review.reviewer }

  /// `2 questions`, or how the review stands: `reviewed, 1 unit not posted`.
  package var statusText: String {
    if need == .person, !isChanged {
      let count = questions.count.pluralized("question")
      return isOpen ? "\(openText), \(count)" : count
    }
    return standing.text(with: unposted)
  }

  /// `open`, or `open 26h` if it was left open.
  package var openText: String { openFor.map { "open \($0)" } ?? "open" }
}

extension SessionDerivation {
  /// The rows of sessions, made on a copy of the derivation so that threads can share the work.
  package func rows(of logs: [EventLog], hasIDs: Bool) -> [ReviewRow] {
    var derivation = self
    return logs.map { ReviewRow(derivation.session($0), hasIDs: hasIDs) }
  }
}
