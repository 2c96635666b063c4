import Foundation
import Testing

struct DeriveCommandTests {
  private let session = """
    {"format":"chairtime.session/1","id":"one","timeZone":"America/Chicago","administrations":[
    {"id":"a1","drug":"ceftriaxone","technique":"infusion","start":"2026-03-02T09:00",
    "stop":"2026-03-02T10:31"}]}
    """

  @Test func `one statement a line, in the order given`() throws {
    let folder = try TestFolder()
    try folder.write(session, to: "b.json")
    try folder.write(session.replacing("\"one\"", with: "\"two\""), to: "a.json")
    let ended = try BuiltProgram.run(
      "derive", "b.json", "a.json", "-", "--format", "json", input: session, folder: folder.url)
    #expect(ended.code == 0)
    #expect(ended.error == "")
    let lines = ended.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix(#"{"format":"chairtime.statement/1","session":"one","#))
    #expect(lines[1].hasPrefix(#"{"format":"chairtime.statement/1","session":"two","#))
    #expect(lines[2] == lines[0])
    #expect(lines[3] == "")
  }

  @Test func `text says the units`() throws {
    let ended = try BuiltProgram.run("derive", "-", input: session)
    #expect(
      ended
        == BuiltProgram.Ended(
          code: 0,
          output: """
            Session one                                                                final
              96365    x1   02-Mar-2026  drug infusion, first block                    final
              96366    x1   02-Mar-2026  drug infusion, further hour                   final

            """, error: ""))
  }

  @Test func `a bad file is one sentence, the others are still derived, and the code is 1`() throws
  {
    let folder = try TestFolder()
    try folder.write(session, to: "good.json")
    try folder.write("{\"format\":\"chairtime.session/1\",\"nurse\":1}", to: "bad.json")
    let ended = try BuiltProgram.run(
      "derive", "bad.json", "none.json", "good.json", "--format", "json", folder: folder.url)
    #expect(ended.code == 1)
    #expect(ended.output.split(separator: "\n").count == 1)
    #expect(
      ended.error == """
        bad.json:1:33: the key "nurse" is not known; expected one of format, id, setting, \
        placeOfService, payer, timeZone, reasonForVisit, inpatientFrom, policy, sites, \
        administrations, reactions, allergies, alerts, title, source, times, tier, expected, note.
        none.json: there is no such file; expected a file that can be read.

        """)
  }

  @Test func `an hour ago is derived as it stood then`() throws {
    let running = try BuiltProgram.run("derive", "-", "--as-of", "2026-03-02T09:20", input: session)
    #expect(running.output.contains("96365    x1"))
    #expect(running.output.contains("provisional"))
    #expect(!running.output.contains("96366"))
    let offset = try BuiltProgram.run(
      "derive", "-", "--as-of", "2026-03-02T15:20Z", input: session)
    #expect(offset == running)
  }

  @Test func `a policy on the command line wins over the session's`() throws {
    let text = session.replacing(
      "\"administrations\"", with: "\"policy\":{\"missing_stop\":\"push\"},\"administrations\""
    ).replacing(",\n\"stop\":\"2026-03-02T10:31\"", with: "")
    let own = try BuiltProgram.run("derive", "-", "--format", "json", input: text)
    #expect(own.output.contains("96374"))
    let held = try BuiltProgram.run(
      "derive", "-", "--format", "json", "--policy", "missing_stop=hold", input: text)
    #expect(held.output.contains("\"status\":\"held\""))
    #expect(held.output.contains("\"charges\":[]"))
  }

  @Test(arguments: [
    (
      ["--policy", "missing_stop=never"],
      "Error: --policy: policy missing_stop takes compute_then_push, push, hold.\n"
    ),
    (
      ["--policy", "missing_stop"],
      "Error: --policy: there is no equals sign; expected KEY=VALUE.\n"
    ),
    (
      ["--as-of", "09:30"],
      "Error: --as-of: the text is not a time; expected YYYY-MM-DDTHH:MM, with :SS and an offset"
        + " such as Z or -06:00 if wanted.\n"
    ),
    (
      ["--rulebook", "1999.1"],
      "Error: --rulebook: there is no such version; expected one of 2026.1.\n"
    ),
    (
      ["--format", "xml"],
      "Error: The value 'xml' is invalid for '--format <format>'. Please provide one of 'json' and"
        + " 'text'.\n"
    ),
    (["--check", "."], "Error: --check takes a folder alone; expected no files with it.\n"),
    (
      ["--answers", "."],
      "Error: --answers goes with the cases; expected --check with it.\n"
    ),
    (["--jobs", "0"], "Error: --jobs: the number is out of range; expected 1 to 256.\n"),
    (["--jobs", "257"], "Error: --jobs: the number is out of range; expected 1 to 256.\n"),
  ])
  func `a wrong option is said before anything is read`(options: [String], sentence: String) throws
  {
    let ended = try BuiltProgram.run(
      ["derive", "none.json"] + options, input: Data(), folder: nil)
    #expect(ended.code == 64)
    #expect(ended.output == "")
    #expect(ended.error.hasPrefix(sentence), "\(ended.error)")
  }

  @Test func `nothing to derive is a wrong command line`() throws {
    let ended = try BuiltProgram.run("derive")
    #expect(ended.code == 64)
    #expect(
      ended.error.hasPrefix(
        "Error: There is nothing to derive; expected session documents or --check.\n"))
  }

  @Test func `a moment the session's clocks skipped is said for that session`() throws {
    let ended = try BuiltProgram.run("derive", "-", "--as-of", "2026-03-08T02:30", input: session)
    #expect(ended.code == 1)
    #expect(
      ended.error
        == "standard input: --as-of: the clocks of the session's time zone went forward over this"
        + " time, so it never was; expected a time the clock showed, or one with an offset.\n")
  }

  @Test func `a site's formulary file decides the class of a drug`() throws {
    let folder = try TestFolder()
    try folder.write("name,class\nceftriaxone,chemotherapy\n", to: "site.csv")
    try folder.write("name,class\nceftriaxone,chemo\n", to: "bad.csv")
    let good = try BuiltProgram.run(
      "derive", "-", "--formulary", "site.csv", input: session, folder: folder.url)
    #expect(good.output.contains("96413"))
    let bad = try BuiltProgram.run(
      "derive", "-", "--formulary", "bad.csv", input: session, folder: folder.url)
    #expect(bad.code == 1)
    #expect(bad.output == "")
    #expect(bad.error.hasPrefix("bad.csv:2: class: the word is not a class; expected one of "))
  }

  @Test func `the same files give the same bytes`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: conformanceFolder.path)
      .filter { $0.hasSuffix(".json") }.sorted()
    let arguments = ["derive", "--format", "json"] + names
    let first = try BuiltProgram.run(arguments, input: Data(), folder: conformanceFolder)
    let second = try BuiltProgram.run(arguments, input: Data(), folder: conformanceFolder)
    #expect(first.code == 0)
    #expect(first.output.split(separator: "\n").count == names.count)
    #expect(first == second)
  }

  // MARK: Cases

  @Test func `the published sessions all come out the same`() throws {
    let ended = try BuiltProgram.run("derive", "--check", conformanceFolder.path)
    #expect(ended.code == 0)
    #expect(ended.error == "")
    let lines = ended.output.split(separator: "\n")
    #expect(lines.count >= 76)
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("same  ") || $0.hasPrefix("disputed  ") })
    #expect(lines.last?.contains(" 0 differ, ") == true)
  }

  private func published(_ tier: String, _ code: String) -> String {
    session.replacing(
      "\"administrations\"",
      with: "\"tier\":\"\(tier)\",\"note\":\"as told\",\"expected\":{\"charges\":["
        + "{\"code\":\"\(code)\",\"units\":1,\"modifiers\":[]},"
        + "{\"code\":\"96366\",\"units\":1,\"modifiers\":[]}]},\"administrations\"")
  }

  @Test func `a case that differs shows both answers and ends with 2`() throws {
    let folder = try TestFolder()
    try folder.write(published("strict", "96365"), to: "a.json")
    try folder.write(published("policy", "96413"), to: "b.json")
    try folder.write(published("disputed", "96413"), to: "c.json")
    try folder.write("no case", to: "readme.md")
    let ended = try BuiltProgram.run("derive", "--check", folder.url.path)
    #expect(
      ended
        == BuiltProgram.Ended(
          code: 2,
          output: """
            same      a  96365 96366
            differs   b  expected 96366 96413 | derived 96365 96366
            disputed  c  expected 96366 96413 | derived 96365 96366 | as told
            3 cases: 1 same, 1 differ, 1 disputed

            """, error: ""))
    let json = try BuiltProgram.run("derive", "--check", folder.url.path, "--format", "json")
    #expect(json.code == 2)
    #expect(
      json.output == """
        {"case":"a","tier":"strict","outcome":"same","expected":"96365 96366","derived":"96365 96366"}
        {"case":"b","tier":"policy","outcome":"differs","expected":"96366 96413","derived":"96365 96366","note":"as told"}
        {"case":"c","tier":"disputed","outcome":"disputed","expected":"96366 96413","derived":"96365 96366","note":"as told"}
        {"cases":3,"same":1,"differs":1,"disputed":1,"unread":0}

        """)
  }

  @Test func `a case that cannot be read is said, counted, and ends with 1`() throws {
    let folder = try TestFolder()
    try folder.write(published("strict", "96413"), to: "a.json")
    try folder.write(session, to: "b.json")
    let ended = try BuiltProgram.run("derive", "--check", ".", folder: folder.url)
    #expect(ended.code == 1)
    #expect(
      ended.error
        == "./b.json: tier: the case has no tier; expected strict, policy or disputed.\n")
    #expect(
      ended.output.hasSuffix("2 cases: 0 same, 1 differ, 0 disputed, 1 could not be read\n"))
  }

  // MARK: Answers of other programs

  /// A statement as another program may write it.
  private func answer(_ session: String, _ charges: String) -> String {
    #"{"format":"chairtime.statement/1","session":"\#(session)","charges":[\#(charges)]}"#
  }

  /// Cases a, b and c, each with the id of its file.
  private func cases() throws -> TestFolder {
    let folder = try TestFolder()
    for (id, tier, code) in [
      ("a", "strict", "96365"), ("b", "policy", "96413"), ("c", "disputed", "96413"),
    ] {
      try folder.write(
        published(tier, code).replacing("\"one\"", with: "\"\(id)\""), to: "\(id).json")
    }
    return folder
  }

  @Test func `the answers of another program are compared as ours are`() throws {
    let folder = try cases()
    let answers = try TestFolder()
    let hour = #"{"code":"96366","units":1}"#
    try answers.write(
      answer("a", #"\#(hour),{"code":"96365","units":1,"modifiers":[]}"#), to: "a.json")
    try answers.write(
      answer("b", #"{"code":"96413","units":1,"modifiers":["59"]},\#(hour)"#), to: "b.json")
    try answers.write(answer("c", ""), to: "c.json")
    try answers.write("no statement", to: "d.json")
    let ended = try BuiltProgram.run(
      "derive", "--check", folder.url.path, "--answers", answers.url.path)
    #expect(
      ended
        == BuiltProgram.Ended(
          code: 2,
          output: """
            same      a  96365 96366
            differs   b  expected 96366 96413 | answered 96366 96413-59
            disputed  c  expected 96366 96413 | answered nothing | as told
            3 cases: 1 same, 1 differ, 1 disputed

            """, error: ""))
    let json = try BuiltProgram.run(
      "derive", "--check", folder.url.path, "--answers", answers.url.path + "/", "--format", "json")
    #expect(json.code == 2)
    #expect(
      json.output.hasPrefix(
        #"{"case":"a","tier":"strict","outcome":"same","expected":"96365 96366","#
          + #""answered":"96365 96366"}"# + "\n"))
  }

  @Test func `a missing or faulty answer is one line that names its file, and ends with 1`() throws
  {
    let folder = try cases()
    try folder.write(
      published("strict", "96413").replacing("\"one\"", with: "\"../d\""), to: "d.json")
    let answers = try TestFolder()
    try answers.write(answer("other", ""), to: "b.json")
    try answers.write(answer("c", #"{"code":"96413","units":0}"#), to: "c.json")
    let ended = try BuiltProgram.run(
      "derive", "--check", ".", "--answers", answers.url.path, folder: folder.url)
    let place = answers.url.path
    #expect(ended.code == 1)
    #expect(ended.output == "4 cases: 0 same, 0 differ, 0 disputed, 4 could not be read\n")
    #expect(
      ended.error == """
        \(place)/a.json: the case has no answer; expected a statement of its session.
        \(place)/b.json: session: the statement is of another session; expected the id of the case, \
        which is the file's name.
        \(place)/c.json:1:84: charges[0].units: the number is out of range; expected a whole number \
        from 1 to 10000000.
        ./d.json: id: no file of answers can have this name; expected an id without / and without a \
        point at its start.

        """)
    let none = try BuiltProgram.run(
      "derive", "--check", ".", "--answers", "nowhere", folder: folder.url)
    #expect(none.code == 1)
    #expect(none.error == "nowhere: there is no such folder; expected a folder of statements.\n")
  }

  @Test func `our own statements are answers to every published session`() throws {
    let answers = try TestFolder()
    let names = try FileManager.default.contentsOfDirectory(atPath: conformanceFolder.path)
      .filter { $0.hasSuffix(".json") }.sorted()
    let statements = try BuiltProgram.run(
      ["derive", "--format", "json"] + names, input: Data(), folder: conformanceFolder
    ).output.split(separator: "\n")
    #expect(statements.count == names.count)
    for (name, statement) in zip(names, statements) {
      try answers.write(String(statement), to: name)
    }
    let ended = try BuiltProgram.run(
      "derive", "--check", conformanceFolder.path, "--answers", answers.url.path)
    let derived = try BuiltProgram.run("derive", "--check", conformanceFolder.path)
    #expect(ended.code == 0)
    #expect(ended.output == derived.output.replacing("| derived ", with: "| answered "))
  }

  @Test(arguments: [
    (["--as-of", "2026-03-02T10:00"], "expected no --as-of, --policy, --rulebook.\n"),
    (["--policy", "missing_stop=hold"], "expected no --as-of, --policy, --rulebook.\n"),
    (["--rulebook", "2026.1"], "expected no --as-of, --policy, --rulebook.\n"),
  ])
  func `answers are compared under no options of a derivation`(
    options: [String], sentence: String
  ) throws {
    let ended = try BuiltProgram.run(
      ["derive", "--check", ".", "--answers", "."] + options, input: Data(), folder: nil)
    #expect(ended.code == 64)
    #expect(ended.error.hasPrefix("Error: --answers derives nothing; \(sentence)"))
  }

  @Test func `cases run on one thread`() throws {
    let ended = try BuiltProgram.run("derive", "--check", ".", "--jobs", "2")
    #expect(ended.code == 64)
    #expect(
      ended.error.hasPrefix("Error: --check runs one case after another; expected no --jobs.\n"))
  }

  @Test func `a folder without cases is an error`() throws {
    let folder = try TestFolder()
    let empty = try BuiltProgram.run("derive", "--check", ".", folder: folder.url)
    #expect(empty.code == 1)
    #expect(empty.error == ".: the folder has no .json file; expected case files.\n")
    let none = try BuiltProgram.run("derive", "--check", "nowhere", folder: folder.url)
    #expect(none.code == 1)
    #expect(none.error == "nowhere: there is no such folder; expected a folder of case files.\n")
  }

  @Test func `output that cannot be written is an error`() throws {
    guard let full = FileHandle(forWritingAtPath: "/dev/full") else { return }
    let process = Process()
    process.executableURL = BuiltProgram.path
    process.arguments = ["rules"]
    process.standardOutput = full
    let error = Pipe()
    process.standardError = error
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    let text = String(decoding: error.fileHandleForReading.availableData, as: UTF8.self)
    #expect(text == "standard output cannot be written: No space left on device.\n")
  }
}
