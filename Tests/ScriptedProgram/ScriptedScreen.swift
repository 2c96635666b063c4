import SuiteProgram
package import TerminalCore

/// A screen without a terminal: a script feeds its inputs and looks at its frames.
///
/// `inputs` never waits. It notes how long the loop would have waited, and for what.
package final class ScriptedScreen: Screen {
  package var size: Size
  private var waiting: [Input] = []
  package private(set) var frame: Frame?
  /// How many frames were presented.
  package private(set) var frameCount = 0
  package private(set) var redrawCount = 0
  package private(set) var suspendCount = 0
  /// What the loop asked for last: the time-out in milliseconds, and the descriptor to watch.
  package private(set) var wait: Int64?
  package private(set) var watched: Int32 = -1

  package init(size: Size) {
    self.size = size
  }

  package func feed(_ inputs: [Input]) { waiting += inputs }

  package func present(_ frame: Frame) {
    self.frame = frame
    frameCount += 1
  }

  package func inputs(within milliseconds: Int64?, watching descriptor: Int32) -> [Input] {
    (wait, watched) = (milliseconds, descriptor)
    defer { waiting = [] }
    return waiting
  }

  package func forget() { redrawCount += 1 }

  package func suspend() -> Size {
    suspendCount += 1
    return size
  }
}
