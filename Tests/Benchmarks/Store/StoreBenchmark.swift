import Glibc
import InfusionRecord
import SessionStore
import SQLiteStore
import TestSupport

/// Measures appends in one process: `store-benchmark commits STORE COUNT` prints the microseconds of
/// each, one per line.
@main
struct StoreBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, arguments[1] == "commits", let count = Int(arguments[3]) else {
      print("usage: store-benchmark commits STORE COUNT")
      exit(64)
    }
    let store = try SQLiteStore(StorePlace(path: arguments[2]))
    var seed = SystemRandomNumberGenerator()
    let draw = seed.next()
    var record = SampleRecord(session: "benchmark-\(draw)", seed: draw)
    record.open()
    try store.append(record.events, to: record.session, expecting: 0)
    for version in 1...count {
      let note = record.event(.noteAdded(text: "benchmark", administration: nil), at: "08:00")
      let start = ContinuousClock.now
      try store.append([note], to: record.session, expecting: version)
      let (seconds, attoseconds) = (ContinuousClock.now - start).components
      print(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
  }
}
