import Glibc
import InfusionRecord
import RecorderUI
import SessionStore
import SQLiteStore

/// One terminal of a shift, without its screen: keys go in, facts go to a store that others share.
///
/// `shift-terminal STORE NUMBER OF PATIENTS CHAIRS` works as terminal NUMBER of OF. Its clock is
/// driven: `minute N` on standard input is N minutes after 07:00, and it answers `done N OPEN` once
/// it has done at the keyboard what is due, with what is left to do. `ack ID` is said for each fact
/// once the store has acknowledged it. `end` prints what the screens show of each session. A hang-up
/// ends it between two keys, as it ends the program.
@main
struct ShiftTerminal {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGHUP) { _ in ShiftTerminal.hangUp = 1 }
    let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
    guard CommandLine.arguments.count == 6, numbers.count == 4 else {
      say("usage: shift-terminal STORE NUMBER OF PATIENTS CHAIRS")
      exit(64)
    }
    do throws(StoreError) {
      var nurse = try ShiftNurse(
        store: SQLiteStore(StorePlace(path: CommandLine.arguments[1])), number: numbers[0],
        of: numbers[1], patients: numbers[2], chairs: numbers[3])
      say("ready")
      while let line = readLine(), hangUp == 0 {
        let words = line.split(separator: " ")
        if words.first == "minute", let minute = words.last.flatMap({ Int($0) }) {
          try nurse.work(minute: minute)
          if hangUp != 0 { break }
          say("resident \(resident)")
          say("done \(minute) \(nurse.remaining)")
        } else if words.first == "end" {
          for session in nurse.state.sessions {
            say("shown \(session.id.text) \(session.units)")
          }
          say("conflicts \(nurse.conflicts)")
          break
        }
      }
      nurse.store.close()
    } catch {
      say("error \(error.sentence)")
      exit(1)
    }
  }

  /// Set by a hang-up, looked at between two keys.
  nonisolated(unsafe) static var hangUp: sig_atomic_t = 0

  static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = Glibc.write(1, bytes, bytes.count)
  }

  /// Memory of this process that is in the machine, in KiB.
  private static var resident: Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 127, file) != nil else { return 0 }
    let text = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE))) / 1024
  }
}
