import Foundation
import SQLiteStore
import SessionStore
import TestSupport
import Testing

@testable import SuiteProgram

/// Files for users: new ones only, and none that a store would take for its own.
@Suite struct OutputFileTests {
  private let folder = TemporaryFolder()

  private func write(_ text: String, to name: String) throws {
    let sink = Sink(OutputFile(path: folder.file(name)))
    try sink.take(Array(text.utf8))
    try sink.finish()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.file(name), encoding: .utf8)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func `a new file is written whole, and the temporary file is gone`() throws {
    try write("one", to: "day.csv")
    #expect(try text("day.csv") == "one")
    #expect(try names() == ["day.csv"])
  }

  @Test func `a file that is there is left, also one that is empty or a dangling link`() throws {
    try write("one", to: "day.csv")
    try Data().write(to: URL(filePath: folder.file("empty.csv")))
    symlink(folder.file("nowhere"), folder.file("link.csv"))
    for name in ["day.csv", "empty.csv", "link.csv"] {
      #expect(throws: Complaint.self, "\(name)") { try write("two", to: name) }
    }
    #expect(try text("day.csv") == "one")
    #expect(try text("empty.csv") == "")
    #expect(try names() == ["day.csv", "empty.csv", "link.csv"])
  }

  @Test func `a file made while an export was written is left`() throws {
    let sink = Sink(OutputFile(path: folder.file("day.csv")))
    try sink.take([UInt8](repeating: 65, count: 1 << 17))
    try Data("theirs".utf8).write(to: URL(filePath: folder.file("day.csv")))
    #expect(throws: Complaint.self) { try sink.finish() }
    #expect(try text("day.csv") == "theirs")
  }

  @Test func `another file's temporary name is left`() throws {
    try Data("theirs".utf8).write(to: URL(filePath: folder.file("day.csv.part")))
    #expect(throws: Complaint.self) { try write("ours", to: "day.csv") }
    #expect(try text("day.csv.part") == "theirs")
    #expect(try names() == ["day.csv.part"])
  }

  @Test func `a name of a store is refused, whether or not the file is there`() throws {
    let store = try SQLiteStore(StorePlace(path: folder.file("chair.store")))
    defer { store.close() }
    let before = try names()
    for name in [
      "chair.store", "chair.store-wal", "chair.store-shm", "chair.store-journal",
      "chair.store-head", "chair.store-audit", "chair.store-reserve", "chair.store-outbox",
      "chair.store-schedule", "chair.store-edit-tables.json", "chair.store-anything-at-all",
    ] {
      #expect(throws: Complaint.self, "\(name)") { try write("x", to: name) }
      #expect(throws: Complaint.self, "\(name)") {
        try OutputFile(path: folder.file(name)).writeNew([1])
      }
      #expect(throws: StoreError.self, "\(name)") { _ = try store.backup(to: folder.file(name)) }
    }
    #expect(try names() == before)
    #expect(try store.verify().problems == [])
    // Names that only look alike.
    for name in ["chair.stores", "my-chair.store", "chair", "chair-store-wal"] {
      try write("x", to: name)
    }
  }

  @Test func `nothing is written into the folder of the appointments, nor without a name`() throws {
    let store = try SQLiteStore(StorePlace(path: folder.file("chair.store")))
    defer { store.close() }
    for name in ["chair.store-schedule", "schedule"] {
      mkdir(folder.file(name), 0o700)
    }
    #expect(throws: Complaint.self) { try write("x", to: "chair.store-schedule/2026-12-24.json") }
    try write("x", to: "schedule/q")
    symlink("chair.store-schedule", folder.file("link"))
    #expect(throws: Complaint.self) { try write("x", to: "link/q") }
    #expect(throws: Complaint.self) { try OutputFile(path: "").check() }
  }

  /// What an account keeps of a server's store: no database lies there.
  @Test func `the files of a server's store are names of it, by whatever way`() throws {
    let place = folder.file("chairtime/servers/h-ct-north")
    let names = [
      "schedule/2026-12-24.json", "schedule/sub/q", "schedule", "edit-tables.json",
      "chairtime.store", "chairtime.store-outbox",
    ]
    try FileManager.default.createDirectory(
      atPath: place + "/schedule/sub", withIntermediateDirectories: true)
    symlink(place + "/schedule", folder.file("link"))
    for name in names {
      #expect(throws: Complaint.self, "\(name)") {
        try OutputFile(path: "\(place)/\(name)").check()
      }
    }
    #expect(throws: Complaint.self) { try write("x", to: "link/2026-12-25.json") }
    mkdir(place + "/exports", 0o700)
    try write("x", to: "chairtime/servers/h-ct-north/exports/2026-12-24.csv")
    try write("x", to: "chairtime/servers.csv")
  }

  @Test func `edit tables and appointments next to the usual store are names of it`() throws {
    for name in ["edit-tables.json", "schedule"] { try write("x", to: name) }
    for name in try names() { unlink(folder.file(name)) }
    let store = try SQLiteStore(StorePlace(path: folder.file("chairtime.store")))
    defer { store.close() }
    for name in ["edit-tables.json", "schedule", "drug-tables", "drug-tables/tables.json"] {
      #expect(throws: Complaint.self, "\(name)") { try write("x", to: name) }
      #expect(throws: StoreError.self, "\(name)") { _ = try store.backup(to: folder.file(name)) }
    }
    try write("x", to: "edit-tables.csv")
  }

  @Test func `a file that the program keeps itself is replaced`() throws {
    for text in ["one", "two"] {
      let sink = Sink(OutputFile(own: folder.file("tables.json")))
      try sink.take(Array(text.utf8))
      try sink.finish()
    }
    #expect(try text("tables.json") == "two")
    #expect(try names() == ["tables.json"])
  }
}
