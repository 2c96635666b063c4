package import InfusionRecord
package import TerminalCore

/// The terminal as the event loop sees it: frames go out, inputs come in.
///
/// Two methods and the clock are the screen; the others exist for a real terminal.
package protocol Screen: AnyObject {
  /// Shows a frame, which is made only if the screen shows it.
  func present(_ frame: @autoclosure () -> Frame)

  /// The inputs since the last call. Waits for the first one at most `milliseconds` (nil: without
  /// limit) and returns an empty list after that time.
  ///
  /// Returns `storeChanged` when `descriptor` becomes readable; -1 watches nothing.
  func inputs(within milliseconds: Int64?, watching descriptor: Int32) -> [Input]

  /// A monotonic clock in milliseconds. Right after `inputs` it is the time at which they came.
  var milliseconds: Int64 { get }

  /// Milliseconds since the machine started, sleep included.
  var uptime: Int64 { get }

  /// Makes the next `present` send the whole frame, not only what changed.
  func forget()

  /// Rings or flashes once.
  func signal(_ signal: EndAlerts.Signal)

  /// Gives the terminal to the shell and stops the process; returns the size once it continues.
  func suspend() -> Size
}

extension Screen {
  package func forget() {}
}
