import Foundation
import InfusionRecord
import TimelineEngine

/// Times the engine on one core and prints one line a figure: `name<TAB>value<TAB>unit`.
///
///     engine-benchmark derive      administrations a second over typical sessions, and the slowest
///     engine-benchmark growth      cost of an administration in sessions of 10 to 10,000
///     engine-benchmark drugs       what lines of drugs add to that, and scans with 120,000 packages loaded
///     engine-benchmark union FILE  merges the intervals of a BED file, as `bedtools merge` does
@main
struct EngineBenchmark {
  static func main() throws {
    switch CommandLine.arguments.dropFirst().first {
    case "derive": derive()
    case "growth": growth()
    case "drugs": try DrugBenchmark.run()
    case "union": try union(CommandLine.arguments[2])
    default:
      FileHandle.standardError.write(
        Data("usage: engine-benchmark derive|growth|drugs|union FILE\n".utf8))
      exit(64)
    }
  }

  static func print(_ name: String, _ value: Double, _ unit: String) {
    Swift.print("\(name)\t\(String(format: "%.4g", value))\t\(unit)")
  }

  static func seconds(_ body: () -> Void) -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
  }

  /// Full rules with reasons, JSON excluded; median of eleven rounds over 20,000 sessions.
  private static func derive() {
    var maker = TypicalSessions(seed: 42)
    let sessions = (0..<20_000).map { maker.session($0) }
    var deriver = Deriver()
    var units = 0
    var rounds: [Double] = []
    for _ in 0..<11 {
      rounds.append(
        seconds {
          for session in sessions {
            for charge in deriver.statement(of: session).charges { units += charge.units }
          }
        })
    }
    precondition(units > 0)
    let median = rounds.sorted()[rounds.count / 2]
    let administrations = Double(sessions.count * 6)
    print("derive", administrations / median / 1e6, "M administrations/s")
    print(
      "derive, best round", administrations / (rounds.min() ?? median) / 1e6, "M administrations/s")

    var single: [Double] = []
    single.reserveCapacity(sessions.count)
    for session in sessions {
      single.append(seconds { units += deriver.statement(of: session).charges.count })
    }
    single.sort()
    print("one session, median", single[single.count / 2] * 1e6, "µs")
    print("one session, 99th percentile", single[single.count * 99 / 100] * 1e6, "µs")
  }

  private static func growth() {
    var deriver = Deriver()
    for count in [10, 100, 1_000, 10_000] {
      var maker = TypicalSessions(seed: 7)
      let session = maker.longSession(count)
      let repeats = max(1, 100_000 / count)
      var rounds: [Double] = []
      var units = 0
      for _ in 0..<5 {
        rounds.append(
          seconds {
            for _ in 0..<repeats { units += deriver.statement(of: session).charges.count }
          })
      }
      let median = rounds.sorted()[2]
      print("session of \(count)", median / Double(repeats * count) * 1e9, "ns an administration")
    }
  }

  /// Reads, sorts and merges; prints the merged minutes, as a check against the peer.
  private static func union(_ path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var list: [Interval] = []
    list.reserveCapacity(bytes.count / 20)
    var fields: (Int64, Int64) = (0, 0)
    var column = 0
    var number: Int64 = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\t"):
        if column == 1 { fields.0 = number }
        column += 1
        number = 0
      case UInt8(ascii: "\n"):
        fields.1 = number
        list.append(Interval(start: Instant(seconds: fields.0), end: Instant(seconds: fields.1)))
        column = 0
        number = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = number * 10 + Int64(byte - UInt8(ascii: "0"))
      default: number = 0
      }
    }
    IntervalList.normalize(&list, from: 0)
    Swift.print("\(list.count)\t\(IntervalList.seconds(list[...]))")
  }
}
