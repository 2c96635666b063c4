import Glibc

/// File systems on which SQLite's locks and shared memory do not hold.
///
/// By the type in the kernel's mount table; sqlite.org/wal says that all processes that use a
/// write-ahead log must be on one host.
enum NetworkFileSystem {
  private static let types = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "coda", "9p", "ceph", "lustre", "gpfs", "ncpfs",
    "ocfs2", "gfs2", "glusterfs", "beegfs", "orangefs", "pvfs2", "virtiofs",
  ]
  private static let remoteFuse = [
    "sshfs", "glusterfs", "s3fs", "rclone", "davfs", "ceph", "curlftpfs", "smbnetfs", "gcsfuse",
    "juicefs", "mfs", "nfs",
  ]

  /// Whether a type of the mount table, `nfs4` or `fuse.sshfs`, lies on another machine.
  static func isRemote(type: String) -> Bool {
    guard type.hasPrefix("fuse.") else { return types.contains(type) }
    return remoteFuse.contains { type.dropFirst(5).hasPrefix($0) }
  }

  /// The type of the file system that holds `path`, where it is a remote one.
  static func name(at path: String, mounts: String = "/proc/self/mounts") -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    let type = type(holding: resolved, mounts: mounts)
    return type.flatMap { isRemote(type: $0) ? $0 : nil }
  }

  /// The type of the mount point that holds `path` most closely; of two there, the later one.
  private static func type(holding path: UnsafePointer<CChar>, mounts: String) -> String? {
    guard let file = fopen(mounts, "re") else { return nil }
    defer { fclose(file) }
    var best: (length: Int, type: String)?
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 8192) { line in
      while fgets(line.baseAddress, Int32(line.count), file) != nil {
        var rest = line.baseAddress
        guard strsep(&rest, " ") != nil, let point = strsep(&rest, " "),
          let type = strsep(&rest, " ")
        else { continue }
        unescape(point)
        let length = strlen(point)
        let isRoot = length == 1
        guard length >= best?.length ?? 0, isRoot || strncmp(path, point, length) == 0,
          isRoot || path[length] == 0 || path[length] == 0x2f
        else { continue }
        best = (length, String(cString: type))
      }
    }
    return best?.type
  }

  /// Puts in place what the table writes as `\040` and its like: a space, a tab, a backslash.
  private static func unescape(_ text: UnsafeMutablePointer<CChar>) {
    var from = text
    var to = text
    while from.pointee != 0 {
      if from[0] == 0x5c, let code = octal(from + 1) {
        to.pointee = code
        from += 4
      } else {
        to.pointee = from.pointee
        from += 1
      }
      to += 1
    }
    to.pointee = 0
  }

  /// Three octal digits as the byte they stand for.
  private static func octal(_ text: UnsafePointer<CChar>) -> CChar? {
    var value = 0
    for index in 0..<3 {
      guard (0x30...0x37).contains(text[index]) else { return nil }
      value = value * 8 + Int(text[index]) - 0x30
    }
    return CChar(truncatingIfNeeded: value)
  }
}
