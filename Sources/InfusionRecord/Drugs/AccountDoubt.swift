/// What is asked about the amount and the containers of a drug before they are recorded, on the screens and
/// by commands.
package struct AccountDoubt: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The container is of another drug.
    case otherDrug = "other-drug"
    case expired
    /// The site named the lot as recalled.
    case recalled = "recalled-lot"
    /// Ten times the order or more, or a tenth of it or less.
    case tenfold
    /// The order and the amount given are counted in different things.
    case otherUnit = "other-unit"
    /// Many more containers were opened than the dose needs.
    case manyContainers = "many-containers"
    /// It was recorded for another drug, which is being corrected.
    case recordedForOther = "recorded-for-other-drug"
    /// More was given than the containers held.
    case moreThanOpened = "more-than-opened"
    /// More was discarded than the containers held beyond what was given.
    case moreThanLeft = "more-than-left"
  }

  package let kind: Kind
  package let sentence: String

  /// The doubts about what is known of a drug.
  ///
  /// - Parameters:
  ///   - ordered: the amount of the order as written; nothing is compared if it is no plain amount.
  ///   - recalled: the lots that the site named as recalled.
  package static func found(
    _ facts: DrugFacts, of drug: Drug, ordered: String?, on date: CivilDate,
    recalled: [String] = [], in tables: DrugTables?
  ) -> [AccountDoubt] {
    var doubts: [AccountDoubt] = []
    func doubt(_ kind: Kind, _ sentence: String) {
      let one = AccountDoubt(kind: kind, sentence: sentence)
      if !doubts.contains(one) { doubts.append(one) }
    }
    let codes = [facts.product?.ndc] + facts.containers.map(\.ndc)
    for ndc in codes.compactMap(\.self) {
      guard let tables, let package = tables.package(ndc: ndc)?.package,
        !tables.isPackage(package, of: drug)
      else { continue }
      doubt(.otherDrug, "The container is \(package.product), not \(drug.displayName).")
    }
    for container in facts.containers {
      if let expires = container.expires, expires < date {
        doubt(
          .expired, "The container of \(drug.displayName) expired on \(expires.display).")
      }
      if let lot = container.lot, recalled.contains(where: { areSame($0, lot) }) {
        doubt(.recalled, "Lot \(lot) is on this site's list of recalled lots.")
      }
    }
    let order = ordered.flatMap { try? DrugAmount(written: $0) }
    if let given = facts.given {
      doubts += amounts(given, ordered: order, facts)
      if order == nil, let tables, let unit = tables.otherUnit(than: given, of: drug, on: date) {
        doubt(
          .otherUnit,
          "\(given.text) given, but \(drug.displayName) is counted in \(unit.rawValue): is the unit "
            + "right?")
      }
    }
    if let count = manyContainers(facts, for: facts.given ?? order) {
      doubt(.manyContainers, count)
    }
    return doubts
  }

  /// What is asked when the drug of an administration is corrected of which amounts or containers are
  /// recorded: they would stand for the other drug.
  package static func correcting(
    _ facts: DrugFacts, from old: Drug, to new: Drug, ordered: String?, on date: CivilDate,
    recalled: [String] = [], in tables: DrugTables?
  ) -> [AccountDoubt] {
    guard !facts.isEmpty, old.identity != new.identity else { return [] }
    let moved = AccountDoubt(
      kind: .recordedForOther,
      sentence:
        "Recorded for \(old.displayName): \(facts.words.joined(separator: "; ")). It would stand "
        + "for \(new.displayName); withdraw it first if it is not so.")
    func found(_ drug: Drug) -> [AccountDoubt] {
      AccountDoubt.found(
        facts, of: drug, ordered: ordered, on: date, recalled: recalled, in: tables)
    }
    let before = found(old)
    return [moved] + found(new).filter { !before.contains($0) }
  }

  /// The most containers that are not asked about if no dose is known.
  private static let usualContainers = 50

  /// The question about containers that hold ten times the dose or more. One container never asks: the
  /// smallest that is sold may hold that much.
  private static func manyContainers(_ facts: DrugFacts, for dose: DrugAmount?) -> String? {
    let count = facts.containers.reduce(0) { $0 + $1.count }
    guard count > 1, !facts.isShared else { return nil }
    if let dose, !dose.value.isZero, let labelled = facts.labelled(in: dose.unit) {
      let isMuch = labelled >= dose.value * ExactDecimal(10)
      guard isMuch, !facts.containers.contains(where: { $0.kind == .multiDose }) else { return nil }
      return
        "\(count) containers hold \(labelled.text) \(dose.unit.rawValue) for a dose of \(dose.text): is "
        + "the count right?"
    }
    return count > usualContainers ? "\(count) containers were opened: is the count right?" : nil
  }

  private static func amounts(
    _ given: DrugAmount, ordered: DrugAmount?, _ facts: DrugFacts
  ) -> [AccountDoubt] {
    var doubts: [AccountDoubt] = []
    if let order = ordered, !order.value.isZero, !given.value.isZero {
      if let ordered = order.value(in: given.unit) {
        let ten = ExactDecimal(10)
        if given.value >= ordered * ten || ordered >= given.value * ten {
          doubts.append(
            AccountDoubt(
              kind: .tenfold,
              sentence: "\(given.text) given, but \(order.text) ordered: is the unit or a digit "
                + "wrong?"))
        }
      } else {
        doubts.append(
          AccountDoubt(
            kind: .otherUnit,
            sentence: "\(given.text) given, but \(order.text) ordered: one does not become the "
              + "other."))
      }
    }
    guard !facts.isShared, let labelled = facts.labelled(in: given.unit) else { return doubts }
    let unit = given.unit.rawValue
    if given.value > labelled {
      doubts.append(
        AccountDoubt(
          kind: .moreThanOpened,
          sentence: "\(given.text) given, but the containers hold \(labelled.text) \(unit)."))
    } else if let discarded = facts.discarded?.amount, let value = discarded.value(in: given.unit),
      value > labelled - given.value
    {
      doubts.append(
        AccountDoubt(
          kind: .moreThanLeft,
          sentence: "\(discarded.text) discarded, but \((labelled - given.value).text) \(unit) was "
            + "left."))
    }
    return doubts
  }

  /// Lots are compared without case and blanks.
  private static func areSame(_ one: String, _ other: String) -> Bool {
    func folded(_ text: String) -> String { text.uppercased().filter { !$0.isWhitespace } }
    return folded(one) == folded(other)
  }
}
