package import InfusionRecord
import SuiteProgram
package import TerminalCore

/// A screen without a terminal: a script feeds its inputs and looks at its frames.
///
/// `inputs` never waits. It notes how long the loop would have waited, and for what, and sets its own
/// clock on by the time after which the script says the inputs come.
package final class ScriptedScreen: Screen {
  package var size: Size
  private var waiting: [Input] = []
  private var delay: Int64 = 0
  package private(set) var milliseconds: Int64 = 1_000_000
  package private(set) var frame: Frame?
  /// Whether frames are made. A test that looks at few of them makes those from the loop's state.
  package var isPainting = true
  /// How many frames were presented.
  package private(set) var frameCount = 0
  package private(set) var redrawCount = 0
  package private(set) var suspendCount = 0
  /// The rings and flashes, in order.
  package private(set) var signals: [EndAlerts.Signal] = []
  /// What the loop asked for last: the time-out in milliseconds, and the descriptor to watch.
  package private(set) var wait: Int64?
  package private(set) var watched: Int32 = -1

  private let clock: ScriptedClock

  package init(size: Size, clock: ScriptedClock) {
    self.size = size
    self.clock = clock
  }

  package var uptime: Int64 { clock.uptime }

  /// Inputs for the next wait, which come so many milliseconds after it begins.
  package func feed(_ inputs: [Input], after milliseconds: Int64 = 0) {
    waiting += inputs
    delay += milliseconds
  }

  /// Lets time pass while the screen stands.
  package func advance(by milliseconds: Int64) { self.milliseconds += milliseconds }

  package func present(_ makeFrame: @autoclosure () -> Frame) {
    if isPainting { frame = makeFrame() }
    frameCount += 1
  }

  package func inputs(within milliseconds: Int64?, watching descriptor: Int32) -> [Input] {
    (wait, watched) = (milliseconds, descriptor)
    defer { (waiting, delay) = ([], 0) }
    self.milliseconds += delay
    return waiting
  }

  package func forget() { redrawCount += 1 }

  package func signal(_ signal: EndAlerts.Signal) { signals.append(signal) }

  /// Called while the process is suspended.
  package var whileSuspended: () -> Void = {}

  package func suspend() -> Size {
    suspendCount += 1
    whileSuspended()
    return size
  }
}
