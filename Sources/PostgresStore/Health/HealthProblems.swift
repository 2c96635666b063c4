import InfusionRecord
import SessionStore

extension ServerHealth {
  /// Limits beyond which a person should look.
  private enum Limit {
    static let clock = 30_000
    static let lagMilliseconds = 10_000
    static let lagBytes = 16 << 20
    /// Free connections: one in ten, and at least these.
    static let freeConnections = 5
  }

  /// Finds what does not mend itself.
  mutating func findProblems(isSuiteNamed: Bool) {
    for host in hosts where host.fault != nil {
      note(.unreachable, "\(host.name) does not answer: \(host.fault ?? "").")
    }
    let answering = hosts.filter { $0.fault == nil }
    let primaries = answering.filter(\.isPrimary)
    if primaries.isEmpty {
      note(.primaries, "No host that answers takes writes: nothing can be recorded.")
    } else if primaries.count > 1 {
      note(
        .primaries,
        "\(primaries.map(\.name).joined(separator: " and ")) all take writes: stop those that were "
          + "replaced, or facts are recorded in two places.")
    }
    for host in answering {
      if host.isPrimary { lookAtPrimary(host) } else { lookAtStandby(host) }
      look(at: host)
    }
    lookAtRecord(isSuiteNamed: isSuiteNamed)
  }

  private mutating func note(_ kind: Problem.Kind, _ sentence: String) {
    problems.append(Problem(kind, sentence))
  }

  private mutating func lookAtPrimary(_ host: HostHealth) {
    guard let standbys = host.standbys else {
      note(
        .rights,
        "This login may not see the standbys of \(host.name): give it the role pg_monitor.")
      return
    }
    let isWanted = !host.settings.contains { $0.setting.name == "synchronous_standby_names" }
    if isWanted, !standbys.contains(where: \.isSynchronous) {
      note(
        .standby,
        "No synchronous standby follows \(host.name): every entry waits until one does.")
    }
    for standby in standbys {
      if standby.state != "streaming" {
        note(
          .standby,
          "The standby \(standby.name) does not follow \(host.name) yet (\(standby.state)).")
      } else if standby.milliseconds > Limit.lagMilliseconds || standby.bytes > Limit.lagBytes {
        note(
          .standby,
          "The standby \(standby.name) is \(standby.milliseconds) ms and \(standby.bytes) bytes "
            + "behind \(host.name).")
      }
    }
    if host.waiting > 0 {
      note(
        .waiting,
        "\(host.waiting.pluralized("request waits", "requests wait")) for a standby of \(host.name)."
      )
    }
  }

  private mutating func lookAtStandby(_ host: HostHealth) {
    if !host.isReceiving { note(.standby, "\(host.name) is a standby that receives nothing.") }
    if host.isPaused {
      note(.standby, "\(host.name) is a standby whose replay was paused: it shows an old record.")
    }
  }

  private mutating func look(at host: HostHealth) {
    let free = host.connections.limit - host.connections.used
    if free < max(Limit.freeConnections, host.connections.limit / 10) {
      note(
        .connections,
        "Only \(free) of \(host.connections.limit) connections to \(host.name) are free.")
    }
    if abs(host.clockAhead) > Limit.clock {
      note(
        .clock,
        "The clocks of \(host.name) and of this machine differ by \(abs(host.clockAhead) / 1000) s."
      )
    }
    if host.isEncrypted == false {
      note(.encryption, "The connection to \(host.name) is not encrypted.")
    }
    if let lines = host.openLines, lines > 0 {
      note(
        .encryption,
        "\(lines.pluralized("line")) of pg_hba.conf on \(host.name) let other hosts in without "
          + "encryption: write hostssl for host.")
    }
    for (setting, value) in host.settings {
      let shown = value.isEmpty ? "empty" : value
      note(
        .setting,
        "\(setting.name) is \(shown) on \(host.name): \(setting.failure); set \(setting.wanted).")
    }
  }

  private mutating func lookAtRecord(isSuiteNamed: Bool) {
    guard let record else { return }
    if record.version < ServerSchema.version {
      note(
        .tables,
        "The tables have version \(record.version), and this program needs "
          + "\(ServerSchema.version): run chairtime server upgrade.")
    } else if record.version > ServerSchema.version {
      note(
        .tables,
        "The tables have version \(record.version), which is newer than this program's "
          + "\(ServerSchema.version).")
    } else if record.suites.isEmpty {
      note(
        .rights,
        isSuiteNamed
          ? "There is no such suite, or this login is not of it."
          : "This login sees no suite: make it a verifier of those that it watches.")
    }
    for difference in record.differences { note(.tables, difference) }
    for suite in record.suites where suite.missing > 0 {
      note(
        .suite,
        "The suite \(suite.name) lacks \(suite.missing.pluralized("fact")) that were acknowledged.")
    }
  }
}
