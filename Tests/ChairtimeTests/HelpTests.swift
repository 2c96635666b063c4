import Testing

/// The help of each command, whole: it is what a user reads first.
struct HelpTests {
  @Test func `the help of derive`() throws {
    let ended = try BuiltProgram.run("derive", "--help")
    #expect(ended.code == 0)
    #expect(ended.error == "")
    #expect(
      ended.output == """
        OVERVIEW: Derive the units of session documents.

        Reads session documents (chairtime.session/1) and prints the statement of each,
        in the order given. A folder stands for its .json files in the order of their
        names. Standard input holds one document, or one per line (JSON Lines). With
        --format json prints one statement (chairtime.statement/1) per line. A fault is
        named on standard error with its file and line, the other documents are still
        derived, and the exit code is 1.

        --check runs every case file of a folder and compares the units with those the
        case expects: one line per case, then a total. The exit code is 2 if a strict
        or policy case differs; disputed cases are listed with their reason and never
        required. With --answers the units come from the statements of another program,
        in a file ID.json for each case; docs/conformance.md tells what a statement
        needs.

        Units are checked against the edit tables next to the store (`chairtime edits
        load`), cases are not.

        For more files than a command line holds, use --files-from. With --jobs several
        threads derive, and the output is the same.

        USAGE: chairtime derive [<files> ...] [--files-from <file>] [--format <format>] [--check <folder>] [--answers <folder>] [--jobs <number>] [--as-of <time>] [--policy <key=value> ...] [--rulebook <version>] [--formulary <file>]

        ARGUMENTS:
          <files>                 Session documents, or folders of them; - reads
                                  standard input.

        OPTIONS:
          --files-from <file>     Read the files named in this file, one path per line;
                                  - is standard input.
          --format <format>       How to print: text for a person, json for a program.
                                  (values: json, text; default: text)
          --check <folder>        Run the case files of this folder.
          --answers <folder>      Check the statements in this folder instead of
                                  deriving the cases.
          --jobs <number>         Derive on this many threads; the output keeps the
                                  order of the input. (default: 1)
          --as-of <time>          Derive as the session stood at TIME:
                                  YYYY-MM-DDTHH:MM, local to the session or with offset.
          --policy <key=value>    Set a policy over the session's; may be repeated.
                                  `chairtime rules` lists them.
          --rulebook <version>    Derive by this rulebook version instead of the one in
                                  force on the date.
          --formulary <file>      Lay this formulary file (CSV) over the built-in one.
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }

  @Test func `the help of explain`() throws {
    let ended = try BuiltProgram.run("explain", "--help")
    #expect(ended.code == 0)
    #expect(ended.error == "")
    #expect(
      ended.output == """
        OVERVIEW: Explain every unit and every uncharged minute of a session.

        Prints the statement of a session for a person, 80 columns wide: what was
        recorded, each unit with the rules, minutes, clock ranges and sources behind
        it, every minute that is not charged and why, the account of minutes, and the
        findings.

        SESSION is a session of the store, a session document, a folder of documents,
        or - for documents on standard input: one document, or one per line (JSON
        Lines). With --packet the record of a stored session comes with it: the facts
        and their corrections, the sign-offs, and the proof that the record is as it
        was written.

        USAGE: chairtime explain [<options>] [<session> ...]

        ARGUMENTS:
          <session>               Sessions of the store, session documents, or folders
                                  of them.

        OPTIONS:
          --files-from <file>     Read the files named in this file, one path per line;
                                  - is standard input.
          --packet                Everything an auditor needs of a stored session.
          --format <format>       How to print: text for a person, json for a program.
                                  (values: text, json; default: text)
          --as-of <time>          Derive as the session stood at TIME:
                                  YYYY-MM-DDTHH:MM, local to the session or with offset.
          --policy <key=value>    Set a policy over the session's; may be repeated.
                                  `chairtime rules` lists them.
          --rulebook <version>    Derive by this rulebook version instead of the one in
                                  force on the date.
          --formulary <file>      Lay this formulary file (CSV) over the built-in one.
          --actor <name>          Your name; without it, $CHAIRTIME_ACTOR or the
                                  account.
          --pin-stdin             Read the PIN from the first line of standard input,
                                  not from the terminal.
          --break-glass <reason>  Open a restricted record for this reason, which is
                                  kept and which supervisors see.
          --store <file>          The store, a file or
                                  postgres://host/database?suite=name; without it,
                                  $CHAIRTIME_STORE, the site's file, or
                                  chairtime/chairtime.store in $XDG_DATA_HOME.
          --trust-permissions     Accept a store or folder that other users may read or
                                  write.
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }

  @Test func `the help of formulary`() throws {
    let ended = try BuiltProgram.run("formulary", "--help")
    #expect(ended.code == 0)
    #expect(ended.error == "")
    #expect(
      ended.output == """
        OVERVIEW: List or search the formulary.

        Without SEARCH lists every drug, one per line. SEARCH is the beginning of a
        generic name, a brand, a name that is said (NS, 5-FU, Decadron) or one of their
        words, a HCPCS code, an NDC with or without hyphens, or what a barcode scanner
        sends. Accents, apostrophes and hyphens do not matter. If one drug is found,
        all its details are shown. An abbreviation on the ISMP list of error-prone
        abbreviations (MgSO4) is found too, but never decides alone. If no drug is
        found, the exit code is 1.

        --formulary lays a site's file over the built-in formulary and checks it.

        USAGE: chairtime formulary [<search> ...] [--formulary <file>]

        ARGUMENTS:
          <search>                What to look for.

        OPTIONS:
          --formulary <file>      Lay this formulary file (CSV) over the built-in one.
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }

  @Test func `the help of rules`() throws {
    let ended = try BuiltProgram.run("rules", "--help")
    #expect(ended.code == 0)
    #expect(ended.error == "")
    #expect(
      ended.output == """
        OVERVIEW: List the rules, or show one with its numbers, settings and sources.

        USAGE: chairtime rules [<rule>] [--rulebook <version>]

        ARGUMENTS:
          <rule>                  A rule's name, such as push-or-infusion.

        OPTIONS:
          --rulebook <version>    The rulebook version to show.
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }
}
