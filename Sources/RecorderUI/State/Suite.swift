package import InfusionRecord
package import SessionReview

/// The place: its name, chairs, clock and rules.
package struct Suite: Sendable {
  package var name: String
  /// In the order that people use.
  package var chairs: [String]
  package var clock: LocalClock
  package var setting: SessionContext.Setting
  package var placeOfService: String?
  /// The payer a new session starts with.
  package var payer: String?
  /// What sessions are derived under.
  package var policies: PayerPolicies
  /// The names that may sign off; empty if everyone may.
  package var supervisors: [String]
  /// Minutes without a key until the screen locks; nil never.
  package var idleMinutes: Int?
  /// Where a wristband's barcode holds the record number; nil if it holds nothing more.
  package var wristband: WristbandFormat?
  /// How planned ends are announced.
  package var endAlerts: EndAlerts
  /// The lots of drugs that were recalled.
  package var recalledLots: [String] = []
  /// Whether another person must see what is discarded at the chair.
  package var witnessesDiscards = false

  package init(
    name: String, chairs: [String], clock: LocalClock,
    setting: SessionContext.Setting = .facility, placeOfService: String? = nil,
    payer: String? = nil, policies: PayerPolicies = PayerPolicies(),
    supervisors: [String] = [], idleMinutes: Int? = nil,
    wristband: WristbandFormat? = nil, endAlerts: EndAlerts = EndAlerts()
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
    self.wristband = wristband
    self.endAlerts = endAlerts
  }

  /// What is said of a chair that the suite lacks; nil if it has the chair, or lists none.
  func sentence(onChair chair: String) -> String? { Chairs(chairs).sentence(on: chair) }
}

/// The chairs of a suite.
package struct Chairs: Sendable {
  private let names: [String]

  package init(_ names: [String]) { self.names = names }

  /// The chair that a text names: `Chair 12` is 12, and letters may have another case. A text that names none
  /// of them stays as it is.
  package func named(_ text: String) -> String {
    if names.contains(text) { return text }
    let folded = SearchText.typed(text)
    return names.first { name in
      (SearchText.typed(name) + SearchText.typed("chair \(name)")).contains(where: folded.contains)
    } ?? text
  }

  /// What is said of a chair that the suite lacks; nil if it has the chair, or lists none.
  package func sentence(on chair: String) -> String? {
    names.isEmpty || names.contains(chair) ? nil : "The suite has no chair \(chair)."
  }
}

/// The user at the keyboard, and the workstation.
///
/// If nobody is enrolled, this is the account of the host. `RecorderState.authority` says what the user
/// may do.
package struct Actor: Hashable, Sendable {
  package var name: String
  package var role: Role
  package var workstation: String

  package init(name: String, role: Role = .nurse, workstation: String) {
    self.name = name
    self.role = role
    self.workstation = workstation
  }

  /// `RN J. Okafor`, as headers show it.
  package var title: String { role == .nurse ? "RN \(name)" : "Supervisor \(name)" }
}
