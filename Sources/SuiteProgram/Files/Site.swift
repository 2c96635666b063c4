package import InfusionRecord
package import Interchange
package import RecorderUI
package import SessionReview
package import TimelineEngine

/// The site's configuration and the clock its sessions are opened by.
package struct Site: Sendable {
  package let configuration: SiteConfiguration
  package let clock: LocalClock
  /// The CMS edit tables that the site loaded; only a program that derives reads them.
  package var editTables = EditTables.none

  package init(configuration: SiteConfiguration, clock: LocalClock) {
    self.configuration = configuration
    self.clock = clock
  }

  /// The suite as the board shows it.
  package var suite: Suite {
    let facility = configuration.facility
    return Suite(
      name: facility.name, chairs: facility.chairs, clock: clock,
      setting: facility.setting, placeOfService: facility.placeOfService,
      payer: configuration.defaultPayer,
      policies: policies,
      supervisors: configuration.roles.supervisors,
      idleMinutes: configuration.idleMinutes, wristband: facility.wristband)
  }

  /// What sessions are derived under.
  package var policies: PayerPolicies {
    var policies = configuration.policies
    policies.editTables = editTables
    return policies
  }
}
