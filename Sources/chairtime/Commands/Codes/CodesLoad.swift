import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram
import TimelineEngine

/// `chairtime codes load`.
struct CodesLoad: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Load the files of drug codes that CMS publishes each quarter; for supervisors.",
    discussion: """
      Reads the alpha-numeric HCPCS file, the ASP price file and the NDC-HCPCS crosswalk, \
      comma-separated (.csv) or tab-separated (.txt); unzip the published archives first. Columns are \
      known by their headings, in any order. Of the price file code and dosage are read: prices are \
      skipped unread. The quarter comes from the file name or a title; --quarter says it for a file that \
      was renamed.

      The rows are laid over the built-in tables: codes are added and ended, a unit that changed is \
      counted from its date on, and earlier dates of service keep theirs. If any line of any file is not \
      understood, it is named, nothing is loaded, and the exit code is 1. A table of the same kind and \
      quarter replaces the earlier one. A session is coded by the tables whose quarter had begun on its \
      date; one that is signed off keeps the tables of its signature.
      """)

  @Argument(help: "The files; - reads standard input.", completion: .file())
  var files: [String]

  @Option(help: ArgumentHelp("The quarter of the files: 2026Q4.", valueName: "quarter"))
  var quarter: Quarter?

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let address = try self.store.address
    let store = try address.open(.readWrite, creating: true)
    let right = try signIn.signIn(store, for: .changeConfiguration).right
    let file = DrugTablesFile(of: address)
    let (before, hashBefore, fault) = file.readIfPossible()
    let known = file.source(of: before, hash: hashBefore).tables ?? .starter
    var published: [DrugFile] = []
    for path in files {
      published.append(try DrugFile.read(path, quarter: quarter, known: known))
    }
    try DrugFile.check(published)
    let rows = published.map { $0.rows() }
    let loaded = zip(published, rows).map { file, rows in file.table(hash: Seal.sha256(rows)) }
    let after = LoadedDrugTables(before.tables + loaded)
    for (table, rows) in zip(loaded, rows) { try file.keep(rows, of: table) }
    let bytes = after.json()
    let hash = Seal.sha256(bytes)
    // The rows are read again as every later command reads them, before the list names them.
    guard let tables = file.source(of: after, hash: hash).tables, tables.names == after.names else {
      throw Complaint("The loaded rows cannot be read again; nothing was loaded.")
    }
    try TablesLoad(what: "drug codes", hash: hash, before: hashBefore)
      .audit(in: store, under: right, at: \.drugTables)
    try file.keep(bytes)
    file.removeRows(of: before, but: after)
    var page = TextPage()
    if let fault {
      page.wrap("The list before could not be read and was replaced: \(fault.description)")
    }
    for (table, read) in zip(loaded, published.map(\.rowsRead)) {
      let isNew = !before.names.contains(table.name)
      page.wrap(
        "\(table.rowCount) of \(read.pluralized("row")) \(table.rowCount == 1 ? "is" : "are") for "
          + "drugs",
        first: "\(isNew ? "Loaded" : "Replaced") \(table.name): ")
    }
    DrugTableChanges(from: known, to: tables).write(to: &page)
    try StandardStream.print(page)
  }
}

/// `chairtime codes tables`.
struct CodesTables: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables", abstract: "List the tables of drug codes that are loaded.",
    discussion: """
      A file of rows that is not the one that was loaded is named, and the exit code is 1.
      """)

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var store: StoreOptions

  func run() throws {
    let file = DrugTablesFile(of: try store.address)
    let tables = try file.read().tables
    for table in tables.tables { _ = try file.rows(of: table) }
    if format == .json { return try StandardStream.print(tables.json()) }
    var page = TextPage()
    for table in tables.tables {
      page.line(table.name, table.rowCount.pluralized("row"))
      page.wrap(table.source, first: "  from ")
    }
    page.line(tables.isEmpty ? "No tables are loaded over" : "over", DrugTables.starterVintage)
    try StandardStream.print(page)
  }
}
