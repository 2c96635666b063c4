import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SuiteProgram

/// `chairtime codes`: the codes of drugs by date.
struct CodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes",
    abstract: "List the codes of drugs that are in force on a date, or load the files of CMS.",
    discussion: """
      A code of a drug has an amount that one unit counts, a first and a last date of service, and the \
      status of the outpatient hospital payment system. Names are Chairtime's own labels. There is no \
      price here.

      Tables up to the middle of 2026 are built in. A site lays the files of each quarter over them.
      """,
    subcommands: [List.self, Show.self, CodesLoad.self, CodesTables.self])

  /// `chairtime codes list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the codes in force on a date, one per line.",
      discussion: """
        WORD is a part of a code, a generic name, a brand or a manufacturer. If no code is found, the exit \
        code is 1.
        """)

    @Argument(help: ArgumentHelp("What the code or its drug contains.", valueName: "word"))
    var word: String?

    @Option(
      help: ArgumentHelp(
        "The date of service: 2026-11-23 or 23-Nov-2026; without it, today.", valueName: "date"))
    var on: String?

    @Option(help: "How to print: text for a person, json for a program.")
    var format: PrintFormat = .text

    @OptionGroup var store: StoreOptions

    func run() throws {
      let clock = LocalClock.utc
      let date = try on.map { try DayEntry.day($0, on: clock) } ?? clock.date(at: Host.now.instant)
      let tables = try store.drugTables
      let codes = tables.codes.filter { row in
        row.applies(on: date) && (word.map { DrugCodePage.matches(row, $0) } ?? true)
      }
      guard !codes.isEmpty else {
        throw Complaint("No code in force on \(date.display) is known by that.")
      }
      switch format {
      case .text: try StandardStream.print(DrugCodePage.list(codes))
      case .json: try StandardStream.print(DrugCodePage.json(codes, of: tables))
      }
    }
  }

  /// `chairtime codes show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a code with its dates, its unit and its packages.",
      discussion: """
        A National Drug Code, typed or scanned, shows the package and its code, and what else the scan \
        says: lot, expiry and serial.
        """)

    @Argument(help: ArgumentHelp("A code, J9045, or what a scanner sends.", valueName: "code"))
    var code: String

    @OptionGroup var store: StoreOptions

    func run() throws {
      let tables = try store.drugTables
      let known = tables.rows(of: code.uppercased())
      guard known.isEmpty else {
        return try StandardStream.print(DrugCodePage.detail(of: known, in: tables))
      }
      let scan: DrugBarcode
      do throws(DrugBarcode.Fault) {
        scan = try DrugBarcode(code)
      } catch {
        throw Complaint("There is no such code of a drug. \(error.message)")
      }
      guard let found = scan.code.flatMap({ tables.package($0) }) else {
        throw Complaint("The tables have no package with this number.")
      }
      let rows = tables.rows(of: found.package.code)
      try StandardStream.print(
        DrugCodePage.detail(of: rows, package: found, scan: scan, in: tables))
    }
  }
}

extension StoreOptions {
  /// The codes and packages of drugs, with those loaded next to the store.
  ///
  /// Only the built-in ones if the account has no place for a store.
  fileprivate var drugTables: DrugTables {
    get throws {
      if file == nil, (try? address) == nil { return .starter }
      return try DrugTableSource.read(with: address).tables ?? .starter
    }
  }
}
