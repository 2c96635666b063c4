/// A number of columns and rows, never negative.
package struct Size: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  package static let zero = Size(columns: 0, rows: 0)
}

/// A point on the screen; the upper left corner is column 0 of row 0.
package struct Point: Hashable, Sendable {
  package var column: Int
  package var row: Int

  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A rectangle of the screen.
///
/// Every function that cuts a rectangle returns a rectangle inside it. A view that asks for more
/// room than exists gets an empty rectangle and draws nothing, so no view has to check.
package struct Rect: Hashable, Sendable {
  package var column: Int
  package var row: Int
  package var columns: Int
  package var rows: Int

  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// The whole screen.
  package init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  package var isEmpty: Bool { columns == 0 || rows == 0 }
  package var endColumn: Int { column + columns }
  package var endRow: Int { row + rows }
  package var size: Size { Size(columns: columns, rows: rows) }

  /// The upper `count` rows.
  package func top(_ count: Int) -> Rect {
    Rect(column: column, row: row, columns: columns, rows: min(max(0, count), rows))
  }

  /// The lower `count` rows.
  package func bottom(_ count: Int) -> Rect {
    let kept = min(max(0, count), rows)
    return Rect(column: column, row: endRow - kept, columns: columns, rows: kept)
  }

  /// The rows below the upper `count` rows.
  package func droppingTop(_ count: Int) -> Rect {
    bottom(rows - max(0, count))
  }

  /// The rows above the lower `count` rows.
  package func droppingBottom(_ count: Int) -> Rect {
    top(rows - max(0, count))
  }

  /// The left `count` columns.
  package func left(_ count: Int) -> Rect {
    Rect(column: column, row: row, columns: min(max(0, count), columns), rows: rows)
  }

  /// The right `count` columns.
  package func right(_ count: Int) -> Rect {
    let kept = min(max(0, count), columns)
    return Rect(column: endColumn - kept, row: row, columns: kept, rows: rows)
  }

  /// The columns right of the left `count` columns.
  package func droppingLeft(_ count: Int) -> Rect {
    right(columns - max(0, count))
  }

  /// The columns left of the right `count` columns.
  package func droppingRight(_ count: Int) -> Rect {
    left(columns - max(0, count))
  }

  /// The rectangle without a margin on both sides.
  package func inset(columns margin: Int, rows marginRows: Int = 0) -> Rect {
    droppingLeft(margin).droppingRight(margin).droppingTop(marginRows).droppingBottom(marginRows)
  }

  /// A rectangle of at most this size, centred in this one and then moved up by one row.
  package func centered(_ size: Size) -> Rect {
    let width = min(size.columns, columns)
    let height = min(size.rows, rows)
    return Rect(
      column: column + (columns - width) / 2, row: row + max(0, (rows - height) / 2),
      columns: width, rows: height)
  }

  package func contains(_ point: Point) -> Bool {
    point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
  }
}
