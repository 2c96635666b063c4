import Foundation
import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

/// A failing system: strace kills the writer at each system call in turn, or fails the call.
///
/// The count goes up until a run is not disturbed.
@Suite(.serialized) struct SystemFaultTests {
  init() throws {
    try #require(isInstalled("strace"), "strace is needed: bash .ci/setup tests")
  }

  private static let writing = ["pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "write"]

  /// Facts in the store, and whether the chain is whole.
  private func count(_ path: String) throws -> Int {
    guard FileManager.default.fileExists(atPath: path) else { return 0 }
    let store = try SQLiteStore(StorePlace(path: path))
    defer { store.close() }
    let found = try store.verify()
    #expect(found.problems == [])
    return found.head.count
  }

  /// Runs a writer of one fact with `fault` on the `k`-th call, for every `k` there is.
  private func inject(
    _ call: String, _ fault: String, onto prepare: (String) throws -> Int,
    check: (_ before: Int, _ after: Int, WriterProcess, Int32) -> Void
  ) throws -> Int {
    for k in 1...400 {
      let folder = TemporaryFolder()
      let path = folder.file("s.store")
      let before = try prepare(path)
      let writer = try WriterProcess(
        path, name: "w", count: 1, in: folder.path,
        through: [
          "strace", "-f", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
          "inject=\(call):\(fault):when=\(k)",
        ])
      let code = writer.wait()
      let after = try count(path)
      check(before, after, writer, code)
      // Every acknowledged fact is there.
      let store = try SQLiteStore(StorePlace(path: path))
      for id in writer.acknowledged { #expect(try store.session(of: id) != nil) }
      store.close()
      if code == 0, writer.lines.last == "done", writer.acknowledged.count == 1, k > 1 {
        if fault.hasPrefix("signal") { return k - 1 }
        // A failed call may be survived; the run is undisturbed once there is no such call.
        if k > 40 { return k }
      }
    }
    return 400
  }

  /// A store with one session of one fact, into which the writer appends.
  private func seeded(_ path: String) throws -> Int {
    let store = try SQLiteStore(StorePlace(path: path))
    var record = SampleRecord(session: "w")
    record.open()
    try store.append(record.events, to: record.session, expecting: 0)
    store.close()
    return 1
  }

  @Test(arguments: writing)
  func `a writer killed at any system call leaves the store as before or as after`(
    call: String
  ) throws {
    let calls = try inject(call, "signal=KILL", onto: seeded) { before, after, writer, code in
      #expect(after == before || after == before + 1)
      #expect(after >= before + writer.acknowledged.count)
    }
    print("killed at each of \(calls) \(call) calls of an append")
  }

  @Test(arguments: writing)
  func `a writer killed while it creates a store leaves it empty or created`(call: String) throws {
    _ = try inject(call, "signal=KILL", onto: { _ in 0 }) { _, after, writer, _ in
      #expect((0...2).contains(after))
      #expect(after >= writer.acknowledged.count)
    }
  }

  @Test(arguments: [
    "fdatasync:error=EIO", "fsync:error=EIO", "pwrite64:error=ENOSPC",
    "pwrite64:error=EIO", "ftruncate:error=EIO", "fdatasync:error=ENOSPC",
  ])
  func `a system call that fails acknowledges nothing that is not there`(fault: String) throws {
    let parts = fault.split(separator: ":").map(String.init)
    _ = try inject(parts[0], parts[1], onto: seeded) { before, after, writer, code in
      #expect(after >= before + writer.acknowledged.count)
      #expect(after <= before + 1)
      if code != 0 {
        #expect(code == 1)
        #expect(writer.lines.last?.hasPrefix("error ") == true)
      }
    }
  }

  @Test func `a failed sync at the commit is reported and not acknowledged`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let before = try seeded(path)
    let writer = try WriterProcess(
      path, name: "w", count: 1, in: folder.path,
      through: [
        "strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e",
        "inject=fdatasync:error=EIO",
      ])
    #expect(writer.wait() == 1)
    #expect(writer.acknowledged == [])
    #expect(
      writer.lines.last?.contains("nothing was recorded. Facts recorded before are intact.") == true
    )
    #expect(try count(path) >= before)
  }

  @Test func `too little memory, few files and a small file limit end in a sentence`() throws {
    for limit in ["ulimit -n 5", "ulimit -f 40"] {
      let folder = TemporaryFolder()
      let path = folder.file("s.store")
      let before = try seeded(path)
      let writer = try WriterProcess(
        path, name: "w", count: 5000, in: folder.path,
        through: ["bash", "-c", "\(limit); exec \"$@\"", "bash"])
      #expect(writer.wait() == 1, "\(limit)")
      #expect(writer.lines.last?.hasPrefix("error ") == true, "\(limit)")
      #expect(try count(path) >= before + writer.acknowledged.count)
    }
  }

  @Test func `too little address space ends in a sentence or does no harm`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let before = try seeded(path)
    var acknowledged = 0
    var finished = 0
    // From too little for the loader to enough, in KiB.
    for limit in stride(from: 60_000, through: 220_000, by: 4_000) {
      let writer = try WriterProcess(
        path, name: "w", count: 40, in: folder.path,
        through: ["bash", "-c", "ulimit -v \(limit); exec timeout 30 \"$@\"", "bash"])
      let code = writer.wait()
      acknowledged += writer.acknowledged.count
      switch code {
      case 0: finished += 1
      case 1: #expect(writer.lines.last?.hasPrefix("error ") == true, "\(limit)")
      default:
        // The loader of libraries exits with 127, the kernel ends the program before it is loaded, or the
        // language gives up.
        #expect(
          [127, 132, 134, 137, 139].contains(code) && writer.lines.isEmpty,
          "\(limit): \(code) \(writer.lines)")
      }
    }
    #expect(finished > 0)
    #expect(try count(path) == before + acknowledged)
  }

  @Test func `a umask of 000 opens no file to others`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("data/s.store")
    let writer = try WriterProcess(
      path, name: "w", count: 3, in: folder.path,
      through: ["bash", "-c", "umask 000; exec \"$@\"", "bash"])
    writer.waitUntil { $0.contains { $0.hasPrefix("ack") } }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("data")) {
      let found = try FileManager.default.attributesOfItem(atPath: folder.file("data/\(name)"))
      #expect(found[.posixPermissions] as? Int == 0o600, "\(name)")
    }
    #expect(writer.wait() == 0)
  }
}
