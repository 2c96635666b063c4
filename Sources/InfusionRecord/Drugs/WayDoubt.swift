/// A way by which a drug is not given.
///
/// The formulary lists the ways of each drug. Another way is possible, so it is asked about and stays an
/// issue of the record; it is never refused, because a record of what happened must be possible.
package struct WayDoubt: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// The formulary does not list the way.
    case unlisted
    /// The way is known to kill. Vinca alkaloids are given by vein only; their labels say "fatal if given
    /// by other routes" (WHO patient safety alert 115, ISMP best practice 1). Concentrated potassium and sodium
    /// chloride are given diluted, as an infusion (WHO patient safety solution 5, ISMP high-alert list).
    case fatal
  }

  package let kind: Kind
  /// One sentence that names the drug and the way.
  package let sentence: String

  /// The doubt about a drug given by `technique` through a site of this kind; nil if there is none.
  package static func found(
    _ drug: Drug, _ technique: Technique, through site: AccessSite.Kind?
  ) -> WayDoubt? {
    guard let kind = kind(of: drug, technique, through: site), let way = way(technique, site) else {
      return nil
    }
    switch kind {
    case .fatal where !isVinca(drug):
      return WayDoubt(
        kind: kind,
        sentence:
          "FATAL IF NOT DILUTED: \(drug.displayName) \(way). A concentrated electrolyte is "
          + "given diluted, as an infusion only.")
    case .fatal:
      return WayDoubt(
        kind: kind,
        sentence: "FATAL BY ANY WAY BUT THE VEIN: \(drug.displayName) \(way). Vinca alkaloids are "
          + "given by vein only.")
    case .unlisted:
      let ways = (drug.entry?.techniques ?? []).map(\.words).joined(separator: " or ")
      return WayDoubt(
        kind: kind,
        sentence:
          "\(drug.displayName) \(way) is unusual: the formulary lists \(ways). Check the order.")
    }
  }

  /// The kind of the doubt, without its sentence.
  package static func kind(
    of drug: Drug, _ technique: Technique, through site: AccessSite.Kind?
  ) -> Kind? {
    guard technique.givesDrug else { return nil }
    if !isVein(technique, site), isVinca(drug) { return .fatal }
    if !isInfused(technique), isConcentrate(drug) { return .fatal }
    guard let listed = drug.entry?.techniques, !listed.isEmpty else { return nil }
    if isUnderSkin(drug, technique, site), !listed.contains(.subcutaneous),
      !listed.contains(.subcutaneousInfusion)
    {
      return .unlisted
    }
    return listed.contains(technique) || listed.contains(listedFor(technique)) ? nil : .unlisted
  }

  /// Whether a push or an infusion goes through a site under the skin. Fluids may.
  private static func isUnderSkin(
    _ drug: Drug, _ technique: Technique, _ site: AccessSite.Kind?
  ) -> Bool {
    guard site == .subcutaneous, drug.entry?.drugClass != .hydration else { return false }
    return technique == .push || technique == .infusion
  }

  /// The way of the formulary that a device stands for: an on-body injector gives under the skin, a pump
  /// infuses.
  private static func listedFor(_ technique: Technique) -> Technique {
    switch technique {
    case .onBodyInjector: .subcutaneous
    case .pump, .pumpRefill: .infusion
    default: technique
    }
  }

  private static let vincas = [
    "vincristine", "vinblastine", "vinorelbine", "vindesine", "vinflunine",
  ]
  /// Brands of them, which a formulary may lack.
  private static let vincaBrands: Set<String> = [
    "oncovin", "vincasar", "marqibo", "velban", "velbe", "velsar", "navelbine", "eldisine",
    "javlor",
  ]
  /// How the names of vinca alkaloids end. No other drug of the formulary ends so.
  private static let vincaEndings = ["cristine", "blastine"]

  /// The vinca alkaloids and their forms, also by a brand or with a misspelling that the formulary lacks.
  private static func isVinca(_ drug: Drug) -> Bool {
    words(of: drug).contains { word in
      if vincas.contains(where: { word.hasPrefix($0) }) { return true }
      guard drug.entry == nil else { return false }
      let word = String(word)
      return vincaEndings.contains { word.hasSuffix($0) }
        || vincas.contains { LookAlike.isMisspelling(word, of: $0) }
        || vincaBrands.contains { LookAlike.isBrand(word, $0) }
    }
  }

  /// Concentrated electrolytes: salts of potassium, and sodium chloride of more than 3 per cent. A premixed
  /// fluid has another name first.
  private static func isConcentrate(_ drug: Drug) -> Bool {
    let words = words(of: drug).map(String.init)
    guard drug.entry == nil else {
      return words.first == "potassium"
        && words.dropFirst().first.map { salt in
          ["chloride", "phosphate", "acetate"].contains { salt.hasPrefix($0) }
        } ?? false
    }
    // A name that the formulary lacks is taken for the worst that it can mean.
    let first = words.first { word in
      word.contains(where: \.isLetter)
        && !["meq", "mmol", "ml", "mg", "concentrated"].contains(word)
    }
    if first.map(isPotassium) ?? false { return true }
    if first == "k" || (first == "pot" && words.count > 1) { return true }
    guard words.contains("sodium"), words.contains("chloride") else { return false }
    return words.contains { $0.hasPrefix("concentrat") || $0 == "hypertonic" }
      || percentages(in: drug.text).contains { $0 > 3 }
  }

  private static func isPotassium(_ word: String) -> Bool {
    ["kcl", "kphos"].contains { word.hasPrefix($0) }
      || ["potassium", "kalium"].contains { $0 == word || LookAlike.isMisspelling(word, of: $0) }
  }

  /// The numbers before a per cent sign: 23.4 of `sodium chloride 23.4%`.
  private static func percentages(in text: String) -> [Double] {
    text.split(separator: "%").compactMap { part in
      let digits = part.reversed().drop { $0 == " " }.prefix { $0.isNumber || $0 == "." }
      return Double(String(digits.reversed()))
    }
  }

  private static func isInfused(_ technique: Technique) -> Bool {
    switch technique {
    case .infusion, .pump, .pumpRefill, .oral: true
    default: false
    }
  }

  private static func words(of drug: Drug) -> [Substring] {
    SearchText.fold(drug.entry?.name ?? drug.identity).split { !$0.isLetter && !$0.isNumber }
  }

  private static func isVein(_ technique: Technique, _ site: AccessSite.Kind?) -> Bool {
    switch technique {
    case .infusion, .push, .pump, .pumpRefill: site != .subcutaneous && site != .implanted
    default: false
    }
  }

  /// The way in words, after the name of the drug; nil if no drug is given.
  private static func way(_ technique: Technique, _ site: AccessSite.Kind?) -> String? {
    let through = site == .subcutaneous || site == .implanted ? ", \(site?.words ?? "")" : ""
    return switch technique {
    case .infusion: "as an infusion" + through
    case .push: "as a push" + through
    case .pump, .pumpRefill: "by pump" + through
    case .implantedPumpRefill: "by implanted pump"
    case .intramuscular: "into a muscle"
    case .subcutaneous: "under the skin"
    case .subcutaneousInfusion: "as an infusion under the skin"
    case .onBodyInjector: "by on-body injector"
    case .oral: "by mouth"
    case .flush, .pumpDisconnect: nil
    }
  }
}
