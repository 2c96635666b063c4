import Glibc
import SessionStore

/// The folder of a server's socket. There is no certificate on a socket, so the kernel is asked who is there.
enum SocketFolder {
  /// Accounts below this number are those of the system's services.
  private static let firstPerson: uid_t = 1_000

  /// The account that the server behind a socket must belong to; nil if there is no such folder.
  ///
  /// Throws if another person's account could have made the socket: it would get the login's password.
  static func owner(of folder: String) throws(StoreError) -> String? {
    var status = stat()
    guard stat(folder, &status) == 0 else { return nil }
    if status.st_mode & S_IWOTH != 0 {
      throw .unsafe(
        path: folder,
        what: "every account may make a socket in that folder; name the server's account with peer="
      )
    }
    let owner = status.st_uid
    let name = getpwuid(owner).map { String(cString: $0.pointee.pw_name) }
    guard owner < firstPerson || owner == geteuid(), let name else {
      throw .unsafe(
        path: folder,
        what:
          "that folder belongs to \(name ?? "account \(owner)"), and who answers there gets the "
          + "login's password; name the server's account with peer=")
    }
    return owner == 0 ? "postgres" : name
  }
}
