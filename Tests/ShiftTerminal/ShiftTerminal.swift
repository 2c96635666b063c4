import Glibc
import InfusionRecord
import RecorderUI
import SessionStore
import Synchronization

/// One terminal of a shift: the event loop on a scripted screen, and a store that several processes
/// share.
///
/// STORE is a file, or the address of a server. `shift-terminal STORE NUMBER OF PATIENTS CHAIRS` works as terminal NUMBER of OF. Standard input sets
/// its clock: `minute N` is N minutes after 07:00. It presses the keys that are due and answers
/// `done N OPEN` with the number of patients left. It prints `ack ID` for each fact on disk. `end`
/// prints what the screens show of each session. A hang-up ends it between two keys.
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
    do {
      let store = try AcknowledgingStore.open(CommandLine.arguments[1])
      var nurse = try ShiftNurse(
        at: CommandLine.arguments[1], store, number: numbers[0], of: numbers[1],
        patients: numbers[2], chairs: numbers[3])
      say("ready")
      while let line = readLine(), hangUp == 0 {
        let words = line.split(separator: " ")
        if words.first == "minute", let minute = words.last.flatMap({ Int($0) }) {
          nurse.work(minute: minute)
          if hangUp != 0 { break }
          say("resident \(resident)")
          say("done \(minute) \(nurse.remaining)")
        } else if words.first == "end" {
          for session in nurse.state.sessions {
            say("shown \(session.id.text) \(session.units)")
          }
          say("conflicts \(AcknowledgingStore.conflicts.load(ordering: .relaxed))")
          break
        }
      }
      store.store.close()
    } catch {
      say("error \((error as? StoreError)?.sentence ?? "\(error)")")
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
