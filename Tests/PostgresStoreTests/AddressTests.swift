import SessionStore
import Testing

@testable import PostgresStore

@Suite struct AddressTests {
  @Test func `an address names hosts, database, suite and login`() throws {
    let address = try ServerAddress(
      "postgres://chair-7@db1.example.org,db2.example.org:5433/infusion?suite=north&sslrootcert=%2Fetc%2Fca.pem"
    )
    #expect(address.hosts.map(\.name) == ["db1.example.org", "db2.example.org"])
    #expect(address.hosts.map(\.port) == ["5432", "5433"])
    #expect(address.database == "infusion")
    #expect(address.suite == "north")
    #expect(address.user == "chair-7")
    #expect(address.settings == ["sslrootcert": "/etc/ca.pem"])
    #expect(
      address.text == "postgres://db1.example.org,db2.example.org:5433/infusion?suite=north")
  }

  @Test func `a host on the network is only talked to after its certificate was verified`() throws {
    let address = try ServerAddress("postgres://db.example.org/infusion?suite=north")
    let host = try #require(address.hosts.first)
    #expect(
      address.parameters(of: host, at: "192.0.2.1", wanting: .primary)["sslmode"] == "verify-full")
    let socket = try ServerAddress("postgres://%2Frun%2Fpostgresql/infusion?suite=north")
    #expect(socket.hosts.first?.name == "/run/postgresql")
    #expect(socket.hosts.first?.isSocket == true)
  }

  @Test(arguments: [
    "postgres://host", "postgres://host/", "postgres://host/db", "postgres://host:port/db?suite=n",
    "postgres://me:secret@host/db?suite=n", "postgres://host/db?suite=n&color=red",
    "postgres://host/db?suite=n&password=secret", "postgres://host/db?suite=n&sslmode",
    "postgres://ho%st/db?suite=n", "postgres:///db?suite=n", "postgres://host,/db?suite=n",
  ])
  func `an address that is not whole, or holds a secret, is refused`(text: String) {
    #expect(throws: StoreError.self) { try ServerAddress(text) }
  }

  @Test func `no two suites have one folder on a machine, and the order of hosts does not matter`()
    throws
  {
    let texts = [
      "postgres://h/ct?suite=b-south", "postgres://h/ct-b?suite=south",
      "postgres://h-ct/b?suite=south",
      "postgres://h/ct%2Fb?suite=south", "postgres://h/ct_b?suite=south",
      "postgres://h:5433/ct?suite=b-south",
      "postgres://h,i/ct?suite=b-south", "postgres://h%2Bi/ct?suite=b-south",
      "postgres://h/..?suite=south", "postgres://h/CT?suite=b-south",
      "postgres://%2Fh/ct?suite=b-south",
    ]
    let folders = try texts.map { try ServerAddress($0).folder }
    #expect(Set(folders).count == texts.count)
    for folder in folders {
      let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
      #expect(parts.count == 3)
      #expect(!parts.contains { $0.isEmpty || $0.hasPrefix(".") })
    }
    #expect(
      try ServerAddress("postgres://i,h/ct?suite=n").folder
        == ServerAddress("postgres://h,i/ct?suite=n").folder)
  }

  @Test func `a refusal does not repeat a password`() {
    #expect {
      try ServerAddress("postgres://me:secret@host/db?suite=n")
    } throws: { error in
      (error as? StoreError)?.sentence.contains("secret") == false
    }
  }
}
