import InfusionRecord
import Testing

@Suite struct DrugClassTests {
  @Test(arguments: [
    ("chemo", "96413"), ("hormonal", "96413"), ("biologic", "96413"), ("drug", "96365"),
    ("fluid", "96360"), ("other", ""),
  ])
  func `the class decides the section`(drugClass: String, expected: String) {
    #expect(codes("agent \(drugClass) infusion 10:00+60") == expected)
  }

  @Test func `blood is not in this family`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+180
      blood other infusion 12:00+120
      """,
      """
      final
      96413 02-Mar paclitaxel 180 min (initial-service)
      96415 x2 02-Mar paclitaxel 180 min (further-hours)
      uncharged blood 120 min not-this-family
      minutes paclitaxel 180/180, blood 0/120
      """)
  }

  @Test func `an oral drug is not in this family, whatever its class`() {
    expect(
      """
      dexamethasone drug oral 08:00
      """,
      """
      final
      uncharged dexamethasone 0 min not-this-family
      minutes dexamethasone 0/0
      """)
  }

  @Test func `a hormonal antineoplastic by vein uses the chemotherapy codes`() {
    expect(
      """
      fulvestrant hormonal push 08:00+5
      """,
      """
      final
      96409 02-Mar fulvestrant 5 min (initial-service)
      minutes fulvestrant 5/5
      """)
  }

  @Test func `a class that is not stated comes from the formulary`() {
    expect(
      """
      paclitaxel unknown infusion 08:00+60
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      minutes paclitaxel 60/60
      """, formulary: formulary)
  }

  @Test func `a stated class is taken before the formulary's`() {
    expect(
      """
      paclitaxel drug infusion 08:00+60
      """,
      """
      final
      96365 02-Mar paclitaxel 60 min (initial-service)
      minutes paclitaxel 60/60
      finding class-overruled paclitaxel
      """, formulary: formulary)
  }

  @Test func `a drug the formulary lacks is not charged until its class is recorded`() {
    expect(
      """
      mystery unknown infusion 08:00+60
      """,
      """
      held
      uncharged mystery 60 min drug-class
      minutes mystery 0/60
      finding unclassified-drug mystery
      """, formulary: formulary)
    expect(
      """
      mystery drug infusion 08:00+60
      """,
      """
      final
      96365 02-Mar mystery 60 min (initial-service)
      minutes mystery 60/60
      """, formulary: formulary)
  }

  @Test func `an unknown drug chooses no initial, covers no minute and separates nothing`() {
    expect(
      """
      mystery unknown infusion 08:00-12:00
      iron drug infusion 08:30-09:30
      saline fluid infusion 10:00-10:31
      """,
      """
      held
      96365 02-Mar iron 60 min (initial-service)
      96361 02-Mar saline 31 min (hydration)
      uncharged mystery 240 min drug-class
      minutes mystery 0/240, iron 60/60, saline 31/31
      finding unclassified-drug mystery
      """, formulary: formulary)
  }

  @Test(arguments: ["push", "im", "sc-infusion", "pump", "pump-refill", "on-body-injector"])
  func `an unknown drug is not charged by any way it is given`(technique: String) {
    #expect(codes("mystery unknown \(technique) 08:00+60", formulary: formulary) == "")
    #expect(
      findings("mystery unknown \(technique) 08:00+60", formulary: formulary)
        == ["unclassified-drug mystery"])
  }

  @Test func `an unknown drug in a bag leaves the bag to the drug that is known`() {
    expect(
      """
      mystery unknown infusion 08:00+91 bag b1
      Taxol unknown infusion 08:00+91 bag b1
      """,
      """
      held
      96413 02-Mar Taxol 91 min (initial-service)
      96415 02-Mar Taxol 91 min (further-hours)
      uncharged mystery 91 min drug-class
      minutes Taxol 91/91, mystery 0/91
      finding unclassified-drug mystery
      """, formulary: formulary)
  }

  @Test(arguments: ["flush", "oral", "pump-disconnect"])
  func `a service that needs no class has no finding about it`(technique: String) {
    #expect(findings("mystery unknown \(technique) 08:00", formulary: formulary) == [])
  }

  @Test func `one drug has one identity under all its names`() {
    expect(
      """
      Taxol unknown infusion 08:00+60
      PACLitaxel unknown infusion 10:00+60
      """,
      """
      final
      96413 02-Mar Taxol 60 min (initial-service)
      96415 02-Mar PACLitaxel 60 min (repeat-dose)
      minutes Taxol 60/60, PACLitaxel 60/60
      """, formulary: formulary)
  }

  private let formulary = Formulary([
    FormularyEntry(
      name: "paclitaxel", displayName: "PACLitaxel", brands: ["Taxol"], drugClass: .chemotherapy)
  ])
}

@Suite struct PayerClassTests {
  @Test func `Medicare takes a complex biologic as chemotherapy`() {
    expect(
      """
      session payer Medicare
      infliximab biologic infusion 08:00+125
      """,
      """
      final
      96413 02-Mar infliximab 125 min (initial-service)
      96415 02-Mar infliximab 125 min (further-hours)
      minutes infliximab 125/125
      """)
  }

  @Test(arguments: ["", "session payer acme"])
  func `any other payer is asked about`(payer: String) {
    expect(
      """
      \(payer)
      infliximab biologic infusion 08:00+125
      """,
      """
      review
      96413 02-Mar infliximab 125 min review (initial-service)
      96415 02-Mar infliximab 125 min review (further-hours)
      minutes infliximab 125/125
      finding complex-biologic-payer infliximab
      """)
  }

  @Test func `CHEMO settles the question`() {
    expect(
      """
      session payer acme
      policy complex_biologic.codes_as=CHEMO
      infliximab biologic infusion 08:00+125
      """,
      """
      final
      96413 02-Mar infliximab 125 min (initial-service)
      96415 02-Mar infliximab 125 min (further-hours)
      minutes infliximab 125/125
      """)
  }

  @Test func `TPD takes it as a plain drug, for Medicare too`() {
    expect(
      """
      session payer medicare
      policy complex_biologic.codes_as=TPD
      infliximab biologic infusion 08:00+125
      """,
      """
      final
      96365 02-Mar infliximab 125 min (initial-service)
      96366 02-Mar infliximab 125 min (further-hours)
      minutes infliximab 125/125
      """)
  }

  @Test func `only a complex biologic is asked about`() {
    expect(
      """
      session payer acme
      paclitaxel chemo infusion 08:00+60
      infliximab biologic pump-disconnect 10:00
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      uncharged infliximab 0 min pump-disconnect
      minutes paclitaxel 60/60, infliximab 0/0
      """)
  }

  @Test(arguments: [
    ("2022-04-25", "96401"), ("2022-04-26", "96372"), ("2024-12-31", "96372"),
    ("2025-01-01", "96401"),
  ])
  func `a payer's own class holds from its first day to its last`(day: String, expected: String) {
    let formulary = Formulary([
      FormularyEntry(
        name: "denosumab", displayName: "denosumab", drugClass: .chemotherapy,
        payerOverrides: [
          PayerOverride(
            payer: "acme", drugClass: .therapeutic, from: CivilDate(year: 2022, month: 4, day: 26),
            to: CivilDate(year: 2024, month: 12, day: 31), source: "a letter")
        ])
    ])
    let row = "denosumab unknown sc 08:00"
    #expect(codes("session payer ACME on \(day)\n\(row)", formulary: formulary) == expected)
    #expect(codes("session payer other on \(day)\n\(row)", formulary: formulary) == "96401")
  }
}

@Suite struct PlaceOfServiceTests {
  @Test func `a physician reports nothing of this family at a facility`() {
    expect(
      """
      session office place 22
      paclitaxel chemo infusion 08:00+60
      """,
      """
      review
      uncharged paclitaxel 60 min facility-place-of-service
      minutes paclitaxel 0/60
      finding facility-place-of-service
      """)
  }

  @Test(arguments: [
    "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61",
  ])
  func `every facility place of service counts`(place: String) {
    #expect(codes("session office place \(place)\niron drug infusion 08:00+60") == "")
  }

  @Test(arguments: ["11", "12", "20", "32", "49", "50", "65"])
  func `any other place is reported`(place: String) {
    #expect(codes("session office place \(place)\niron drug infusion 08:00+60") == "96365")
  }

  @Test func `a facility reports at its own place`() {
    #expect(codes("session facility place 22\niron drug infusion 08:00+60") == "96365")
  }
}
