import Foundation
import InfusionRecord
import SessionStore
import SQLiteStore

/// Fills a store for the benchmarks of the screens: an extreme suite, plainly fictitious.
///
///     screens-benchmark PATH CHAIRS DAYS SESSIONS
///
/// CHAIRS patients sit with two drugs running each; DAYS days before today have SESSIONS closed
/// sessions each.
@main
struct ScreensBenchmark {
  private static let families = [
    "Tester", "Sample", "Fiction", "Nobody", "Demo", "Invented", "Placeholder", "Madeup",
  ]
  private static let givens = [
    "Amara", "Björn", "Chidi", "Dagny", "Emre", "Farida", "Grace", "Hiroshi", "Ingrid", "Jomo",
    "Kwame", "Luís", "Maeve", "Nasrin", "Otto", "Priya", "Quentin", "Rosa", "Sanjay", "Tove",
    "Ursula", "Viktor", "Wanjiru", "Xiomara", "Yuki", "Zofia",
  ]
  private static let drugs = [
    "paclitaxel", "carboplatin", "rituximab", "dexamethasone", "oxaliplatin", "fluorouracil",
  ]

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let chairs = Int(arguments[2]), let days = Int(arguments[3]),
      let sessions = Int(arguments[4])
    else {
      print("usage: screens-benchmark PATH CHAIRS DAYS SESSIONS")
      exit(64)
    }
    let store = try SQLiteStore(StorePlace(path: arguments[1]))
    let right = Right(
      actor: "benchmark", workstation: "benchmark", proof: .account, act: .record)
    let now = Int64(Date().timeIntervalSince1970) / 60 * 60
    var filler = Filler(store: store)
    for day in stride(from: days, to: 0, by: -1) {
      var batches: [Append] = []
      for number in 0..<sessions {
        let start = now - Int64(day) * 86_400 - Int64(number % 300) * 60
        batches.append(filler.session(number, chair: number % 150, start: start, isClosed: true))
      }
      try store.append(batches, under: right)
    }
    var batches: [Append] = []
    for chair in 0..<chairs {
      let start = now - 600 - Int64(chair * 37 % 180) * 60
      batches.append(filler.session(chair, chair: chair, start: start, isClosed: false))
    }
    try store.append(batches, under: right)
    print(try store.head().count)
  }

  struct Filler {
    let store: SQLiteStore
    var numbers = SystemRandomNumberGenerator()

    mutating func session(
      _ number: Int, chair: Int, start: Int64, isClosed: Bool
    ) -> Append {
      let day = CivilDate(dayNumber: Int32(start / 86_400))
      let id = SessionID(day: day, using: &numbers)
      let patient = PatientIdentity(
        family: families[number % families.count] + "-\(number)",
        given: givens[number / families.count % givens.count],
        dateOfBirth: CivilDate(dayNumber: Int32(-9000 + number * 31)), sex: .unknown,
        mrn: "9\(1_000_000 + number)", visitNumber: "V\(number)")
      var events: [Event] = []
      func add(_ fact: Fact, after minutes: Int) {
        let moment = Instant(seconds: start + Int64(minutes) * 60)
        let written = RecordedTime(milliseconds: moment.seconds * 1000)
        events.append(
          Event(
            id: Event.ID(at: written, using: &numbers), session: id, clinicalTime: moment,
            recordedTime: written, actor: "RN T. SAMPLE", workstation: "bench", fact: fact))
      }
      add(
        .sessionOpened(
          SessionOpening(
            patient: patient, chair: "\(chair + 1)", zone: "America/Chicago",
            nurse: "RN T. SAMPLE")), after: 0)
      add(.siteOpened(SiteOpening(site: "port", kind: .port)), after: 0)
      for index in 0..<2 {
        var facts = AdministrationFacts(
          administration: "a\(index + 1)", drug: drugs[(number + index) % drugs.count],
          technique: .infusion, site: "port")
        facts.plannedMinutes = Double(60 + number % 120)
        add(.drugStarted(facts), after: 2 + index * 5)
        if isClosed {
          add(.drugStopped(DrugStop(administration: facts.administration)), after: 90 + index * 40)
        }
      }
      if isClosed { add(.sessionClosed(answers: []), after: 140) }
      return Append(session: id, expecting: 0, events: events)
    }
  }
}
