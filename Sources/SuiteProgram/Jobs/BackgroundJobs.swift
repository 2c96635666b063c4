import Glibc
package import InfusionRecord
import Interchange
import PlainText
import RecorderUI
import SessionReview
package import SessionStore
import Synchronization

/// Files written beside the screens, by threads with a store of their own.
///
/// A year's export or a packet's proof reads the whole record; no key waits for that. What went well
/// or wrong is told by the loop when it looks again.
package final class BackgroundJobs: Sendable {
  private let endings = Mutex<[Notice]>([])
  private let running = Mutex(0)
  private let site: Site
  private let formulary: Formulary
  private let workstation: Workstation
  private let opening: @Sendable () throws -> any Store

  package init(
    site: Site, formulary: Formulary, workstation: Workstation,
    opening: @escaping @Sendable () throws -> any Store
  ) {
    self.site = site
    self.formulary = formulary
    self.opening = opening
    self.workstation = workstation
  }

  /// Whether there is, or soon will be, something to tell.
  var isRunning: Bool { running.withLock { $0 > 0 } || endings.withLock { !$0.isEmpty } }

  /// What ended since the last look.
  func ended() -> [Notice] {
    endings.withLock { found in
      defer { found = [] }
      return found
    }
  }

  func run(_ order: WriteOrder) {
    running.withLock { $0 += 1 }
    BackgroundThread.start { [self] in
      let ending: Notice
      do {
        ending = Notice(.recorded, try carryOut(order))
      } catch let error as StoreError {
        ending = Notice(.refused, "Nothing was written: \(error.sentence)")
      } catch {
        ending = Notice(.refused, "\(error)")
      }
      endings.withLock { $0.append(ending) }
      running.withLock { $0 -= 1 }
    }
  }

  /// Does what is ordered; a sentence on what was done.
  func carryOut(_ order: WriteOrder) throws -> String {
    let store = try opening()
    var derivation = SessionDerivation(
      formulary: formulary, policies: site.policies, now: workstation.now.instant)
    switch order {
    case .days(let days, let name, let file):
      guard let format = ExportFormat(rawValue: name) else {
        throw Complaint("There is no format \(name.printable); nothing was written.")
      }
      let sink = try sink(file)
      var writing = ExportWriting(
        format: format, site: site, at: workstation.now, isFramed: false)
      try writing.write(days, of: store, by: &derivation, to: sink)
      let left =
        writing.leftOut == 0
        ? "" : " \(writing.leftOut) not signed off as they stand were left out."
      return "Written: \(file).\(left)"
    case .packet(let session, let format, let file):
      let packet = try AuditPacket.read(session, of: store, by: &derivation)
      if format == "print" {
        try Printer.print(packet.page.text)
        return "Sent to the printer."
      }
      let sink = try sink(file)
      if format == "json" {
        var json = JSONWriter()
        packet.write(to: &json)
        try sink.take(json.bytes)
      } else {
        try sink.take(Array(packet.page.text.utf8))
      }
      try sink.finish()
      return packet.chain.problems.isEmpty
        ? "Written: \(file)." : "Written: \(file). The record is not as it was written; see there."
    }
  }

  private func sink(_ path: String) throws -> Sink {
    guard access(path, F_OK) != 0 else {
      throw Complaint("\(path.printable) is there already; it was left so.")
    }
    try OutputFile.makeFolder(of: path)
    return Sink(OutputFile(path: path))
  }
}
