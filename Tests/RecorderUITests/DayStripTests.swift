import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Each chair's day against one clock axis, on a wide board.
@Suite struct DayStripTests {
  /// Paclitaxel from 07:00 for two hours in chair 1, and a patient who is expected at 10:00 for an hour.
  private static func world(columns: Int) -> Driver {
    var it = Driver(chairs: 2)
    it.seat()
    it.start("pacli", planned: "120")
    it.press("Esc")
    let planned = PlannedDrug(drug: "carboplatin", minutes: 60)
    let patient = PatientIdentity(
      family: "Fiction", given: "Olu", dateOfBirth: CivilDate(dayNumber: -4000), sex: .unknown,
      mrn: "90001001", visitNumber: "V1")
    it.program.expected.patients = [
      ExpectedPatient(time: "10:00", patient: patient, drugs: [planned])
    ]
    it.at("08:00")
    it.feed(.resize(Size(columns: columns, rows: 32)))
    return it
  }

  /// The part of the row with a text that lies under the axis.
  private static func strip(of text: String, in it: Driver) throws -> (axis: String, row: String) {
    let lines = it.screen.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    let head = try #require(lines.first { String($0).contains("Nurse  ") })
    let row = try #require(lines.first { String($0).contains(text) })
    let start = try #require(String(head).firstRange(of: "Nurse")).lowerBound
    let column = String(head).distance(from: String(head).startIndex, to: start) + 16
    return (String(head.dropFirst(column)), String(row.dropFirst(column)))
  }

  @Test(arguments: [160, 200, 240])
  func `what ran, now, the planned end and who is expected lie under their hours`(columns: Int)
    throws
  {
    let it = Self.world(columns: columns)
    let (axis, running) = try Self.strip(of: "TESTER", in: it)
    let (_, expected) = try Self.strip(of: "FICTION", in: it)
    func column(_ text: String, in line: String) throws -> Int {
      let range = try #require(line.firstRange(of: text), "\(text) in \(line) \(it)")
      return line.distance(from: line.startIndex, to: range.lowerBound)
    }
    let eight = try column("08:00", in: axis)
    let ten = try column("10:00", in: axis)
    #expect(abs(try column("▶", in: running) - eight) <= 1, "\(it)")
    #expect(abs(try column("▕", in: running) - (eight + ten) / 2) <= 1, "\(it)")
    #expect(abs(try column("┄", in: expected) - ten) <= 1, "\(it)")
    #expect(running.contains("█") && !expected.contains("█"))
  }

  @Test(arguments: [80, 120, 149])
  func `a narrower board has no strips`(columns: Int) {
    let it = Self.world(columns: columns)
    #expect(!it.screen.contains("▶") && !it.screen.contains("┄"), "\(it)")
  }

  @Test func `help explains the marks of a picture where there is one`() {
    var it = Self.world(columns: 200)
    it.press("?")
    for words in ["running now", "planned end", "expected, or end not seen"] {
      #expect(it.shows(words), "\(it)")
    }
    it.press("q")
    it.feed(.resize(Size(columns: 120, rows: 40)))
    it.press("?")
    #expect(!it.shows("expected, or end not seen"), "\(it)")
  }
}
