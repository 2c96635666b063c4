import InfusionRecord

/// What is dangerous about an amount as it was typed; a warning, never a refusal.
///
/// A point without a digit before it, or with zeros after it, makes the amount ten times too large if
/// the point is overlooked, and a number alone is no dose (ISMP list of error-prone abbreviations, Joint
/// Commission "Do Not Use" list).
enum DoseDoubt {
  static func sentence(_ amount: String) -> String? {
    for number in amount.split(whereSeparator: { !"0123456789.,".contains($0) }) {
      let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[1].isEmpty else { continue }
      if parts[0].isEmpty { return "Write 0\(number), not \(number): a point is easily lost." }
      if parts[1].allSatisfy({ $0 == "0" }) {
        return "Write \(parts[0]), not \(number): a point is easily lost."
      }
    }
    if let fault = misread(amount) { return fault }
    return amount.contains(where: \.isLetter) || amount.contains("%")
      ? nil : "The amount \(amount) names no unit."
  }

  /// What is said of a number and a unit that are known to be misread: `10 U`, `5 ug`, `0,5 mg`.
  private static func misread(_ amount: String) -> String? {
    do throws(DrugAmount.EntryFault) {
      _ = try DrugAmount(written: amount)
      return nil
    } catch {
      return error.isMisread ? error.message : nil
    }
  }
}
