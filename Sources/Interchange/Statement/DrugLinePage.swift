import InfusionRecord
import PlainText
import SessionReview
import TimelineEngine

// The parts of a statement's page about drugs: their lines with the reasons, and their amounts.

extension Statement {
  func writeDrugLines(to page: inout TextPage) {
    guard !drugLines.isEmpty else { return }
    page.heading("DRUG LINES")
    for (index, line) in drugLines.enumerated() {
      if index > 0 { page.skip() }
      page.line(columnText(line), line.status.text)
      page.wrap(line.administrations.map(name).joined(separator: "; "), first: "  For ", indent: 6)
      if let product = line.product { page.wrap(product, first: "  Product ", indent: 10) }
      if let ndc = line.ndc {
        page.line("  NDC \(ndc)", line.quantity ?? "no quantity")
      }
      for reason in line.because {
        page.wrap(reason.text, first: "  - ")
        page.wrap("rule \(reason.rule.text) [\(reason.citation.name)]", first: "    ")
      }
    }
    if let drugCodes { page.wrap(drugCodes, first: "Codes of drugs: ") }
  }

  /// The account of each administration's drug, in its own unit.
  func writeDrugAmounts(to page: inout TextPage) {
    guard !drugAmounts.isEmpty else { return }
    page.heading("ACCOUNT OF AMOUNTS")
    func columns(_ left: String, _ texts: [String]) {
      page.line(left, texts.map { $0.leading(to: 12) }.joined())
    }
    columns("", ["opened", "given", "discarded", "unaccounted"])
    for balance in drugAmounts {
      columns(
        "\(name(of: balance.administration)), \(balance.unit.rawValue)",
        [balance.opened, balance.given, balance.discarded, balance.unaccounted].map(\.text))
    }
  }

  /// `J1745-JW       x5    02-Mar-2026  infliximab`.
  func columnText(_ line: DrugLine) -> String {
    let date = line.serviceDate.map(\.display) ?? "no date"
    return line.codeText.padded(to: 15) + "x\(line.units)".padded(to: 6) + date.padded(to: 13)
      + line.code.label.padded(to: 30)
  }
}
