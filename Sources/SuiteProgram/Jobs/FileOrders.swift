import Glibc
package import InfusionRecord
import Interchange
import PlainText
package import RecorderUI
import SessionReview
package import SessionStore

/// Writes the files that the screens order.
package struct FileOrders: Sendable {
  private let site: Site
  private let formulary: Formulary
  private let workstation: Workstation
  private let openStore: @Sendable () throws -> any Store

  /// - Parameter openStore: opens a connection of its own, because orders run on other threads.
  package init(
    site: Site, formulary: Formulary, workstation: Workstation,
    openStore: @escaping @Sendable () throws -> any Store
  ) {
    self.site = site
    self.formulary = formulary
    self.workstation = workstation
    self.openStore = openStore
  }

  /// Writes the file; returns a sentence for the user.
  package func write(_ order: WriteOrder) throws -> String {
    let store = try openStore()
    var derivation = SessionDerivation(
      formulary: formulary, policies: site.policies, configuration: site.hash.text,
      now: workstation.now.instant)
    switch order {
    case .days(let days, let name, let file):
      guard let format = ExportFormat(rawValue: name) else {
        throw Complaint("There is no format \(name.printable); nothing was written.")
      }
      let sink = try sink(file)
      var writing = ExportWriting(
        format: format, site: site, at: workstation.now, isFramed: false)
      writing.restrictions = try store.restrictions()
      // One moment, so that what is written is what was verified.
      try store.reading {
        try store.checkChains()
        try store.check(days)
        try writing.write(days, of: store, by: &derivation, to: sink)
      }
      let left = writing.leftOut.sentences("the file").map { " " + $0 }.joined()
      if writing.isEmptyBatch { throw Complaint(ExportWriting.emptyBatch + left) }
      return "Written: \(file).\(left)\(writing.restrictedSentence)"
    case .packet(let session, let format, let file):
      let packet = try AuditPacket.read(
        session, of: store, names: site.configuration.hl7, by: &derivation)
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
    let file = OutputFile(path: path)
    try file.check()
    try OutputFile.makeFolder(of: path)
    return Sink(file)
  }
}
