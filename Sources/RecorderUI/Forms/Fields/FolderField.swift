import InfusionRecord

extension FormContext {
  /// The folder for files. The one named last is offered again.
  var folderField: Field {
    var field = Field.text(
      .folder, "Folder", state.exportFolder, isRequired: true, hint: "a whole path")
    field.isTouched = prompt[.folder]?.isTouched ?? false
    return field
  }

  func folder() throws(FormProblem) -> String {
    var folder = value(.folder)
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    guard folder.hasPrefix("/"), folder.count > 1 else {
      throw FormProblem(.folder, "Name the folder by its whole path, from / on.")
    }
    return folder
  }

  /// `104212`, when the form was opened, so that a second file of the same days gets another name. It stays
  /// while the form is open: what Enter writes must have been on the screen.
  var stamp: String {
    let reading = state.suite.clock.reading(at: prompt.openedAt ?? now)
    let second = reading.second < 10 ? "0\(reading.second)" : "\(reading.second)"
    return reading.clock.filter { $0 != ":" } + second
  }
}
