import Foundation
import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

/// Damaged files: cut off, overwritten, with flipped bits, missing.
@Suite struct DamageTests {
  /// A closed store of eight facts; its bytes.
  private func fill(_ path: String) throws -> Data {
    let store = try SQLiteStore(StorePlace(path: path))
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.add(.drugPaused(administration: "a1"), at: "09:20", reason: "flushing")
    record.add(.drugResumed(administration: "a1"), at: "09:40")
    let stop = record.stop("a1", at: "12:00")
    record.add(
      .eventSuperseded(
        replaces: stop.id, replacement: .drugStopped(DrugStop(administration: "a1"))),
      at: "11:55", reason: "read from the pump")
    record.add(.sessionClosed(answers: []), at: "12:10")
    try store.append(record.events, to: record.session, expecting: 0)
    store.close()
    return try Data(contentsOf: URL(filePath: path))
  }

  /// The sentence of opening and verifying a file with these bytes; nil if all is well.
  private func doubt(_ bytes: Data, _ path: String, keepingHead: Bool = false) throws -> String? {
    try bytes.write(to: URL(filePath: path))
    chmod(path, 0o600)
    for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    if !keepingHead { unlink(path + "-head") }
    do throws(StoreError) {
      let store = try SQLiteStore(StorePlace(path: path), mode: .readOnly)
      defer { store.close() }
      return try store.verify().problems.first?.sentence
    } catch {
      return error.sentence
    }
  }

  @Test func `every changed byte of every fact's row is found`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    var bytes = try fill(path)
    let cells = try FactCells.ranges(in: path)
    #expect(cells.count == 8)
    let masks: [UInt8] =
      rounds("CHAIRTIME_FLIPS", usually: 1) > 1 ? (0..<8).map { 1 << $0 } + [0xff] : [0]
    var flips = 0
    for cell in cells {
      for position in cell {
        for mask in masks {
          let mask = mask == 0 ? UInt8(1) << UInt8(position % 8) : mask
          bytes[position] ^= mask
          #expect(try doubt(bytes, path) != nil, "byte \(position), mask \(mask)")
          bytes[position] ^= mask
          flips += 1
        }
      }
    }
    #expect(try doubt(bytes, path) == nil)
    print("\(flips) changed bytes, all found")
  }

  @Test func `a file cut short anywhere is refused or found, and left as it is`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let bytes = try fill(path)
    for size in stride(from: 512, to: bytes.count, by: 512) {
      let cut = bytes.prefix(size)
      #expect(try doubt(cut, path) != nil, "\(size)")
      #expect(try Data(contentsOf: URL(filePath: path)) == cut)
    }
  }

  /// The pages that hold nothing, as of a table that was copied: the free list
  /// (sqlite.org/fileformat2.html, 1.5).
  private func unusedPages(_ bytes: Data) -> Set<Int> {
    func number(_ position: Int) -> Int {
      bytes[position..<(position + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    var pages: Set<Int> = []
    var trunk = number(32)
    while trunk > 0 {
      let start = (trunk - 1) * 4096
      pages.insert(trunk - 1)
      for leaf in 0..<number(start + 4) { pages.insert(number(start + 8 + leaf * 4) - 1) }
      trunk = number(start)
    }
    return pages
  }

  @Test func `a page of zeros or noise is refused or found, and left as it is`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let bytes = try fill(path)
    var generator = SeededGenerator(seed: 5)
    let free = unusedPages(bytes)
    for page in 0..<(bytes.count / 4096) where !free.contains(page) {
      for noise in [false, true] {
        var damaged = bytes
        for position in (page * 4096)..<((page + 1) * 4096) {
          damaged[position] = noise ? UInt8.random(in: 0...255, using: &generator) : 0
        }
        if damaged == bytes { continue }
        let found = try doubt(damaged, path)
        #expect(found != nil, "page \(page)")
        #expect(try Data(contentsOf: URL(filePath: path)) == damaged)
      }
    }
  }

  @Test func `a header that is not a database's is refused with the file's name`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    var bytes = try fill(path)
    bytes.replaceSubrange(0..<16, with: Data("a picture of cats".utf8.prefix(16)))
    #expect(try doubt(bytes, path)?.contains("\(path) is not a Chairtime store") == true)
  }

  @Test func `a store emptied after facts were acknowledged is not taken for a new one`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    _ = try fill(path)
    try Data().write(to: URL(filePath: path))
    chmod(path, 0o600)
    #expect {
      _ = try SQLiteStore(StorePlace(path: path))
    } throws: { error in
      if case StoreError.endMissing(_, .facts, 0, 8) = error { true } else { false }
    }
  }

  @Test func `an older copy put back is detected by the head file`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let bytes = try fill(path)
    let store = try SQLiteStore(StorePlace(path: path))
    var record = SampleRecord(session: "more", seed: 4)
    record.open()
    try store.append(record.events, to: record.session, expecting: 0)
    store.close()
    #expect(try doubt(bytes, path, keepingHead: true)?.contains("9 were recorded") == true)
  }

  @Test func `a missing log with acknowledged facts is reported`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let writer = try WriterProcess(path, name: "w", count: 100_000, in: folder.path)
    writer.waitUntil { $0.count > 10 }
    writer.kill()
    writer.wait()
    unlink(path + "-wal")
    #expect {
      _ = try SQLiteStore(StorePlace(path: path))
    } throws: { error in
      switch error {
      case StoreError.endMissing, StoreError.damaged: true
      default: false
      }
    }
  }

  @Test func `a clock stepped back an hour stops nothing and is reported`() throws {
    let folder = TemporaryFolder()
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    try store.append(record.events, to: record.session, expecting: 0)
    let stop = record.add(
      .drugStopped(DrugStop(administration: "a1")), at: "09:30", recorded: "08:31")
    try store.append([stop], to: record.session, expecting: 3)
    #expect(try store.verify().isWhole)
    let log = try #require(try store.log(of: record.session))
    let issues = log.timeline(asOf: record.at("10:00"), formulary: SampleRecord.formulary).issues
    #expect(issues.map(\.kind).contains(.clockWentBack))
  }

  @Test func `a full disk refuses the fact, keeps the old ones and opens again`() throws {
    guard let disk = try SmallDisk.mounted(kilobytes: 400) else { return }
    let path = disk.path + "/s.store"
    let writer = try WriterProcess(path, name: "w", count: 100_000, in: "/tmp")
    #expect(writer.wait() == 1)
    #expect(writer.lines.last?.hasPrefix("error There is no room left for the store") == true)
    #expect(!writer.acknowledged.isEmpty)
    // The store can still be read, though nothing can be written.
    disk.fill()
    let reader = try SQLiteStore(StorePlace(path: path), mode: .readOnly)
    #expect(reader.isImmutable == false || writer.acknowledged.isEmpty == false)
    for id in writer.acknowledged { #expect(try reader.session(of: id) != nil) }
    #expect(try reader.verify().isWhole)
    reader.close()
    disk.empty()
    let store = try SQLiteStore(StorePlace(path: path))
    var record = SampleRecord(session: "after", seed: 8)
    record.open()
    try store.append(record.events, to: record.session, expecting: 0)
    #expect(try store.verify().isWhole)
  }

  @Test func `a read-only disk is read, and refuses to record`() throws {
    guard let disk = try SmallDisk.mounted(kilobytes: 4000) else { return }
    let path = disk.path + "/s.store"
    let bytes = try fill(path)
    disk.makeReadOnly()
    #expect {
      _ = try SQLiteStore(StorePlace(path: path))
    } throws: { error in
      if case StoreError.readOnly = error { true } else { false }
    }
    let reader = try SQLiteStore(StorePlace(path: path), mode: .readOnly)
    #expect(try reader.head().count == 8)
    #expect(try reader.verify().isWhole)
    reader.close()
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
  }
}

/// The byte ranges of the rows of the fact table in a database file.
///
/// SQLite file format, sections 1.6 and 2.1: a leaf page of a table begins with 0x0d; the number of
/// cells is at offset 3, their offsets are from 8 on. A cell is its length, its row id and the record.
enum FactCells {
  /// The rows of a table that fits on its first page.
  static func ranges(in path: String) throws -> [Range<Int>] {
    let bytes = try Data(contentsOf: URL(filePath: path))
    let raw = try Database(path)
    let root = Int(
      try raw.number("SELECT rootpage FROM sqlite_master WHERE name = 'fact'"))
    raw.close()
    let base = (root - 1) * 4096
    guard bytes[base] == 0x0d else { return [] }
    return (0..<(Int(bytes[base + 3]) << 8 | Int(bytes[base + 4]))).map { cell in
      let pointer = base + 8 + 2 * cell
      let start = base + (Int(bytes[pointer]) << 8 | Int(bytes[pointer + 1]))
      var position = start
      let length = varint(bytes, &position)
      _ = varint(bytes, &position)
      return start..<(position + length)
    }
  }

  private static func varint(_ bytes: Data, _ position: inout Int) -> Int {
    var value = 0
    while true {
      let byte = bytes[position]
      position += 1
      value = value << 7 | Int(byte & 0x7f)
      if byte & 0x80 == 0 { return value }
    }
  }
}

/// A disk of a few kilobytes in memory. Only root can mount one.
final class SmallDisk {
  let path: String
  private let folder = TemporaryFolder()

  init?(kilobytes: Int) {
    path = folder.path + "/disk"
    mkdir(path, 0o700)
    guard geteuid() == 0,
      SmallDisk.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k,mode=0700", "tmpfs", path)
    else { return nil }
  }

  /// The disk; nil if the account may not mount one, which fails the test in CI.
  static func mounted(kilobytes: Int) throws -> SmallDisk? {
    let disk = SmallDisk(kilobytes: kilobytes)
    guard ProcessInfo.processInfo.environment["CI"] != nil else { return disk }
    let mounted: SmallDisk = try #require(
      disk, "a tmpfs cannot be mounted here: run the tests as root")
    return mounted
  }

  deinit { _ = SmallDisk.run("umount", "-l", path) }

  func makeReadOnly() { _ = SmallDisk.run("mount", "-o", "remount,ro", path) }

  /// Leaves no room at all.
  func fill() {
    let file = fopen(path + "/ballast", "w")
    let block = [UInt8](repeating: 1, count: 1024)
    while let file, fwrite(block, 1, 1024, file) == 1024, fflush(file) == 0 {}
    if let file { fclose(file) }
  }

  func empty() {
    unlink(path + "/ballast")
    _ = SmallDisk.run("mount", "-o", "remount,size=8m", path)
  }

  private static func run(_ command: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
