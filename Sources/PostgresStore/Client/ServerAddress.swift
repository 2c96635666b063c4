package import SessionStore

/// Which suite of which server holds a record: `postgres://host,host/database?suite=north`.
///
/// The form is that of libpq (postgresql.org/docs/current/libpq-connect.html), with the name of the suite
/// added. A password is never part of it, because arguments and site files are read by others.
package struct ServerAddress: Sendable, Hashable {
  package struct Host: Sendable, Hashable {
    /// A name, an address, or the folder of a socket, which begins with a slash.
    package var name: String
    package var port: String

    package init(name: String, port: String = "5432") {
      self.name = name
      self.port = port
    }

    package var isSocket: Bool { name.hasPrefix("/") }

    /// The host as messages name it.
    var text: String { port == "5432" ? name : "\(name):\(port)" }
  }

  /// In the order in which they are tried.
  package var hosts: [Host]
  package var database: String
  package var suite: String
  /// The login; nil for that of the account.
  package var user: String?
  /// Further settings of libpq, by their names.
  package var settings: [String: String] = [:]
  /// Whether connections are shared by a pooler, so that nothing may be kept on one.
  package var isPooled = false
  /// The account of the server behind a socket; nil for the one that the socket's folder belongs to.
  package var peer: String?
  /// Seconds for each host, and for each request without an answer.
  package var patience = 2

  /// What libpq is told if the address says so: certificates, and where the password lies.
  private static let known = [
    "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "channel_binding",
  ]

  package init(
    hosts: [Host], database: String, suite: String, user: String? = nil
  ) {
    self.hosts = hosts
    self.database = database
    self.suite = suite
    self.user = user
  }

  /// Whether a text names a server and not a file.
  package static func isServer(_ text: String) -> Bool {
    text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
  }

  /// Reads an address. `needsSuite` is false for the commands that set a server up.
  package init(_ text: String, needsSuite: Bool = true) throws(StoreError) {
    func refused(_ what: String) -> StoreError { .nowhere(what: what) }
    let rest = text.drop { $0 != "/" }.dropFirst(2)
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts.first ?? ""
    guard let slash = place.firstIndex(of: "/"), slash < place.index(before: place.endIndex) else {
      throw refused(
        "The address of a server names its database: postgres://host/database?suite=north")
    }
    var network = place[..<slash]
    self.init(hosts: [], database: "", suite: "")
    database = try Self.decoded(place[place.index(after: slash)...])
    if let at = network.lastIndex(of: "@") {
      guard !network[..<at].contains(":") else {
        throw refused("A password does not belong into an address; keep it in a passfile")
      }
      user = try Self.decoded(network[..<at])
      network = network[network.index(after: at)...]
    }
    for one in network.split(separator: ",", omittingEmptySubsequences: false) {
      hosts.append(try Self.host(one))
    }
    if parts.count > 1 { try read(settings: parts[1]) }
    guard !suite.isEmpty || !needsSuite else {
      throw refused("The address of a server names the suite: add ?suite=north")
    }
  }

  private mutating func read(settings text: Substring) throws(StoreError) {
    for part in text.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1).map(Substring.init)
      guard pair.count == 2 else {
        throw .nowhere(what: "The address has a setting without a value: \(part)")
      }
      let value = try Self.decoded(pair[1])
      switch String(pair[0]) {
      case "suite": suite = value
      case "user": user = value
      case "peer": peer = value
      case "pooler": isPooled = value == "yes"
      case "patience":
        guard let seconds = Int(value), (1...600).contains(seconds) else {
          throw .nowhere(what: "The patience of an address is a number of seconds from 1 to 600")
        }
        patience = seconds
      case let name where Self.known.contains(name): settings[name] = value
      case let name: throw .nowhere(what: "The address has an unknown setting: \(name)")
      }
    }
  }

  private static func host(_ text: Substring) throws(StoreError) -> Host {
    // An address of IP version 6 is in brackets, because of its colons.
    if text.first == "[", let end = text.firstIndex(of: "]") {
      let rest = text[text.index(after: end)...]
      return Host(
        name: String(text[text.index(after: text.startIndex)..<end]),
        port: rest.isEmpty ? "5432" : String(rest.dropFirst()))
    }
    guard !text.isEmpty else {
      throw .nowhere(what: "The address names no host, and no folder of a socket")
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let port = parts.count > 1 ? String(parts[1]) : "5432"
    guard let number = UInt16(port), number > 0 else {
      throw .nowhere(what: "The port \(port) of the address is no number from 1 to 65535")
    }
    return Host(name: try decoded(parts[0]), port: port)
  }

  /// Replaces `%2F` and the like.
  private static func decoded(_ text: Substring) throws(StoreError) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
      if first != UInt8(ascii: "%") {
        bytes.append(first)
        continue
      }
      guard rest.count >= 2,
        let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), byte > 0
      else { throw .nowhere(what: "The address has a % without two hexadecimal digits") }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The address as messages name it.
  package var text: String {
    let list = hosts.map(\.text)
    return "postgres://\(list.joined(separator: ","))/\(database)"
      + (suite.isEmpty ? "" : "?suite=\(suite)")
  }

  /// A warning about a way to a host that encrypts nothing, or does not ask who answers; nil if it does both.
  package var warning: String? {
    let mode = settings["sslmode"] ?? "verify-full"
    guard hosts.contains(where: { !$0.isSocket && !$0.name.isEmpty }),
      !["verify-full", "verify-ca"].contains(mode)
    else { return nil }
    let what =
      mode == "require"
      ? "another host that takes the server's name gets the password and the record"
      : "anyone on the way can read and change the record"
    return
      "The server's address says sslmode=\(mode): \(what). Leave it out, which means verify-full."
  }

  /// The folder of what a machine keeps for the suite: `HOST+HOST/DATABASE/SUITE`.
  ///
  /// Two suites never have the same, because no part can hold what separates the parts. The order of the
  /// hosts does not matter.
  package var folder: String {
    let names = Set(hosts.map { Self.encoded($0.name) + ":" + $0.port })
    return [names.sorted().joined(separator: "+"), Self.encoded(database), Self.encoded(suite)]
      .joined(separator: "/")
  }

  /// Replaces what is not a letter, a digit, a hyphen or a full stop inside the text by `%2F` and the like.
  private static func encoded(_ text: String) -> String {
    var made = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        made.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: ".") where !made.isEmpty: made += "."
      default: made += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return made
  }

  /// The settings with which libpq connects to one host; `address` is what its name stands for.
  ///
  /// - Parameter peer: the account that a server behind a socket must belong to.
  func parameters(
    of host: Host, at address: String?, peer: String? = nil, wanting role: HostRole
  ) -> [String: String] {
    var found = [
      "dbname": database, "application_name": "chairtime", "client_encoding": "UTF8",
      "fallback_application_name": "chairtime",
      // Noticed within seconds if packets are dropped, whatever the system's own settings are.
      "tcp_user_timeout": "3000", "keepalives": "1", "keepalives_idle": "3",
      "keepalives_interval": "1", "keepalives_count": "2",
      "gssencmode": "disable", "port": host.port,
    ]
    found["target_session_attrs"] = role.rawValue
    if !host.name.isEmpty { found["host"] = host.name }
    if let address { found["hostaddr"] = address }
    if let user { found["user"] = user }
    if let peer { found["requirepeer"] = peer }
    if !host.isSocket && !host.name.isEmpty { found["sslmode"] = "verify-full" }
    return found.merging(settings) { _, given in given }
  }
}
