import Glibc
import Interchange
import SuiteProgram

/// The names of the files in a folder that end in `.json`, in the order of their bytes.
func jsonFiles(in folder: String) throws(DocumentError) -> [String] {
  guard let directory = opendir(folder) else {
    throw DocumentError(
      file: folder, found: errno == ENOENT ? "there is no such folder" : reason(errno),
      expected: "a folder of case files")
  }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name.hasSuffix(".json"), !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
