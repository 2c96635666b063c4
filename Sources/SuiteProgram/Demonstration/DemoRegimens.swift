import InfusionRecord

/// What is given in one visit: a list of steps in order.
///
/// Doses and durations are those of ordinary orders, rounded. They are for trying the program, not for
/// treatment.
struct DemoRegimen: Sendable {
  /// One administration. Minutes are planned; the actual ones are drawn at random.
  enum Step: Sendable {
    case push(String, amount: String, minutes: Int)
    case infusion(String, amount: String, volume: Double, minutes: Int)
    /// The rate is raised every half hour.
    case titrated(String, amount: String, volume: Double, minutes: Int)
    case hydration(String, volume: Double, minutes: Int)
    /// Runs concurrently with the infusion after it.
    case beside(String, amount: String, volume: Double, minutes: Int)
    case injection(String, amount: String, Technique)
    case homePump(String, amount: String, hours: Int)
  }

  let name: String
  /// How often it is drawn, relative to the others.
  let weight: Int
  let site: AccessSite.Kind
  let steps: [Step]

  private static let premedication: [Step] = [
    .push("ondansetron", amount: "16 mg", minutes: 4),
    .infusion("dexamethasone", amount: "12 mg", volume: 50, minutes: 20),
  ]

  static let all: [DemoRegimen] = [
    DemoRegimen(
      name: "paclitaxel and carboplatin", weight: 10, site: .port,
      steps: premedication + [
        .push("diphenhydramine", amount: "50 mg", minutes: 3),
        .push("famotidine", amount: "20 mg", minutes: 3),
        .infusion("paclitaxel", amount: "175 mg/m2", volume: 500, minutes: 180),
        .infusion("carboplatin", amount: "AUC 6", volume: 250, minutes: 45),
      ]),
    DemoRegimen(
      name: "FOLFOX", weight: 9, site: .port,
      steps: premedication + [
        .beside("leucovorin", amount: "400 mg/m2", volume: 250, minutes: 120),
        .infusion("oxaliplatin", amount: "85 mg/m2", volume: 500, minutes: 120),
        .push("fluorouracil", amount: "400 mg/m2", minutes: 5),
        .homePump("fluorouracil", amount: "2,400 mg/m2", hours: 46),
      ]),
    DemoRegimen(
      name: "rituximab", weight: 7, site: .peripheral,
      steps: [
        .push("diphenhydramine", amount: "50 mg", minutes: 3),
        .infusion("acetaminophen iv", amount: "1,000 mg", volume: 100, minutes: 15),
        .titrated("rituximab", amount: "375 mg/m2", volume: 500, minutes: 210),
      ]),
    DemoRegimen(
      name: "pembrolizumab", weight: 10, site: .port,
      steps: [.infusion("pembrolizumab", amount: "200 mg", volume: 100, minutes: 30)]),
    DemoRegimen(
      name: "cisplatin with hydration", weight: 5, site: .port,
      steps: [
        .hydration("sodium chloride 0.9%", volume: 1000, minutes: 90),
        .infusion("fosaprepitant", amount: "150 mg", volume: 150, minutes: 30),
      ] + premedication + [
        .infusion("cisplatin", amount: "75 mg/m2", volume: 500, minutes: 120),
        .infusion("magnesium sulfate", amount: "2 g", volume: 100, minutes: 60),
        .hydration("sodium chloride 0.9%", volume: 1000, minutes: 95),
      ]),
    DemoRegimen(
      name: "doxorubicin and cyclophosphamide", weight: 6, site: .port,
      steps: premedication + [
        .push("doxorubicin", amount: "60 mg/m2", minutes: 12),
        .infusion("cyclophosphamide", amount: "600 mg/m2", volume: 250, minutes: 60),
        .injection("pegfilgrastim", amount: "6 mg", .onBodyInjector),
      ]),
    DemoRegimen(
      name: "infliximab", weight: 10, site: .peripheral,
      steps: [
        .push("methylprednisolone sodium succinate", amount: "40 mg", minutes: 5),
        .titrated("infliximab", amount: "5 mg/kg", volume: 250, minutes: 120),
      ]),
    DemoRegimen(
      name: "vedolizumab", weight: 6, site: .peripheral,
      steps: [.infusion("vedolizumab", amount: "300 mg", volume: 250, minutes: 30)]),
    DemoRegimen(
      name: "natalizumab", weight: 5, site: .peripheral,
      steps: [.infusion("natalizumab", amount: "300 mg", volume: 100, minutes: 60)]),
    DemoRegimen(
      name: "ocrelizumab", weight: 4, site: .peripheral,
      steps: [
        .push("methylprednisolone sodium succinate", amount: "100 mg", minutes: 5),
        .push("diphenhydramine", amount: "25 mg", minutes: 3),
        .titrated("ocrelizumab", amount: "600 mg", volume: 500, minutes: 210),
      ]),
    DemoRegimen(
      name: "trastuzumab", weight: 6, site: .port,
      steps: [.infusion("trastuzumab", amount: "6 mg/kg", volume: 250, minutes: 30)]),
    DemoRegimen(
      name: "bortezomib", weight: 4, site: .subcutaneous,
      steps: [
        .injection("bortezomib", amount: "1.3 mg/m2", .subcutaneous),
        .injection("denosumab", amount: "120 mg", .subcutaneous),
      ]),
    DemoRegimen(
      name: "immune globulin", weight: 5, site: .peripheral,
      steps: [
        .infusion("acetaminophen iv", amount: "1,000 mg", volume: 100, minutes: 15),
        .titrated("immune globulin iv", amount: "1 g/kg", volume: 700, minutes: 240),
      ]),
    DemoRegimen(
      name: "iron sucrose", weight: 5, site: .peripheral,
      steps: [.infusion("iron sucrose", amount: "300 mg", volume: 250, minutes: 95)]),
    DemoRegimen(
      name: "hydration and antiemetic", weight: 6, site: .port,
      steps: [
        .push("ondansetron", amount: "8 mg", minutes: 3),
        .hydration("sodium chloride 0.9%", volume: 1000, minutes: 125),
      ]),
    DemoRegimen(
      name: "antibiotics", weight: 4, site: .picc,
      steps: [
        .infusion("ceftriaxone", amount: "2 g", volume: 50, minutes: 30),
        .infusion("vancomycin", amount: "1 g", volume: 250, minutes: 90),
      ]),
    DemoRegimen(
      name: "zoledronic acid", weight: 4, site: .peripheral,
      steps: [.infusion("zoledronic acid", amount: "4 mg", volume: 100, minutes: 16)]),
    DemoRegimen(
      name: "gemcitabine and bevacizumab", weight: 4, site: .port,
      steps: premedication + [
        .infusion("gemcitabine", amount: "1,000 mg/m2", volume: 250, minutes: 30),
        .infusion("bevacizumab", amount: "10 mg/kg", volume: 100, minutes: 60),
      ]),
  ]
}

/// Plainly fictitious people.
enum DemoPeople {
  static let families = [
    "Tester", "Sample", "Fiction", "Nobody", "Example", "Demo", "Placeholder", "Specimen",
    "Pretend", "Imaginary", "Invented", "Madeup", "Notreal", "Practice", "Dummy", "Mockup",
    "Rehearsal", "Fable", "Storybook", "Anyone",
  ]
  static let givens = [
    "Amara", "Björn", "Mei-Lin", "Oluwaseun", "Grace", "Tomás", "Ingrid", "Kwame", "Yuki", "Zofia",
    "Anselm", "Beatriz", "Chidi", "Dagny", "Emre", "Farida", "Guðrún", "Hiroshi", "Ilse", "Jomo",
    "Katarzyna", "Luís", "Maeve", "Nasrin", "Otto", "Priya", "Quentin", "Rosa", "Sanjay", "Tove",
    "Ursula", "Viktor", "Wanjiru", "Xiomara", "Yannick", "Zainab",
  ]
  static let nurses = [
    "J. Example", "T. Sample", "A. Practice", "M. Fiction", "R. Demo", "S. Pretend", "L. Specimen",
    "K. Mockup", "D. Invented", "P. Fable",
  ]
  static let reviewers = ["R. Rehearsal", "V. Storybook"]

  /// What a patient told, the same at each visit: mostly that no allergy is known. None is to a drug of the
  /// regimens.
  static func allergies(of patient: PatientIdentity) -> AllergyStatement {
    var draw = DemoDraw(seed: (UInt64(patient.mrn) ?? 0) &* 0xff51_afd7)
    var statement = AllergyStatement(allergies: .noneKnown)
    switch draw.number(in: 1...12) {
    case 1...2: statement.allergies = .known([Allergy(substance: "penicillin", reaction: "rash")])
    case 3:
      statement.allergies = .known([
        Allergy(substance: "latex", reaction: "itching"),
        Allergy(substance: "codeine", reaction: "nausea"),
      ])
    case 4:
      statement.allergies = .known([Allergy(substance: "sulfamethoxazole", reaction: "hives")])
      statement.alerts = ["fall risk"]
    default: break
    }
    return statement
  }

  /// The patient of this number, the same person at each visit.
  static func patient(_ number: Int, visit: Int) -> PatientIdentity {
    var draw = DemoDraw(seed: UInt64(number) &* 0x9e37_79b9)
    let born = 20_780 - 365 * draw.number(in: 19...92) - draw.number(in: 0...364)
    return PatientIdentity(
      family: draw.one(of: families), given: draw.one(of: givens),
      dateOfBirth: CivilDate(dayNumber: Int32(born)),
      sex: draw.happens(1, in: 2) ? .female : .male, mrn: String(90_000_000 + number),
      visitNumber: "DEMO\(visit)")
  }
}

/// Random numbers that are the same for the same seed (SplitMix64, Steele and others 2014).
struct DemoDraw: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func happens(_ times: Int, in of: Int) -> Bool { number(in: 1...of) <= times }

  mutating func one<Thing>(of things: [Thing]) -> Thing { things[number(in: 0...things.count - 1)] }
}
