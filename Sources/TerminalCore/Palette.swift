package import PlainText

/// The appearance of roles: colours if the terminal has them, and bold, dim and reverse everywhere.
///
/// Colour only repeats what a mark or a word says. The tones of 256 colours are chosen for the theme's
/// background. They oppose magenta and blue, never red and green. A test computes the contrast (WCAG 2.2,
/// 1.4.3) with the backgrounds of common terminals, and the distance of the tones for people who do not see
/// red, green or blue (Machado, Oliveira and Fernandes 2009).
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
  package var theme: Theme

  package init(depth: Depth, theme: Theme = .auto) {
    self.depth = depth
    self.theme = theme
  }

  /// The text and the background that the program paints itself; nil leaves those of the terminal.
  package var paper: (text: Int, background: Int)? {
    guard theme == .highContrast else { return nil }
    switch depth {
    case .monochrome: return nil
    case .eight: return (7, 0)
    case .many: return (231, 16)
    }
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
      case .attention, .error: theme == .highContrast ? nil : 5
      default: nil
      }
    case .many:
      switch role {
      case .attention, .error: tones.attention
      case .running, .provisional: tones.running
      case .muted, .paused, .axis, .line: tones.muted
      default: nil
      }
    }
  }

  /// The numbers of the tones in xterm's 256 colours; nil is the colour of the text.
  private var tones: (attention: Int, running: Int?, muted: Int?) {
    switch theme {
    // Six of the 240 colours reach a contrast of 4.5 on black and on white; 163 differs from blue and grey.
    case .auto: (163, 63, 243)
    case .dark: (213, 159, 247)
    case .light: (127, 57, 241)
    // Nothing recedes, so nothing is hard to read.
    case .highContrast: (219, nil, nil)
    }
  }
}
