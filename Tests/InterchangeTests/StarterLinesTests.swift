import InfusionRecord
import Interchange
import Testing

@Suite struct StarterLinesTests {
  /// What somebody may type to mean a drug: its names, their beginnings, their words, its codes.
  private static let texts: [String] = {
    var texts: [String] = [
      "", "zzz", "50242-0051-21", "3 50242051210", "J9", "j9271", "naïve", "sod chl",
    ]
    for entry in Formulary.starter.entries {
      for name in [entry.name, entry.displayName] + entry.brands + entry.hcpcs {
        texts += [name, String(name.prefix(3)), String(name.prefix(5)), name.uppercased()]
        texts += name.split(separator: " ").map(String.init)
      }
    }
    return texts
  }()

  @Test func `a few lines of the starter find what all of it finds`() {
    for text in Self.texts {
      let few = Formulary.starter(naming: [text])
      let all = Formulary.starter
      let found = few.search(text).filter { $0.rank <= .wordsBegin }
      let expected = all.search(text).filter { $0.rank <= .wordsBegin }
      #expect(found.map(\.entry.name) == expected.map(\.entry.name), "\(text)")
      #expect(found.map(\.rank) == expected.map(\.rank), "\(text)")
      #expect(few.drug(named: text).identity == all.drug(named: text).identity)
      let (one, other) = (few.entry(named: text), all.entry(named: text))
      #expect(one?.displayName == other?.displayName)
      #expect(one?.drugClass == other?.drugClass)
      #expect(one?.techniques == other?.techniques)
      #expect(one?.payerOverrides.count == other?.payerOverrides.count)
    }
  }

  @Test func `drugs of several texts stand side by side`() {
    let few = Formulary.starter(naming: ["Taxol", "carboplatin"])
    #expect(few.entry(named: "paclitaxel") != nil)
    #expect(few.entry(named: "CARBOplatin") != nil)
    #expect(few.entries.count < 10)
    #expect(Formulary.starter(naming: []).entries.isEmpty)
  }
}
