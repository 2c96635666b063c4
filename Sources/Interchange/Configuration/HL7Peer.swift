/// The receiver of HL7 v2 messages (MLLP): a port, or a Unix socket on this host.
///
/// MLLP has no encryption and no authentication. A port of this host may belong to any local account that
/// was there first; behind a Unix socket the kernel tells whose process listens.
package struct HL7Peer: Sendable, Equatable {
  package enum Place: Sendable, Equatable {
    /// A name or an address, and a port from 1 to 65,535.
    case network(host: String, port: Int)
    /// The path of a Unix socket, from / on.
    case socket(path: String)
  }

  package let place: Place

  /// Reads `interfaces.example:2575`, `[::1]:2575` or `unix:/run/mllp/out.sock`; nil for any other text.
  package init?(_ text: String) {
    if text.hasPrefix(HL7Peer.socketPrefix) {
      let path = text.dropFirst(HL7Peer.socketPrefix.count)
      // sockaddr_un holds 108 bytes with the final zero.
      guard path.hasPrefix("/"), (2...107).contains(path.utf8.count),
        path.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
      else { return nil }
      place = .socket(path: String(path))
      return
    }
    guard let colon = text.lastIndex(of: ":"),
      let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port),
      text[text.index(after: colon)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    var host = text[..<colon]
    let isAddress = host.hasPrefix("[") && host.hasSuffix("]")
    if isAddress { host = host.dropFirst().dropLast() }
    let allowed = isAddress ? ":.%_-" : "._-"
    guard (1...253).contains(host.utf8.count), host.utf8.first != 0x2D,
      host.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || allowed.utf8.contains(byte)
      })
    else { return nil }
    place = .network(host: String(host), port: port)
  }

  private static let socketPrefix = "unix:"

  package var text: String {
    switch place {
    case .network(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .socket(let path): HL7Peer.socketPrefix + path
    }
  }

  /// Whether the text says that the peer is on this host. A name is looked up only when it is sent to.
  package var isOnThisHost: Bool {
    switch place {
    case .socket: true
    case .network(let host, _):
      host.lowercased() == "localhost" || host == "::1"
        || host.hasPrefix("127.")
          && host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    }
  }
}

extension SiteConfiguration {
  /// What a site's engineer must know about the way to the peer; nil if there is nothing to say.
  package var hl7PeerWarning: String? {
    guard let peer = hl7Peer, !peer.isOnThisHost else { return nil }
    return hl7PeerInClear
      ? "hl7.peer \(peer.text) is not on this host, and peer_in_clear lets charges go there without "
        + "encryption: anyone on the way can read and change them."
      : "hl7.peer \(peer.text) is not on this host: chairtime outbox send refuses it, because nothing "
        + "encrypts the way. Name a tunnel's socket or port on this host, or set peer_in_clear = true."
  }
}
