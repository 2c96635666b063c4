import Glibc
import SessionStore

/// The last acknowledged head, in a companion of the store.
///
/// A chain alone does not show that its end is missing: after a lost `-wal`, or with an older copy put
/// back, a shorter chain is whole. So each commit also writes its head here, without a sync: after a
/// power failure the file may lag behind the store, but it is never ahead of it.
///
/// A pipe in its place is not waited for.
///
/// One line of 86 bytes: the count in 20 columns, a colon, 64 hexadecimal digits, a line feed.
///
/// If root makes the file, the owner of the store gets it.
struct HeadFile {
  let path: String
  private let store: String

  init(of chain: ChainName, at place: StorePlace) {
    path = place.headPath(of: chain)
    store = place.path
  }

  /// The head; nil if there is no file or it cannot be read.
  func read() -> Head? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 86)
    guard pread(descriptor, &bytes, 86, 0) == 86, bytes[85] == 0x0a else { return nil }
    let text = String(decoding: bytes[..<85], as: UTF8.self)
    return Head(String(text.drop { $0 == " " }))
  }

  /// Writes `head`. A failure is ignored, because the append is already durable.
  func write(_ head: Head) {
    let descriptor = NewFile.openOrMake(path, O_WRONLY | O_NONBLOCK, ownedAs: store)
    guard descriptor >= 0 else { return }
    let count = String(head.count)
    let line = String(repeating: " ", count: max(0, 20 - count.utf8.count)) + "\(head)\n"
    let bytes = Array(line.utf8)
    _ = pwrite(descriptor, bytes, bytes.count, 0)
    close(descriptor)
  }
}
