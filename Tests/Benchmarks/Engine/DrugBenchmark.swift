import Foundation
import InfusionRecord
import Interchange
import SessionReview
import TimelineEngine

/// What the lines of drugs cost, and how long a scan takes when a site loaded a large crosswalk.
enum DrugBenchmark {
  static func run() throws {
    lines()
    try scans()
  }

  /// The same sessions with amounts, without and with the tables of drugs; median of eleven rounds.
  private static func lines() {
    var maker = TypicalSessions(seed: 42)
    let sessions = (0..<20_000).map { maker.session($0).withAmounts }
    let tables = DrugTables.starter
    var deriver = Deriver()
    var (units, found) = (0, 0)
    var (without, with): ([Double], [Double]) = ([], [])
    for _ in 0..<11 {
      without.append(
        EngineBenchmark.seconds {
          for session in sessions { units += deriver.statement(of: session).charges.count }
        })
      with.append(
        EngineBenchmark.seconds {
          for session in sessions {
            let statement = deriver.statement(of: session, drugTables: tables)
            units += statement.charges.count
            found += statement.drugLines.count
          }
        })
    }
    precondition(units > 0 && found >= 11 * sessions.count)
    let (before, after) = (without.sorted()[5], with.sorted()[5])
    EngineBenchmark.print(
      "one session, units alone", before / Double(sessions.count) * 1e6, "µs")
    EngineBenchmark.print(
      "one session, with lines of drugs", after / Double(sessions.count) * 1e6, "µs")
    EngineBenchmark.print("lines of drugs on top of the units", (after / before - 1) * 100, "%")
  }

  /// A crosswalk of 120,000 made-up packages, read as a program reads it, and 20,000 scans of them.
  private static func scans() throws {
    var text = "_2026_CODE,NDC2,Drug Name,HCPCS dosage,BILLUNITS\n"
    for number in 0..<120_000 {
      let labeler = String(format: "%05d", 20_000 + number / 1000)
      let product = String(format: "%04d", number % 1000)
      text += "J9045,\(labeler)-\(product)-01,Made up \(number),50 MG,9\n"
    }
    var reader = DrugFileReader(file: "October 2026 crosswalk.csv", known: .starter)
    for (index, line) in text.utf8.split(separator: 0x0A).enumerated() {
      try reader.take(Array(line), line: index + 1)
    }
    let file = try reader.finish()
    let rows = file.rows()
    let list = LoadedDrugTables([file.table(hash: String(repeating: "0", count: 64))])
    let source = list.source(named: "benchmark") { _ in rows }
    var loaded: DrugTables?
    let first = EngineBenchmark.seconds { loaded = source.tables }
    guard let tables = loaded, tables.packages.count >= 120_000 else { fatalError("not loaded") }
    EngineBenchmark.print(
      "120,000 packages read when a session first needs them", first * 1e3, "ms")
    var times: [Double] = []
    var exact = 0
    for number in 0..<20_000 {
      let digits = file.packages[number * 6 % file.packages.count].ndc
      // 5-4-2 with a leading zero in the product is printed 5-3-2; the barcode holds those ten digits.
      let ten = digits.prefix(5) + digits.dropFirst(5).dropFirst().prefix(3) + digits.suffix(2)
      let body = "003" + ten
      let sum = body.utf8.enumerated().reduce(0) {
        $0 + Int($1.element - 48) * ($1.offset % 2 == 0 ? 3 : 1)
      }
      let scanned = "]d201\(body)\((10 - sum % 10) % 10)17270531\u{1D}10LOT7"
      times.append(
        EngineBenchmark.seconds {
          let scan = try? ContainerScan(scanned, in: source.tables ?? tables)
          if scan?.package != nil { exact += 1 }
        })
    }
    precondition(exact > 10_000)
    times.sort()
    EngineBenchmark.print("one scan, median", times[times.count / 2] * 1e6, "µs")
    EngineBenchmark.print("one scan, 99th percentile", times[times.count * 99 / 100] * 1e6, "µs")
  }
}

extension Timeline {
  /// The session with amounts, containers and discards as they are usual for its drugs.
  fileprivate var withAmounts: Timeline {
    var timeline = self
    for index in timeline.administrations.indices {
      let facts: (given: Int, vials: [(Int, Int)])? =
        switch timeline.administrations[index].drug.text {
        case "ondansetron": (16, [(40, 1)])
        case "dexamethasone": (12, [(120, 1)])
        case "famotidine": (20, [(20, 1)])
        case "paclitaxel": (280, [(300, 1)])
        case "carboplatin": (540, [(450, 1), (150, 1)])
        default: nil
        }
      guard let facts else { continue }
      let opened = facts.vials.reduce(0) { $0 + $1.0 * $1.1 }
      timeline.administrations[index].drugFacts = DrugFacts(
        given: DrugAmount(ExactDecimal(facts.given), .mg),
        containers: facts.vials.map { size, count in
          DrugContainer(
            amount: DrugAmount(ExactDecimal(size), .mg), kind: .singleDose, count: count)
        },
        discarded: DrugDiscard(DrugAmount(ExactDecimal(opened - facts.given), .mg)))
    }
    return timeline
  }
}
