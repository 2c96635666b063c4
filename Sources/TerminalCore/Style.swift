/// What a piece of text is, not how it looks.
///
/// A view names the role; the palette decides its colour and attributes. A style has eight bits of
/// role and eight of emphasis, which keeps a cell small.
public struct Style: Hashable, Sendable {
  public enum Role: UInt8, Sendable, CaseIterable {
    /// Plain text.
    case text
    /// Less important text: labels, units of measure, the help of keys.
    case muted
    /// Titles of panels and columns.
    case heading
    /// The values of the patient banner, heavier than its labels.
    case banner
    /// What needs a person. A mark or a word always says so too.
    case attention
    /// A refusal or a failure.
    case error
    /// A drug that is running now.
    case running
    /// A period without flow: paused, or planned.
    case paused
    /// A unit that may still change.
    case provisional
    /// A final unit, a complete session.
    case settled
    /// Rules and frames.
    case line
    /// The name of a key in the status bar or help.
    case key
    /// A text field.
    case field
    /// The clock axis, the now-line and the planned end in the timeline.
    case axis
  }

  /// Attributes in addition to the role.
  public struct Emphasis: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The row or choice that the next key acts on.
    public static let selected = Emphasis(rawValue: 1)
    public static let bold = Emphasis(rawValue: 2)
    public static let underlined = Emphasis(rawValue: 4)
  }

  public var role: Role
  public var emphasis: Emphasis

  public init(_ role: Role, _ emphasis: Emphasis = []) {
    self.role = role
    self.emphasis = emphasis
  }

  public static let text = Style(.text)
  public static let muted = Style(.muted)
  public static let heading = Style(.heading)
  public static let banner = Style(.banner)
  public static let attention = Style(.attention)
  public static let error = Style(.error)
  public static let running = Style(.running)
  public static let paused = Style(.paused)
  public static let provisional = Style(.provisional)
  public static let settled = Style(.settled)
  public static let line = Style(.line)
  public static let key = Style(.key)
  public static let field = Style(.field)
  public static let axis = Style(.axis)

  /// The same style on the selected row.
  public var selected: Style { with(.selected) }
  public var bold: Style { with(.bold) }
  public var underlined: Style { with(.underlined) }

  public func with(_ more: Emphasis) -> Style {
    Style(role, emphasis.union(more))
  }
}

extension Style.Role {
  /// One letter for style snapshots; blank for plain text.
  public var letter: Character {
    switch self {
    case .text: " "
    case .muted: "m"
    case .heading: "h"
    case .banner: "b"
    case .attention: "a"
    case .error: "e"
    case .running: "r"
    case .paused: "u"
    case .provisional: "p"
    case .settled: "s"
    case .line: "-"
    case .key: "k"
    case .field: "f"
    case .axis: "x"
    }
  }
}
