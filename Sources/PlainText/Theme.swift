/// The background for which the tones of a palette are chosen.
package enum Theme: String, Sendable, CaseIterable {
  /// An unknown background: tones with contrast to both black and white.
  case auto
  /// A dark background, such as black, Ubuntu's, PowerShell's or the dark one of Solarized.
  case dark
  /// A light background, such as white or the light one of Solarized.
  case light
  /// White on black that the program paints itself, and tones of at least 7 to 1.
  case highContrast = "high_contrast"

  /// The theme that `COLORFGBG` asks for, as rxvt and Konsole set it: `15;0` is white on black.
  ///
  /// The last number is the background, one of the first 16 colours. 7 and 9 to 15 are light.
  package init?(colorsOfTerminal text: String) {
    guard let last = text.split(separator: ";").last, let number = Int(last),
      (0...15).contains(number)
    else { return nil }
    self = number == 7 || number > 8 ? .light : .dark
  }
}
