import Glibc
import SessionStore

/// Says that some process wrote to a store, so that nobody has to ask it every second.
///
/// `descriptor` becomes readable, for poll(2), when the write-ahead log was written to, by this process
/// or another on the same host (inotify(7)). It may say so too often, and where the log was
/// replaced a moment late, so a slow look now and then stays useful.
package final class LogFileSignal: ChangeSignal {
  package let descriptor: Int32
  private let path: String

  /// Watches the file at `path`; nil where the kernel gives no watch for it.
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

  /// Takes what was signalled, so that `descriptor` is quiet until the next write.
  package func clear() {
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
