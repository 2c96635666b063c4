import Foundation
import TestSupport
import Testing

/// The built program where the host gives it little: files, their size, memory, a terminal's output.
struct LimitTests {
  private let home = TemporaryFolder()

  private func run(_ line: String, input: String = "") throws -> BuiltProgram.Ended {
    try Shell.run(line, input: input, home: home)
  }

  private func open() throws {
    let opened = try run(
      "printf 'family: Sample\\ngiven: Odd\\nborn: 1961-02-04\\nmrn: 1\\n' "
        + "| chairtime session open --chair 1 --zone UTC --id s1")
    #expect(opened.code == 0, "\(opened.error)")
  }

  private func facts() throws -> Int {
    let found = try run("chairtime verify")
    #expect(found.code == 0, "\(found.output)\(found.error)")
    return Int(found.output.prefix { $0.isNumber }) ?? 0
  }

  @Test(arguments: ["-f 1", "-f 40", "-n 5"])
  func `a limit of the host ends in a sentence and leaves the facts intact`(limit: String) throws {
    try open()
    let ended = try run(
      """
      printf %0200d 0 > note
      for ((n = 0; n < 60; n++)); do
        (ulimit \(limit) && exec chairtime session note s1) < note >> said || exit
      done
      """)
    #expect(ended.code == 1, "\(ended.code)")
    #expect(ended.error.hasPrefix("The") && ended.error.hasSuffix(".\n"), "\(ended.error)")
    let said = try String(contentsOfFile: home.file("said"), encoding: .utf8)
    #expect(try facts() == 1 + said.split(separator: "\n").count)
  }

  @Test func `too little memory ends in a sentence or before anything began`() throws {
    try open()
    let notes = try (1...12).map { step in
      try run("ulimit -v \(step * 30_000); chairtime session note s1", input: "\(step)\n")
    }
    for ended in notes where ended.code != 0 {
      // Less than the program's own size is the end of it, by the kernel, the loader of libraries or the
      // language's own sentence.
      #expect(
        ended.output.isEmpty
          && (ended.error.contains("too little memory")
            || ended.error.hasPrefix("Fatal error: failed to allocate")
            || [127, 132, 137, 139, -4, -9, -11].contains(ended.code)),
        "\(ended)")
    }
    #expect(notes.last?.code == 0)
    #expect(try facts() == 1 + notes.count { $0.code == 0 })
  }

  @Test func `what cannot be printed is told`() throws {
    try open()
    for line in ["chairtime session list > /dev/full", "chairtime session list >&-"] {
      let ended = try run(line)
      #expect(ended.code == 1)
      #expect(ended.error.hasPrefix("standard output cannot be written: "), "\(ended.error)")
    }
    #expect(try run("chairtime session note s1 > /dev/full", input: "kept\n").code == 1)
    #expect(try facts() == 2)
  }
}
