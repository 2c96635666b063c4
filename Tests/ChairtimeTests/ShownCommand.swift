import Foundation

/// The commands a page shows: in its blocks at the beginning of a line or after `&&` or `|`, and in
/// its text between backticks.
enum ShownCommand {
  /// What follows `chairtime`, as it stands on the page.
  static func all(of text: String) -> [String] {
    var found: [String] = []
    for (line, block) in Documents.lines(of: text) {
      if block != nil {
        for match in line.matches(of: /(?:^|^\$ |&& |\| |\* {2})chairtime(?: ([^|]*))?$/) {
          let rest = match.1.map(String.init) ?? ""
          found += rest.components(separatedBy: "&& chairtime ")
        }
      } else {
        found += line.matches(of: /`chairtime ([^`]+)`/).map { String($0.1) }
      }
    }
    return found
  }

  /// The words of a line as a shell parts them, up to a comment, a pipe or a redirection.
  static func words(of line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isOpen = false
    var quote: Character?
    for letter in line {
      if let end = quote {
        if letter == end { quote = nil }
        if letter != end || end == ")" { word.append(letter) }
      } else if letter == "(", word.hasSuffix("$") {
        // What another command prints is one word, whatever is in it.
        quote = ")"
        word.append(letter)
      } else if letter == "\"" || letter == "'" {
        quote = letter
        isOpen = true
      } else if letter == " " {
        if isOpen { words.append(word) }
        word = ""
        isOpen = false
      } else if !isOpen, "#|><&;".contains(letter) {
        return words
      } else {
        word.append(letter)
        isOpen = true
      }
    }
    return isOpen ? words + [word] : words
  }
}
