import Foundation
import TestSupport
import Testing

/// Texts, files and surroundings that mean harm, at every way in and out of the built program.
struct HostileInputTests {
  private let folder = TemporaryFolder()

  private func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) throws -> BuiltProgram.Ended {
    try run(arguments, input: input, environment: environment)
  }

  private func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      arguments, input: Data(input.utf8), folder: nil,
      environment: ["CHAIRTIME_STORE": folder.file("s.store")].merging(environment) { $1 })
  }

  /// A session whose every text is `text`, closed; its name, or nil where the text was refused.
  private func session(_ text: String, born: String = "04-Feb-1961") throws -> String? {
    let opened = try run(
      "session", "open", "--chair", "3", "--zone", "UTC", "--at", "-300", "--actor", text,
      input:
        "family: \(text)\ngiven: \(text)\nborn: \(born)\nsex: f\nmrn: \(text)\nvisit: \(text)\n")
    guard opened.code == 0 else {
      #expect(opened.code == 1 || opened.code == 64)
      check(opened)
      return nil
    }
    let name = String(opened.output.split(separator: "\n").first ?? "")
    for arguments in [
      ["session", "site", name, "port", "--kind", "port", "--at", "-295"],
      ["session", "start", name, "paclitaxel", "--site", "port", "--at", "-290"],
      ["session", "note", name, "--at", "-280"],
      ["session", "stop", name, "paclitaxel", "--at", "-130"],
      ["session", "close", name, "--at", "-100", "--anyway"],
      ["session", "reopen", name, "--reason", text], ["session", "close", name, "--anyway"],
      ["review", "--sign-off", name],
    ] {
      check(
        try BuiltProgram.run(
          arguments + ["--actor", text], input: Data(text.utf8), folder: nil,
          environment: ["CHAIRTIME_STORE": folder.file("s.store")]))
    }
    return name
  }

  /// Nothing of what was printed steers a terminal.
  private func check(_ ended: BuiltProgram.Ended, allowing allowed: Set<UInt32> = [0x0A]) {
    #expect(ended.code >= 0, "ended by a signal")
    for scalar in (ended.output + ended.error).unicodeScalars where !allowed.contains(scalar.value)
    {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B, 0x200E...0x200F, 0x2028...0x202E,
        0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F:
        Issue.record("U+\(String(scalar.value, radix: 16)) came out")
        return
      default: break
      }
    }
  }

  private static let texts: [(String, String)] = [
    ("escape", "a\u{1B}[2J\u{1B}]0;owned\u{7}b"), ("clipboard", "a\u{1B}]52;c;QUJD\u{1B}\\b"),
    ("report", "a\u{1B}[6nb"), ("C1", "a\u{9B}31mb\u{9D}0;x\u{9C}"),
    ("device", "a\u{1B}P1$r\u{1B}\\"),
    ("unterminated", "a\u{1B}]0;x"), ("return", "a\rb"), ("delete", "a\u{7F}\u{8}b"),
    ("bidi", "a\u{202E}b\u{2066}c\u{2069}"), ("separator", "a\u{2028}b\u{2029}c"),
    ("zero width", "a\u{200B}b\u{200E}c\u{2060}d\u{AD}\u{FEFF}"), ("tags", "a\u{E0041}\u{E007F}b"),
    ("combining", "a" + String(repeating: "\u{301}", count: 200)), ("wide", "李😀👩‍👩‍👧‍👦เด็ก"),
    ("SQL", "Robert'); DROP TABLE fact;--"), ("SQL quotes", "\" OR 1=1; /* ' */ --"),
    ("SQL wildcard", "%_[a-z]"), ("shell", "$(touch /tmp/x)`id`;&&|"), ("format", "%s%n%@ %d"),
    ("HL7", "a|b^c&d~e\\f\\X0D\\\rMSH|^~\\&|X"), ("CSV", "=1+1\",\"@SUM(A1)\n-2"),
    ("JSON", "\"},{\"x\":\"\\u001b\\"), ("XML", "<b>&amp;]]>"), ("path", "../../etc/passwd"),
    ("long", String(repeating: "Nobody ", count: 36)),
  ]

  @Test(arguments: texts.map(\.0))
  func `a hostile text comes out of no command raw`(kind: String) throws {
    let text = try #require(HostileInputTests.texts.first { $0.0 == kind }).1
    guard let name = try session(text) else { return }
    let day = String(name.prefix(10))
    for arguments in [
      ["session", "list"], ["session", "show", name], ["explain", name], ["verify"],
      ["explain", name, "--packet"], ["explain", name, "--packet", "--format", "json"],
      ["review", "--date", day], ["review", "--date", day, "--format", "json"],
      ["review", "--date", day, "--integrity"], ["outbox", "list"],
      ["export", "--date", day, "--format", "json"], ["export", "--date", day, "--format", "text"],
      ["export", "--date", day, "--format", "fhir"],
    ] {
      let ended = try BuiltProgram.run(
        arguments, input: Data(), folder: nil,
        environment: ["CHAIRTIME_STORE": folder.file("s.store")])
      check(ended)
      #expect(ended.code == 0 || ended.code == 2, "\(arguments): \(ended.error)")
    }
    // Line breaks and tabs are text inside the quotes of a table, carriage returns end segments.
    check(try run("export", "--date", day, "--format", "csv"), allowing: [0x0A, 0x0D, 0x09])
    // HL7 is for programs: no control character but the ends of segments, and never to a terminal.
    let batch = try run("export", "--date", day, "--format", "hl7")
    #expect(batch.output.utf8.allSatisfy { $0 == 0x0D || $0 >= 0x20 && $0 != 0x7F })
    check(BuiltProgram.Ended(code: batch.code, output: "", error: batch.error))
    #expect(try run("verify").code == 0)
    let filled = try run("outbox", "fill", "--date", day)
    check(filled)
    if let control = filled.output.split(separator: " ").first {
      check(try run("outbox", "show", String(control)))
    }
  }

  @Test func `a hostile word of the command line comes back in no error raw`() throws {
    let steering = [
      "escape", "clipboard", "C1", "unterminated", "return", "delete", "bidi", "separator",
      "zero width",
    ]
    for (kind, text) in HostileInputTests.texts where steering.contains(kind) {
      for arguments in [
        [text], ["--\(text)"], ["session", text], ["session", "list", "--date", text],
        ["session", "list", "--store", folder.file(text)], ["backup", folder.file("\(text)/x")],
        ["session", "show", text], ["session", "start", "s1", text, "--basis", text],
        ["export", "--format", text], ["replay", "--policy", "\(text)=1"], ["derive", text],
        ["explain", text], ["config", "check", folder.file(text)], ["people", "retire", text],
        ["verify", "--head", text], ["rules", text], ["outbox", "show", text],
      ] {
        let ended = try run(arguments)
        #expect(ended.code == 1 || ended.code == 64, "\(arguments[0])")
        check(ended)
      }
    }
  }

  @Test func `an overlong text is refused or kept whole`() throws {
    for count in [257, 5_000, 1_000_000] {
      let text = String(repeating: "N", count: count)
      let opened = try run(
        "session", "open", "--chair", "3", "--zone", "UTC", "--anyway", "--reason", "again",
        input: "family: \(text)\ngiven: Odd\nborn: 1961-02-04\nsex: f\nmrn: 1\n")
      check(opened)
      if opened.code == 0 {
        let name = String(opened.output.split(separator: "\n").first ?? "")
        let whole = try run("session", "show", name).output.uppercased()
        #expect(whole.count { $0 == "N" } >= count)
      } else {
        #expect(opened.code == 1 && opened.error.utf8.count < 2_000, "\(opened.error.prefix(200))")
      }
    }
    #expect(try run("verify").code != 2)
  }

  @Test func `bytes that are no text are refused in a sentence`() throws {
    for bytes in [[0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0x00]] as [[UInt8]] {
      let ended = try BuiltProgram.run(
        ["session", "open", "--chair", "3", "--zone", "UTC"],
        input: Data(Array("family: ".utf8) + bytes + Array("\ngiven: x\nborn: 1961-02-04\n".utf8)),
        folder: nil, environment: ["CHAIRTIME_STORE": folder.file("s.store")])
      #expect(ended.code == 1, "\(ended.output)")
      check(ended)
    }
  }

  /// Bytes that are no UTF-8, and NUL, in every text that goes into the record.
  @Test(arguments: ["\\377", "\\303", "\\355\\240\\200", "\\000"])
  func `no text with such bytes is recorded from a file, standard input, a word or a setting`(
    bytes: String
  ) throws {
    let store = folder.file("s.store")
    func sh(_ script: String) throws -> BuiltProgram.Ended {
      let process = BuiltProgram.process([], environment: ["CHAIRTIME_STORE": store])
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = [
        "-c", script.replacing("chairtime ", with: "\(BuiltProgram.path.path) "),
      ]
      return try BuiltProgram.run(process, input: Data())
    }
    let opened = try sh(
      "printf 'family: A\\ngiven: B\\nborn: 1961-02-04\\nmrn: 1\\n' | "
        + "chairtime session open --chair 3 --zone UTC --patient -")
    #expect(opened.code == 0, "\(opened.error)")
    let session = String(opened.output.prefix { $0 != " " && $0 != "\n" })
    var scripts = [
      "printf 'a\(bytes)b' | chairtime session note \(session)",
      "printf 'a\(bytes)b' > \(folder.file("note")); "
        + "chairtime session note \(session) --text-file \(folder.file("note"))",
      "printf 'family: A\(bytes)\\ngiven: B\\nborn: 1961-02-04\\nmrn: 2\\n' | "
        + "chairtime session open --chair 4 --zone UTC --patient -",
    ]
    // No word and no setting can hold a NUL. In an appointment book other bytes are Windows-1252.
    if bytes == "\\000" {
      scripts.append(
        "printf 'time,family,given,born,mrn\\n09:30,A\(bytes),B,1961-02-04,3\\n' > "
          + "\(folder.file("book.csv")); chairtime import \(folder.file("book.csv"))")
    } else {
      scripts.append("chairtime session handoff \(session) \"$(printf 'N\(bytes)')\"")
      scripts.append(
        "CHAIRTIME_ACTOR=\"$(printf 'N\(bytes)')\" chairtime session handoff \(session) N")
    }
    for script in scripts {
      let ended = try sh(script)
      #expect(ended.code == 1, "\(script): \(ended.output)")
      #expect(ended.error.split(separator: "\n").count == 1, "\(ended.error)")
    }
    let verified = try sh("chairtime verify")
    #expect(verified.output.hasPrefix("\(opened.output.contains("port") ? 2 : 1) fact"))
  }

  @Test(arguments: [
    String(repeating: "[", count: 200_000), String(repeating: "{\"a\":", count: 100_000),
    "{\"format\": 1" + String(repeating: "0", count: 100_000) + "}", "{\"format\": 1e999999999}",
    "{\"format\": -" + String(repeating: "9", count: 400) + "." + String(repeating: "9", count: 400)
      + "}",
    "{" + String(repeating: "\"a\":1,", count: 100_000) + "\"a\":1}", "\"\\ud800\"",
    "{\"a\":\"\u{0}\"}",
    "[" + String(repeating: "\"\",", count: 300_000) + "1]",
  ])
  func `a JSON bomb is one sentence, soon`(text: String) throws {
    let began = Date()
    for command in [["derive", "-"], ["import", "-"]] {
      let ended = try BuiltProgram.run(
        command, input: Data(text.utf8), folder: nil,
        environment: ["CHAIRTIME_STORE": folder.file("s.store")])
      check(ended)
      #expect(ended.code == 1 || ended.code == 64, "\(command) \(ended.code)")
      #expect(ended.error.utf8.count < 4_000)
    }
    #expect(Date().timeIntervalSince(began) < 20)
  }

  // MARK: Files

  @Test func `a configuration others may write is refused`() throws {
    let path = folder.file("site.toml")
    try Data("[facility]\nname = \"B\"\n".utf8).write(to: URL(filePath: path))
    chmod(path, 0o666)
    let named = ["CHAIRTIME_CONFIG": path]
    let refused = try run("review", environment: named)
    #expect(refused.code == 1)
    #expect(refused.error.contains("others may write it; expected a file that its owner alone"))
    #expect(try run("config", "check", path).code == 1)
    chmod(path, 0o600)
    #expect(try run("config", "check", path).code == 0)
    // A link of one's own to a file of one's own is an arrangement; a pipe or folder is no file.
    let link = folder.file("link.toml")
    #expect(symlink(path, link) == 0)
    #expect(try run("config", "check", link).code == 0)
    if geteuid() == 0 {
      #expect(lchown(link, 65_534, 65_534) == 0)
      #expect(
        try run("config", "check", link).error.contains("the link belongs to another account"))
      #expect(chown(path, 65_534, 65_534) == 0)
      #expect(
        try run("config", "check", path).error.contains("the file belongs to another account"))
    }
    #expect(try run("config", "check", folder.file("")).error.contains("this is a folder"))
  }

  @Test func `a link, a shared file and a shared folder are no store`() throws {
    #expect(try run("demo", "--zone", "UTC").code == 0)
    let path = folder.file("s.store")
    let link = folder.file("link.store")
    #expect(symlink(path, link) == 0)
    #expect(try run("verify", "--store", link).error.contains("it is a symbolic link"))
    chmod(path, 0o666)
    #expect(try run("verify").error.contains("others may read it; run chmod 600"))
    chmod(path, 0o600)
    chmod(folder.file(""), 0o777)
    #expect(try run("verify").error.contains("others may write into its folder"))
    chmod(folder.file(""), 0o700)
    #expect(try run("verify").code == 0)
    // A link where a file is about to be written is not followed.
    let target = folder.file("precious")
    try Data("precious".utf8).write(to: URL(filePath: target))
    let links = ["day.csv.part", "day.csv", "copy.store-partial", "copy.store"]
    for link in links { #expect(symlink(target, folder.file(link)) == 0) }
    for name in ["day.csv", "other.csv"] {
      let ended = try run("export", "--format", "csv", "--out", folder.file(name))
      #expect(ended.code == (name == "day.csv" ? 1 : 0), "\(ended.error)")
    }
    #expect(try run("backup", folder.file("copy.store")).code == 1)
    for link in ["day.csv", "copy.store"] { unlink(folder.file(link)) }
    #expect(
      try run("export", "--format", "csv", "--out", folder.file("day.csv")).error
        .contains("day.csv.part is there already"))
    #expect(
      try run("backup", folder.file("copy.store")).error.contains("copy.store-partial is there"))
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "precious")
    #expect(symlink(target, path + "-outbox") == 0)
    #expect(try run("outbox", "write", folder.file("day.hl7")).code == 1)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "precious")
  }

  @Test func `what is written for programs is not shown to a terminal`() throws {
    let it = try TmuxTerminal()
    try it.line("clear; \(BuiltProgram.path.path) export --format hl7; echo co''de=$?")
    #expect(it.wait(for: "code=1"))
    #expect(it.screen.contains("HL7 is for programs, not for a terminal"))
  }

  // MARK: Surroundings that lie

  @Test(arguments: [
    ["TERM": "../../../../etc/passwd"], ["TERM": String(repeating: "x", count: 10_000)],
    ["TERM": "xterm\u{1B}[2J"], ["TERMINFO": "/etc", "TERM": "nobody-knows"],
    ["TERMINFO": "/dev/zero", "TERMINFO_DIRS": "/proc/self", "TERM": "nobody-knows"],
    ["TERMCAP": ":co#1:li#0:cl=\\E[2J:", "TERM": "nobody-knows"],
  ])
  func `a terminal that is named wrongly is one sentence`(environment: [String: String]) throws {
    let it = try TmuxTerminal()
    let script = it.folder.url.appending(path: "run.sh").path
    let words = environment.map { "export \($0)='\($1)'" }.sorted().joined(separator: "\n")
    try it.folder.write("\(words)\nexec \(it.command())\n", to: "run.sh")
    try it.line("clear; bash \(script); echo co''de=$?")
    #expect(it.wait(for: "code=1"), "\(it.screen)")
    #expect(it.screen.contains("cannot open the screens"))
  }

  @Test(arguments: [
    ["LINES": "100000", "COLUMNS": "-5"], ["LINES": "0", "COLUMNS": "0"], ["LINES": "x"],
    ["LINES": "1", "COLUMNS": "1"], ["LANG": "xx_YY.nonsense", "LC_ALL": "../../tmp"],
    ["LC_ALL": "en_US.ISO-8859-1"], ["LC_ALL": "C"],
    ["TZ": ":Nowhere/Nothing", "CHAIRTIME_ZONE": "UTC"], ["ESCDELAY": "999999999"],
    ["NCURSES_NO_UTF8_ACS": "1", "TERMINFO": "/nonexistent"],
  ])
  func `surroundings that lie leave a board of the terminal's own size`(
    environment: [String: String]
  ) throws {
    let it = try TmuxTerminal()
    let settings = try it.settings()
    let words = environment.map { "export \($0)='\($1)'" }.sorted().joined(separator: "\n")
    try it.folder.write("\(words)\nexec \(it.command())\n", to: "run.sh")
    try it.line("clear; bash \(it.folder.url.path)/run.sh; echo co''de=$?")
    #expect(it.wait { $0.contains("Chairtime") && $0.contains(" open session") }, "\(it.screen)")
    try it.press("q")
    _ = it.wait { $0.contains("code=") || $0.contains("leave") }
    if !it.screen.contains("code=") { try it.press("Enter") }
    #expect(it.wait(for: "code=0"), "\(it.screen)")
    #expect(try it.isAsBefore(settings))
  }
}
