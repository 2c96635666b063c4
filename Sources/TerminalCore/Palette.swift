/// The appearance of roles: colours if the terminal has them, and bold, dim and reverse everywhere.
///
/// Colour only repeats what a mark or a word says. A program cannot know a terminal's background,
/// so the 256-colour set uses tones with contrast to both black and white. It opposes magenta and
/// blue, never red and green. A test computes the contrast (WCAG 2.2, 1.4.3) and the distance of
/// the tones for people who do not see red, green or blue (Machado, Oliveira and Fernandes 2009).
package struct Palette: Hashable, Sendable {
  package enum Depth: Int, Sendable, Comparable, CaseIterable {
    case monochrome = 0
    case eight = 8
    case many = 256
    package static func < (left: Depth, right: Depth) -> Bool { left.rawValue < right.rawValue }
  }

  /// The attributes of one style.
  package struct Appearance: Hashable, Sendable {
    package var isBold = false
    package var isDim = false
    package var isReverse = false
    package var isUnderlined = false
    /// A colour number of the depth; nil is the terminal's default.
    package var foreground: Int?
    package init() {}
  }

  package var depth: Depth

  package init(depth: Depth) {
    self.depth = depth
  }

  package func appearance(of style: Style) -> Appearance {
    var look = Appearance()
    switch style.role {
    case .text, .running, .settled: break
    case .heading, .banner, .key, .attention, .error: look.isBold = true
    case .muted, .line, .axis, .paused: look.isDim = depth == .monochrome
    case .provisional: break
    case .field: look.isUnderlined = true
    }
    look.foreground = foreground(of: style.role)
    if style.emphasis.contains(.bold) { look.isBold = true }
    if style.emphasis.contains(.underlined) { look.isUnderlined = true }
    if style.emphasis.contains(.selected) {
      look.isReverse = true
      look.isDim = false
      // Reversed grey would be hard to read on a light background.
      if style.role != .attention && style.role != .error { look.foreground = nil }
    }
    return look
  }

  private func foreground(of role: Style.Role) -> Int? {
    switch depth {
    case .monochrome: nil
    case .eight:
      switch role {
      // Of the eight colours only magenta is readable on both black and white.
      case .attention, .error: 5
      default: nil
      }
    case .many:
      switch role {
      // Six of the 240 colours reach a contrast of 4.5 on black and white; this one differs from
      // blue and grey.
      case .attention, .error: 163
      case .running, .provisional: 63
      case .muted, .paused, .axis: 243
      case .line: 243
      default: nil
      }
    }
  }
}
