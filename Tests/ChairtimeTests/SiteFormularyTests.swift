import InfusionRecord
import Interchange
import TestSupport
import Testing

@testable import chairtime

@Suite struct SiteFormularyTests {
  private func logs(_ drugs: [String]) -> [EventLog] {
    var record = SampleRecord()
    return drugs.map { drug in
      let facts = AdministrationFacts(administration: "a1", drug: drug, technique: .infusion)
      let event = record.event(.drugStarted(facts), at: "09:00")
      return EventLog(session: record.session, events: [event])
    }
  }

  @Test func `drugs found a stretch at a time are those the whole formulary has`() {
    let stretches = [
      ["paclitaxel", "Taxol", "nobody's drug"], ["TAXOL", "paclitaxel"], [],
      ["rituximab", "sodium chloride 0.9%", "Keytruda"], ["nobody's drug", "carboplatin"],
    ]
    let spoken = SiteFormulary.Spoken()
    for stretch in stretches {
      let formulary = spoken.formulary(for: logs(stretch))
      for drug in stretch {
        let (some, all) = (formulary.drug(named: drug), Formulary.starter.drug(named: drug))
        #expect(some.identity == all.identity, "\(drug)")
        #expect(some.displayName == all.displayName, "\(drug)")
        #expect(some.entry?.drugClass == all.entry?.drugClass, "\(drug)")
      }
    }
    let names = spoken.formulary.entries.map(\.name)
    #expect(Set(names).count == names.count)
    for drug in stretches.joined() {
      #expect(
        spoken.formulary.drug(named: drug).identity
          == Formulary.starter.drug(named: drug).identity, "\(drug)")
    }
    #expect(spoken.formulary.drug(named: "paclitaxel").entry != nil)
    #expect(spoken.formulary.drug(named: "nobody's drug").entry == nil)
  }

  @Test func `many stretches at a time find the same drugs`() {
    let drugs = Formulary.starter.entries.map(\.displayName)
    let spoken = SiteFormulary.Spoken()
    let found = drugs.concurrentMap(by: 3) { drugs in
      let formulary = spoken.formulary(for: logs(Array(drugs)))
      return drugs.map { formulary.drug(named: $0).identity }
    }
    #expect(found == drugs.map { Formulary.starter.drug(named: $0).identity })
    #expect(spoken.formulary.entries.count == Formulary.starter.entries.count)
  }
}
