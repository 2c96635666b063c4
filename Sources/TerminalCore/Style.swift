/// What a piece of text is, not how it looks.
///
/// A view names the role; the palette of the terminal decides about colour, bold or reverse. Eight
/// bits of role and eight of emphasis, so that a cell stays small.
public struct Style: Hashable, Sendable {
  public enum Role: UInt8, Sendable, CaseIterable {
    /// Plain text.
    case text
    /// Text of less weight: labels, units of measure, keys' help.
    case muted
    /// Titles of panels and columns.
    case heading
    /// The patient banner's values: heavier than the labels beside them.
    case banner
    /// What needs a person; always with a mark or a word beside it.
    case attention
    /// A refusal or a failure.
    case error
    /// A drug that is running now.
    case running
    /// A stretch without flow: paused, or planned and not begun.
    case paused
    /// A unit that may still change.
    case provisional
    /// A unit that is decided, a session that is complete.
    case settled
    /// Rules and frames.
    case line
    /// The name of a key, in a status bar or in help.
    case key
    /// Where a person types.
    case field
    /// The clock axis, the now-line and other furniture of the timeline.
    case axis
  }

  /// What comes on top of the role.
  public struct Emphasis: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The row or choice the next key acts on.
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
