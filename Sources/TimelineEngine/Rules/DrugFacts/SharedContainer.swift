import InfusionRecord

/// From a container that several patients share, each is billed what he got and what was discarded for him.
///
/// ```
/// 200 units opened     A gets 120                  A 120, JZ
///                      B gets 60, 20 discarded     B  60, JW 20
/// ```
///
/// The rest belongs to the last patient on whom the container was used. So only a recorded discard counts, and
/// given and discarded need not add up to the label.
enum SharedContainer {
  static let rule = Rule(
    .sharedContainer,
    claim: """
      From a container that several patients share, each is billed what he got and what was \
      discarded for him.
      """,
    sections: ["DU12"], citations: [.cmsSharedVial])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.doses.indices where draft.drugs.doses[index].facts.isShared {
      draft.drugs.doses[index].because.append(DrugReason(.sharedContainer))
    }
  }
}

extension DrugReason.Definition {
  static let sharedContainer = Self(
    .sharedContainer, .cmsSharedVial,
    "Others were treated from the container, so only what was discarded for this patient counts.")
}
