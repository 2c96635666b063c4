import Glibc

/// File systems on which SQLite's locks and shared memory do not work.
///
/// All processes that use a write-ahead log must run on one host (sqlite.org/wal). The kernel's mount
/// table names the type of each file system.
enum NetworkFileSystem {
  private static let types = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "coda", "9p", "ceph", "lustre", "gpfs", "ncpfs",
    "ocfs2", "gfs2", "glusterfs", "beegfs", "orangefs", "pvfs2", "virtiofs",
  ]
  private static let remoteFuse = [
    "sshfs", "glusterfs", "s3fs", "rclone", "davfs", "ceph", "curlftpfs", "smbnetfs", "gcsfuse",
    "juicefs", "mfs", "nfs",
  ]

  /// Whether a type of the mount table, such as `nfs4` or `fuse.sshfs`, is on another machine.
  static func isRemote(type: String) -> Bool {
    guard type.hasPrefix("fuse.") else { return types.contains(type) }
    return remoteFuse.contains { type.dropFirst(5).hasPrefix($0) }
  }

  /// The type of the file system that holds `path`; nil if it is a local one.
  static func name(at path: String, mounts: String = "/proc/self/mounts") -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    let type = type(holding: String(cString: resolved), mounts: mounts)
    return type.flatMap { isRemote(type: $0) ? $0 : nil }
  }

  /// The type of the innermost mount point that holds `path`; of two at one point, the later one.
  private static func type(holding path: String, mounts: String) -> String? {
    guard let file = fopen(mounts, "re") else { return nil }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    defer { free(line) }
    var size = 0
    var best: (point: String, type: String)?
    while getline(&line, &size, file) > 0, let text = line.map({ String(cString: $0) }) {
      // A device, its mount point, the type, more.
      let fields = text.split(separator: " ")
      guard fields.count > 2 else { continue }
      let point = unescaped(fields[1])
      guard point == "/" || path == point || path.hasPrefix(point + "/"),
        point.utf8.count >= best?.point.utf8.count ?? 0
      else { continue }
      best = (point, String(fields[2]))
    }
    return best?.type
  }

  /// Decodes the escapes of the table: `\040` is a space.
  private static func unescaped(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"),
        let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
