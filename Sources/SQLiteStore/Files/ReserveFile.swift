import Glibc
import SessionStore

/// A file of 1 MiB that is deleted when the disk is full, so that the store can be opened.
struct ReserveFile {
  private static let size: off_t = 1 << 20

  private let place: StorePlace
  private var path: String { place.path + "-reserve" }

  init(_ place: StorePlace) {
    self.place = place
  }

  /// Creates the file if it is missing and the disk has plenty of room.
  func create() {
    if access(path, F_OK) == 0 { return }
    guard let room = place.room, room > UInt64(16 * ReserveFile.size) else { return }
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    NewFile.give(descriptor, toOwnerOf: place.path)
    let failed = posix_fallocate(descriptor, 0, ReserveFile.size) != 0
    close(descriptor)
    if failed { unlink(path) }
  }

  /// Deletes the file; false if there was none.
  func delete() -> Bool { unlink(path) == 0 }
}
