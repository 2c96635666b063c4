import Glibc

/// A folder of a test's own (0700), gone when the test lets go of it.
package final class TemporaryFolder {
  package let path: String

  package init() {
    var template = Array("/tmp/chairtime-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base) else { return "/nonexistent" }
      return String(cString: made)
    }
  }

  package func file(_ name: String) -> String { path + "/" + name }

  deinit { TemporaryFolder.remove(path) }

  private static func remove(_ path: String) {
    var found = stat()
    guard lstat(path, &found) == 0 else { return }
    if found.st_mode & S_IFMT == S_IFDIR {
      chmod(path, 0o700)
      if let folder = opendir(path) {
        while let entry = readdir(folder) {
          let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
          }
          if name != "." && name != ".." { remove(path + "/" + name) }
        }
        closedir(folder)
      }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
