import Foundation
import PlainText
import TerminalCore
import Testing

/// The tones are readable, and distinct for people with colour blindness.
@Suite struct PaletteTests {
  private typealias Tone = [Double]

  private static let black: Tone = [0, 0, 0]
  private static let white: Tone = [1, 1, 1]

  /// xterm's colours 16 to 255 as linear light.
  private static func tone(_ number: Int) -> Tone {
    if number >= 232 {
      let level = Double(8 + (number - 232) * 10)
      return linear([level, level, level])
    }
    let cube = number - 16
    func level(_ step: Int) -> Double { step == 0 ? 0 : Double(55 + step * 40) }
    return linear([level(cube / 36), level(cube / 6 % 6), level(cube % 6)])
  }

  /// The first eight as xterm and as the Linux console have them.
  private static let eight: [String: [Int: Tone]] = [
    "xterm": [5: linear([205, 0, 205]), 6: linear([0, 205, 205])],
    "console": [5: linear([170, 0, 170]), 6: linear([0, 170, 170])],
  ]

  private static func linear(_ levels: [Double]) -> Tone {
    levels.map { level in
      let part = level / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
  }

  /// Contrast of two tones, 1 to 21 (WCAG 2.2).
  private static func contrast(_ one: Tone, _ other: Tone) -> Double {
    func light(_ tone: Tone) -> Double {
      0.2126 * tone[0] + 0.7152 * tone[1] + 0.0722 * tone[2]
    }
    let (a, b) = (light(one), light(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// What the three kinds of colour blindness make of linear light: Machado, Oliveira and Fernandes,
  /// A Physiologically-based Model for Simulation of Color Vision Deficiency (2009), severity 1.0.
  private static let sights: [(name: String, matrix: [[Double]])] = [
    ("all cones", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  private static func seen(_ tone: Tone, _ matrix: [[Double]]) -> Tone {
    matrix.map { row in min(1, max(0, zip(row, tone).reduce(0) { $0 + $1.0 * $1.1 })) }
  }

  /// The distance of two tones in CIELAB (CIE 1976); about 2 can just be told apart.
  private static func distance(_ one: Tone, _ other: Tone) -> Double {
    func lab(_ tone: Tone) -> Tone {
      func curve(_ value: Double) -> Double {
        value > 0.008856 ? pow(value, 1.0 / 3) : 7.787 * value + 16.0 / 116
      }
      let (r, g, b) = (tone[0], tone[1], tone[2])
      let x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
      let y = curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
      let z = curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
      return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
    }
    return sqrt(zip(lab(one), lab(other)).reduce(0) { $0 + pow($1.0 - $1.1, 2) })
  }

  @Test func `every tone of 256 can be read on black and on white`() {
    let palette = Palette(depth: .many)
    for role in Style.Role.allCases {
      let look = palette.appearance(of: Style(role))
      guard let color = look.foreground else { continue }
      let least = min(
        Self.contrast(Self.tone(color), Self.black), Self.contrast(Self.tone(color), Self.white))
      // 4.5 is level AA for text of any size.
      #expect(least >= 4.5, "\(role): \(least)")
    }
  }

  /// The backgrounds of common terminals, and the text that they write on them.
  private static let dark: [String: (background: [Double], text: [Double])] = [
    "xterm": ([0, 0, 0], [229, 229, 229]), "Ubuntu": ([48, 10, 36], [238, 238, 236]),
    "GNOME": ([23, 20, 33], [208, 207, 204]), "GNOME Console": ([30, 30, 30], [255, 255, 255]),
    "PowerShell": ([1, 36, 86], [238, 237, 240]), "Windows": ([12, 12, 12], [204, 204, 204]),
    "Solarized dark": ([0, 43, 54], [131, 148, 150]),
  ]
  private static let light: [String: (background: [Double], text: [Double])] = [
    "xterm": ([255, 255, 255], [0, 0, 0]), "GNOME": ([255, 255, 255], [23, 20, 33]),
    "Solarized light": ([253, 246, 227], [88, 110, 117]),
  ]

  @Test(arguments: [(Theme.dark, dark), (.light, light)])
  func `every tone of a theme can be read on the backgrounds it is for`(
    theme: Theme, terminals: [String: (background: [Double], text: [Double])]
  ) {
    let palette = Palette(depth: .many, theme: theme)
    #expect(palette.paper == nil)
    for role in Style.Role.allCases {
      guard let color = palette.appearance(of: Style(role)).foreground else { continue }
      for (name, terminal) in terminals {
        let contrast = Self.contrast(Self.tone(color), Self.linear(terminal.background))
        #expect(contrast >= 4.5, "\(role) on \(name): \(contrast)")
      }
    }
  }

  @Test func `high contrast paints its own background, and every tone has at least 7 to 1`() throws
  {
    let palette = Palette(depth: .many, theme: .highContrast)
    let paper = try #require(palette.paper)
    for role in Style.Role.allCases {
      let color = palette.appearance(of: Style(role)).foreground ?? paper.text
      let contrast = Self.contrast(Self.tone(color), Self.tone(paper.background))
      #expect(contrast >= 7, "\(role): \(contrast)")
      #expect(!palette.appearance(of: Style(role)).isDim)
    }
    #expect(try #require(Palette(depth: .eight, theme: .highContrast).paper) == (7, 0))
    #expect(Palette(depth: .monochrome, theme: .highContrast).paper == nil)
  }

  /// Drugs are written in these roles; a label beside them is muted.
  @Test(arguments: Theme.allCases, [Style.Role.text, .running, .attention, .settled])
  func `the name of a drug is never the dimmest thing`(theme: Theme, role: Style.Role) {
    let palette = Palette(depth: .many, theme: theme)
    let backgrounds: [Tone] =
      switch theme {
      case .auto: [Self.black, Self.white]
      case .dark: Self.dark.values.map { Self.linear($0.background) }
      case .light: Self.light.values.map { Self.linear($0.background) }
      case .highContrast: [Self.black]
      }
    guard let color = palette.appearance(of: Style(role)).foreground,
      let muted = palette.appearance(of: .muted).foreground
    else { return }
    for background in backgrounds {
      let name = Self.contrast(Self.tone(color), background)
      let label = Self.contrast(Self.tone(muted), background)
      // A tone for an unknown background has as much contrast with black as with white.
      #expect(theme == .auto ? abs(name - label) < 0.6 : name >= label, "\(role) \(name) \(label)")
    }
  }

  @Test(arguments: [
    ("15;0", Theme.dark), ("0;15", .light), ("0;default;15", .light), ("7;8", .dark),
    ("12;7", .light), ("", nil), ("15", .light), ("1;16", nil), ("x;y", nil),
  ])
  func `a terminal's word on its colours chooses the theme`(text: String, theme: Theme?) {
    #expect(Theme(colorsOfTerminal: text) == theme)
  }

  @Test func `every tone of eight can be read on black and on white`() {
    let palette = Palette(depth: .eight)
    for role in Style.Role.allCases {
      let look = palette.appearance(of: Style(role))
      guard let color = look.foreground else { continue }
      // None of the eight reaches 4.5 on both. Magenta is the nearest and is always bold.
      #expect(look.isBold, "\(role)")
      for (terminal, tones) in Self.eight {
        let tone = tones[color] ?? Self.black
        #expect(Self.contrast(tone, Self.black) >= 3, "\(role) on \(terminal)")
        #expect(Self.contrast(tone, Self.white) >= 3, "\(role) on \(terminal)")
      }
    }
  }

  @Test(arguments: [Theme.auto, .dark, .light])
  func `tones with different meanings stay apart whichever cones are missing`(theme: Theme) {
    let palette = Palette(depth: .many, theme: theme)
    let roles: [Style.Role] = [.attention, .running, .muted]
    for (name, matrix) in Self.sights {
      for (index, one) in roles.enumerated() {
        for other in roles[(index + 1)...] {
          let tones = [one, other].compactMap { palette.appearance(of: Style($0)).foreground }
            .map { Self.seen(Self.tone($0), matrix) }
          #expect(Self.distance(tones[0], tones[1]) >= 25, "\(one) and \(other), \(name)")
        }
      }
    }
  }

  @Test func `without colour what needs a person is bold`() {
    let palette = Palette(depth: .monochrome)
    #expect(palette.appearance(of: .attention).isBold)
    #expect(!palette.appearance(of: .text).isBold)
    #expect(palette.appearance(of: .text.selected).isReverse)
    for role in Style.Role.allCases {
      #expect(palette.appearance(of: Style(role)).foreground == nil)
    }
  }
}
