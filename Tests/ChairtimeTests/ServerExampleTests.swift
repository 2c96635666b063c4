import Foundation
import TestSupport
import Testing

/// The example of `docs/operations.md`: from an empty machine to a server and two terminals.
struct ServerExampleTests {
  /// The blocks with the machine, and the account, that each is run on.
  private static func blocks() throws -> [(place: String, script: String)] {
    let page = try Documents.text(of: "docs/operations.md")
    return page.components(separatedBy: "<!-- ").compactMap { part in
      guard let end = part.range(of: " -->\n```sh\n"),
        case let place = String(part[..<end.lowerBound]), place.contains("on "),
        let block = part[end.upperBound...].components(separatedBy: "\n```").first
      else { return nil }
      // What is installed is installed; the tests need no network of their own.
      let lines = block.split(separator: "\n").filter { !$0.hasPrefix("apt-get install ") }
      return (place, lines.joined(separator: "\n") + "\n")
    }
  }

  @Test(.enabled(if: TestNetwork.isAllowed, "only root makes networks and machines"))
  func `the example leads from an empty machine to two terminals that see each other's facts`()
    throws
  {
    let blocks = try Self.blocks()
    #expect(
      blocks.map(\.place) == [
        "on db1", "on db1", "on chair-7", "suite on chair-7", "suite on chair-8",
      ])
    let hosts = ["db1", "chair-7", "chair-8"]
    let network = try TestNetwork(hosts)
    let machines = try hosts.map(network.machine)
    func run(_ index: Int, _ script: String, as account: String = "root") throws -> String {
      let ended = try machines[index].run(script, as: account)
      #expect(ended.code == 0, "\(machines[index].name): \(script)\n\(ended.output)\(ended.error)")
      return ended.output
    }
    // Debian makes this cluster when the package is installed.
    _ = try run(0, "pg_createcluster 15 main --start -- --no-sync")
    _ = try run(0, blocks[0].script)
    _ = try run(0, blocks[1].script)
    let authority = try run(0, "cat /etc/chairtime/ca.pem")
    for (index, name) in [(1, "chair-7"), (2, "chair-8")] {
      let passfile = try run(0, "cat /etc/chairtime/\(name).passfile")
      _ = try run(
        index,
        """
        mkdir -p /etc/chairtime
        cat >/etc/chairtime/ca.pem <<'END'
        \(authority)END
        cat >/etc/chairtime/\(name).passfile <<'END'
        \(passfile)END
        chmod 600 /etc/chairtime/\(name).passfile
        """)
      _ = try run(index, blocks[2].script.replacing("chair-7", with: name))
    }
    let opened = try run(1, blocks[3].script, as: "suite")
    #expect(opened.contains("session opened in chair 1"))
    let seen = try run(2, blocks[4].script, as: "suite")
    #expect(seen.contains("Chair 1, TESTER, Amara"), "\(seen)")
    #expect(seen.contains("2 facts verified"), "\(seen)")
    let back = try run(1, "chairtime verify", as: "suite")
    #expect(back.contains("2 facts verified"), "\(back)")
    // Nobody comes in without the certificate's name, or without encryption.
    let plain = try machines[1].run(
      "psql 'host=192.0.2.1 user=chair-7 dbname=chairtime sslmode=disable' -c 'select 1'",
      as: "suite")
    #expect(plain.code == 2)
    #expect(plain.error.contains("no encryption"), "\(plain.error)")
  }
}
