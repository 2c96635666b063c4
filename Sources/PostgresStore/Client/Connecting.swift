import Glibc
import SessionStore

/// Making a connection: hosts and addresses one at a time, each with a limit of its own.
///
/// libpq's own list of hosts is not used, because its calls that do not wait never give a host up that
/// accepts a connection and then says nothing.
extension ServerConnection {
  /// Connects to the first host that answers and has the role that is wanted.
  static func open(
    _ address: ServerAddress, wanting role: HostRole
  ) throws(StoreError) -> ServerConnection {
    let library: PostgresLibrary
    switch PostgresLibrary.loaded {
    case .success(let found): library = found
    case .failure(let missing):
      throw .nowhere(
        what:
          "A store on a server needs the library libpq (\(missing.what)); install the package libpq5"
      )
    }
    var reason = "no host is named"
    let milliseconds = address.patience * 1000
    for host in address.hosts {
      var places: [String?] = [nil]
      var peer: String?
      if host.isSocket {
        peer = address.peer
        if peer == nil { peer = try SocketFolder.owner(of: host.name) }
      }
      if !host.isSocket, !host.name.isEmpty {
        places = NameLookup.addresses(of: host.name, within: milliseconds).map { $0 }
        if places.isEmpty { reason = "no address of \(host.name) was found" }
      }
      for place in places {
        let parameters = address.parameters(
          of: host, at: place, peer: peer, wanting: role)
        switch connect(parameters, library, Deadline(milliseconds: milliseconds)) {
        case .success(let handle):
          return ServerConnection(
            handle, library, isPreparing: !address.isPooled, patience: milliseconds)
        case .failure(let failure): reason = failure.what
        }
      }
    }
    throw .unreachable(path: address.text, what: reason)
  }

  private struct Failure: Error {
    let what: String
  }

  private static func connect(
    _ parameters: [String: String], _ library: PostgresLibrary, _ deadline: Deadline
  ) -> Result<OpaquePointer, Failure> {
    let sorted = parameters.sorted { $0.key < $1.key }
    let keys = sorted.map { Optional(Array($0.key.utf8) + [0]) }
    let values = sorted.map { Optional(Array($0.value.utf8) + [0]) }
    let made = keys.withTexts { keys in values.withTexts { library.connectStart(keys, $0, 0) } }
    guard let handle = made else { return .failure(Failure(what: "too little memory")) }
    var next = PostgresLibrary.Number.pollReading + 1
    while next != PostgresLibrary.Number.pollIsConnected {
      guard next != PostgresLibrary.Number.pollFailed,
        library.status(handle) != PostgresLibrary.Number.connectionBad
      else {
        let text = library.errorMessage(handle).map { String(cString: $0) } ?? ""
        library.finish(handle)
        return .failure(Failure(what: firstLine(text)))
      }
      let isReading = next == PostgresLibrary.Number.pollReading
      guard deadline.wait(for: library.socket(handle), reading: isReading, writing: !isReading)
      else {
        library.finish(handle)
        return .failure(Failure(what: "no answer in time"))
      }
      next = library.connectPoll(handle)
    }
    return .success(handle)
  }

  /// What libpq says about a connection: it names hosts, logins and databases, and nothing of a record.
  private static func firstLine(_ text: String) -> String {
    let line = text.split(separator: "\n").first.map(String.init) ?? "no reason given"
    let reason = line.firstRange(of: "FATAL:  ") ?? line.firstRange(of: "failed: ")
    let rest = reason.map { String(line[$0.upperBound...]) } ?? line
    return String(
      rest.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }.prefix(200).map(
        Character.init))
  }
}
