import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram
import TimelineEngine

/// `chairtime edits`: the quarterly edit tables of CMS.
struct EditsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edits",
    abstract: "Load or list the quarterly edit tables of CMS (MUE and PTP).",
    discussion: """
      Chairtime contains no table of CMS. A site loads the published files each quarter: medically \
      unlikely edits (MUE) and procedure-to-procedure code pairs (PTP), for practitioners and outpatient \
      hospitals. They are kept in edit-tables.json next to the store, and derive, explain, session show, \
      session amend, board, review, export, outbox and replay read them there. A statement names the \
      tables that were loaded.
      """,
    subcommands: [Load.self, List.self])

  /// `chairtime edits load`.
  struct Load: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "load", abstract: "Load files of edits as CMS publishes them; for supervisors.",
      discussion: """
        Reads comma-separated (.csv) and tab-separated (.txt) files; unzip the published archives first. \
        Columns are known by their headings, in any order. Setting and quarter come from heading and \
        file name; --setting and --quarter say them for a file that was renamed. A table of several \
        parts (-f1, -f2, …) needs all of them in one command.

        Only rows for the codes of drug administration are kept. If any line of any file is not \
        understood, it is named, nothing is loaded, and the exit code is 1. A table of the same kind, \
        setting and quarter replaces the earlier one.
        """)

    @Argument(help: "The files; - reads standard input.", completion: .file())
    var files: [String]

    @Option(help: "Whose claims the files are for.")
    var setting: EditTables.Setting?

    @Option(help: ArgumentHelp("The quarter of the files: 2026Q4.", valueName: "quarter"))
    var quarter: Quarter?

    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let address = try self.store.address
      let store = try address.open(.readWrite, creating: true)
      let right = try signIn.signIn(store, for: .changeConfiguration).right
      let file = EditTablesFile(of: address)
      let (before, hashBefore, fault) = file.readIfPossible()
      var published: [EditFile] = []
      for path in files {
        published.append(try EditFile.read(path, setting: setting, quarter: quarter))
      }
      let loaded = try EditFile.tables(of: published)
      let after = EditTables(before.tables + loaded)
      let bytes = after.json()
      try TablesLoad(what: "edit tables", hash: Seal.sha256(bytes), before: hashBefore)
        .audit(in: store, under: right, at: \.editTables)
      try file.keep(bytes)
      var page = TextPage()
      if let fault {
        page.wrap("The file before could not be read and was replaced: \(fault.description)")
      }
      for table in loaded {
        let rows = published.filter {
          $0.kind == table.kind && $0.setting == table.setting && $0.quarter == table.quarter
        }.reduce(0) { $0 + $1.rowsRead }
        let isNew = !before.names.contains(table.name)
        page.wrap(
          "\(table.rowCount) of \(rows.pluralized("row")) \(table.rowCount == 1 ? "is" : "are") for "
            + "codes of this family",
          first: "\(isNew ? "Loaded" : "Replaced") \(table.name): ")
      }
      try StandardStream.print(page)
    }
  }

  /// `chairtime edits list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the edit tables that are loaded.",
      discussion: """
        A session is checked against the newest table of its setting whose quarter had begun on the date \
        of service.
        """)

    @Option(help: "How to print: text for a person, json for a program.")
    var format: PrintFormat = .text

    @OptionGroup var store: StoreOptions

    func run() throws {
      let tables = try EditTablesFile(of: store.address).read().tables
      if format == .json { return try StandardStream.print(tables.json()) }
      var page = TextPage()
      for table in tables.tables {
        page.line(table.name, table.rowCount.pluralized("row"))
        page.wrap(table.source, first: "  from ")
      }
      if tables.isEmpty { page.line("No edit tables are loaded.") }
      try StandardStream.print(page)
    }
  }
}
