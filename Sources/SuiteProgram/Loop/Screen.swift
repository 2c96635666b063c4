package import TerminalCore

/// The terminal as the event loop sees it: frames go out, inputs come in.
package protocol Screen: AnyObject {
  /// Shows a frame.
  func present(_ frame: Frame)

  /// What happened, waiting at most `milliseconds` (nil: without limit); empty after the time-out.
  ///
  /// Returns `storeChanged` when the file descriptor `descriptor` becomes readable; -1 watches none.
  func inputs(within milliseconds: Int64?, watching descriptor: Int32) -> [Input]

  /// Sends the next frame whole.
  func forget()

  /// Gives the terminal to the shell and stops the process; returns the size after it continues.
  func suspend() -> Size
}

extension Screen {
  package func forget() {}
}
