import Glibc
import TestServer
import Testing

@Suite struct TestServerTests {
  /// A test that waits for the end of what another program writes would wait as long as the server lives.
  @Test func `a server holds nothing open of what the tests do beside it`() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    let keeper = try TestServer.spawn("cat >/dev/null")
    defer { close(keeper) }
    close(ends[1])
    var end = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    #expect(poll(&end, 1, 60_000) == 1)
  }
}
