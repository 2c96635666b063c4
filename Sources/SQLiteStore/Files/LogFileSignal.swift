import Glibc
import SessionStore

/// Signals writes of any process on this host to a file, the store's write-ahead log (inotify(7)).
///
/// If the log is replaced, the signal comes late: callers still poll now and then.
final class LogFileSignal: ChangeSignal {
  let descriptor: Int32
  private let path: String

  /// Watches the file at `path`; nil if the kernel refuses.
  init?(watching path: String) {
    self.path = path
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    guard watch() else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  func clear() {
    let room = 4096
    var isReplaced = false
    withUnsafeTemporaryAllocation(byteCount: room, alignment: 8) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, room)
        var offset = 0
        while offset + MemoryLayout<inotify_event>.size <= count {
          let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          if event.mask & UInt32(IN_IGNORED) != 0 { isReplaced = true }
          offset += MemoryLayout<inotify_event>.size + Int(event.len)
        }
        if count <= 0 { return }
      }
    }
    if isReplaced { _ = watch() }
  }

  private func watch() -> Bool { inotify_add_watch(descriptor, path, UInt32(IN_MODIFY)) >= 0 }
}
