import InfusionRecord

/// Two services on one catheter of a facility, coded minute by minute.
///
/// A simple second engine for the default settings: it asks of each minute whether each service runs.
/// It shares no code with the engine.
struct TwoServices {
  /// `integral` is a drug that is part of another procedure, `unknown` one of unknown class.
  enum Kind: String, CaseIterable, Sendable { case chemo, drug, fluid, integral, unknown }

  struct Service: Sendable {
    let kind: Kind
    let start: Int
    let minutes: Int

    var isHydration: Bool { kind == .fluid }
    /// Nothing of it is charged, so it covers no minute of another drug.
    var isLeftOut: Bool { kind == .integral || kind == .unknown }
    var isPush: Bool { !isHydration && !isLeftOut && minutes <= 15 }
    var isInfusion: Bool { !isHydration && !isLeftOut && minutes > 15 }
    func runs(at minute: Int) -> Bool { start <= minute && minute < start + minutes }
  }

  /// The first one also has the smaller id.
  let services: [Service]

  /// `96365 96366 96366`, sorted.
  private(set) var codes: [String] = []
  /// Minutes charged of each.
  private(set) var charged = [0, 0]

  init(_ first: Service, _ second: Service) {
    services = [first, second]
    let counted = [countedMinutes(of: 0), countedMinutes(of: 1)]
    let initial = initial(counted)
    for index in services.indices { code(index, counted[index], isInitial: index == initial) }
    codes.sort()
  }

  // MARK: Counting

  private func countedMinutes(of index: Int) -> Int {
    let other = 1 - index
    return (0..<1000).count { minute in
      services[index].runs(at: minute)
        && !(services[other].runs(at: minute) && takes(other, from: index))
    }
  }

  /// Whether a minute in which both run counts for `other`.
  private func takes(_ other: Int, from index: Int) -> Bool {
    let (mine, its) = (services[index], services[other])
    if mine.isHydration {
      return its.isHydration ? isEarlier(other, than: index) : its.kind != .unknown
    }
    guard mine.isInfusion, its.isInfusion else { return false }
    if mine.kind != its.kind { return its.kind == .chemo }
    if mine.minutes != its.minutes { return its.minutes > mine.minutes }
    return isEarlier(other, than: index)
  }

  private func isEarlier(_ left: Int, than right: Int) -> Bool {
    (services[left].start, left) < (services[right].start, right)
  }

  /// Units in a number of minutes, counted one by one.
  private func units(_ minutes: Int, firstAt entry: Int) -> Int {
    var units = 0
    for minute in 1...max(1, minutes) where minute <= minutes {
      if minute == entry || (minute > 60 && minute % 60 == 31) { units += 1 }
    }
    return units
  }

  // MARK: Coding

  /// The rank of a service that can be the initial, 1 the highest; 9 for one that cannot.
  private func rank(_ index: Int, _ counted: Int) -> Int {
    let service = services[index]
    if service.isLeftOut { return 9 }
    if service.isPush { return service.kind == .chemo ? 2 : 4 }
    if service.isInfusion { return counted < 16 ? 9 : service.kind == .chemo ? 1 : 3 }
    return counted < 31 ? 9 : 5
  }

  private func initial(_ counted: [Int]) -> Int? {
    let ranks = services.indices.map { rank($0, counted[$0]) }
    guard let best = ranks.min(), best < 9 else { return nil }
    return services.indices.filter { ranks[$0] == best }.min { left, right in
      if best < 5, lengths(counted)[left] != lengths(counted)[right] {
        return lengths(counted)[left] > lengths(counted)[right]
      }
      return isEarlier(left, than: right)
    }
  }

  private func lengths(_ counted: [Int]) -> [Int] {
    services.indices.map { services[$0].isPush ? services[$0].minutes : counted[$0] }
  }

  private mutating func code(_ index: Int, _ counted: Int, isInitial: Bool) {
    let service = services[index]
    let isChemo = service.kind == .chemo
    if service.isLeftOut { return }
    if service.isPush {
      codes.append(isInitial ? (isChemo ? "96409" : "96374") : isChemo ? "96411" : "96375")
      charged[index] = service.minutes
    } else if service.isHydration {
      let count = units(counted, firstAt: 31)
      guard count > 0 else { return }
      codes += [isInitial ? "96360" : "96361"] + Array(repeating: "96361", count: count - 1)
      charged[index] = counted
    } else if counted >= 16 {
      codes.append(isInitial ? (isChemo ? "96413" : "96365") : isChemo ? "96417" : "96367")
      let hours = units(counted, firstAt: 16) - 1
      codes += Array(repeating: isChemo ? "96415" : "96366", count: hours)
      charged[index] = counted
    } else if !isChemo {
      codes.append("96368")
      charged[index] = service.minutes
    }
  }
}
