import InfusionRecord

/// The containers that give a dose with the least left over.
///
/// Of combinations with the same total the one with fewer containers counts, then the one with the larger
/// sizes.
package struct VialChoice {
  /// The labelled amount of all.
  let total: ExactDecimal
  /// Larger sizes first.
  let containers: [(size: ExactDecimal, count: Int)]

  /// The most sizes that are compared.
  static let mostSizes = 5
  /// The most steps of the smallest common amount.
  static let mostSteps = 20_000

  /// - Parameter sizes: the amounts in which the drug is sold, without repeats.
  ///
  /// Nil if there is no size, or so many that nothing is compared.
  init?(giving amount: ExactDecimal, from sizes: [ExactDecimal]) {
    guard (1...VialChoice.mostSizes).contains(sizes.count), !amount.isZero,
      let step = VialChoice.step(of: sizes)
    else { return nil }
    let needed = amount.unitsCovering(by: step)
    let steps = sizes.map { $0.wholes(of: step) }.sorted(by: >)
    guard let largest = steps.first, needed + largest <= VialChoice.mostSteps else { return nil }
    // The fewest containers for each total, and the largest size that such a choice can have.
    var fewest = [Int](repeating: .max, count: needed + largest + 1)
    var last = [Int](repeating: 0, count: fewest.count)
    fewest[0] = 0
    for total in fewest.indices {
      for size in steps where size <= total && fewest[total - size] < .max {
        guard fewest[total - size] + 1 < fewest[total] else { continue }
        fewest[total] = fewest[total - size] + 1
        last[total] = size
      }
    }
    guard let best = (needed..<fewest.count).first(where: { fewest[$0] < .max }) else { return nil }
    total = step * ExactDecimal(best)
    var counts: [(size: ExactDecimal, count: Int)] = []
    var left = best
    while left > 0 {
      let size = step * ExactDecimal(last[left])
      if let place = counts.firstIndex(where: { $0.size == size }) {
        counts[place].count += 1
      } else {
        counts.append((size, 1))
      }
      left -= last[left]
    }
    containers = counts.sorted { $0.size > $1.size }
  }

  /// The largest amount of which every size is a multiple.
  private static func step(of sizes: [ExactDecimal]) -> ExactDecimal? {
    guard var step = sizes.first else { return nil }
    for size in sizes.dropFirst() {
      var other = size
      while !other.isZero { (step, other) = (other, step.remainder(of: other)) }
    }
    return step.isZero ? nil : step
  }

  /// `1 × 120 mg + 1 × 100 mg`.
  func text(_ unit: String) -> String {
    containers.map { "\($0.count) × \($0.size.text) \(unit)" }.joined(separator: " + ")
  }
}
