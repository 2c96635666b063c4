/// What a piece of text is, not how it looks.
///
/// A view names the role; the palette decides its colour and attributes. A style has eight bits of
/// role and eight of emphasis, which keeps a cell small.
package struct Style: Hashable, Sendable {
  package enum Role: UInt8, Sendable, CaseIterable {
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
  package struct Emphasis: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The row or choice that the next key acts on.
    package static let selected = Emphasis(rawValue: 1)
    package static let bold = Emphasis(rawValue: 2)
    package static let underlined = Emphasis(rawValue: 4)
  }

  package var role: Role
  package var emphasis: Emphasis

  package init(_ role: Role, _ emphasis: Emphasis = []) {
    self.role = role
    self.emphasis = emphasis
  }

  package static let text = Style(.text)
  package static let muted = Style(.muted)
  package static let heading = Style(.heading)
  package static let banner = Style(.banner)
  package static let attention = Style(.attention)
  package static let error = Style(.error)
  package static let running = Style(.running)
  package static let paused = Style(.paused)
  package static let provisional = Style(.provisional)
  package static let settled = Style(.settled)
  package static let line = Style(.line)
  package static let key = Style(.key)
  package static let field = Style(.field)
  package static let axis = Style(.axis)

  /// The same style on the selected row.
  package var selected: Style { with(.selected) }
  package var bold: Style { with(.bold) }
  package var underlined: Style { with(.underlined) }

  package func with(_ more: Emphasis) -> Style {
    Style(role, emphasis.union(more))
  }
}

extension Style.Role {
  /// One letter for style snapshots; blank for plain text.
  package var letter: Character {
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
