import Glibc

/// Whether this process may still ask for memory (`ulimit -v`).
///
/// A thread that cannot be made is waited for without end by libdispatch, not reported. So a process
/// with hardly any room says so before it records anything.
enum AddressSpace {
  /// What threads and SQLite's pages may ask for after the start, in bytes.
  private static let needed = 48 << 20

  static var hasRoom: Bool {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur != rlim_t.max
    else {
      return true
    }
    let room = mmap(nil, needed, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let room, Int(bitPattern: room) != -1 else { return false }
    munmap(room, needed)
    return true
  }
}
