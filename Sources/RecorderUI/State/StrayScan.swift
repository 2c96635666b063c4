import InfusionRecord

/// The characters of one burst that began where no field waits for text: a wristband or a package that was
/// scanned on the board or on the screen of a session.
///
/// No person types so fast, so they are no commands. The first of them may have acted before the rest came:
/// it can only have opened something, and what was shown before is shown again.
struct StrayScan: Hashable, Sendable {
  /// From this length on, characters of one burst are a scan.
  private static let shortest = 4

  var text: String
  /// Whether it was found to be a scan, so that all further keys of the burst belong to it.
  var isScan = false
  /// What was shown when it began.
  let path: [RecorderState.Screen]
  let board: BoardState
  let session: SessionState
  let reader: ReaderState

  init(_ first: Character, in state: RecorderState) {
    text = String(first)
    path = state.path
    board = state.board
    session = state.session
    reader = state.reader
  }

  /// Whether it begins as codes do. A held key repeats one character and is none.
  var looksScanned: Bool {
    guard text.count >= StrayScan.shortest, Set(text).count > 1, let first = text.first else {
      return false
    }
    return first.isNumber || "](".contains(first)
  }
}

extension RecorderState {
  /// Collects a character that may belong to a scan outside a form.
  ///
  /// - Returns: whether it does, so that it is no command.
  mutating func collects(_ character: Character, at milliseconds: Int64) -> Bool {
    if !gate.continuesBurst(at: milliseconds) {
      strayScan = takesScans ? StrayScan(character, in: self) : nil
      return false
    }
    guard strayScan != nil else { return false }
    strayScan?.text.append(character)
    guard let scan = strayScan else { return false }
    if scan.isScan { return true }
    guard scan.looksScanned || isHere(scan.text) else { return false }
    strayScan?.isScan = true
    prompt = nil
    palette = nil
    help = nil
    path = scan.path
    session = scan.session
    reader = scan.reader
    board.cursor = scan.board.cursor
    board.filter = scan.board.filter
    board.isFinding = scan.board.isFinding
    notice = told("Scanned \(scan.text): no field waits for it.")
    return true
  }

  /// Ends a scan outside a form with Enter or Tab: says whose number it is.
  ///
  /// - Returns: whether there was one. The second of CR LF belongs to it too.
  mutating func endsScan(at milliseconds: Int64) -> Bool {
    guard let scan = strayScan, scan.isScan, gate.continuesBurst(at: milliseconds) else {
      return false
    }
    tellScanned(scan.text)
    return true
  }

  /// Whether keys are commands now.
  private var takesScans: Bool {
    switch place {
    case .prompt, .signIn, .locked, .find, .help, .palette: false
    default: true
    }
  }

  private func isHere(_ text: String) -> Bool {
    guard text.count >= 4, text.contains(where: \.isNumber) else { return false }
    return seated(text) != nil || waiting(text) != nil
  }

  /// The open session of a record number; nil if there is none, or if its record is hidden.
  private func seated(_ text: String) -> SessionReading? {
    let mrn = PatientNumber.read(text, format: suite.wristband)
    if isHidden(mrn: mrn) { return nil }
    return openSessions.first { !$0.isHidden && PatientNumber.areSame($0.opening.patient.mrn, mrn) }
  }

  private func waiting(_ text: String) -> ExpectedPatient? {
    let mrn = PatientNumber.read(text, format: suite.wristband)
    if isHidden(mrn: mrn) { return nil }
    return allWaiting.first { PatientNumber.areSame($0.patient.mrn, mrn) }
  }

  private mutating func tellScanned(_ text: String) {
    let shown = reading(of: screen.session)
    if let found = seated(text) {
      let patient = found.opening.patient
      let words = "\(patient.mrn): \(patient.displayName), chair \(found.opening.chair)"
      if let shown, shown.id != found.id {
        say(Notice(.refused, "\(words). This is another patient's screen."))
        return
      }
      if screen == .board { board.cursor.select(.session(found.id)) }
      notice = told(shown == nil ? "\(words)." : "\(words): the patient of this screen.")
    } else if shown == nil, let expected = waiting(text) {
      let patient = expected.patient
      if screen == .board { board.cursor.select(.expected(expected.optionValue)) }
      notice = told("\(patient.mrn): \(patient.displayName), expected \(expected.time).")
    } else if DrugBarcode.isScan(text) {
      notice = told("A package was scanned: open the form of the drug first, then scan.")
    } else {
      say(Notice(.refused, "No patient here has the number \(text). F finds patients of all days."))
    }
  }
}
