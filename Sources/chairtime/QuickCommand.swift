import InfusionRecord
import SessionStore
import SQLiteStore

/// A command that was read without the argument parser.
///
/// Opening the board, recording a start or a stop and listing a day are what the program does most, and
/// the parser's look at its own types took longer than all the rest of such a command. In their plain
/// form, whole words and no value of a kind that only the parser knows, they are read here. For anything
/// else, and for everything that is wrong, there is no quick command, and the parser answers: a test
/// compares what both make of the same words.
enum QuickCommand: Hashable {
  case board(BoardCommand.Values)
  case start(String, DrugOptions.Values, RecordOptions.Values)
  case stop(String, DrugStop, RecordOptions.Values)
  case pause(String, String, RecordOptions.Values)
  case resume(String, String, RecordOptions.Values)
  case list(SessionList.Values)
  case review(ReviewCommand.Values)

  /// - Parameter words: the command line after the program's name.
  init?(_ words: [String]) {
    var rest = words[...]
    var path: [String] = []
    while let word = rest.first, !word.hasPrefix("-"), path.count < 2 {
      if path == ["board"] || path == ["review"] { return nil }
      path.append(word)
      rest.removeFirst()
    }
    switch path {
    case [], ["board"]: self.init(board: rest)
    case ["review"]: self.init(review: rest)
    case ["session", "list"]: self.init(list: rest)
    default:
      guard path.first == "session", let verb = path.last else { return nil }
      self.init(verb, rest)
    }
  }

  private init?(board words: ArraySlice<String>) {
    guard
      let read = QuickWords(
        words, options: ["store", "suite", "chairs", "as", "formulary"],
        flags: ["read-only", "plain", "no-color"]),
      read.arguments.isEmpty
    else { return nil }
    var values = BoardCommand.Values()
    if let text = read.value("chairs") {
      guard let count = Int(text), BoardCommand.chairCounts.contains(count) else { return nil }
      values.chairs = count
    }
    values.store = read.value("store")
    values.suite = read.value("suite")
    values.actor = read.value("as")
    values.formularyFile = read.value("formulary")
    values.readOnly = read.flags.contains("read-only")
    values.plain = read.flags.contains("plain")
    values.noColor = read.flags.contains("no-color")
    self = .board(values)
  }

  private init?(list words: ArraySlice<String>) {
    guard
      let read = QuickWords(
        words, options: ["date", "format", "actor", "store"], flags: QuickWords.accessFlags),
      read.arguments.isEmpty, let format = read.format
    else { return nil }
    self = .list(
      SessionList.Values(
        date: read.value("date"), format: format, signIn: read.signIn, store: read.store))
  }

  private init?(review words: ArraySlice<String>) {
    guard
      let read = QuickWords(
        words, options: ["date", "to", "format", "formulary", "actor", "store"],
        flags: QuickWords.accessFlags + ["integrity"]),
      read.arguments.isEmpty, let format = read.format
    else { return nil }
    self = .review(
      ReviewCommand.Values(
        days: DayOptions.Values(date: read.value("date"), to: read.value("to")),
        integrity: read.flags.contains("integrity"), format: format,
        formularyFile: read.value("formulary"), signIn: read.signIn, store: read.store))
  }

  private init?(_ verb: String, _ words: ArraySlice<String>) {
    guard
      let read = QuickWords(
        words, options: ["at", "basis", "reason", "format", "formulary", "actor", "store"],
        flags: QuickWords.accessFlags),
      read.arguments.count == 2, let format = read.format
    else { return nil }
    let basis = read.value("basis").map { TimeBasis(rawValue: $0) }
    if case .some(nil) = basis { return nil }
    let session = read.arguments[0]
    let drug = read.arguments[1]
    let record = RecordOptions.Values(
      at: read.value("at"), basis: basis ?? nil, reason: read.value("reason"), signIn: read.signIn,
      format: format,
      formularyFile: read.value("formulary"), store: read.store)
    switch verb {
    case "start":
      let typed = AdministrationFacts(administration: "", drug: drug, technique: .infusion)
      self = .start(session, DrugOptions.Values(typed: typed), record)
    case "stop": self = .stop(session, DrugStop(administration: drug), record)
    case "pause": self = .pause(session, drug, record)
    case "resume": self = .resume(session, drug, record)
    default: return nil
    }
  }

  func run() throws {
    switch self {
    case .board(let values): try values.run()
    case .start(let session, let drug, let record): try SessionStart.run(session, drug, record)
    case .stop(let session, let stop, let record): try SessionStop.run(session, stop, record)
    case .pause(let session, let drug, let record): try SessionPause.run(session, drug, record)
    case .resume(let session, let drug, let record): try SessionResume.run(session, drug, record)
    case .list(let values): try values.run()
    case .review(let values): try values.run()
    }
  }
}

/// The words after a command's name: arguments, options with a value, flags.
private struct QuickWords {
  static let accessFlags = ["trust-permissions", "pin-stdin"]

  private(set) var arguments: [String] = []
  private(set) var flags: [String] = []
  private var values: [(name: String, value: String)] = []

  /// Nil where a word is none of these, an option or flag comes twice, or a value could be an option.
  init?(_ words: ArraySlice<String>, options: [String], flags known: [String]) {
    var rest = words
    while let word = rest.popFirst() {
      guard word.hasPrefix("-") else {
        arguments.append(word)
        continue
      }
      let name = String(word.dropFirst(2))
      guard word.hasPrefix("--"), !flags.contains(name), value(name) == nil else { return nil }
      if known.contains(name) {
        flags.append(name)
      } else if options.contains(name), let value = rest.popFirst() {
        // A time may be written -5; else a word that begins like an option is left to the parser.
        if value.hasPrefix("-"), name != "at" { return nil }
        values.append((name, value))
      } else {
        return nil
      }
    }
  }

  func value(_ name: String) -> String? { values.first { $0.name == name }?.value }

  /// Nil where it is no format.
  var format: PrintFormat? {
    guard let text = value("format") else { return .text }
    return PrintFormat(rawValue: text)
  }

  var signIn: SignInOptions.Values {
    SignInOptions.Values(actor: value("actor"), pinFromInput: flags.contains("pin-stdin"))
  }

  var store: StoreOptions.Values {
    StoreOptions.Values(
      file: value("store"), trustPermissions: flags.contains("trust-permissions"))
  }
}
