public import InfusionRecord
package import SessionReview

/// The place: its name, chairs, clock and rules.
public struct Suite: Sendable {
  public var name: String
  /// In the order people think of them.
  public var chairs: [String]
  public var clock: LocalClock
  public var setting: SessionContext.Setting
  public var placeOfService: String?
  /// The payer a new session starts with.
  public var payer: String?
  /// What sessions are derived under.
  package var policies: PayerPolicies
  /// Who may sign off; empty where everybody may.
  public var supervisors: [String]
  /// Minutes without a key after which the screen locks itself; nil never.
  public var idleMinutes: Int?

  package init(
    name: String, chairs: [String], clock: LocalClock,
    setting: SessionContext.Setting = .facility, placeOfService: String? = nil,
    payer: String? = nil, policies: PayerPolicies = PayerPolicies(),
    supervisors: [String] = [], idleMinutes: Int? = nil
  ) {
    self.name = name
    self.chairs = chairs
    self.clock = clock
    self.setting = setting
    self.placeOfService = placeOfService
    self.payer = payer
    self.policies = policies
    self.supervisors = supervisors
    self.idleMinutes = idleMinutes
  }
}

/// Who sits at the keyboard, and where.
///
/// Where nobody is enrolled it is the account of the host; see `RecorderState.authority` for what the
/// person may do.
public struct Actor: Hashable, Sendable {
  public var name: String
  public var role: Role
  public var workstation: String

  public init(name: String, role: Role = .nurse, workstation: String) {
    self.name = name
    self.role = role
    self.workstation = workstation
  }

  /// `RN J. Okafor`, as headers show it.
  public var title: String { role == .nurse ? "RN \(name)" : "Supervisor \(name)" }
}
