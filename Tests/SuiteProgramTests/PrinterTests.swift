import Foundation
import TestSupport
import Testing

@testable import SuiteProgram

/// Printing through a pipe, with a script in the place of `lp`.
@Suite struct PrinterTests {
  private let folder = TemporaryFolder()

  private func command(_ name: String, _ script: String) throws -> String {
    let path = folder.file(name)
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return path
  }

  @Test func `the printer gets the whole text`() throws {
    let text = String(repeating: "paclitaxel, 07:10 to 08:20, ✓\n", count: 5_000)
    let file = folder.file("printed")
    try Printer.print(text, by: command("lp", "echo noise; echo noise >&2; cat > '\(file)'"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
  }

  @Test func `what the printer refuses is told`() throws {
    let path = try command("lp", "cat > /dev/null; exit 1")
    let refusal = #expect(throws: Complaint.self) { try Printer.print("x\n", by: path) }
    #expect(refusal?.description == "\(path) did not take the packet; nothing was printed.")
    let missing = folder.file("none")
    let absence = #expect(throws: Complaint.self) { try Printer.print("x\n", by: missing) }
    #expect(
      absence?.description
        == "There is no printer here (no \(missing)); write a file and print that.")
  }
}
