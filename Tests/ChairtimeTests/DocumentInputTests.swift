import ArgumentParser
import Foundation
import Interchange
import SuiteProgram
import Testing

@testable import chairtime

/// Where `derive` and `explain` find session documents: files, folders, lists, standard input.
struct DocumentInputTests {
  private static func session(_ id: String) -> String {
    #"{"format":"chairtime.session/1","id":"\#(id)","timeZone":"America/Chicago","#
      + #""administrations":[{"id":"a1","drug":"ceftriaxone","technique":"infusion","#
      + #""start":"2026-03-02T09:00","stop":"2026-03-02T10:31"}]}"#
  }

  /// One document over several lines, as an editor writes it.
  private static let spanning = session("one").replacing("{", with: "{\n  ")
    .replacing(",", with: ",\n  ")

  /// The ids of the sessions in the lines of `derive --format json`.
  private func derived(_ ended: BuiltProgram.Ended) -> [String] {
    ended.output.split(separator: "\n").map { line in
      String(
        line.dropFirst(#"{"format":"chairtime.statement/1","session":""#.count).prefix {
          $0 != "\""
        })
    }
  }

  private func derive(
    _ arguments: String..., input: String = "", in folder: TestFolder? = nil
  ) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      ["derive", "--format", "json"] + arguments, input: Data(input.utf8), folder: folder?.url)
  }

  // MARK: Faults that name what to do

  @Test func `a line of JSON Lines that is cut off is told as a line, a cut document as a file`()
    throws
  {
    let cut = String(Self.session("b").dropLast(10))
    let lines = try derive("-", input: Self.session("a") + "\n" + cut + "\n" + Self.session("c"))
    #expect(derived(lines) == ["a", "c"])
    #expect(
      lines.error.hasPrefix("standard input:2:")
        && lines.error.hasSuffix(
          ": the line ends inside a string; expected a closing quote; each line of JSON Lines holds a "
            + "whole document.\n"),
      "\(lines.error)")
    let first = try derive("-", input: cut + "\n" + Self.session("c"))
    #expect(first.error.contains("the line ends inside a string"), "\(first.error)")
    #expect(try derive("-", input: cut).error.contains("the file ends inside a string"))
  }

  @Test func `a file of several documents is told how they are read`() throws {
    let folder = try TestFolder()
    try folder.write(Self.session("a") + "\n" + Self.session("b"), to: "two.jsonl")
    #expect(
      try derive("two.jsonl", in: folder).error
        == "two.jsonl:2:1: something follows the end of the document; expected one document a file; "
        + "several are read from standard input, each on one line (JSON Lines).\n")
  }

  @Test func `a byte order mark is passed over in documents, in lists and in a patient's file`()
    throws
  {
    let folder = try TestFolder()
    let mark = "\u{FEFF}"
    try folder.write(mark + Self.session("a"), to: "a.json")
    try folder.write(mark + "a.json\n", to: "list.txt")
    #expect(try derived(derive("--files-from", "list.txt", in: folder)) == ["a"])
    let lines = "\(mark)\(Self.session("a"))\n\(mark)\(Self.session("b"))\n"
    #expect(try derived(derive("-", input: lines)) == ["a", "b"])
    try folder.write(
      mark + "family: Tester\ngiven: Amara\nmrn: 90000417\nborn: 04-Feb-1961\n", to: "patient.txt")
    let opened = try BuiltProgram.run(
      [
        "session", "open", "--chair", "3", "--zone", "UTC", "--patient", "patient.txt", "--actor",
        "RN T. SAMPLE", "--store", "s.store",
      ], input: Data(), folder: folder.url)
    #expect(opened.code == 0, "\(opened.error)")
  }

  // MARK: Folders

  @Test func `a folder stands for its documents, in the order of their names`() throws {
    let folder = try TestFolder()
    for name in ["b", "a", "C"] { try folder.write(Self.session(name), to: "\(name).json") }
    try folder.write("no document", to: "readme.md")
    try folder.write(Self.session("hidden"), to: ".hidden.json")
    let ended = try derive(".", "b.json", in: folder)
    #expect(ended.code == 0, "\(ended.error)")
    #expect(derived(ended) == ["C", "a", "b", "b"])
    #expect(try derive("./", in: folder).output.split(separator: "\n").count == 3)
  }

  @Test func `a folder without documents is a fault, and the others are still derived`() throws {
    let folder = try TestFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "empty"), withIntermediateDirectories: true)
    try folder.write(Self.session("a"), to: "a.json")
    let ended = try derive("empty", "a.json", in: folder)
    #expect(ended.code == 1)
    #expect(derived(ended) == ["a"])
    #expect(
      ended.error == "empty: the folder has no .json file; expected session documents.\n")
  }

  @Test func `a fault in a folder names its file`() throws {
    let folder = try TestFolder()
    try folder.write("{", to: "bad.json")
    try folder.write(Self.session("good"), to: "good.json")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "sub.json"), withIntermediateDirectories: true)
    let ended = try derive(folder.url.path)
    #expect(ended.code == 1)
    #expect(derived(ended) == ["good"])
    let lines = ended.error.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("\(folder.url.path)/bad.json:1:2: ") == true, "\(lines)")
    #expect(
      lines.last
        == "\(folder.url.path)/sub.json: this is a folder; expected a file that can be read.")
  }

  // MARK: Lists

  @Test(arguments: ["a.json\n\nb.json\n", "a.json\0b.json\0", "a.json\nb.json"])
  func `a list names files a line or NUL apart, on standard input or in a file`(
    list: String
  ) throws {
    let folder = try TestFolder()
    try folder.write(Self.session("a"), to: "a.json")
    try folder.write(Self.session("b"), to: "b.json")
    try folder.write(list, to: "list")
    let given = try derive("--files-from", "-", input: list, in: folder)
    #expect(given.code == 0, "\(given.error)")
    #expect(derived(given) == ["a", "b"])
    #expect(try derive("--files-from", "list", in: folder) == given)
    #expect(try derived(derive("b.json", "--files-from", "list", in: folder)) == ["b", "a", "b"])
  }

  @Test func `a list may name folders, and a faulty line spoils no other`() throws {
    let folder = try TestFolder()
    try folder.write(Self.session("a"), to: "a.json")
    let list =
      Data(".\nnone.json\n".utf8) + [0xFF, 0x0A]
      + Data((String(repeating: "x", count: 5000) + "\n-\na.json\nx\0y\n").utf8)
    let ended = try BuiltProgram.run(
      ["derive", "--format", "json", "--files-from", "-"], input: list, folder: folder.url)
    #expect(ended.code == 1)
    #expect(derived(ended) == ["a", "a"])
    #expect(
      ended.error == """
        none.json: there is no such file; expected a file that can be read.
        standard input:3: the line is no path; expected the path of a session document.
        standard input:4: the line is no path; expected the path of a session document.
        ./-: there is no such file; expected a file that can be read.
        standard input:7: the line is no path; expected the path of a session document.

        """)
  }

  @Test func `an empty list is a fault`() throws {
    let ended = try derive("--files-from", "-")
    #expect(ended.code == 1)
    #expect(ended.error == "standard input: the list names no file; expected one path per line.\n")
    let missing = try derive("--files-from", "/nonexistent/list")
    #expect(missing.code == 1)
    #expect(
      missing.error
        == "/nonexistent/list: there is no such file; expected a file that can be read.\n")
  }

  @Test func `standard input is a list or a document, not both`() throws {
    let ended = try derive("-", "--files-from", "-")
    #expect(ended.code == 64)
    #expect(
      ended.error.hasPrefix(
        "Error: Standard input is the list of files; expected no - as a file.\n"))
  }

  // MARK: Standard input

  @Test func `standard input holds a document a line`() throws {
    let lines = ["one", "two", "three"].map(Self.session).joined(separator: "\n")
    let ended = try derive("-", input: "\n\(lines)\r\n\n")
    #expect(ended.code == 0, "\(ended.error)")
    #expect(derived(ended) == ["one", "two", "three"])
    #expect(try derive("-", input: lines) == ended)
  }

  @Test func `standard input holds a document over many lines, or several`() throws {
    let ended = try derive("-", input: Self.spanning)
    #expect(ended.code == 0, "\(ended.error)")
    #expect(derived(ended) == ["one"])
    let twice = try derive("-", input: Self.spanning + "\n" + Self.spanning)
    #expect(derived(twice) == ["one", "one"])
    #expect(twice.code == 0, "\(twice.error)")
  }

  @Test func `a faulty line names itself and spoils no other`() throws {
    let input =
      Data((Self.session("one") + "\n{\"format\":\n").utf8) + [0xFF, 0xFE, 0x0A]
      + Data(
        "nonsense\n\(Self.session("two").replacing("ceft", with: "\u{1}"))\n".utf8)
      + Data("\(Self.session("three"))\n\(Self.session("late")) x\n".utf8)
    let ended = try BuiltProgram.run(
      ["derive", "--format", "json", "-"], input: input, folder: nil)
    #expect(ended.code == 1)
    #expect(derived(ended) == ["one", "three"])
    let faults = ended.error.split(separator: "\n")
    #expect(faults.count == 5, "\(ended.error)")
    for (fault, line) in zip(faults, [2, 3, 4, 5, 7]) {
      #expect(fault.hasPrefix("standard input:\(line):"), "\(fault)")
    }
  }

  @Test func `a first document that was cut off spoils no other`() throws {
    let cut = Self.session("cut").dropLast(20)
    let ended = try derive("-", input: "\(cut)\n\(Self.session("two"))\n\(Self.session("three"))\n")
    #expect(ended.code == 1)
    #expect(derived(ended) == ["two", "three"])
    #expect(ended.error.hasPrefix("standard input:1:"), "\(ended.error)")
    #expect(ended.error.split(separator: "\n").count == 1)
  }

  @Test func `a fault of the whole document names the line it begins on`() throws {
    let lines = "\(Self.session("one"))\n\(Self.session("two"))\n"
    let ended = try derive("-", "--as-of", "2026-03-08T02:30", input: lines)
    #expect(ended.code == 1)
    let faults = ended.error.split(separator: "\n")
    #expect(faults.count == 2)
    #expect(faults.first?.hasPrefix("standard input: --as-of: ") == true)
    #expect(faults.last?.hasPrefix("standard input:2: --as-of: ") == true)
  }

  @Test func `empty input is a fault`() throws {
    for input in ["", "\n \n"] {
      let ended = try derive("-", input: input)
      #expect(ended.code == 1)
      #expect(ended.output == "")
      #expect(ended.error.hasSuffix("the file is empty; expected a JSON object.\n"))
    }
  }

  @Test func `memory does not grow with the documents on standard input`() throws {
    let process = BuiltProgram.process(["derive", "--format", "json", "-"])
    let input = Pipe()
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    /// The most memory so far in KB, after `count` more documents, all read but for a pipe's content.
    func peak(after count: Int) throws -> Int {
      let lines = String(repeating: Self.session("one") + "\n", count: count)
      try input.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
      let status = try String(
        contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return try #require(line.flatMap { Int($0.filter(\.isNumber)) })
    }
    let few = try peak(after: 2000)
    let many = try peak(after: 10_000)
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(many - few < 1024, "\(few) KB, then \(many) KB")
  }

  // MARK: Threads

  @Test(arguments: ["json", "text"])
  func `several threads print the same in the same order as one`(format: String) throws {
    let folder = try TestFolder()
    var lines: [String] = []
    for number in 0..<2000 {
      lines.append(number % 97 == 5 ? "{\"format\":" : Self.session("s\(number)"))
    }
    try folder.write(Self.session("file"), to: "a.json")
    let words = ["derive", "--format", format, "a.json", "none.json", "-", "a.json"]
    let input = Data(lines.joined(separator: "\n").utf8)
    let one = try BuiltProgram.run(words, input: input, folder: folder.url)
    #expect(one.code == 1)
    #expect(one.error.split(separator: "\n").count == 22)
    for jobs in ["2", "7"] {
      let many = try BuiltProgram.run(
        words + ["--jobs", jobs], input: input, folder: folder.url)
      #expect(many == one)
    }
  }

  @Test(arguments: ["1", "3"])
  func `an answer is printed before the next document comes`(jobs: String) throws {
    let process = BuiltProgram.process(["derive", "--format", "json", "--jobs", jobs, "-"])
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    for id in ["one", "two", "three"] {
      try input.fileHandleForWriting.write(contentsOf: Data((Self.session(id) + "\n").utf8))
      let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      #expect(answer.contains("\"session\":\"\(id)\"") && answer.hasSuffix("\n"))
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func `output that cannot be written ends the work of all threads`() throws {
    let lines = String(repeating: Self.session("one") + "\n", count: 5000)
    let folder = try TestFolder()
    try folder.write(lines, to: "lines")
    let process = BuiltProgram.process(["derive", "--jobs", "3", "-"])
    process.standardInput = try FileHandle(forReadingFrom: folder.url.appending(path: "lines"))
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    let error = Pipe()
    process.standardError = error
    try process.run()
    let text = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(text == "standard output cannot be written: No space left on device.\n")
  }

  // MARK: Explain

  @Test func `explain takes folders, lists and lines too, a page each`() throws {
    let folder = try TestFolder()
    try folder.write(Self.session("a"), to: "a.json")
    try folder.write(Self.session("b"), to: "b.json")
    let ended = try BuiltProgram.run("explain", ".", folder: folder.url)
    #expect(ended.code == 0, "\(ended.error)")
    let one = try BuiltProgram.run("explain", "a.json", folder: folder.url).output
    let other = try BuiltProgram.run("explain", "b.json", folder: folder.url).output
    #expect(ended.output == one + "\n" + other)
    let listed = try BuiltProgram.run(
      "explain", "--files-from", "-", input: "a.json\nb.json\n", folder: folder.url)
    #expect(listed == ended)
    let lines = try BuiltProgram.run(
      "explain", "-", input: "\(Self.session("a"))\n\(Self.session("b"))\n")
    #expect(lines == ended)
  }

  @Test func `a session that is not found is told, and the others are still explained`() throws {
    let folder = try TestFolder()
    try folder.write(Self.session("a"), to: "a.json")
    let ended = try BuiltProgram.run(
      "explain", "none.json", "a.json", "--store", "none.store", folder: folder.url)
    #expect(ended.code == 1)
    #expect(ended.error == "There is no file none.json, and no store none.store.\n")
    #expect(ended.output == (try BuiltProgram.run("explain", "a.json", folder: folder.url)).output)
  }

  @Test func `nothing to explain, or a packet of many, is a wrong command line`() throws {
    let none = try BuiltProgram.run("explain")
    #expect(none.code == 64)
    #expect(
      none.error.hasPrefix(
        "Error: There is nothing to explain; expected a session or a document.\n"))
    let many = try BuiltProgram.run("explain", "s1", "s2", "--packet")
    #expect(many.code == 64)
    #expect(many.error.hasPrefix("Error: --packet is about one session of the store.\n"))
  }
}

/// The reader of lines, the splitting into documents and the joining of arguments, as values.
struct LineReaderTests {
  /// A reader of `bytes` that gets at most `step` of them at a time.
  private func reader(_ bytes: [UInt8], limit: Int = 1 << 20, step: Int = 3) -> LineReader {
    var rest = bytes[...]
    return LineReader(limit: limit) { buffer in
      let part = rest.prefix(min(step, buffer.count))
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
  }

  private func lines(_ reader: LineReader) throws -> [String] {
    var reader = reader
    var lines: [String] = []
    while let line = try reader.next() {
      #expect(line.number == lines.count + 1)
      lines.append(String(decoding: line.bytes, as: UTF8.self) + (line.isTooLong ? "…" : ""))
    }
    return lines
  }

  private func documents(_ text: String, limit: Int = 1 << 20) throws -> [String] {
    var stream = DocumentStream(reader(Array(text.utf8)), limit: limit)
    var found: [String] = []
    while let document = try stream.next() {
      let text = document.isTooLong ? "…" : String(decoding: document.bytes, as: UTF8.self)
      found.append("\(document.line) \(text)")
    }
    return found
  }

  @Test(arguments: [1, 2, 3, 100])
  func `lines are the same however the bytes come in`(step: Int) throws {
    let bytes = Array("ab\n\ncde\nf".utf8)
    #expect(try lines(reader(bytes, step: step)) == ["ab", "", "cde", "f"])
    #expect(try lines(reader(bytes, limit: 2, step: step)) == ["ab", "", "cd…", "f"])
    #expect(try lines(reader([], step: step)) == [])
    #expect(try lines(reader(Array("\n".utf8), step: step)) == [""])
  }

  @Test func `the first separator decides between line feed and NUL`() throws {
    #expect(try lines(reader(Array("a\nb\0c\n".utf8)).acceptingNUL()) == ["a", "b\0c"])
    #expect(try lines(reader(Array("a\0b\nc\0".utf8)).acceptingNUL()) == ["a", "b\nc"])
    #expect(try lines(reader(Array("a\0b\n".utf8))) == ["a\0b"])
  }

  @Test func `a read that fails is thrown`() throws {
    var reader = LineReader { _ throws(DocumentError) in
      throw DocumentError(file: "f", found: "x", expected: "y")
    }
    #expect(throws: DocumentError.self) { try reader.next() }
  }

  @Test(arguments: [
    ("{}\n{}\n", ["1 {}", "2 {}"]),
    ("{\n}\n\n{\n}", ["1 {\n}", "4 {\n}"]),
    (#"{"a":"}\"{"}"#, [#"1 {"a":"}\"{"}"#]),
    ("{\"a\":[\n1]}\n{}", ["1 {\"a\":[\n1]}", "3 {}"]),
    ("x\n{\n{}\n", ["1 x", "2 {", "3 {}"]),
    ("{}}\n{}", ["1 {}}", "2 {}"]),
    ("{\"a\":\"\n}\n{}", ["1 {\"a\":\"\n}", "3 {}"]),
    ("", []),
    (" \n\t\r\n", []),
  ])
  func `braces tell documents apart, or lines if the first is a whole document`(
    text: String, expected: [String]
  ) throws {
    #expect(try documents(text) == expected)
  }

  @Test func `a document above the limit is skipped whole`() throws {
    #expect(
      try documents("{\n111111111111111\n}\n{}\n", limit: 10) == ["1 …", "4 {}"])
  }

  @Test func `a long run of file names reaches the parser as one word`() throws {
    let names = (1...100).map { "f\($0).json" }
    let joined = FileNames.joiningRuns(in: ["derive", "--format", "json"] + names + ["-", "x"])
    #expect(joined.count == 6)
    #expect(Array(joined.prefix(3)) == ["derive", "--format", "json"])
    #expect(joined.suffix(2) == ["-", "x"])
    #expect(FileNames(argument: joined[3])?.names == names)
    let few = ["derive", "a", "b", "--check", "c"]
    #expect(FileNames.joiningRuns(in: few) == few)
    let first = FileNames.joiningRuns(in: ["derive"] + names)
    #expect(first.count == 2)
    let command = try #require(Chairtime.parseAsRoot(first) as? Derive)
    #expect(command.files.flatMap(\.names) == names)
  }

  @Test func `a value after an option stays the option's before many names`() throws {
    let names = (1...100).map { "f\($0).json" }
    let words = FileNames.joiningRuns(in: ["derive"] + names + ["--format", "text"] + names)
    let command = try #require(Chairtime.parseAsRoot(words) as? Derive)
    #expect(command.format == .text)
    #expect(command.files.flatMap(\.names) == names + names)
  }

  @Test func `10,000 file names are parsed and each is told once`() throws {
    let names = (0..<10_000).map { "n\($0)" }
    let ended = try BuiltProgram.run(["derive"] + names, input: Data(), folder: nil)
    #expect(ended.code == 1)
    #expect(ended.error.split(separator: "\n").count == 10_000)
  }
}
