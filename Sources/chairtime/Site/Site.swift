import Glibc
import InfusionRecord
import Interchange
import RecorderUI
import SessionReview

/// The site's configuration, found where it belongs.
///
/// `$CHAIRTIME_CONFIG` names it; else it is `chairtime/site.toml` in `$XDG_CONFIG_HOME` (XDG base
/// directory specification 0.8), `~/.config` where that is not set. A site without the file has the
/// usual values; a file with a fault ends the command, for nothing may be exported under names or
/// derived under policies that somebody mistyped.
struct Site {
  let configuration: SiteConfiguration

  /// The path of the file, whether or not it is there.
  static var path: String {
    if let named = variable("CHAIRTIME_CONFIG"), !named.isEmpty { return named }
    var folder = variable("XDG_CONFIG_HOME") ?? ""
    if !folder.hasPrefix("/") { folder = (variable("HOME") ?? "/") + "/.config" }
    return folder + "/chairtime/site.toml"
  }

  /// Reads the site's file; `named` over the usual place.
  static func read(_ named: String? = nil) throws(DocumentError) -> Site {
    let path = named ?? path
    let isAsked = named != nil || !(variable("CHAIRTIME_CONFIG") ?? "").isEmpty
    if !isAsked, access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR {
      return Site(configuration: SiteConfiguration())
    }
    let file = InputFile(path: path, isTrusted: true)
    return Site(configuration: try SiteConfiguration(file.bytes(), file: file.name))
  }

  /// The zone sessions are opened in: the environment's word, then the file's, then the host's.
  var zone: String {
    if let named = variable("CHAIRTIME_ZONE"), LocalClock(zone: named) != nil { return named }
    return configuration.facility.timeZone ?? Host.zone
  }

  /// The clock of that zone; UTC where the zone is not known here.
  var clock: LocalClock { LocalClock(zone: zone) ?? .utc }

  /// The suite as the board shows it.
  var suite: Suite {
    let facility = configuration.facility
    return Suite(
      name: facility.name, chairs: facility.chairs, clock: clock,
      setting: facility.setting, placeOfService: facility.placeOfService,
      payer: configuration.defaultPayer,
      policies: configuration.policies,
      supervisors: configuration.roles.supervisors,
      idleMinutes: configuration.idleMinutes)
  }

  var policies: PayerPolicies { configuration.policies }
}
