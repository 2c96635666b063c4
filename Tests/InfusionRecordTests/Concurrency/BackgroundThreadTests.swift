import Dispatch
import Foundation
import InfusionRecord
import Synchronization
import Testing

@Suite struct BackgroundThreadTests {
  /// The processors the calling thread may use and the signals it keeps out, as the kernel says.
  private static func standing() -> [String: String] {
    let text = (try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)) ?? ""
    var standing: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "\t", maxSplits: 1)
      if parts.count == 2 { standing[String(parts[0])] = String(parts[1]) }
    }
    return standing
  }

  @Test func `a background thread blocks all signals and may use every processor`() throws {
    let found = Mutex<[String: String]>([:])
    let isDone = DispatchSemaphore(value: 0)
    // The maker takes every signal, so that what the thread keeps out it keeps out by itself.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    BackgroundThread.start {
      let standing = BackgroundThreadTests.standing()
      found.withLock { $0 = standing }
      isDone.signal()
    }
    isDone.wait()
    let (here, there) = (BackgroundThreadTests.standing(), found.withLock { $0 })
    #expect(there["Pid:"] != here["Pid:"])
    #expect(here["Cpus_allowed:"] != nil)
    #expect(there["Cpus_allowed:"] == here["Cpus_allowed:"])
    let kept = UInt64(there["SigBlk:"] ?? "", radix: 16) ?? 0
    for signal in [SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH] {
      #expect(kept >> UInt64(signal - 1) & 1 == 1, "\(signal)")
    }
  }

  @Test func `every one of 200 threads runs its body`() {
    let count = Mutex(0)
    let all = DispatchGroup()
    for _ in 0..<200 {
      all.enter()
      BackgroundThread.start {
        count.withLock { $0 += 1 }
        all.leave()
      }
    }
    all.wait()
    #expect(count.withLock { $0 } == 200)
  }
}
