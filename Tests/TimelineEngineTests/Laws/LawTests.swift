import Foundation
import TestSupport
import Testing

/// Laws that hold for every session, tried on 20,000 random sessions of every shape.
///
/// `CHAIRTIME_LAW_THOUSANDS=200` tries more sessions.
@Suite struct LawTests {
  private static let thousands =
    ProcessInfo.processInfo.environment["CHAIRTIME_LAW_THOUSANDS"].flatMap { Int($0) } ?? 20

  @Test(arguments: 0..<thousands)
  func `a thousand random sessions keep every law`(thousand: Int) {
    var sample = LawSample()
    for seed in thousand * 1000..<(thousand + 1) * 1000 {
      sample.begin(seed: UInt64(seed))
      for law in Law.all {
        if let fault = law.fault(&sample) {
          Issue.record("\(law.sentence): session \(seed)\n\(fault)")
          return
        }
      }
    }
  }
}
