import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram

/// Finds what a few typed letters mean: a session, a drug, an administration, a fact.
///
/// A whole name always means that thing. The beginning of a name means it if no other name begins so.
/// Otherwise the message lists the candidates; nothing is guessed.
enum Choice {
  /// A session by the beginning of its name, or of the letters after today's date.
  static func session(_ text: String, in store: any FactStore) throws -> SessionID {
    guard !text.isEmpty else { throw Complaint("The session is missing.") }
    if try store.log(of: SessionID(text)) != nil { return SessionID(text) }
    let exact = try store.sessions(named: text, limit: 9)
    if let found = only(exact) { return found }
    var recent: [SessionID] = []
    if exact.isEmpty {
      // Letters without a date: of today, of yesterday, and of tomorrow, which some zones have already.
      let today = LocalClock.utc.date(at: Host.now.instant)
      for offset in [1, 0, -1] {
        recent += try store.sessions(named: "\((today + offset).iso)-\(text)", limit: 9)
      }
      if let found = only(recent) { return found }
    }
    let found = exact + recent
    if found.isEmpty { throw Complaint("No session is named or begins with \(text.printable).") }
    throw ambiguous(text, found.map(\.text))
  }

  /// Whether `session` would find sessions.
  static func isSession(_ text: String, in store: any FactStore) throws(StoreError) -> Bool {
    if text.isEmpty { return false }
    if try !store.sessions(named: text, limit: 1).isEmpty { return true }
    let today = LocalClock.utc.date(at: Host.now.instant)
    for offset in -1...1
    where try !store.sessions(named: "\((today + offset).iso)-\(text)", limit: 1).isEmpty {
      return true
    }
    return false
  }

  /// A drug of the formulary by name, brand, what people say, HCPCS code or NDC.
  static func drug(
    _ text: String, in formulary: Formulary, unlisted: Bool
  ) throws -> String {
    if let entry = formulary.entry(named: text) { return entry.displayName }
    let matches = formulary.search(text, limit: 40).filter { $0.rank <= .wordsBegin }
    // A whole name means that drug, even if longer names begin with it.
    if let found = matches.certain { return found.entry.displayName }
    if !matches.isEmpty, !unlisted {
      if let found = matches.errorProne {
        throw Complaint(
          "\(found.matched) is an error-prone abbreviation (ISMP) and may mean "
            + "\(matches.prefix(12).map(\.entry.displayName).joined(separator: ", ")); give the name."
        )
      }
      throw ambiguous(text, matches.map(\.entry.displayName))
    }
    if unlisted { return text }
    throw Complaint(
      "No drug of the formulary begins with \(text.printable); pass --unlisted to record it as "
        + "written, with its --class.")
  }

  /// An administration by its id, or by the drug's name among `candidates`.
  static func administration(
    _ text: String, in log: EventLog, formulary: Formulary,
    among isCandidate: (RecordedAdministration) -> Bool, state: String
  ) throws -> RecordedAdministration {
    let all = log.administrations
    if let exact = all.first(where: { $0.id == text }) { return exact }
    func matches(_ administration: RecordedAdministration) -> Bool {
      let drug = formulary.drug(named: administration.facts.drug)
      let names = [drug.text, drug.identity, drug.displayName] + (drug.entry?.brands ?? [])
      let wanted = SearchText.typed(text)
      return names.flatMap(SearchText.spellings).contains { name in
        wanted.contains { name.hasPrefix($0) }
      }
    }
    var named = all.filter(matches)
    if named.isEmpty {
      // What people say for a drug: NS, Decadron. Only a drug of this session can be meant.
      let said = formulary.search(text).filter { !$0.isErrorProne && $0.rank <= .wordsBegin }
      let names = Set(said.map(\.entry.name))
      named = all.filter { names.contains(formulary.drug(named: $0.facts.drug).identity) }
    }
    let found = named.filter(isCandidate)
    if found.count == 1 { return found[0] }
    func line(_ one: RecordedAdministration) -> String {
      let drug = formulary.drug(named: one.facts.drug).displayName
      let site = one.facts.site.map { id in
        log.sites.first { $0.opening.site == id }?.opening.words ?? id
      }
      let words = [drug, site, ClockText(log).time(one.start)].compactMap(\.self)
      return "\(one.id) (\(words.joined(separator: ", ")))"
    }
    if found.isEmpty {
      if let one = named.first, named.count == 1 { return one }
      let those = all.filter(isCandidate).map(line)
      throw Complaint(
        "No \(state) drug of this session begins with \(text.printable)"
          + (those.isEmpty
            ? "."
            : "; there \(those.count == 1 ? "is" : "are") "
              + those.joined(separator: ", ").printable + "."))
    }
    throw ambiguous(text, found.map(line))
  }

  /// A fact of a session by its number, or by the beginning of its id.
  static func event(_ text: String, in log: EventLog) throws -> Event {
    if let number = Int(text), log.events.indices.contains(number - 1) {
      return log.events[number - 1]
    }
    let found = log.events.filter { $0.id.text.hasPrefix(text.lowercased()) }
    if found.count == 1 { return found[0] }
    if found.isEmpty {
      throw Complaint(
        "This session has no fact \(text.printable); `chairtime session show --facts` numbers "
          + "them.")
    }
    throw ambiguous(text, found.map(\.id.text))
  }

  private static func only<Thing: Hashable>(_ things: [Thing]) -> Thing? {
    Set(things).count == 1 ? things.first : nil
  }

  private static func ambiguous(_ text: String, _ names: [String]) -> Complaint {
    var seen: [String] = []
    for name in names where !seen.contains(name) { seen.append(name) }
    let more = seen.count > 12 ? ", and \(seen.count - 12) more" : ""
    return Complaint(
      "\(text.printable) may mean \(seen.prefix(12).joined(separator: ", ").printable)\(more); "
        + "type more of it.")
  }
}
