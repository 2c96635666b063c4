/// Whether two drugs are confused because their names look or sound alike.
///
/// A plain measure finds names that differ in few letters, and forms of one drug. A reviewed list adds
/// names that are confused although the measure does not find them. Sources: the FDA's and ISMP's lists of
/// look-alike names with tall-man letters, and ISMP's list of confused drug names, as far as they are
/// about drugs that are infused or injected.
package enum LookAlike {
  package static func areConfused(_ one: Drug, _ other: Drug) -> Bool {
    guard one.identity != other.identity else { return false }
    let (a, b) = (words(one), words(other))
    guard let first = a.first, let second = b.first else { return false }
    // Forms of one drug: paclitaxel and paclitaxel protein-bound, two strengths of saline.
    if first == second { return true }
    if a.contains(where: { $0.count > 5 && !parts.contains($0) && b.contains($0) }) { return true }
    if groups.contains(where: { $0.contains(first) && $0.contains(second) }) { return true }
    let length = max(first.count, second.count)
    guard min(first.count, second.count) >= 5 else { return false }
    return distance(Array(first.utf8), Array(second.utf8)) * 10 <= length * 3
  }

  /// The drug of the formulary whose name is one or two letters from a name that the formulary lacks; nil
  /// if there is none, or if the drug is listed.
  package static func misspelled(_ drug: Drug, in formulary: Formulary) -> Drug? {
    let words = words(drug)
    guard drug.entry == nil, let typed = words.first, typed.count >= 6 else { return nil }
    let letters = Array(typed.utf8)
    let most = letters.count < 9 ? 1 : 2
    func isNear(_ name: String) -> Bool {
      guard abs(name.utf8.count - letters.count) <= most,
        (name.utf8.first ?? 0) | 0x20 == letters.first
      else { return false }
      return distance(name.utf8.map { $0 | 0x20 }, letters) <= most
    }
    // Of a name of several words the first one is compared, and the others must be the same.
    func isNearByWords(_ name: String) -> Bool {
      let own = name.split { !$0.isLetter }.map { $0.lowercased() }
      guard own.count > 1, own.count <= words.count, own[0] != typed else { return false }
      return isNear(own[0]) && zip(own, words).dropFirst().allSatisfy { $0 == $1 }
    }
    return formulary.entries.first {
      isNear($0.name) || isNearByWords($0.name) || $0.brands.contains(where: isNear)
    }.map { formulary.drug(named: $0.name) }
  }

  /// Whether a word is a name with at most two letters wrong, and begins with the same letter.
  static func isMisspelling(_ word: String, of name: String) -> Bool {
    word.first == name.first && word.utf8.count >= 8
      && distance(Array(word.utf8), Array(name.utf8)) <= 2
  }

  /// Whether a word is a brand with at most one letter wrong, and begins with the same letter.
  static func isBrand(_ word: String, _ brand: String) -> Bool {
    word == brand
      || word.first == brand.first && word.utf8.count >= 6
        && distance(Array(word.utf8), Array(brand.utf8)) <= 1
  }

  private static func words(_ drug: Drug) -> [String] {
    SearchText.fold(drug.entry?.name ?? drug.identity).split { !$0.isLetter }.map(String.init)
  }

  /// Words that drugs share without being forms of one drug.
  static let parts: Set<String> = [
    "acetate", "bicarbonate", "calcium", "chloride", "citrate", "gluconate", "hyaluronidase",
    "hydrochloride", "liposomal", "liposome", "magnesium", "phosphate", "potassium", "protein",
    "sodium", "succinate", "sulfate",
  ]

  /// Names of one group are confused with each other. Reviewed 30-Nov-2026.
  private static let groups: [Set<String>] = [
    ["carboplatin", "cisplatin", "oxaliplatin"],
    ["daunorubicin", "doxorubicin", "epirubicin", "idarubicin"],
    ["vincristine", "vinblastine", "vinorelbine"],
    ["paclitaxel", "docetaxel", "cabazitaxel"],
    ["infliximab", "rituximab"],
    ["trastuzumab", "pertuzumab"],
    ["obinutuzumab", "ofatumumab", "omalizumab"],
    ["pemetrexed", "pralatrexate", "methotrexate"],
    ["fluorouracil", "fludarabine", "flucytosine", "floxuridine"],
    ["azacitidine", "azathioprine"],
    ["mitomycin", "mitoxantrone"],
    ["bortezomib", "carfilzomib"],
    ["cyclophosphamide", "cyclosporine", "ifosfamide"],
    ["bendamustine", "carmustine"],
    ["leucovorin", "levoleucovorin", "leukine"],
    ["romidepsin", "romiplostim"],
    ["eribulin", "epirubicin"],
    ["clofarabine", "cladribine", "cytarabine", "nelarabine"],
    ["dactinomycin", "daptomycin"],
    ["dexamethasone", "dexmedetomidine"],
    ["diphenhydramine", "dimenhydrinate"],
    ["hydrocortisone", "hydroxyzine", "hydralazine"],
    ["hydromorphone", "morphine"],
    ["methylprednisolone", "medroxyprogesterone"],
    ["denosumab", "dinutuximab"],
    ["filgrastim", "pegfilgrastim", "sargramostim"],
    ["interferon", "interleukin"],
    ["cefazolin", "ceftriaxone", "cefotaxime", "cefoxitin", "ceftazidime", "cefepime"],
    ["zoledronic", "ibandronate"],
  ]

  /// Letters inserted, deleted, replaced, or exchanged with a neighbour (Damerau and Levenshtein).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
