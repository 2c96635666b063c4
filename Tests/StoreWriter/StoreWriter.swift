import Glibc
import InfusionRecord
import SessionStore
import SQLiteStore
import TestSupport

/// Records facts one by one and prints each after it is acknowledged, for tests that kill, starve or
/// crowd a writer.
///
/// `store-writer STORE NAME COUNT [SESSION]` opens a session (its own, or one that several writers share)
/// and appends COUNT notes. It prints `ready` when the session is open, `ack ID` after each fact, and
/// exits with code 1 and a sentence if the store throws.
@main
struct StoreWriter {
  static func main() {
    signal(SIGXFSZ, SIG_IGN)
    let arguments = CommandLine.arguments
    guard arguments.count >= 4, let count = Int(arguments[3]) else {
      say("usage: store-writer STORE NAME COUNT [SESSION]")
      exit(64)
    }
    do throws(StoreError) {
      try write(
        to: arguments[1], as: arguments[2], count: count,
        session: arguments.count > 4 ? arguments[4] : arguments[2])
    } catch {
      say("error \(error.sentence)")
      exit(1)
    }
  }

  private static func write(
    to path: String, as name: String, count: Int, session: String
  ) throws(StoreError) {
    let store = try SQLiteStore(StorePlace(path: path))
    var seed = SystemRandomNumberGenerator()
    var record = SampleRecord(session: session, seed: seed.next())
    record.actor = name
    let session = record.session
    var version = 0
    if let log = try store.log(of: session) {
      version = log.version
    } else {
      record.open()
      do throws(StoreError) {
        try store.append(record.events, to: session, expecting: 0)
        version = 1
      } catch {
        // Another writer has opened the shared session.
        guard case .changedMeanwhile(_, let events) = error else { throw error }
        version = events.count
      }
    }
    say("ready")
    for number in 0..<count {
      let note = record.event(
        .noteAdded(text: "\(name) \(number)", administration: nil), at: "08:00")
      while true {
        do throws(StoreError) {
          try store.append([note], to: session, expecting: version)
          version += 1
          break
        } catch {
          guard case .changedMeanwhile(_, let events) = error else { throw error }
          version += events.count
        }
      }
      say("ack \(note.id)")
    }
    store.close()
    say("done")
  }

  private static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = Glibc.write(1, bytes, bytes.count)
  }
}
