import Glibc
import Interchange
import PlainText
import RecorderUI
import SuiteProgram

/// What the screens of one terminal are like: the keys of the site, those of the user over them, tones, mouse.
///
/// The user's own file is `chairtime/user.toml` in `$XDG_CONFIG_HOME`. It decides nothing that is recorded or that
/// others see, so no supervisor accepts it.
struct TerminalSettings {
  var keymap: Keymap
  /// The tones of the user's file; otherwise the site's.
  var theme: Theme
  /// Whether the mouse selects; off if neither file says so.
  var mouse: Bool

  /// The path of the user's own file, whether or not it exists.
  static var ownPath: String { Site.folder + "/user.toml" }

  init(_ site: SiteConfiguration) throws(DocumentError) {
    let (keymap, faults) = Keymap.standard.bound(by: site.keys, from: Site.path)
    if let first = faults.first { throw first }
    self.keymap = keymap
    theme = site.theme
    mouse = site.mouse ?? false
    guard let own = try TerminalSettings.own() else { return }
    let (configuration, ownFaults) = own
    if let first = ownFaults.first { throw first }
    let (bound, clashes) = keymap.bound(by: configuration.keys, from: TerminalSettings.ownPath)
    if let first = clashes.first { throw first }
    self.keymap = bound
    if configuration.theme != .auto { theme = configuration.theme }
    mouse = configuration.mouse ?? mouse
  }

  /// The user's own file with its faults; nil if there is none.
  static func own() throws(DocumentError) -> (
    configuration: SiteConfiguration, faults: [DocumentError]
  )? {
    let path = ownPath
    if access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR { return nil }
    let file = InputFile(path: path, isTrusted: true)
    return SiteConfiguration.checkOwn(try file.bytes(), file: file.name)
  }
}

extension Keymap {
  /// The table with the keys of a file, and the faults of the file by line.
  func bound(
    by bindings: [KeyBinding], from file: String
  ) -> (keymap: Keymap, faults: [DocumentError]) {
    let (keymap, faults) = bound(by: bindings)
    return (
      keymap,
      faults.map { fault in
        DocumentError(
          file: file, line: fault.binding.line, path: fault.binding.path.printable,
          found: fault.found + suggestion(for: fault.word, among: fault.known),
          expected: fault.expected)
      }.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    )
  }
}
