import InfusionRecord

/// Two codes that CMS pairs are found on one date; a pair that a modifier opens gets the modifier of
/// the policy if the record holds the reason for it.
///
/// ```
/// column 1 is paid        no modifier opens it                  warning
/// column 2 is denied      a modifier may; reason on record      modifier on column 2, note
///                         a modifier may; no reason             warning
/// ```
///
/// A reason on record is a further encounter, or a further access site with its reason. The pairs come
/// from the tables that the site loaded. No unit is changed.
enum CodePairs {
  static let rule = Rule(
    .codePairs,
    claim: """
      Two codes that CMS pairs are found on one date; a pair that a modifier opens gets the modifier \
      of the policy if the record holds the reason for it.
      """,
    sections: ["R20"], citations: [.mln1783722, .rac0071],
    policies: ["modifier.second_site", "modifier.second_encounter"])

  /// How a pair on one date stands, best first.
  private enum Standing: Int { case opened, unopened, never }

  static func apply(_ draft: inout Draft) {
    guard !draft.editTables.isEmpty, draft.units.count > 1 else { return }
    let setting = EditTables.Setting(draft.timeline.session.setting)
    var days: [CivilDate] = []
    for line in draft.units {
      if let date = line.date, !days.contains(date) { days.append(date) }
    }
    for date in days {
      let codes = Code.allCases.filter { code in
        draft.units.contains { $0.code == code && $0.date == date }
      }
      for column1 in codes {
        for column2 in codes where column2 != column1 {
          guard
            let found = draft.editTables.pair(column1, column2, on: date, in: setting)
          else { continue }
          apply(found.pair, on: date, to: &draft)
        }
      }
    }
  }

  private static func apply(_ pair: EditTables.CodePair, on date: CivilDate, to draft: inout Draft)
  {
    let (column1, column2) = (pair.codes.column1, pair.codes.column2)
    let first = draft.units.indices.filter {
      draft.units[$0].code == column1 && draft.units[$0].date == date
    }
    let second = draft.units.indices.filter {
      draft.units[$0].code == column2 && draft.units[$0].date == date
    }
    guard let place = second.first else { return }
    var standing = Standing.never
    if pair.modifier == .allowed {
      standing = .opened
      for index in second {
        guard let distinct = distinction(of: index, from: first, in: draft) else {
          standing = .unopened
          continue
        }
        if isOpen(index, against: first, in: draft) { continue }
        if let modifier = modifier(for: distinct, in: draft) {
          draft.units[index].modifiers.insert(modifier)
          draft.units[index].modifierWhy = draft.units[index].modifierWhy ?? .modifierPair
        } else {
          standing = .unopened
        }
      }
    }
    let id: Finding.ID =
      switch standing {
      case .opened: .codePairOpened
      case .unopened: .codePairUnopened
      case .never: .codePair
      }
    draft.find(
      id, draft.units[place].row(in: draft), code: column1, otherCode: column2)
  }

  /// Whether the line, or every line of the other code, carries a modifier that opens pairs. CMS accepts
  /// it on either.
  private static func isOpen(_ index: Int, against others: [Int], in draft: Draft) -> Bool {
    draft.units[index].modifiers.opensPairs
      || others.allSatisfy { draft.units[$0].modifiers.opensPairs }
  }

  /// What sets a line apart from the other code.
  private enum Distinction { case encounter, site }

  private static func modifier(for distinction: Distinction, in draft: Draft) -> Modifier? {
    switch distinction {
    case .encounter: draft.policy.secondEncounterModifier
    case .site: draft.policy.secondSiteModifier
    }
  }

  /// The reason on record that sets a line apart from every line of the other code.
  private static func distinction(of index: Int, from others: [Int], in draft: Draft)
    -> Distinction?
  {
    let line = draft.units[index]
    if others.allSatisfy({ draft.units[$0].encounter != line.encounter }) { return .encounter }
    let isElsewhere = others.allSatisfy { other in
      let other = draft.units[other]
      return other.encounter != line.encounter || isFurtherSite(other.site, line.site, in: draft)
    }
    return isElsewhere ? .site : nil
  }

  /// Whether two access sites are distinct for a reason on record.
  private static func isFurtherSite(_ left: Int32, _ right: Int32, in draft: Draft) -> Bool {
    guard left >= 0, right >= 0, left != right else { return false }
    let sites = draft.timeline.sites
    return sites[Int(left)].secondSiteReason != nil || sites[Int(right)].secondSiteReason != nil
  }
}

extension Sentence {
  static let modifierPair: Self =
    "Modifier: a code pair of CMS is opened by the further encounter or access site on record."
}

extension Finding.Definition {
  static let codePair = Self(
    .codePairs, .warning,
    "% and @ on one date are a code pair of CMS, which no modifier opens; @ is denied.")
  static let codePairUnopened = Self(
    .codePairs, .warning,
    """
    % and @ on one date are a code pair of CMS. A modifier may open it, but no reason for one is on \
    record, or the policy sets none; without it @ is denied.
    """)
  static let codePairOpened = Self(
    .codePairs, .note,
    "% and @ on one date are a code pair of CMS; the modifier of a reason on record opens it.")
}
