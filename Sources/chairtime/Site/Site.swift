import Glibc
import InfusionRecord
import Interchange
import RecorderUI
import TimelineEngine

/// The site's configuration.
///
/// `$CHAIRTIME_CONFIG` names its file. Without it, the file is `chairtime/site.toml` in
/// `$XDG_CONFIG_HOME` (XDG base directory specification 0.8), or in `~/.config` if that is not set. A
/// site without the file has the default values. A fault in the file ends the command, so that nothing
/// is derived under mistyped policies or exported under mistyped names.
struct Site {
  let configuration: SiteConfiguration

  /// The path of the file, whether or not it exists.
  static var path: String {
    if let named = variable("CHAIRTIME_CONFIG"), !named.isEmpty { return named }
    var folder = variable("XDG_CONFIG_HOME") ?? ""
    if !folder.hasPrefix("/") { folder = (variable("HOME") ?? "/") + "/.config" }
    return folder + "/chairtime/site.toml"
  }

  /// Reads the site's file, or `named` instead.
  static func read(_ named: String? = nil) throws(DocumentError) -> Site {
    let path = named ?? path
    let isAsked = named != nil || !(variable("CHAIRTIME_CONFIG") ?? "").isEmpty
    if !isAsked, access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR {
      return Site(configuration: SiteConfiguration())
    }
    let file = InputFile(path: path, isTrusted: true)
    return Site(configuration: try SiteConfiguration(file.bytes(), file: file.name))
  }

  /// The zone of new sessions: from the environment, or the file, or the host.
  var zone: String {
    if let named = variable("CHAIRTIME_ZONE"), LocalClock(zone: named) != nil { return named }
    return configuration.facility.timeZone ?? Host.zone
  }

  /// The clock of that zone; UTC if this system does not know the zone.
  var clock: LocalClock { LocalClock(zone: zone) ?? .utc }

  /// The suite, for the board.
  var suite: Suite {
    let facility = configuration.facility
    return Suite(
      name: facility.name, chairs: facility.chairs, clock: clock,
      setting: facility.setting, placeOfService: facility.placeOfService,
      payer: configuration.defaultPayer,
      policy: configuration.policy, payerPolicies: configuration.payerPolicies,
      supervisors: configuration.roles.supervisors,
      idleMinutes: configuration.idleMinutes)
  }

  /// A derivation under the policy for the session's payer.
  func derivation(
    for log: EventLog, formulary: Formulary, overriding arguments: [String] = [],
    rulebook: RuleBook? = nil
  ) throws -> Derivation {
    var policy = configuration.policy(for: log.opening?.payer)
    try policy.lay(arguments)
    return Derivation(formulary: formulary, policy: policy, rulebook: rulebook)
  }
}
