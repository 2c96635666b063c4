import Glibc
import InfusionRecord
import PostgresStore
import SessionStore
import Synchronization
import TestSupport

/// Measures appends to a server: `server-benchmark load ADDRESS TERMINALS SUITES SECONDS PAUSE`.
///
/// Each terminal is a thread with a connection and a session of its own. It appends one fact, waits PAUSE
/// milliseconds and appends the next. The suites are s1, s2 and so on; the terminals take turns in them. It prints
/// the microseconds of each append, one a line.
///
/// `server-benchmark fill ADDRESS SESSIONS` opens sessions with 29 facts each, as on a board at noon.
///
/// `server-benchmark verify ADDRESS` prints the microseconds that the seals of one fact take, and how many there are.
@main
struct ServerBenchmark {
  static func main() throws {
    let words = CommandLine.arguments
    if words.count == 3, words[1] == "verify" {
      let store = try PostgresStore(ServerAddress(words[2]), mode: .readOnly)
      let start = ContinuousClock.now
      let found = try store.verify()
      print(microseconds(since: start) / Int64(max(1, found.head.count)), found.head.count)
      return
    }
    if words.count == 4, words[1] == "fill", let sessions = Int(words[3]) {
      try fill(PostgresStore(ServerAddress(words[2])), sessions)
      return
    }
    guard words.count == 7, words[1] == "load", let terminals = Int(words[3]),
      let suites = Int(words[4]), let seconds = Int(words[5]), let pause = UInt32(words[6])
    else {
      print("usage: server-benchmark load ADDRESS TERMINALS SUITES SECONDS PAUSE")
      exit(64)
    }
    var address = try ServerAddress(words[2])
    address.patience = 60
    let times = Mutex<[Int64]>([])
    let running = Atomic(terminals)
    let ready = Atomic(0)
    let end = Atomic(false)
    for number in 0..<terminals {
      var own = address
      own.suite = "s\(number % suites + 1)"
      let place = own
      BackgroundThread.start {
        do {
          try work(
            number, place, terminals, pause, ready: { ready.add(1, ordering: .relaxed).newValue },
            allReady: { ready.load(ordering: .relaxed) >= terminals },
            isOver: { end.load(ordering: .relaxed) }
          ) { time in times.withLock { $0.append(time) } }
        } catch {
          print("failed \((error as? StoreError)?.sentence ?? "\(error)")")
        }
        running.subtract(1, ordering: .relaxed)
      }
    }
    while ready.load(ordering: .relaxed) < terminals, running.load(ordering: .relaxed) > 0 {
      usleep(10_000)
    }
    sleep(UInt32(seconds))
    end.store(true, ordering: .relaxed)
    while running.load(ordering: .relaxed) > 0 { usleep(10_000) }
    print(times.withLock { $0.map(String.init).joined(separator: "\n") })
  }

  private static func work(
    _ number: Int, _ address: ServerAddress, _ terminals: Int, _ pause: UInt32,
    ready: () -> Int, allReady: () -> Bool, isOver: () -> Bool, _ took: (Int64) -> Void
  ) throws {
    let store = try PostgresStore(address)
    var seed = SystemRandomNumberGenerator()
    let draw = seed.next()
    var record = SampleRecord(session: "benchmark-\(draw)", seed: draw)
    record.open()
    // Nobody is enrolled, so the account has every right, and no other request is made for it.
    let right = Right(
      actor: record.actor, workstation: "chairside-3", proof: .account, act: .record)
    func append(_ events: [Event], expecting version: Int) throws {
      try store.append(
        [Append(session: record.session, expecting: version, events: events)], under: right)
    }
    try append(record.events, expecting: 0)
    _ = ready()
    while !allReady() { usleep(1_000) }
    // They do not begin at one moment.
    if pause > 0 { usleep(UInt32.random(in: 0...pause) * 1_000) }
    var version = 1
    while !isOver() {
      let note = record.event(.noteAdded(text: "benchmark", administration: nil), at: "08:00")
      let start = ContinuousClock.now
      try append([note], expecting: version)
      took(microseconds(since: start))
      version += 1
      if pause > 0 { usleep(pause * 1_000) }
    }
    store.close()
  }

  private static func fill(_ store: PostgresStore, _ sessions: Int) throws {
    for number in 0..<sessions {
      var record = SampleRecord(session: "board-\(number)", seed: UInt64(number))
      record.mrn = "\(80_000_000 + number)"
      record.openWithPort()
      for hour in 8..<21 {
        record.start("a\(hour)", "paclitaxel", at: "\(hour):00")
        record.stop("a\(hour)", at: "\(hour):40")
      }
      record.add(.noteAdded(text: "comfortable", administration: nil), at: "21:00")
      try store.append(record.events, to: record.session, expecting: 0)
    }
  }

  private static func microseconds(since start: ContinuousClock.Instant) -> Int64 {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
}
