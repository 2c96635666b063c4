import Glibc
import Interchange
import SuiteProgram

/// The names of the files in a folder that end in `.json`, in the order of their bytes.
///
/// - Parameter expected: what the folder should hold, for the message if it cannot be read.
func jsonFiles(
  in folder: String, expected: String
) throws(DocumentError) -> [String] {
  guard let directory = opendir(folder) else {
    throw DocumentError(
      file: folder, found: errno == ENOENT ? "there is no such folder" : reason(errno),
      expected: "a folder of \(expected)")
  }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name.hasSuffix(".json"), !name.hasPrefix(".") { names.append(name) }
  }
  guard !names.isEmpty else {
    throw DocumentError(
      file: folder, found: "the folder has no .json file", expected: expected)
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
