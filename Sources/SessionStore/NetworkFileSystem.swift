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
    let type = type(holding: String(cString: resolved), mounts: mounts)
    return type.flatMap { isRemote(type: $0) ? $0 : nil }
  }

  /// The type of the mount point that holds `path` most closely; of two there, the later one.
  private static func type(holding path: String, mounts: String) -> String? {
    guard let file = fopen(mounts, "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    var best: (length: Int, type: String)?
    while fgets(&line, Int32(line.count), file) != nil {
      let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ")
      guard parts.count > 2 else { continue }
      let point = parts[1]
      guard point == "/" || path == point || path.hasPrefix(point + "/") else { continue }
      if point.utf8.count >= best?.length ?? 0 { best = (point.utf8.count, String(parts[2])) }
    }
    return best?.type
  }
}
