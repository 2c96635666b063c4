import Glibc
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// Who may be behind a socket before a password is sent.
@Suite struct SocketTests {
  private let folder = TemporaryFolder()

  private func sentence(_ address: ServerAddress) -> String {
    do throws(StoreError) {
      _ = try PostgresStore(address)
      return "opened"
    } catch {
      return error.sentence
    }
  }

  @Test func `a server of another account than the one named is not talked to`() throws {
    let fixture = try ServerFixture(in: "record")
    var address = fixture.server.address(of: fixture.suite)
    #expect(sentence(address) == "opened")
    address.peer = "daemon"
    #expect(sentence(address).contains("actual peer user name"))
  }

  @Test func `a folder in which every account may make a socket is refused`() throws {
    chmod(folder.path, 0o1777)
    var address = ServerAddress(
      hosts: [ServerAddress.Host(name: folder.path)], database: "ct", suite: "north")
    #expect(sentence(address).contains("every account may make a socket"))
    address.peer = "postgres"
    #expect(sentence(address).contains("cannot be reached"))
  }

  @Test(.enabled(if: geteuid() == 0, "only root gives a folder to another account"))
  func
    `a folder of another person is refused, and in one of a service the server is the service's`()
    throws
  {
    let fixture = try ServerFixture(in: "record")
    symlink("\(fixture.server.folder)/.s.PGSQL.5432", "\(folder.path)/.s.PGSQL.5432")
    var address = fixture.server.address(of: fixture.suite)
    address.hosts = [ServerAddress.Host(name: folder.path)]
    chown(folder.path, 65_534, 65_534)
    #expect(sentence(address).contains("gets the login's password"))
    chown(folder.path, 1, 1)
    #expect(sentence(address).contains("actual peer user name"))
    chown(folder.path, 0, 0)
    #expect(sentence(address) == "opened")
  }
}
