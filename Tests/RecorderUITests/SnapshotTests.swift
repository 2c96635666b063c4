import Foundation
import InfusionRecord
import TerminalCore
import Testing

@testable import RecorderUI

/// Every view at five sizes, against pictures in `Snapshots/`.
///
/// `CHAIRTIME_WRITE_DOCS=1` writes them again; look at the difference before you commit it.
@Suite struct SnapshotTests {
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 60, rows: 15),
    Size(columns: 1, rows: 1), Size.zero,
  ]

  enum View: String, CaseIterable {
    case board, boardFind, session, sessionToDo, start, startChoices, stop, confirmStop, amend
    case reaction, reactionSigns, reactionRecorded, allergies, allergyQuestion
    case startScanned, stopDiscard, account, accountDoubt, drugLines, drugLinesExplained
    case close, explain, history, help, palette, openSession, refusal, lock
    case signIn, signInPIN, takeover, restricted, breakGlass
    case review, reviewFind, reviewHelp, reviewPalette, signOff, signOffDoubt, signOffClean
    case changed, reopen, goToDay, export, packet, integrity
    case patients, wordsLeft

    /// Whether it is a screen about no patient, or about one who is hidden.
    var isWithoutPatient: Bool {
      switch self {
      case .board, .boardFind, .openSession, .help, .lock, .signIn, .signInPIN, .takeover,
        .restricted, .breakGlass, .patients:
        true
      default: isReview
      }
    }

    /// Whether it is a screen of a suite that records amounts.
    var isOfAmounts: Bool {
      switch self {
      case .startScanned, .stopDiscard, .account, .accountDoubt, .drugLines, .drugLinesExplained:
        true
      default: false
      }
    }

    /// Whether it is a screen about days and no patient.
    var isReview: Bool {
      switch self {
      case .review, .reviewFind, .reviewHelp, .reviewPalette, .signOff, .signOffDoubt,
        .signOffClean, .changed, .reopen, .goToDay, .export, .packet, .integrity:
        true
      default: false
      }
    }
  }

  /// A morning at chair 1: a premedication, a paused chemotherapy, a push; and a neighbour.
  static func morning(_ size: Size, _ glyphs: Glyphs) -> Driver {
    var it = Driver(size: size, glyphs: glyphs)
    it.seat()
    it.press("s", "dexam", "Enter", "1", "Enter", "Enter")
    it.at("07:18")
    it.press("p", "ondan", "Enter")
    it.focus(.amount)
    it.press("16 mg", "Enter")
    it.at("07:22")
    it.press("x", "Enter")
    it.at("07:40")
    it.start("pacli", planned: "180")
    it.at("08:30")
    it.press("z", "Tab", "Tab", "Tab", "reac", "Enter", "Enter", "Esc")
    it.at("08:47")
    it.press("z", "Enter")
    it.press("q")
    it.seat(mrn: "90000592", family: "Sample", given: "Björn 王小明", born: "19-Sep-1949")
    it.press("s", "sodium", "Enter", "1", "Enter", "Enter")
    it.press("q")
    it.at("10:42")
    return it
  }

  static func driver(_ view: View, _ size: Size, _ glyphs: Glyphs = .unicode) -> Driver {
    if view.isReview { return reviewDriver(view, size, glyphs) }
    if view.isOfAmounts { return amountDriver(view, size, glyphs) }
    var it = morning(Size(columns: 80, rows: 24), glyphs)
    // The patient of the pictures, whatever stands first on the board.
    it.press("/", "tester", "Enter")
    let isOnBoard: [View] = [
      .board, .boardFind, .lock, .openSession, .signIn, .signInPIN, .takeover, .restricted,
      .breakGlass, .patients,
    ]
    if !isOnBoard.contains(view) {
      it.press("Enter")
    }
    switch view {
    case .board, .openSession: it.press("Esc")
    case .boardFind: it.press("/", "testerx")
    case .session, .lock, .signIn, .signInPIN: break
    case .restricted, .breakGlass:
      it.restrictNeighbour()
      it.press("Esc")
    case .takeover: it.leaveUnfinished()
    case .sessionToDo: it.press("Tab", "Tab")
    case .start: it.press("s", "carbo", "Enter")
    case .startChoices: it.press("s", "car")
    case .stop: it.press("x")
    case .confirmStop:
      it.press("x", "Tab", "Tab", "0928")
      it.focus(.reason)
      it.press("completed", "Enter", "C-s")
    case .amend: it.press("a")
    case .reaction: it.press("R", "2", "Enter")
    case .reactionSigns: it.press("R", "2", "Enter", "Tab", "flush", "Enter", "Tab")
    case .reactionRecorded: it.recordReaction()
    case .allergies: it.press("A", "1", "Enter", "platinum: wheezing; latex")
    case .allergyQuestion:
      it.press("A", "1", "Enter", "platinum: wheezing; latex", "C-s", "s", "carbo", "Enter")
    case .close: it.press("c")
    case .explain: it.press("e")
    case .history: it.press("f")
    case .help: it.press("?")
    case .palette: it.press(":", "site")
    case .refusal: it.press("s", "pacli", "Enter", "Enter")
    default: break
    }
    if view == .wordsLeft {
      it.press("w", "T. Kowalski", "Tab", "Watch the port: it was slow.", "C-s")
    }
    if view == .patients { it.press("Esc", "F", "er", "Enter") }
    if view == .openSession { it.press("n") }
    if view == .lock { it.press("C-l") }
    if [.signIn, .signInPIN].contains(view) { it.enrol(SignInTests.people) }
    if view == .breakGlass { it.press("/", "restricted", "Enter", "Enter", "helped at") }
    if view == .takeover { it.press("Esc", "4", "864029", "Enter", "called to") }
    if view == .signInPIN { it.press("2", "777123", "Enter", "246") }
    it.feed(.resize(size))
    return it
  }

  /// An infusion of 450 mg from a scanned vial of 500 mg.
  private static func amountDriver(_ view: View, _ size: Size, _ glyphs: Glyphs) -> Driver {
    var it = Driver(size: Size(columns: 80, rows: 24), glyphs: glyphs, recordsDrugs: true)
    it.seat()
    it.press("s", AccountFormTests.vial500, "Enter", "1", "Enter")
    it.focus(.amount)
    it.press("450 mg", "Tab", "250 mL", "Tab", "125 mL/h")
    if view != .startScanned {
      it.press("C-s")
      it.at("09:02")
      it.press("x")
    }
    switch view {
    case .account: it.press("Esc", "V")
    case .accountDoubt:
      it.press("Esc", "V")
      it.focus(.amountGiven)
      it.press("4500 mg", "Tab")
    case .drugLines: it.press("Enter", "Enter")
    case .drugLinesExplained: it.press("Enter", "Enter", "e")
    default: break
    }
    it.feed(.resize(size))
    return it
  }

  private static func reviewDriver(_ view: View, _ size: Size, _ glyphs: Glyphs) -> Driver {
    var it = ReviewTests.day(glyphs: glyphs)
    it.press("d")
    switch view {
    case .reviewFind: it.press("/", "sample")
    case .reviewHelp: it.press("?")
    case .reviewPalette: it.press(":", "sign")
    case .signOff: it.press("/", "fiction", "Enter", "y")
    case .signOffDoubt: it.press("/", "tester", "Enter", "y")
    case .signOffClean: it.press("Y")
    case .changed: it.press("/", "nobody", "Enter", "y")
    case .reopen: it.press("/", "sample", "Enter", "r")
    case .goToDay: it.press("g", "20-Nov", "Tab")
    case .export: it.press("x")
    case .packet: it.press("p")
    case .integrity: it.press("i")
    default: break
    }
    it.feed(.resize(size))
    return it
  }

  @Test(arguments: View.allCases)
  func `every view is drawn as in its picture`(view: View) throws {
    for size in SnapshotTests.sizes {
      let it = SnapshotTests.driver(view, size)
      let frame = it.frame
      #expect(frame.size == size)
      if size.columns <= 1 {
        #expect(frame.snapshot.count <= 1)
        continue
      }
      try check(frame, "\(view.rawValue)-\(size.columns)x\(size.rows)")
    }
  }

  @Test(arguments: [View.board, .session, .start, .review, .integrity])
  func `without UTF-8 every screen is ASCII alone, names apart`(view: View) throws {
    let it = SnapshotTests.driver(view, Size(columns: 80, rows: 24), .ascii)
    let text = it.screen.replacingOccurrences(of: "Björn", with: "")
      .replacingOccurrences(of: "王小明", with: "")
    #expect(text.unicodeScalars.filter { !$0.isASCII } == [])
    try check(it.frame, "\(view.rawValue)-ascii")
  }

  @Test(arguments: [View.board, .session, .review])
  func `what needs a person differs in style from what does not`(view: View) throws {
    let it = SnapshotTests.driver(view, Size(columns: 80, rows: 24))
    try check(it.frame.styleSnapshot, "\(view.rawValue)-styles")
  }

  @Test(arguments: View.allCases)
  func `no name is cut at any size`(view: View) {
    for columns in stride(from: 60, through: 200, by: 7) {
      let it = SnapshotTests.driver(view, Size(columns: columns, rows: 40))
      let words = it.words
      for name in ["PACLitax", "CARBOpl", "dexAMETH", "TESTER,", "SAMPLE,", "90000"]
      where words.contains(name) {
        let whole = [
          "PACLitax": "PACLitaxel", "CARBOpl": "CARBOplatin", "dexAMETH": "dexAMETHasone",
          "TESTER,": "TESTER, Amara", "SAMPLE,": "SAMPLE, Björn 王小明", "90000": "90000417",
        ]
        let joined = it.screen.replacingOccurrences(of: "│", with: " ")
        if name == "SAMPLE," || name == "90000" { continue }
        #expect(
          words.contains(whole[name] ?? "") || joined.contains(whole[name] ?? ""),
          "\(name) at \(columns)")
      }
    }
  }

  @Test(arguments: View.allCases)
  func `the patient's banner stands on every screen about a patient`(view: View) {
    if view.isWithoutPatient { return }
    for size in [
      Size(columns: 80, rows: 24), Size(columns: 60, rows: 15), Size(columns: 200, rows: 50),
    ] {
      let it = SnapshotTests.driver(view, size)
      let top = (0..<3).map { it.frame.text(row: $0) }.joined(separator: " ")
      #expect(top.contains("TESTER, Amara"))
      #expect(top.contains("04-Feb-1961 (65)"))
      #expect(top.contains("MRN 90000417") || top.contains("90000417"))
    }
  }

  @Test(arguments: View.allCases)
  func `dates and times are written one way`(view: View) {
    let it = SnapshotTests.driver(view, Size(columns: 120, rows: 40))
    let text = it.screen
    #expect(text.firstMatch(of: /\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/) == nil)
    #expect(text.firstMatch(of: /\b\d:\d\d\b/) == nil)
    #expect(text.firstMatch(of: /\b\d{1,2}:\d\d ?(am|pm|AM|PM)\b/) == nil)
    #expect(text.firstMatch(of: /\b\d+h \d+m\b/) == nil)
  }

  // MARK: Pictures

  private func check(_ frame: Frame, _ name: String) throws { try check(frame.snapshot, name) }

  func check(_ text: String, _ name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Snapshots/\(name).txt")
    if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] == "1" {
      try (text + "\n").write(to: file, atomically: true, encoding: .utf8)
    }
    let picture = try String(contentsOf: file, encoding: .utf8)
    #expect(text + "\n" == picture, "\(name)")
  }
}
