import Foundation
import Glibc
import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

@Suite struct PlaceTests {
  private func mode(_ path: String) -> mode_t {
    var found = stat()
    return lstat(path, &found) == 0 ? found.st_mode & 0o777 : 0
  }

  private func refusal(_ path: String) -> String? {
    do {
      _ = try SQLiteStore(StorePlace(path: path))
      return nil
    } catch {
      return error.sentence
    }
  }

  @Test func `the store is found by option, then variable, then the user's data folder`() throws {
    func path(_ option: String?, _ variables: [String: String]) throws -> String {
      try StorePlace.standard(option: option, environment: { variables[$0] }).path
    }
    let all = ["CHAIRTIME_STORE": "/v/s", "XDG_DATA_HOME": "/x", "HOME": "/h"]
    #expect(try path("/o/s", all) == "/o/s")
    #expect(try path(nil, all) == "/v/s")
    #expect(try path(nil, ["XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/x/chairtime/chairtime.store")
    #expect(
      try path(nil, ["XDG_DATA_HOME": "relative", "HOME": "/h"])
        == "/h/.local/share/chairtime/chairtime.store")
    #expect(try path(nil, ["HOME": "/h"]) == "/h/.local/share/chairtime/chairtime.store")
  }

  @Test func `a tilde is the home folder, which the account has without HOME`() throws {
    let account = try #require(getpwuid(geteuid())?.pointee)
    let (home, name) = (String(cString: account.pw_dir), String(cString: account.pw_name))
    func path(_ option: String?, _ variables: [String: String]) throws -> String {
      try StorePlace.standard(option: option, environment: { variables[$0] }).path
    }
    let inner = "/.local/share/chairtime/chairtime.store"
    #expect(try path(nil, [:]) == home + inner)
    #expect(try path(nil, ["HOME": ""]) == home + inner)
    #expect(try path(nil, ["HOME": "relative"]) == home + inner)
    #expect(try path(nil, ["CHAIRTIME_STORE": "~/s", "HOME": "/h"]) == "/h/s")
    #expect(try path(nil, ["CHAIRTIME_STORE": "~/s"]) == home + "/s")
    #expect(try path("~\(name)/s", ["HOME": "/h"]) == home + "/s")
    #expect(try path("a/~/s", [:]) == "a/~/s")
  }

  @Test(arguments: ["file:x.store", "file:x.store?mode=memory", ":memory:"])
  func `a name that SQLite does not take for a file is a file all the same`(name: String) throws {
    let folder = TemporaryFolder()
    #expect(StorePlace(path: name).path == "./\(name)")
    #expect(StorePlace(path: folder.file(name)).path == folder.file(name))
    let store = try SQLiteStore(
      StorePlace(path: folder.file(name)), mode: .readWrite, creating: true)
    defer { store.close() }
    #expect(mode(folder.file(name)) == 0o600)
  }

  @Test func `an empty name and an unknown account are refused, not replaced`() {
    func refusal(_ option: String) -> String? {
      do {
        _ = try StorePlace.standard(option: option, environment: { ["HOME": "/h"][$0] })
        return nil
      } catch { return error.sentence }
    }
    let advice = " Name the store's file with --store or CHAIRTIME_STORE."
    #expect(refusal("") == "The name of the store is empty." + advice)
    #expect(
      refusal("~no-such-account/s")
        == "~no-such-account/s begins with ~ and names no home folder." + advice)
  }

  /// Permissions do not bind root.
  @Test(.enabled(if: geteuid() != 0))
  func `a store behind a folder without permission cannot be read; it is not missing`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("theirs/s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    chmod(folder.file("theirs"), 0)
    defer { chmod(folder.file("theirs"), 0o700) }
    for mode in [StoreMode.readOnly, .readWrite] {
      do {
        _ = try SQLiteStore(StorePlace(path: path, trusting: true), mode: mode)
        Issue.record("it was opened")
      } catch {
        #expect(error.sentence.hasPrefix("The store \(path) cannot be read: this account has no"))
      }
    }
  }

  @Test func `only the owner can read the files, whatever the umask`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("data/deeper/s.store")
    let store = try SQLiteStore(StorePlace(path: path))
    var record = SampleRecord()
    record.open()
    try store.append(record.events, to: record.session, expecting: 0)
    #expect(mode(folder.file("data")) == 0o700)
    #expect(mode(folder.file("data/deeper")) == 0o700)
    for suffix in ["", "-wal", "-shm", "-head", "-reserve"] {
      #expect(mode(path + suffix) == 0o600, "\(suffix)")
    }
    _ = try store.backup(to: folder.file("data/copy"))
    #expect(mode(folder.file("data/copy")) == 0o600)
  }

  /// SQLite makes `-shm` with the permissions that the store has.
  @Test func `a look at a store that was 0400 does not shut it`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    var record = SampleRecord()
    record.open()
    let store = try SQLiteStore(StorePlace(path: path))
    try store.append(record.events, to: record.session, expecting: 0)
    for suffix in ["-shm", "-wal", "-head", "-reserve"] { chmod(path + suffix, 0o400) }
    let other = try SQLiteStore(StorePlace(path: path))
    for suffix in ["-shm", "-wal", "-head", "-reserve"] {
      #expect(mode(path + suffix) == 0o600, "\(suffix)")
    }
    other.close()
    store.close()
  }

  @Test(.enabled(if: geteuid() == 0))
  func `what root makes next to another account's store belongs to that account`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    for suffix in ["-reserve", "-wal", "-shm"] { unlink(path + suffix) }
    chown(path, 65534, 65534)
    chown(folder.path, 65534, 65534)
    let store = try SQLiteStore(StorePlace(path: path, trusting: true))
    defer { store.close() }
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: PIN(typed: "246813"), by: "account", workstation: "w",
      at: RecordedTime(milliseconds: 1_795_500_000_123))
    var record = SampleRecord()
    record.actor = "R. SAMPLE"
    record.open()
    try store.append(record.events, to: record.session, expecting: 0)
    for suffix in ["-head", "-audit", "-outbox-head", "-reserve", "-wal", "-shm"] {
      var found = stat()
      #expect(lstat(path + suffix, &found) == 0, "\(suffix)")
      #expect(found.st_uid == 65534 && found.st_gid == 65534, "\(suffix)")
      #expect(found.st_mode & 0o777 == 0o600, "\(suffix)")
    }
  }

  @Test func `a companion that others may write is refused, also one of root`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    try "x".write(toFile: path + "-head", atomically: false, encoding: .utf8)
    chmod(path + "-head", 0o666)
    #expect(refusal(path)?.contains("others may read \(path)-head") == true)
  }

  @Test func `no new store takes a name of another one`() throws {
    let folder = TemporaryFolder()
    try SQLiteStore(StorePlace(path: folder.file("s.store"))).close()
    mkdir(folder.file("s.store-schedule"), 0o700)
    for name in [
      "s.store-head", "s.store-x", "s.store-schedule/2026-12-24.json", "s.store-schedule/a/b",
      "chairtime/servers/h/chairtime.store", "chairtime/servers/h/schedule/2026-12-24.json",
    ] {
      let path = folder.file(name)
      #expect(refusal(path)?.contains("it is a name of the store") == true, "\(name)")
      #expect(access(path, F_OK) != 0)
    }
    #expect(access(folder.file("chairtime"), F_OK) != 0)
  }

  @Test func `a store that others may read is refused unless trusted`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    chmod(path, 0o644)
    #expect(refusal(path)?.contains("others may read it; run chmod 600") == true)
    _ = try SQLiteStore(StorePlace(path: path, trusting: true))
  }

  @Test func `a folder that others may write into is refused unless trusted`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    chmod(folder.path, 0o777)
    #expect(refusal(path)?.contains("others may write into its folder") == true)
    _ = try SQLiteStore(StorePlace(path: path, trusting: true))
  }

  @Test(arguments: ["-wal", "-head", "-audit", "-outbox-head", "-reserve"], [true, false])
  func `a companion that is a link is refused`(companion: String, isHard: Bool) throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    let other = folder.file("other")
    close(open(other, O_CREAT | O_WRONLY, 0o600))
    unlink(path + companion)
    #expect((isHard ? link(other, path + companion) : symlink(other, path + companion)) == 0)
    #expect(refusal(path)?.contains("\(companion) is no plain file with one name") == true)
  }

  @Test func `a folder further up into which others may write is refused unless trusted`() throws {
    let folder = TemporaryFolder()
    mkdir(folder.file("up"), 0o700)
    mkdir(folder.file("up/live"), 0o700)
    let path = folder.file("up/live/s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    chmod(folder.file("up"), 0o777)
    #expect(refusal(path)?.contains("another account may replace what lies in") == true)
    _ = try SQLiteStore(StorePlace(path: path, trusting: true))
    // Others may rename nothing but their own there, as in /tmp.
    chmod(folder.file("up"), 0o1777)
    #expect(refusal(path) == nil)
  }

  @Test(.enabled(if: geteuid() == 0))
  func `a link of another account on the way to the store is refused`() throws {
    let folder = TemporaryFolder()
    mkdir(folder.file("live"), 0o700)
    try SQLiteStore(StorePlace(path: folder.file("live/s.store"))).close()
    mkdir(folder.file("way"), 0o755)
    symlink("..", folder.file("way/up"))
    let path = folder.file("way/up/live/s.store")
    #expect(refusal(path) == nil)
    lchown(folder.file("way/up"), 65_534, 65_534)
    #expect(refusal(path)?.contains("another account may replace what lies in") == true)
  }

  @Test func `a folder above that a group may write is refused`() throws {
    let folder = TemporaryFolder()
    mkdir(folder.file("up"), 0o700)
    mkdir(folder.file("up/live"), 0o700)
    let path = folder.file("up/live/s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    chown(folder.file("up"), geteuid(), 65_534)
    chmod(folder.file("up"), 0o770)
    #expect((refusal(path) != nil) == (geteuid() == 0))
  }

  @Test func `a backup is not made where another account may take its name`() throws {
    let folder = TemporaryFolder()
    mkdir(folder.file("open"), 0o700)
    chmod(folder.file("open"), 0o777)
    let store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    defer { store.close() }
    #expect(throws: StoreError.self) { _ = try store.backup(to: folder.file("open/b.store")) }
    chmod(folder.file("open"), 0o1777)
    #expect(try store.backup(to: folder.file("open/b.store")).isWhole)
  }

  @Test func `a link to the store and a second name for it are refused`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    symlink(path, folder.file("link"))
    #expect(refusal(folder.file("link"))?.contains("symbolic link") == true)
    link(path, folder.file("second"))
    #expect(refusal(path)?.contains("hard link") == true)
    unlink(folder.file("second"))
    #expect(refusal(path) == nil)
  }

  @Test(.enabled(if: geteuid() == 0))
  func `a store of another person is refused`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    chown(path, 65_534, 65_534)
    #expect(refusal(path)?.contains("belongs to another person") == true)
  }

  @Test func `a folder, a pipe and a device are no store`() {
    let folder = TemporaryFolder()
    mkdir(folder.file("folder"), 0o700)
    mkfifo(folder.file("pipe"), 0o600)
    #expect(refusal(folder.file("folder"))?.contains("a folder") == true)
    #expect(refusal(folder.file("pipe"))?.contains("a pipe") == true)
    #expect(refusal("/dev/null") != nil)
  }

  @Test(arguments: ["removed", "moved away", "replaced by another", "replaced by a copy"])
  func `a store that was moved or replaced takes no fact`(how: String) throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let store = try SQLiteStore(StorePlace(path: path))
    var record = SampleRecord()
    record.open()
    try store.append(record.events, to: record.session, expecting: 0)
    switch how {
    case "removed": #expect(unlink(path) == 0)
    case "moved away": #expect(rename(path, path + "-old") == 0)
    case "replaced by another":
      try SQLiteStore(StorePlace(path: folder.file("other.store"))).close()
      #expect(rename(folder.file("other.store"), path) == 0)
    default:
      _ = try store.backup(to: folder.file("copy.store"))
      #expect(rename(folder.file("copy.store"), path) == 0)
    }
    let next = record.start("a1", "paclitaxel", at: "09:00")
    func isReplaced(_ error: any Error) -> Bool {
      if case StoreError.replaced = error { true } else { false }
    }
    #expect { try store.append([next], to: record.session, expecting: 1) } throws: {
      isReplaced($0)
    }
    #expect { try store.board() } throws: { isReplaced($0) }
    #expect { try store.changes(since: .empty) } throws: { isReplaced($0) }
  }

  @Test func `a missing store is not created for reading`() {
    let folder = TemporaryFolder()
    #expect(throws: StoreError.self) {
      _ = try SQLiteStore(StorePlace(path: folder.file("s.store")), mode: .readOnly)
    }
    #expect(access(folder.file("s.store"), F_OK) != 0)
  }

  @Test(arguments: [
    ("nfs4", true), ("cifs", true), ("9p", true), ("fuse.sshfs", true), ("fuse.glusterfs", true),
    ("ext4", false), ("tmpfs", false), ("overlay", false), ("fuse.gocryptfs", false),
    ("btrfs", false),
  ])
  func `network file systems are distinguished from local ones`(type: String, isRemote: Bool) {
    #expect(NetworkFileSystem.isRemote(type: type) == isRemote)
  }

  @Test func `a store on a network file system is refused by its mount`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    try SQLiteStore(StorePlace(path: path)).close()
    let mounts = folder.file("mounts")
    let file = try #require(fopen(mounts, "w"))
    fputs("/dev/vda / ext4 rw 0 0\nserver:/x \(folder.path) nfs4 rw 0 0\n", file)
    fclose(file)
    #expect(NetworkFileSystem.name(at: path, mounts: mounts) == "nfs4")
    #expect(NetworkFileSystem.name(at: "/", mounts: mounts) == nil)
  }

  @Test func `a mount point with a space in its name is found`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("My Share")
    #expect(mkdir(path, 0o700) == 0)
    let mounts = folder.file("mounts")
    let file = try #require(fopen(mounts, "w"))
    fputs("/dev/vda / ext4 rw 0 0\n//server/x \(folder.path)/My\\040Share cifs rw 0 0\n", file)
    fclose(file)
    #expect(NetworkFileSystem.name(at: path, mounts: mounts) == "cifs")
    #expect(NetworkFileSystem.name(at: folder.path, mounts: mounts) == nil)
  }
}
