import CNcurses

/// Keeps patients' data inside the process if it crashes.
///
/// A crash leaves no core file (`RLIMIT_CORE` 0 and `PR_SET_DUMPABLE` 0), other processes of the
/// account cannot read its memory (prctl(2)), and the Swift runtime's backtracer, which prints
/// memory around the registers to standard error, is disabled whatever `SWIFT_BACKTRACE` says.
package enum ProcessPrivacy {
  /// Lasts for the rest of the process. `main` calls it first.
  package static func begin() { cn_keep_private() }
}
