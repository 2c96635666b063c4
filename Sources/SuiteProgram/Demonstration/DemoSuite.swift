package import InfusionRecord

/// A fictitious infusion suite, day after day from a seed.
///
/// The same seed, size and day give the same facts, to the byte, on every machine.
package struct DemoSuite {
  /// The sizes of suites that the program is made for.
  package enum Size: String, CaseIterable, Sendable {
    case small, community, large, extreme

    var chairs: Int {
      switch self {
      case .small: 10
      case .community: 22
      case .large: 82
      case .extreme: 150
      }
    }
    var sessionsADay: Int {
      switch self {
      case .small: 35
      case .community: 80
      case .large: 300
      case .extreme: 500
      }
    }
    /// Whether it is open at weekends.
    var isOpenAllWeek: Bool { self == .extreme }
  }

  package let size: Size
  package let seed: UInt64
  package let clock: LocalClock

  package init(size: Size, seed: UInt64, clock: LocalClock) {
    self.size = size
    self.seed = seed
    self.clock = clock
  }

  func isOpen(_ day: CivilDate) -> Bool { size.isOpenAllWeek || day.weekday < 5 }

  /// The complete sessions of a day, in the order of opening.
  ///
  /// - Parameter isShown: whether the day has sessions even if it is a day off.
  package func sessions(of day: CivilDate, isShown: Bool = false) -> [DemoSession] {
    guard isShown || isOpen(day),
      let dawn = clock.moments(showing: LocalTime(date: day, secondOfDay: 6 * 3600)).first
    else { return [] }
    var draw = DemoDraw(seed: seed &* 1_000_003 &+ UInt64(bitPattern: Int64(day.dayNumber)))
    let arrivals = (0..<size.sessionsADay).map { _ in DemoSuite.arrival(&draw) }.sorted()
    var freeAt = [Int](repeating: 0, count: size.chairs)
    var sessions: [DemoSession] = []
    for (index, arrival) in arrivals.enumerated() {
      let chair = freeAt.indices.min { freeAt[$0] < freeAt[$1] } ?? 0
      let begins = max(arrival, freeAt[chair] + draw.number(in: 5...15))
      var session = DemoSession(
        session: SessionID(day: day, using: &draw), dawn: dawn, nurse: nurse(of: chair),
        workstation: "chairside-\(chair + 1)", arrival: begins, draw: DemoDraw(seed: draw.next()))
      let opening = SessionOpening(
        patient: DemoPeople.patient(
          draw.number(in: 1...(size.sessionsADay * 14)),
          visit: Int(day.dayNumber) * 1000 + index),
        chair: String(chair + 1), payer: draw.happens(2, in: 5) ? "medicare" : nil,
        zone: clock.zone, nurse: nurse(of: chair))
      session.live(opening, DemoSuite.regimen(&draw))
      freeAt[chair] = session.endsAt
      sessions.append(session)
    }
    return sessions
  }

  private func nurse(of chair: Int) -> String {
    let number = chair / 4
    let name = DemoPeople.nurses[number % DemoPeople.nurses.count]
    let round = number / DemoPeople.nurses.count
    return name + (round == 0 ? "" : " \(round + 1)")
  }

  /// In minutes after 06:00. Most patients come in the morning.
  private static func arrival(_ draw: inout DemoDraw) -> Int {
    60 + min(draw.number(in: 0...480), draw.number(in: 0...540))
  }

  private static func regimen(_ draw: inout DemoDraw) -> DemoRegimen {
    let total = DemoRegimen.all.reduce(0) { $0 + $1.weight }
    var ticket = draw.number(in: 1...total)
    for regimen in DemoRegimen.all {
      ticket -= regimen.weight
      if ticket <= 0 { return regimen }
    }
    return DemoRegimen.all[0]
  }
}
