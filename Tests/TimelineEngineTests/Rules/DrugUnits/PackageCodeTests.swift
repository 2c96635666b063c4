import Testing
import TimelineEngine

@Suite struct PackageCodeTests {
  private func packages(_ row: String) -> [String] {
    DrugDay("hospital ndc.on_line=true\n\(row)").statement.drugLines.map {
      "\($0.ndc ?? "none") \($0.quantity ?? "none")"
    }
  }

  @Test func `a liquid is counted in millilitres`() {
    #expect(packages("Privigen 100 g ndc 44206-0438-20 from 5x20s") == ["44206043820 ML 1000"])
  }

  @Test func `a powder is counted in containers, each line for itself`() {
    #expect(
      packages("Remicade 350 mg from 4x100s/57894-030-01 discarded 50")
        == ["57894003001 UN 3.5", "57894003001 UN 0.5"])
  }

  @Test func `an unknown package has no quantity`() {
    #expect(packages("Remicade 100 mg from 1x100s/99999-0030-01") == ["99999003001 none"])
  }

  @Test func `without the policy no line has one`() {
    let day = DrugDay("Remicade 400 mg from 4x100s/57894-030-01")
    #expect(day.statement.drugLines.allSatisfy { $0.ndc == nil && $0.quantity == nil })
  }
}
