import PlainText

/// One whole screen as a value.
///
/// A view draws into a frame; the terminal presents frames and computes the difference itself.
/// Drawing outside the frame has no effect. A wide character is drawn whole or not at all.
///
/// `cursor` is the place of the hardware cursor: the row that the next key acts on, so that a
/// screen reader follows it. `isTyping` makes the cursor visible.
package struct Frame: Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// Letters with their combining marks, in order of first use.
  private var clusters: [String] = []
  package var cursor: Point?
  package var isTyping = false
  /// What a click on a part of the frame means to the program that drew it; later marks lie above earlier ones.
  package private(set) var marks: [Mark] = []

  package struct Mark: Sendable {
    package let rect: Rect
    package let target: any Hashable & Sendable
  }

  package init(size: Size) {
    self.size = size
    self.cells = Array(repeating: .blank(.text), count: size.columns * size.rows)
  }

  package var bounds: Rect { Rect(size) }

  /// The cell at a point; nil outside the frame.
  package func cell(_ column: Int, _ row: Int) -> Cell? {
    guard bounds.contains(Point(column: column, row: row)) else { return nil }
    return cells[row * size.columns + column]
  }

  /// The text of a cell; empty for the right half of a wide character.
  package func text(of cell: Cell) -> String {
    if cell.width == 0 { return "" }
    if let index = cell.clusterIndex { return clusters[index] }
    guard let scalar = Unicode.Scalar(cell.glyph) else { return " " }
    return String(Character(scalar))
  }

  /// Marks a part of the frame, as far as it is within `clip`.
  package mutating func mark(_ rect: Rect, _ target: any Hashable & Sendable, clip: Rect? = nil) {
    let end = min(rect.endRow, clip?.endRow ?? size.rows)
    let row = max(rect.row, clip?.row ?? 0)
    guard end > row else { return }
    marks.append(
      Mark(
        rect: Rect(column: rect.column, row: row, columns: rect.columns, rows: end - row),
        target: target))
  }

  /// Forgets marks that were covered.
  package mutating func dropMarks() { marks = [] }

  // MARK: Drawing

  /// Writes text at a point and returns the columns it took.
  ///
  /// The text becomes `printable` first. It is cut at the right edge of `clip`, or of the frame.
  /// Names must not be cut: draw them as `StyledText`, which wraps.
  @discardableResult
  package mutating func put(
    _ text: String, at point: Point, _ style: Style = .text, clip: Rect? = nil
  ) -> Int {
    let edge = min(clip?.endColumn ?? size.columns, size.columns)
    let isRowShown =
      point.row >= max(0, clip?.row ?? 0) && point.row < min(clip?.endRow ?? size.rows, size.rows)
    let first = max(0, clip?.column ?? 0)
    var column = point.column
    if text.isPrintableASCII {
      guard isRowShown else { return text.utf8.count }
      let base = point.row * size.columns
      for byte in text.utf8 {
        if column >= first && column < edge {
          set(base, column, Cell(glyph: UInt32(byte), width: 1, style: style))
        }
        column += 1
      }
      return column - point.column
    }
    for visible in text.printable {
      // A no-break space matters only for wrapping.
      let character = visible == "\u{A0}" ? " " : visible
      let width = DisplayWidth.of(character)
      if isRowShown && column >= first && column + width <= edge {
        place(character, column, point.row, style)
      } else if isRowShown && column >= first && column < edge {
        // A wide character that does not fit becomes blanks.
        fill(
          Rect(column: column, row: point.row, columns: edge - column, rows: 1), style: style)
      }
      column += width
    }
    return column - point.column
  }

  /// Fills a rectangle with one single-width character.
  package mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .text) {
    let first = max(0, rect.column)
    let edge = min(size.columns, rect.endColumn)
    guard first < edge else { return }
    let scalar = character.unicodeScalars.first?.value ?? 0x20
    for row in max(0, rect.row)..<max(max(0, rect.row), min(size.rows, rect.endRow)) {
      for column in first..<edge {
        set(row * size.columns, column, Cell(glyph: scalar, width: 1, style: style))
      }
    }
  }

  /// Adds emphasis to the cells of a rectangle, for example for the selection.
  package mutating func emphasize(_ rect: Rect, _ emphasis: Style.Emphasis) {
    let first = max(0, rect.column)
    let edge = min(size.columns, rect.endColumn)
    guard first < edge else { return }
    for row in max(0, rect.row)..<max(max(0, rect.row), min(size.rows, rect.endRow)) {
      for column in first..<edge {
        cells[row * size.columns + column].style.emphasis.formUnion(emphasis)
      }
    }
  }

  // MARK: Cells

  /// Splits a character into cells: a new one at each code point that has a width.
  private mutating func place(_ character: Character, _ column: Int, _ row: Int, _ style: Style) {
    let base = row * size.columns
    let scalars = character.unicodeScalars
    if scalars.count == 1, let only = scalars.first {
      set(base, column, Cell(glyph: only.value, width: UInt8(DisplayWidth.of(only)), style: style))
      return
    }
    var column = column
    var pending = String.UnicodeScalarView()
    var width = 0
    func isNewCell(_ scalar: Unicode.Scalar) -> Bool { DisplayWidth.of(scalar) > 0 }
    for scalar in scalars {
      if isNewCell(scalar) && !pending.isEmpty {
        column += setCluster(pending, width, base, column, style)
        pending = String.UnicodeScalarView()
        width = 0
      }
      pending.append(scalar)
      width += DisplayWidth.of(scalar)
    }
    _ = setCluster(pending, width, base, column, style)
  }

  private mutating func setCluster(
    _ scalars: String.UnicodeScalarView, _ width: Int, _ base: Int, _ column: Int, _ style: Style
  ) -> Int {
    guard width > 0 else { return 0 }
    if scalars.count == 1, let only = scalars.first {
      set(base, column, Cell(glyph: only.value, width: UInt8(width), style: style))
      return width
    }
    let text = String(scalars)
    let index: Int
    if let known = clusters.firstIndex(of: text) {
      index = known
    } else {
      index = clusters.count
      clusters.append(text)
    }
    set(
      base, column,
      Cell(glyph: Cell.clusterBit | UInt32(index), width: UInt8(width), style: style))
    return width
  }

  /// Sets a cell and blanks the other half of a wide character that it cuts.
  private mutating func set(_ base: Int, _ column: Int, _ cell: Cell) {
    let index = base + column
    if cells[index].width == 0, column > 0 {
      cells[index - 1] = .blank(cells[index - 1].style)
    }
    let last = column + Int(cell.width)
    if last < size.columns, cells[base + last].width == 0 {
      cells[base + last] = .blank(cells[base + last].style)
    }
    cells[index] = cell
    if cell.width == 2 {
      cells[index + 1] = .rightHalf(cell.style)
    }
  }
}

extension Frame: Equatable {
  /// Two frames are equal if they look the same.
  package static func == (left: Frame, right: Frame) -> Bool {
    guard left.size == right.size, left.cursor == right.cursor, left.isTyping == right.isTyping
    else { return false }
    if left.clusters == right.clusters { return left.cells == right.cells }
    var isSame = true
    left.forEachChange(since: right) { _, _ in isSame = false }
    return isSame
  }

  /// The runs of cells that differ from `previous`, row by row; every whole row if `previous` is
  /// nil or has another size.
  package func forEachChange(
    since previous: Frame?, _ body: (_ row: Int, _ columns: Range<Int>) -> Void
  ) {
    let width = size.columns
    guard let previous, previous.size == size else {
      for row in 0..<size.rows where width > 0 { body(row, 0..<width) }
      return
    }
    cells.withUnsafeBufferPointer { mine in
      previous.cells.withUnsafeBufferPointer { theirs in
        func isSame(_ index: Int) -> Bool {
          let (one, other) = (mine[index], theirs[index])
          guard let own = one.clusterIndex, let its = other.clusterIndex else {
            return one == other
          }
          return one.style == other.style && one.width == other.width
            && clusters[own] == previous.clusters[its]
        }
        for row in 0..<size.rows {
          let base = row * width
          var column = 0
          while column < width {
            if isSame(base + column) {
              column += 1
              continue
            }
            let start = column
            while column < width, !isSame(base + column) { column += 1 }
            body(row, start..<column)
          }
        }
      }
    }
  }
}
