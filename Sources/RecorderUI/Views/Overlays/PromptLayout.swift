import TerminalCore

/// Where a form and what it is about stand on the screen.
struct PromptLayout {
  /// The rows of the last message.
  let told: Int
  /// What the form is about: the session, or the rows of the board or the review.
  let above: Rect
  /// The form with its title.
  let area: Rect
  /// The columns of the form's text.
  let width: Int
  let context: PromptContext?
  /// Whether what would be recorded has room on the screen.
  let isWhole: Bool

  init(_ state: RecorderState, _ prompt: Prompt, headRows: Int) {
    told = state.message == nil ? 0 : state.furtherMessageRows + 1
    width = state.size.columns - 4
    let session = state.sessionShown(by: prompt)
    let room = Rect(state.size).droppingTop(headRows).droppingBottom(1 + told)
    // The fields, the title, and room for a list and for what is recorded.
    let reserved = 9 + PromptLines.fieldRows(prompt, width: width)
    let share = room.rows * (session == nil ? 8 : 9) / 20
    var rows = max(room.rows - reserved, share)
    // What is recorded is never cut, and a list that is signed takes the whole screen if it has to.
    let whole = PromptLines(state: state, prompt: prompt, width: width, rows: 2000)
    let isList = prompt.form.mustBeRead && session == nil
    let isQuestionWhole = isList || prompt.doubt != nil
    let question = isQuestionWhole ? whole.question.count : min(2, whole.question.count)
    // A doubt stays in sight beside its answers.
    let answers = prompt.doubt == nil ? 0 : 4
    let least = 2 + question + answers + whole.foot.drop(while: \.isEmpty).count
    // What is paged through has been on the screen before it is signed.
    isWhole = prompt.mustBeRead || room.rows >= least
    rows = max(0, min(rows, room.rows - least))
    var above = room.top(rows)
    if let session {
      let context = PromptContext(session, prompt, state: state)
      above = above.top(context.rows)
      self.context = context
    } else {
      context = nil
    }
    self.above = above
    area = room.droppingTop(above.rows)
  }

  /// The form's text inside its area.
  var inside: Rect { area.droppingTop(1).inset(columns: 2) }
}

extension RecorderState {
  /// Whether the prompt, if there is one, has room for what Enter would record.
  var promptIsWhole: Bool {
    guard let prompt, !isPlain, fits, !isLocked else { return true }
    var scratch = Frame(size: size)
    let head = reading(of: prompt.session).map { drawBanner($0, in: &scratch) } ?? 0
    return PromptLayout(self, prompt, headRows: head).isWhole
  }

  /// The texts that the prompt signs, as far as they are on the screen; empty for other prompts.
  var readWindows: [ReadWindow] {
    guard let prompt, prompt.mustBeRead, fits, !isLocked, help == nil, palette == nil else {
      return []
    }
    if isPlain {
      var page = PlainPage()
      plainPrompt(&page)
      return [page.window(in: size)]
    }
    var scratch = Frame(size: size)
    let head = reading(of: prompt.session).map { drawBanner($0, in: &scratch) } ?? 0
    let layout = PromptLayout(self, prompt, headRows: head)
    let lines = PromptLines(
      state: self, prompt: prompt, width: layout.width, rows: layout.inside.rows)
    return [lines.window] + (layout.context?.statementWindow(in: layout.above).map { [$0] } ?? [])
  }

  /// Notes what of a text that is signed stands on the screen.
  mutating func noteRead() {
    let windows = readWindows
    if !windows.isEmpty { prompt?.read.note(windows) }
  }

  /// Whether Enter pages on in what is signed, because not all of it has been on the screen.
  package var isEnterMore: Bool {
    guard let prompt, prompt.mustBeRead else { return false }
    return !prompt.read.isWhole(with: readWindows)
  }

  /// Goes on to the first line that was not on the screen.
  mutating func readOn() {
    guard let prompt else { return }
    self.prompt?.read.isPaging = true
    self.prompt?.scroll = prompt.read.firstUnseen
  }
}
