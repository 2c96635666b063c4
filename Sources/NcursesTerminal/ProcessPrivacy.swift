import CNcurses

/// What keeps a patient's data inside the process when it ends badly.
///
/// A crash leaves no core file (`RLIMIT_CORE` 0 and `PR_SET_DUMPABLE` 0), other processes of the
/// account cannot read the memory (prctl(2)), and the Swift runtime's backtracer, which prints memory
/// around the registers to standard error, is off whatever `SWIFT_BACKTRACE` says.
public enum ProcessPrivacy {
  /// Takes effect for the rest of the process; call it first.
  public static func begin() { cn_keep_private() }
}
