/// One cell of the grid: its character, width and style, in eight bytes.
///
/// A cell holds a single code point itself. For a letter with combining marks it holds a position
/// in the frame's table. The right half of a wide character is a cell of width 0.
package struct Cell: Hashable, Sendable {
  /// A code point, or a position in the frame's table if the top bit is set.
  var glyph: UInt32
  package internal(set) var style: Style
  /// 1 or 2 columns; 0 for the right half of the wide character before it.
  package internal(set) var width: UInt8

  static let clusterBit: UInt32 = 1 << 31

  init(glyph: UInt32, width: UInt8, style: Style) {
    self.glyph = glyph
    self.width = width
    self.style = style
  }

  static func blank(_ style: Style) -> Cell {
    Cell(glyph: 0x20, width: 1, style: style)
  }

  static func rightHalf(_ style: Style) -> Cell {
    Cell(glyph: 0x20, width: 0, style: style)
  }

  /// The code point, or nil if the cell holds a letter with marks.
  package var scalar: UInt32? {
    glyph & Cell.clusterBit == 0 ? glyph : nil
  }

  var clusterIndex: Int? {
    glyph & Cell.clusterBit == 0 ? nil : Int(glyph & ~Cell.clusterBit)
  }
}
