import ArgumentParser

/// File names on a command line, many of them in one value.
///
/// The argument parser copies all earlier values for each further one, so 10,000 names took it 4 s.
/// `joiningRuns(in:)` hands it a long run of names as one word, and this type takes the word apart.
struct FileNames: ExpressibleByArgument {
  let names: [String]

  /// No argument of a process can contain NUL.
  private static let separator: Character = "\0"
  /// The parser takes less than 1 ms for a shorter run.
  private static let longRun = 64

  init?(argument: String) {
    names = argument.split(separator: FileNames.separator, omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// `words` with each long run of words that are no options joined into one word.
  ///
  /// The first word of a run stays by itself, because it may be the value of the option before it.
  static func joiningRuns(in words: [String]) -> [String] {
    var result: [String] = []
    var run: ArraySlice<String> = []
    func endRun() {
      let rest = run.dropFirst()
      result += run.prefix(1)
      result += rest.count < longRun ? Array(rest) : [rest.joined(separator: "\0")]
      run = []
    }
    for word in words {
      if word.hasPrefix("-") {
        endRun()
        result.append(word)
      } else {
        run.append(word)
      }
    }
    endRun()
    return result
  }
}

/// The option that names files in a list.
struct FileListOption: ParsableArguments {
  @Option(
    name: .customLong("files-from"),
    help: ArgumentHelp(
      "Read the files named in this file, one path per line; - is standard input.",
      valueName: "file"),
    completion: .file())
  var list: String?

  /// - Parameter names: the file names given as arguments.
  func check(with names: [String]) throws {
    guard list != "-" || !names.contains("-") else {
      throw ValidationError("Standard input is the list of files; expected no - as a file.")
    }
  }
}
