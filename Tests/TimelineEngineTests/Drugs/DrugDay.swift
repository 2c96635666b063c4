import InfusionRecord
import Interchange
import TimelineEngine

/// A day of drugs in a short notation, derived with the tables and the formulary of the program.
///
/// ```
/// office on 2026-03-02 minimum_waste=cap
/// infliximab 350 mg from 4x100s discarded 50
/// ondansetron 8 mg push at 11:00 from 1x40m brand Zofran
/// ```
///
/// The first line says the setting, the date and the policy. A row is drug, amount and unit, then what else
/// was recorded. Containers are `count x amount` and `s` for single-dose, `m` for multi-dose or `?`; `/` and a
/// National Drug Code may follow. `_` is a blank in a name.
struct DrugDay {
  private(set) var statement: Statement
  private var setting = SessionContext.Setting.facility
  private var date = CivilDate(year: 2026, month: 3, day: 2) ?? CivilDate(dayNumber: 0)
  private var policy = Policy.standard
  private var rows: [Administration] = []

  init(_ text: String) {
    statement = DrugDay.derive([], .facility, .standard)
    for (index, line) in text.split(separator: "\n").enumerated() {
      var words = line.split(separator: " ").map(String.init)
      if index == 0, words[0] == "office" || words[0] == "hospital" {
        readHead(words)
      } else {
        rows.append(readRow(&words, index))
      }
    }
    statement = DrugDay.derive(rows, setting, policy)
  }

  private static func derive(
    _ rows: [Administration], _ setting: SessionContext.Setting, _ policy: Policy
  ) -> Statement {
    let timeline = Timeline(
      session: SessionContext(id: "day", setting: setting, clock: .utc),
      sites: [AccessSite(id: "port", kind: .port)], administrations: rows)
    var deriver = Deriver()
    return deriver.statement(of: timeline, policy: policy, drugTables: .starter)
  }

  // MARK: Reading

  private mutating func readHead(_ words: [String]) {
    setting = words[0] == "office" ? .professional : .facility
    for word in words.dropFirst() {
      if let date = CivilDate(iso: word) {
        self.date = date
      } else if word != "on" {
        do { try policy.set(argument: word) } catch { preconditionFailure("\(word): \(error)") }
      }
    }
  }

  private func readRow(_ words: inout [String], _ index: Int) -> Administration {
    let name = words.removeFirst().replacing("_", with: " ")
    let value = words.removeFirst()
    let unit = DrugAmount.Unit(rawValue: words.removeFirst())
    var row = Administration(
      id: "a\(index)", drug: Formulary.starter.drug(named: name), technique: .infusion,
      start: moment("10:00"), stop: moment("11:00"))
    var containers: [DrugContainer] = []
    var product = DrugProduct()
    var discard: DrugDiscard?
    var supply = DrugFacts.Supply.stock
    var isShared = false
    while !words.isEmpty {
      let word = words.removeFirst()
      switch word {
      case "push", "sc", "im": row.technique = Technique(rawValue: word) ?? .push
      case "at":
        let times = words.removeFirst().split(separator: "-").map { moment(String($0)) }
        row.start = times[0]
        row.stop = times.last
      case "from": containers.append(container(words.removeFirst(), unit ?? .mg))
      case "discarded": discard = DrugDiscard(amount(words.removeFirst(), unit ?? .mg))
      case "brand": product.brand = words.removeFirst().replacing("_", with: " ")
      case "ndc": product.ndc = words.removeFirst()
      case "class": row.statedClass = Drug.Class(rawValue: words.removeFirst())
      case "supply": supply = DrugFacts.Supply(rawValue: words.removeFirst()) ?? .stock
      case "dose": row.dose = words.removeFirst()
      case "visit": row.encounter = words.removeFirst()
      case "shared": isShared = true
      case "stopped": row.stopReason = .reaction
      case "running":
        row.isRunning = true
        row.stop = nil
      default: preconditionFailure("no such word: \(word)")
      }
    }
    let given = value == "?" ? nil : ExactDecimal(value).map { DrugAmount($0, unit ?? .mg) }
    row.drugFacts = DrugFacts(
      given: given, product: product == DrugProduct() ? nil : product, containers: containers,
      discarded: discard, supply: supply, isShared: isShared)
    return row
  }

  private func moment(_ clock: String) -> Instant {
    let parts = clock.split(separator: ":").compactMap { Int64($0) }
    return Instant(seconds: Int64(date.dayNumber) * 86_400 + parts[0] * 3600 + parts[1] * 60)
  }

  /// `50`, or `50mL` in another unit than the row's.
  private func amount(_ text: String, _ unit: DrugAmount.Unit) -> DrugAmount {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let own = DrugAmount.Unit(rawValue: String(text[digits.endIndex...]))
    guard let value = ExactDecimal(digits) else { preconditionFailure("no amount: \(text)") }
    return DrugAmount(value, own ?? unit)
  }

  private func container(_ text: String, _ unit: DrugAmount.Unit) -> DrugContainer {
    let halves = text.split(separator: "/").map(String.init)
    let parts = halves[0].split(separator: "x")
    let kinds: [Character: DrugContainer.Kind] = ["s": .singleDose, "m": .multiDose]
    let size = parts[1].dropLast()
    return DrugContainer(
      ndc: halves.count > 1 ? halves[1] : nil,
      amount: size.isEmpty ? nil : amount(String(size), unit),
      kind: parts[1].last.flatMap { kinds[$0] }, count: Int(parts[0]) ?? 1)
  }

  // MARK: What it comes to

  /// `J1745 x35, J1745-JW x5 held`; `none` without a line.
  var lines: String {
    guard !statement.drugLines.isEmpty else { return "none" }
    return statement.drugLines.map { line in
      "\(line.codeText) x\(line.units)" + (line.status == .final ? "" : " \(line.status.text)")
    }.joined(separator: ", ")
  }

  /// The ids of what is found about drugs.
  var findings: [String] {
    statement.findings.map(\.id).filter { finding in
      finding.rule.rule.sections.contains { $0.hasPrefix("DU") }
        || finding == .aboveMUE
    }.map(\.text)
  }

  /// The texts of those findings.
  var sentences: [String] {
    statement.findings.filter { findings.contains($0.id.text) }.map(\.text)
  }
}

/// What a day of drugs comes to, in the notation of `DrugDay`.
func drugs(_ text: String) -> String { DrugDay(text).lines }

/// What is found about a day of drugs.
func drugFindings(_ text: String) -> [String] { DrugDay(text).findings }
