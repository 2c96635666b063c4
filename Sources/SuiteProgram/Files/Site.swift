package import InfusionRecord
package import Interchange
package import RecorderUI
package import SessionReview
package import SessionStore
package import TimelineEngine

/// What a site's files say, and the clock its sessions are opened by.
///
/// A program reads each file once. It works by this value until its act is done, and `hash` is that of
/// the bytes this value was parsed from. A file that is swapped meanwhile changes nothing, and the hash
/// that is compared with the accepted one, signed and stored is that of what was really used.
package struct Site: Sendable {
  package let configuration: SiteConfiguration
  package let clock: LocalClock
  /// The CMS edit tables that the site loaded; only a program that derives reads them.
  package var editTables = EditTables.none
  /// The codes and packages of drugs, with those that the site loaded.
  package var drugTables = DrugTableSource.starter
  /// For each kind of loaded tables that cannot be read, why, and what to do.
  package var tablesHints: [String] = []
  /// The built-in formulary, with the site's file laid over it if a command names one.
  package var formulary = Formulary.starter
  package var hash: ConfigurationHash

  package init(
    configuration: SiteConfiguration, clock: LocalClock,
    hash: ConfigurationHash = ConfigurationHash()
  ) {
    self.configuration = configuration
    self.clock = clock
    self.hash = hash
  }

  /// A derivation by these files.
  package func derivation(now: Instant) -> SessionDerivation {
    SessionDerivation(
      formulary: formulary, policies: policies, configuration: hash.text, now: now)
  }

  /// The suite as the board shows it.
  package var suite: Suite {
    let facility = configuration.facility
    var suite = Suite(
      name: facility.name, chairs: facility.chairs, clock: clock,
      setting: facility.setting, placeOfService: facility.placeOfService,
      payer: configuration.defaultPayer,
      policies: policies,
      supervisors: configuration.roles.supervisors,
      idleMinutes: configuration.idleMinutes, wristband: facility.wristband,
      endAlerts: configuration.endAlerts)
    suite.recalledLots = configuration.recalledLots
    suite.witnessesDiscards = configuration.witnessesDiscards
    return suite
  }

  /// What sessions are derived under.
  package var policies: PayerPolicies {
    var policies = configuration.policies
    policies.editTables = editTables
    policies.drugTables = drugTables
    return policies
  }
}
