import ArgumentParser
import InfusionRecord
import PlainText
import PostgresStore
import SessionStore
import SuiteProgram

extension ServerCommand {
  /// `chairtime server health`: what a monitor asks.
  struct Health: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say how a server does, and what needs a person.",
      discussion: """
        Asks each host of the address: whether it is the primary, how far its standbys are behind and \
        which are synchronous, free connections, its clock, and the settings that docs/operations.md asks \
        for, each with the failure that it answers. Then the tables, and of each suite that the login \
        may see the head and when the last fact came. One sentence a line; nothing of a patient. The exit \
        code is 2 if something needs a person.

        A login for it is a verifier of the suites, with the role pg_monitor.
        """)

    @Option(
      name: .customLong("on"),
      help: ArgumentHelp(
        "The database: postgres://LOGIN@HOST,HOST/DATABASE; without it, the server that holds the "
          + "store.", valueName: "address"))
    var address: String?

    @Flag(help: "Print JSON for a program.")
    var json = false

    func run() throws {
      let server =
        if let address { try ServerAddress(address, needsSuite: false) } else {
          try StoreAddress(option: nil).server
        }
      guard let server else {
        throw Complaint("The store is a file, and no server is named; use --on.")
      }
      let found = try ServerHealth(of: server)
      if json {
        try StandardStream.print(found.json)
      } else {
        try StandardStream.print(found.page)
      }
      if !found.problems.isEmpty { throw ProgramExit.findings }
    }
  }
}

extension ServerHealth {
  /// One sentence a line; what needs a person comes last.
  fileprivate var page: TextPage {
    var page = TextPage()
    for host in hosts where host.fault == nil {
      page.line(
        "\(host.name) is \(host.isPrimary ? "the primary" : "a standby") of PostgreSQL "
          + "\(host.version); its clock is \(host.clockAhead) ms ahead.")
      page.line(
        "\(host.name) has \(host.connections.limit - host.connections.used) of "
          + "\(host.connections.limit) connections free.")
      for standby in host.standbys ?? [] {
        page.line(
          "The standby \(standby.name) follows \(host.name) "
            + "\(standby.isSynchronous ? "synchronously" : "without being waited for"), "
            + "\(standby.milliseconds) ms and \(standby.bytes) bytes behind.")
      }
    }
    if let record {
      page.line("The tables have version \(record.version).")
      for suite in record.suites {
        let last = suite.last.map { milliseconds in
          let time = LocalClock.utc.reading(at: Instant(seconds: milliseconds / 1000))
          return ", the last of \(time.date.display) \(time.clock) UTC"
        }
        page.line(
          "The suite \(suite.name) has \(suite.head.count.pluralized("fact"))\(last ?? "").")
        page.line("The head of \(suite.name) is \(suite.head).")
      }
    }
    for problem in problems { page.line("LOOK: \(problem.sentence)") }
    if problems.isEmpty { page.line("Nothing needs a person.") }
    return page
  }

  fileprivate var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("well", problems.isEmpty)
      json.list("problems", problems) { json, problem in
        json.object { json in
          json.member("kind", problem.kind.rawValue)
          json.member("text", problem.sentence)
        }
      }
      json.list("hosts", hosts) { json, host in json.object { host.write(to: &$0) } }
      if let record {
        json.member("tablesVersion", record.version)
        json.list("suites", record.suites) { json, suite in
          json.object { json in
            json.member("name", suite.name)
            json.member("facts", suite.head.count)
            json.member("head", suite.head.description)
            json.member("auditEntries", suite.audit)
            json.member("outboxEntries", suite.outbox)
            json.member("lastFactMilliseconds", suite.last.map { Int($0) })
          }
        }
      }
    }
    json.endLine()
    return json.bytes
  }
}

extension HostHealth {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("name", name)
    json.member("answers", fault == nil)
    json.member("fault", fault)
    guard fault == nil else { return }
    json.member("role", isPrimary ? "primary" : "standby")
    json.member("version", version)
    json.member("clockAheadMilliseconds", clockAhead)
    json.member("connections", connections.limit)
    json.member("connectionsFree", connections.limit - connections.used)
    if let isEncrypted { json.member("encrypted", isEncrypted) }
    json.list("settings", settings) { json, one in
      json.object { json in
        json.member("name", one.setting.name)
        json.member("value", one.value)
        json.member("wanted", one.setting.wanted)
        json.member("failure", one.setting.failure)
      }
    }
    if isPrimary {
      json.member("waitingForStandby", waiting)
      if let standbys {
        json.list("standbys", standbys) { json, standby in
          json.object { json in
            json.member("name", standby.name)
            json.member("state", standby.state)
            json.member("synchronous", standby.isSynchronous)
            json.member("behindMilliseconds", standby.milliseconds)
            json.member("behindBytes", standby.bytes)
          }
        }
      }
    } else {
      json.member("receiving", isReceiving)
      json.member("paused", isPaused)
    }
  }
}
