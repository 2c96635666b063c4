import CNcurses
import Glibc
package import PlainText
package import TerminalCore

/// The only owner of the terminal.
///
/// It opens the terminal, presents frames, reads inputs, and restores the terminal on every path
/// out: `close`, `exit`, a fatal signal or a trap (the signal handlers of the shim write the
/// restoring sequences). A process has one terminal, used only by the thread that opened it.
package final class NcursesTerminal {
  /// The characters this terminal can draw.
  package let glyphs: Glyphs
  package let palette: Palette
  private let isUTF8: Bool
  private var shown: Frame?
  private var decoder = InputDecoder()
  private var bytes = [UInt8](repeating: 0, count: 65536)
  private var run: [cn_cell] = []
  /// Attributes and colour of each role and emphasis, computed once.
  private let looks: [(attributes: UInt8, foreground: Int16)]

  /// Opens the terminal of standard input and output.
  ///
  /// - Parameters:
  ///   - color: false uses only bold, dim and reverse, as does a non-empty `NO_COLOR` (no-color.org).
  ///   - theme: `auto` takes the background from `COLORFGBG`, if the terminal sets it.
  ///   - mouse: whether the terminal is asked for clicks and the wheel.
  package static func open(
    color: Bool = true, theme: Theme = .auto, mouse: Bool = false
  ) throws(TerminalFailure) -> NcursesTerminal {
    // The name goes into an error message.
    cn_want_mouse(mouse)
    let name = String((variable("TERM") ?? "").prefix(40)).printable
    switch cn_open() {
    case Int32(CN_OPEN_OK.rawValue): break
    case Int32(CN_OPEN_NO_TERM.rawValue): throw .noTerm
    case Int32(CN_OPEN_UNKNOWN_TERM.rawValue): throw .unknownTerm(name)
    case Int32(CN_OPEN_NO_CURSOR.rawValue): throw .noCursor(name)
    default: throw .notATerminal
    }
    let wantsColor = color && (variable("NO_COLOR") ?? "").isEmpty
    let found = variable("COLORFGBG").flatMap { Theme(colorsOfTerminal: $0) }
    let palette = Palette(
      depth: wantsColor ? NcursesTerminal.depth(colors: Int(cn_colors())) : .monochrome,
      theme: theme == .auto ? found ?? .auto : theme)
    if let paper = palette.paper { cn_paint(Int32(paper.text), Int32(paper.background)) }
    return NcursesTerminal(isUTF8: cn_is_utf8(), palette: palette)
  }

  /// The glyphs that the locale of the environment can show, for pages on standard output.
  package static var localeGlyphs: Glyphs {
    cn_use_locale("")
    return cn_is_utf8() ? .unicode : .ascii
  }

  private init(isUTF8: Bool, palette: Palette) {
    self.isUTF8 = isUTF8
    self.glyphs = isUTF8 ? .unicode : .ascii
    self.palette = palette
    var looks: [(UInt8, Int16)] = []
    for role in Style.Role.allCases {
      for emphasis in UInt8(0)..<8 {
        let look = palette.appearance(of: Style(role, Style.Emphasis(rawValue: emphasis)))
        var attributes: UInt32 = 0
        if look.isBold { attributes |= CN_BOLD.rawValue }
        if look.isDim { attributes |= CN_DIM.rawValue }
        if look.isReverse { attributes |= CN_REVERSE.rawValue }
        if look.isUnderlined { attributes |= CN_UNDERLINE.rawValue }
        looks.append((UInt8(attributes), Int16(look.foreground ?? -1)))
      }
    }
    self.looks = looks
  }

  deinit {
    cn_close()
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func depth(colors: Int) -> Palette.Depth {
    colors >= 256 ? .many : colors >= 8 ? .eight : .monochrome
  }

  package var size: Size { Size(columns: Int(cn_columns()), rows: Int(cn_rows())) }

  /// Restores the terminal. Nothing can be presented afterwards.
  package func close() {
    cn_close()
  }

  // MARK: Presenting

  /// Shows a frame by sending its difference from the last one.
  ///
  /// A frame of another size is cut to the terminal: a resize input follows.
  package func present(_ makeFrame: @autoclosure () -> Frame) {
    let frame = makeFrame()
    let rows = size.rows
    frame.forEachChange(since: shown) { row, columns in
      guard row < rows else { return }
      run.removeAll(keepingCapacity: true)
      for column in columns { append(frame.cells[row * frame.size.columns + column], of: frame) }
      if !run.isEmpty { cn_put(Int32(row), Int32(columns.lowerBound), run, Int32(run.count)) }
    }
    shown = frame
    let cursor = frame.cursor ?? Point(column: 0, row: 0)
    _ = cn_show(
      Int32(cursor.row), Int32(cursor.column), frame.isTyping && frame.cursor != nil)
  }

  /// Makes the next `present` draw the whole frame.
  package func forget() {
    cn_resize()
    shown = nil
  }

  /// Rings the bell once, or flashes the screen.
  package func signal(isVisible: Bool) {
    cn_signal_once(isVisible)
  }

  private func append(_ cell: Cell, of frame: Frame) {
    guard cell.width > 0 else { return }
    var drawn = cn_cell()
    let look = looks[Int(cell.style.role.rawValue) * 8 + Int(cell.style.emphasis.rawValue & 7)]
    drawn.attributes = look.attributes
    drawn.foreground = look.foreground
    drawn.width = cell.width
    if let scalar = cell.scalar {
      drawn.text.0 = scalar
    } else {
      let scalars = frame.text(of: cell).unicodeScalars.map(\.value)
      drawn.text.0 = scalars[0]
      if scalars.count > 1 { drawn.text.1 = scalars[1] }
      if scalars.count > 2 { drawn.text.2 = scalars[2] }
      if scalars.count > 3 { drawn.text.3 = scalars[3] }
      if scalars.count > 4 { drawn.text.4 = scalars[4] }
    }
    if !isUTF8, drawn.text.0 >= 0x80 {
      let scalar = Unicode.Scalar(drawn.text.0) ?? "?"
      drawn.text = (UInt32(Glyphs.asciiStandIn(for: scalar)), 0, 0, 0, 0)
      if cell.width == 2 {
        drawn.width = 1
        run.append(drawn)
      }
    }
    run.append(drawn)
  }

  // MARK: Reading

  /// The monotonic clock of the machine.
  package var milliseconds: Int64 { cn_milliseconds() }

  /// Milliseconds since the machine started, sleep included.
  package var uptime: Int64 { cn_uptime() }

  /// Waits for inputs, at most `milliseconds` or without limit if nil. Empty after a timeout.
  ///
  /// Returns `storeChanged` when the descriptor `extra` becomes readable.
  package func inputs(within milliseconds: Int64?, watching extra: Int32) -> [Input] {
    let end = milliseconds.map { cn_milliseconds() + max(0, $0) }
    while true {
      var pause = end.map { max(0, $0 - cn_milliseconds()) } ?? -1
      if let held = decoder.wait(at: cn_milliseconds()) {
        pause = pause < 0 ? held : min(pause, held)
      }
      let woken = UInt32(bitPattern: cn_wait(extra, Int32(clamping: pause)))
      var inputs: [Input] = []
      if woken & CN_WOKEN_SIGNAL.rawValue != 0 { inputs += signals() }
      if woken & CN_WOKEN_INPUT.rawValue != 0 {
        inputs += read()
      } else if woken & CN_WOKEN_HANGUP.rawValue != 0 {
        inputs.append(.hangup)
      } else if woken == 0, decoder.wait(at: cn_milliseconds()) == 0 {
        // If the caller's timeout ended the wait, the rest of a sequence still has time to arrive.
        inputs += decoder.flush(at: cn_milliseconds())
      }
      if woken & CN_WOKEN_EXTRA.rawValue != 0 { inputs.append(.storeChanged) }
      if !inputs.isEmpty { return inputs }
      if let end, cn_milliseconds() >= end { return [] }
    }
  }

  private func read() -> [Input] {
    var inputs: [Input] = []
    var collected: [UInt8] = []
    while collected.count < InputDecoder.maximumPaste {
      let count = cn_read(&bytes, bytes.count)
      if count < 0 {
        inputs.append(.hangup)
        break
      }
      if count == 0 {
        // More than one key: a scanner or a paste sends, so read all of it.
        let isBurst = collected.count >= 8 && collected.first != 0x1B
        guard isBurst, UInt32(bitPattern: cn_wait(-1, 2)) & CN_WOKEN_INPUT.rawValue != 0
        else { break }
        continue
      }
      collected += bytes[..<count]
    }
    return decoder.feed(collected, at: cn_milliseconds()) + inputs
  }

  private func signals() -> [Input] {
    let taken = cn_take_signals(.max)
    var inputs: [Input] = []
    func has(_ signal: cn_signal) -> Bool { taken & signal.rawValue != 0 }
    if has(CN_SIGNAL_HANGUP) || has(CN_SIGNAL_END) { return [.hangup] }
    if has(CN_SIGNAL_STOP) {
      inputs.append(.suspend)
    } else if has(CN_SIGNAL_CONTINUE) {
      // The process was stopped by SIGSTOP, which cannot be caught; the shell may have reset the
      // tty.
      cn_resume()
      shown = nil
      inputs.append(.resume)
    }
    if has(CN_SIGNAL_RESIZE) {
      cn_resize()
      shown = nil
      inputs.append(.resize(size))
    }
    return inputs
  }

  // MARK: Suspending

  /// Restores the terminal and stops the process, as Ctrl-Z does; returns when it is continued.
  ///
  /// The next frame is drawn whole. The size may have changed.
  package func suspend() -> Size {
    cn_suspend()
    cn_stop()
    _ = cn_take_signals(CN_SIGNAL_STOP.rawValue | CN_SIGNAL_CONTINUE.rawValue)
    cn_resume()
    shown = nil
    return size
  }
}
