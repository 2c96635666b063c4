package import InfusionRecord
package import Interchange
package import RecorderUI
package import SessionReview

/// The site's configuration and the clock its sessions are opened by.
package struct Site: Sendable {
  package let configuration: SiteConfiguration
  package let clock: LocalClock

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
      idleMinutes: configuration.idleMinutes)
  }

  /// What sessions are derived under.
  package var policies: PayerPolicies { configuration.policies }
}
