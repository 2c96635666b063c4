internal import InfusionRecord
import PlainText

// The reason for the visit: an id, or an object from encounter to id (rulebook D82).

extension JSONReader {
  /// Reads an administration's id, or an object from encounter to id.
  mutating func reasons(_ at: Int) throws(DocumentError) -> [SessionDraft.Reason] {
    switch next {
    case UInt8(ascii: "{"): break
    case UInt8(ascii: "\""): return [.init(encounter: nil, id: .init(value: try text(), at: at))]
    default:
      throw unexpected("the id of an administration, or an object from encounter to id")
    }
    var reasons: [SessionDraft.Reason] = []
    try members("an object") { (json, encounter, keyAt) throws(DocumentError) in
      json.path.append(.key(shown(encounter)))
      json.skipSpace()
      let at = json.at
      reasons.append(
        .init(
          encounter: .init(value: encounter, at: keyAt), id: .init(value: try json.text(), at: at)))
      json.path.removeLast()
    }
    return reasons
  }
}

extension SessionDraft {
  /// The positions of the reasons in the order of the document.
  func resolvedReasons(
    _ ids: [String: Int], _ administrations: [Administration], _ json: JSONReader
  ) throws(DocumentError) -> [Int] {
    var positions: [Int] = []
    let encounters = reasons.isEmpty ? [] : Set(administrations.map(\.encounter))
    for reason in reasons {
      var path: [JSONReader.Step] = [.key("reasonForVisit")]
      if let encounter = reason.encounter {
        path.append(.key(shown(encounter.value)))
        if !encounters.contains(encounter.value) {
          throw json.error(
            "no administration belongs to this encounter",
            expected: "an encounter of the session's administrations", at: encounter.at,
            path: path)
        }
      }
      guard let position = ids[reason.id.value] else {
        throw json.error(
          "no administration has this id", expected: "the id of an administration",
          at: reason.id.at, path: path)
      }
      if let encounter = reason.encounter,
        administrations[position].encounter != encounter.value
      {
        throw json.error(
          "the administration belongs to another encounter",
          expected: "an administration of the encounter that the key names", at: reason.id.at,
          path: path)
      }
      positions.append(position)
    }
    return positions
  }
}
