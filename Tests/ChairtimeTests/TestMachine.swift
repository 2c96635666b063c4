import Foundation
import Glibc
import Synchronization
import TestServer
import TestSupport

/// A machine of its own for a test: network, mounts, name and processes that only it sees.
///
/// It has Debian's programs and a copy of `/etc`, and neither a cluster of PostgreSQL nor a home folder. What runs on
/// it ends with the object. Only root can make one.
final class TestMachine {
  let name: String
  private let folder = TemporaryFolder()
  /// The commands go in here; its end is the end of the machine.
  private let shell: Int32

  /// Becomes a machine and reads commands. The arguments are its name, a folder that both see, and the program.
  private static let start = """
    mount --make-rprivate /
    mount -t tmpfs tmpfs /mnt
    mkdir /mnt/work && mount --bind "$2" /mnt/work
    touch /mnt/chairtime && mount --bind "$3" /mnt/chairtime
    cp -a /etc /mnt/etc && mount --bind /mnt/etc /etc
    rm -rf /etc/chairtime /etc/postgresql/*
    for folder in /home /usr/local/bin /var/lib/postgresql /var/log/postgresql /run; do
      mount -t tmpfs -o mode=755 tmpfs $folder
    done
    mount -t proc proc /proc
    hostname "$1"
    install -d -o postgres -g postgres -m 2775 /run/postgresql
    chown postgres /var/lib/postgresql /var/log/postgresql
    touch /usr/local/bin/chairtime && mount --bind /mnt/chairtime /usr/local/bin/chairtime
    export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TZ=UTC HOME=/root
    exec sh
    """

  /// - Parameter network: the name of its network, which `TestNetwork` made.
  init(_ name: String, in network: String) throws {
    self.name = name
    try Data(Self.start.utf8).write(to: URL(filePath: folder.file("start")))
    chmod(folder.path, 0o755)
    shell = try TestServer.spawn(
      """
      exec ip netns exec "\(network)" unshare --mount --uts --pid --fork --kill-child \
        sh "\(folder.file("start"))" \(name) "\(folder.path)" "\(BuiltProgram.path.path)"
      """)
  }

  deinit { close(shell) }

  /// Runs lines on the machine, as root or as another account, and stops at the first that fails.
  func run(_ script: String, as account: String = "root") throws -> BuiltProgram.Ended {
    try Data(script.utf8).write(to: URL(filePath: folder.file("script")))
    let words =
      account == "root"
      ? "sh -e /mnt/work/script"
      : "runuser -l \(account) -c 'sh -e /mnt/work/script'"
    let line = "\(words) >/mnt/work/output 2>/mnt/work/error </dev/null; echo $? >/mnt/work/code\n"
    unlink(folder.file("code"))
    _ = line.withCString { write(shell, $0, strlen($0)) }
    for _ in 0..<6_000 {
      if let code = Int32(text("code").trimmingCharacters(in: .whitespacesAndNewlines)) {
        return BuiltProgram.Ended(code: code, output: text("output"), error: text("error"))
      }
      usleep(10_000)
    }
    return BuiltProgram.Ended(code: -1, output: text("output"), error: "\(name) did not answer")
  }

  private func text(_ name: String) -> String {
    (try? String(contentsOfFile: folder.file(name), encoding: .utf8)) ?? ""
  }
}

/// Hosts on one network, with the addresses 192.0.2.1, 192.0.2.2 and so on.
final class TestNetwork {
  private let names: [String]
  private let prefix: String
  private static let count = Atomic(0)

  /// Whether this account may make networks and machines.
  static let isAllowed: Bool = {
    guard geteuid() == 0 else { return false }
    let name = "chairtime-try-\(getpid())"
    return (try? TestServer.run("ip netns add \(name) && ip netns del \(name)")) == 0
  }()

  init(_ hosts: [String]) throws {
    let prefix = "chairtime-\(getpid())-\(TestNetwork.count.add(1, ordering: .relaxed).newValue)-"
    let lan = prefix + "lan"
    self.prefix = prefix
    names = [lan] + hosts.map { prefix + $0 }
    var script = """
      set -e
      ip netns add \(lan)
      ip -n \(lan) link add lan type bridge
      ip -n \(lan) link set lan up

      """
    for (number, name) in names.enumerated().dropFirst() {
      script += """
        ip netns add \(name)
        ip -n \(lan) link add port\(number) type veth peer name eth0 netns \(name)
        ip -n \(lan) link set port\(number) master lan up
        ip -n \(name) addr add 192.0.2.\(number)/24 dev eth0
        ip -n \(name) link set eth0 up
        ip -n \(name) link set lo up

        """
    }
    guard try TestServer.run(script) == 0 else { throw TestServer.Failure.didNotStart("network") }
  }

  /// The name by which `ip netns` knows a host's network.
  func name(of host: String) -> String { "\(prefix)\(host)" }

  /// A whole machine for a host.
  func machine(_ host: String) throws -> TestMachine { try TestMachine(host, in: name(of: host)) }

  deinit {
    for name in names { _ = try? TestServer.run("ip netns del \(name)") }
  }
}
