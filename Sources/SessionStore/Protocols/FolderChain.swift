import Glibc

/// The folders and links that lead to a file, from the root on.
package enum FolderChain {
  /// The first folder on the way to a file in which another account may put other files or folders in place of
  /// these; nil if there is none.
  ///
  /// A folder is safe if it belongs to this account or to root and if nobody else may write into it, or others
  /// only their own files (the sticky bit, as in `/tmp`). A link on the way is safe if it belongs to this
  /// account or to root and if what it leads to is.
  package static func unsafeFolder(above path: String) -> String? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard let start = absolute(folder) else { return nil }
    var place = "/"
    var parts = components(start)
    var links = 0
    if isUnsafe(place) { return place }
    while !parts.isEmpty {
      let name = parts.removeFirst()
      if name == ".." {
        place = parent(place)
        continue
      }
      let next = place == "/" ? "/" + name : "\(place)/\(name)"
      var status = stat()
      guard lstat(next, &status) == 0 else { return nil }
      if status.st_mode & S_IFMT == S_IFLNK {
        links += 1
        guard isOurs(status), links <= 40, let target = target(of: next) else { return place }
        parts = components(target) + parts
        if target.hasPrefix("/") { place = "/" }
        continue
      }
      place = next
      if isUnsafe(place) { return place }
    }
    return nil
  }

  private static func components(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init).filter { $0 != "." }
  }

  private static func parent(_ folder: String) -> String {
    guard let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else { return "/" }
    return String(folder[..<slash])
  }

  private static func absolute(_ path: String) -> String? {
    if path.hasPrefix("/") { return path }
    guard let current = getcwd(nil, 0) else { return nil }
    defer { free(current) }
    return "\(String(cString: current))/\(path)"
  }

  private static func target(of link: String) -> String? {
    var bytes = [CChar](repeating: 0, count: 4096)
    let count = readlink(link, &bytes, bytes.count)
    guard count > 0, count < bytes.count else { return nil }
    return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func isOurs(_ status: stat) -> Bool {
    status.st_uid == geteuid() || status.st_uid == 0
  }

  private static func isUnsafe(_ folder: String) -> Bool {
    var status = stat()
    guard lstat(folder, &status) == 0 else { return false }
    if !isOurs(status) { return true }
    if status.st_mode & S_ISVTX != 0 { return false }
    // Several accounts may have one group, that of this account too.
    return status.st_mode & S_IWOTH != 0 || status.st_mode & S_IWGRP != 0 && status.st_gid != 0
  }
}
