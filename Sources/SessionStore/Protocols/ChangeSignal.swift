/// Reports that a process wrote to a store, so that the event loop need not poll the store.
///
/// A signal may be spurious, and it may be late; callers still check for changes now and then.
package protocol ChangeSignal: AnyObject {
  /// Becomes readable, for poll(2), when the store may have changed.
  var descriptor: Int32 { get }

  /// Milliseconds after which a caller looks for changes anyway.
  var interval: Int64 { get }

  /// Consumes the pending signals, so that `descriptor` is quiet until the next write.
  func clear()
}

extension ChangeSignal {
  /// Ten seconds: on one host, signals are hardly ever lost.
  package var interval: Int64 { 10_000 }
}
