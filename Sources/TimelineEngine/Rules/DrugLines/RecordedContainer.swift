import InfusionRecord

/// Without the containers that were opened neither JW nor JZ can be said, and the line is held.
///
/// Kind, labelled amount and count of each are needed; a National Drug Code that the tables know tells kind and
/// amount. Where no modifier is wanted nothing is missing.
enum RecordedContainer {
  static let rule = Rule(
    .recordedContainer,
    claim: """
      Without the containers that were opened neither JW nor JZ can be said, and the line is held.
      """,
    sections: ["DU16"], citations: [.deduction])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.groups.indices {
      var group = draft.drugs.groups[index]
      let doses = draft.doses(of: group)
      let containers = doses.flatMap(\.containers)
      for container in containers {
        group.labelled = group.labelled + container.labelled
        if container.kind == .singleDose {
          group.labelledSingle = group.labelledSingle + container.labelled
        }
      }
      let lacksSome = doses.contains { $0.containers.isEmpty } && group.labelled < group.given
      group.containers = kind(of: containers, doses, lacksSome: lacksSome)
      if group.wantsModifier, group.containers == .unknown {
        group.status = .held
        group.because.append(DrugReason(.containersUnknown))
        draft.find(.containerMissing, draft.firstRow(of: group), [group.code.code])
      }
      draft.drugs.groups[index] = group
    }
  }

  private static func kind(
    of containers: [OpenedContainer], _ doses: [DrugDose], lacksSome: Bool
  ) -> DrugGroup.Containers {
    if containers.isEmpty, doses.allSatisfy({ $0.package?.kind == .multiDose }) { return .multi }
    let kinds = Set(containers.map(\.kind))
    if kinds == [.multiDose] { return .multi }
    guard !containers.isEmpty, !lacksSome, !kinds.contains(nil),
      !containers.contains(where: { $0.amount == nil })
    else { return .unknown }
    return kinds.count == 1 ? .single : .mixed
  }
}

extension Finding.Definition {
  static let containerMissing = Self(
    .recordedContainer, .warning,
    "The opened containers are not recorded with amount, kind and count, which $ needs.")
}

extension DrugReason.Definition {
  static let containersUnknown = Self(
    .recordedContainer, .deduction,
    "The containers are not recorded, so neither JW nor JZ can be said.")
}
