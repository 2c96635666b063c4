import Glibc
import SuiteProgram

/// Whether the words of the command line and the settings of the environment are text.
///
/// Swift puts U+FFFD in the place of bytes that are not UTF-8. A name that goes into the record must be
/// what was typed, so such bytes are refused before anything else.
enum ProcessText {
  static func check() throws(Complaint) {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let word = CommandLine.unsafeArgv[index], String(validatingCString: word) == nil
      else { continue }
      throw Complaint(
        "Word \(index) of the command line holds bytes that are not UTF-8. Nothing was done.")
    }
    var next = environ
    while let setting = next.pointee {
      next += 1
      guard strncmp(setting, "CHAIRTIME_", 10) == 0, String(validatingCString: setting) == nil
      else { continue }
      let name = String(cString: setting).prefix { $0 != "=" }
      throw Complaint("\(name) holds bytes that are not UTF-8. Nothing was done.")
    }
  }
}
