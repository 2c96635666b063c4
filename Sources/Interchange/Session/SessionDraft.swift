internal import InfusionRecord
import PlainText
internal import TimelineEngine

/// A session document as written, before names and times are resolved.
///
/// Keys come in any order, so times are kept until the zone is known and rows until the sites are.
/// A value that may still be wrong keeps its byte offset for the error.
struct SessionDraft {
  /// A value and its byte offset.
  struct Placed<Value> {
    var value: Value
    var at: Int
  }

  struct Site {
    var at: Int
    var id = ""
    var kind = AccessSite.Kind.peripheral
    var parent: Placed<String>?
    var reason: AccessSite.SecondSiteReason?
  }

  struct Pause {
    var at: Int
    var start = Placed(value: WrittenTime(local: LocalTime(date: .epoch, secondOfDay: 0)), at: 0)
    var stop: Placed<WrittenTime>?
  }

  struct Row {
    var at: Int
    var id = Placed(value: "", at: 0)
    var drug = ""
    var drugClass: Drug.Class?
    var technique = Technique.infusion
    var site: Placed<String>?
    /// Whether the document says that no site was charted.
    var lacksSite = false
    var encounter = "1"
    var order: String?
    var dose: String?
    var bag: Placed<String>?
    var start: Placed<WrittenTime>?
    var stop: Placed<WrittenTime>?
    var running = Placed(value: false, at: 0)
    var pauses: [Pause] = []
    var minutes: Placed<Double>?
    var day: Placed<CivilDate>?
    var lastSeen: Placed<WrittenTime>?
    var volume: Double?
    var rate: Double?
    var planned: Double?
    var stopReason = Administration.StopReason.completed
    var pumpOwner = Administration.PumpOwner.supplier
    var goesHome = false
    var purpose = Placed(value: Administration.Purpose.hydration, at: 0)
    /// What is written about the drug's amount; nil for a row without such keys.
    var supplied: WrittenDrug?
  }

  /// A reason for the visit: an administration's id, and the encounter if the document names it.
  struct Reason {
    var encounter: Placed<String>?
    var id: Placed<String>
  }

  var id = ""
  var setting = SessionContext.Setting.facility
  var placeOfService: String?
  var payer: String?
  var clock = LocalClock.utc
  var reasons: [Reason] = []
  var inpatientFrom: Placed<WrittenTime>?
  var policy = Policy.standard
  var sites: [Site] = []
  var rows: [Row] = []
  var safety = SafetyDraft()
  var caseNotes = CaseNotes()

  static let sessionKeys = KeyTable<SessionKey>(required: [.format, .id, .administrations])
  static let siteKeys = KeyTable<SiteKey>(required: [.id, .kind])
  static let rowKeys = KeyTable<AdministrationKey>(required: [.id, .drug, .technique])
  static let pauseKeys = KeyTable<PauseKey>(required: [.start])

  /// The most rows of one document. No real session has a thousand.
  static let mostRows = 1_000_000
}

// MARK: - Reading

extension SessionDraft {
  mutating func read(_ json: inout JSONReader) throws(DocumentError) {
    var draft = self
    try json.object(SessionDraft.sessionKeys) { (json, key, at) throws(DocumentError) in
      switch key {
      case .format:
        guard try json.string() == SessionDocument.format else {
          throw json.error(
            "the format is another one", expected: "\"\(SessionDocument.format)\"", at: at)
        }
      case .id: draft.id = try json.text()
      case .setting: draft.setting = try json.word()
      case .placeOfService: draft.placeOfService = try json.placeOfService()
      case .payer: draft.payer = try json.text()
      case .timeZone: draft.clock = try json.clock()
      case .reasonForVisit: draft.reasons = try json.reasons(at)
      case .inpatientFrom: draft.inpatientFrom = try json.timeOrNull(at)
      case .policy: draft.policy = try json.policy()
      case .sites: draft.sites = try json.sites()
      case .administrations: draft.rows = try json.rows()
      case .reactions: draft.safety.reactions = try json.reactions()
      case .allergies: draft.safety.allergies = try json.allergies()
      case .alerts: draft.safety.alerts = try json.alerts()
      case .title: draft.caseNotes.title = try json.value()
      case .source: draft.caseNotes.source = try json.value()
      case .times: draft.caseNotes.times = try json.value()
      case .tier: draft.caseNotes.tier = try json.value()
      case .expected: draft.caseNotes.expected = try json.value()
      case .note: draft.caseNotes.note = try json.value()
      }
    }
    self = draft
  }
}

extension JSONReader {
  fileprivate mutating func policy() throws(DocumentError) -> Policy {
    var policy = Policy.standard
    try members("an object") { (json, name, keyAt) throws(DocumentError) in
      json.path.append(.key(shown(name)))
      let value = try json.value()
      do throws(PolicyError) {
        switch value.content {
        case .text(let text): try policy.set(name, to: .text(text))
        case .flag(let flag): try policy.set(name, to: .flag(flag))
        case .number(let number): try policy.set(name, to: .number(number))
        default:
          // No setting takes such a value; the error lists the allowed ones.
          try policy.set(name, to: .text("\u{0}"))
        }
      } catch {
        switch error {
        case .unknownKey:
          let names = Policy.keys.map(\.name)
          json.path.removeLast()
          throw json.error(
            "the policy \"\(shown(name))\" is not known",
            expected:
              "one of \(names.joined(separator: ", "))\(suggestion(for: name, among: names))",
            at: keyAt)
        case .badValue(_, let allowed):
          throw json.error(
            "the policy does not take this value", expected: "one of \(allowed)", at: value.at)
        }
      }
      json.path.removeLast()
    }
    return policy
  }

  fileprivate mutating func sites() throws(DocumentError) -> [SessionDraft.Site] {
    var sites: [SessionDraft.Site] = []
    try array("a list of sites") { (json, index, at) throws(DocumentError) in
      var site = SessionDraft.Site(at: at)
      try json.object(SessionDraft.siteKeys) { (json, key, at) throws(DocumentError) in
        switch key {
        case .id: site.id = try json.text()
        case .kind: site.kind = try json.word()
        case .parent: site.parent = .init(value: try json.text(), at: at)
        case .secondSiteReason: site.reason = try json.word()
        }
      }
      sites.append(site)
    }
    return sites
  }

  fileprivate mutating func rows() throws(DocumentError) -> [SessionDraft.Row] {
    var rows: [SessionDraft.Row] = []
    try array("a list of administrations") { (json, index, at) throws(DocumentError) in
      guard index < SessionDraft.mostRows else {
        throw json.error(
          "the session has more than \(SessionDraft.mostRows) administrations",
          expected: "the administrations of one session", at: at)
      }
      var row = SessionDraft.Row(at: at)
      try json.object(SessionDraft.rowKeys) { (json, key, at) throws(DocumentError) in
        try json.field(key, of: &row, at: at)
      }
      rows.append(row)
    }
    return rows
  }

  private mutating func field(_ key: AdministrationKey, of row: inout SessionDraft.Row, at: Int)
    throws(DocumentError)
  {
    switch key {
    case .id: row.id = .init(value: try text(), at: at)
    case .drug: row.drug = try text()
    case .drugClass: row.drugClass = try word()
    case .technique: row.technique = try word()
    case .site:
      if let named = try textOrNull() {
        row.site = .init(value: named, at: at)
      } else {
        row.lacksSite = true
      }
    case .encounter: row.encounter = try text()
    case .order: row.order = try text()
    case .dose: row.dose = try text()
    case .bag: row.bag = .init(value: try text(), at: at)
    case .start: row.start = try timeOrNull(at)
    case .stop: row.stop = try timeOrNull(at)
    case .running: row.running = .init(value: try flag(), at: at)
    case .pauses: row.pauses = try pauses()
    case .minutes: row.minutes = .init(value: try amount("minutes"), at: at)
    case .day: row.day = try dayOrNull(at)
    case .lastSeenRunning: row.lastSeen = try timeOrNull(at)
    case .volumeML: row.volume = try amount("millilitres")
    case .rateMLPerHour: row.rate = try amount("millilitres an hour")
    case .plannedMinutes: row.planned = try amount("minutes")
    case .stopReason: row.stopReason = try word()
    case .pumpOwner: row.pumpOwner = try word()
    case .goesHome: row.goesHome = try flag()
    case .purpose: row.purpose = .init(value: try word(), at: at)
    case .given, .product, .containers, .discarded, .supply, .sharedContainer:
      let supplied = row.supplied ?? WrittenDrug()
      try drug(key, of: supplied)
      row.supplied = supplied
    }
  }

  private mutating func pauses() throws(DocumentError) -> [SessionDraft.Pause] {
    var pauses: [SessionDraft.Pause] = []
    try array("a list of pauses") { (json, index, at) throws(DocumentError) in
      var pause = SessionDraft.Pause(at: at)
      try json.object(SessionDraft.pauseKeys) { (json, key, at) throws(DocumentError) in
        switch key {
        case .start: pause.start = .init(value: try json.time(), at: at)
        case .stop: pause.stop = try json.timeOrNull(at)
        }
      }
      pauses.append(pause)
    }
    return pauses
  }
}

extension CivilDate {
  static let epoch = CivilDate(dayNumber: 0)
}
