import Interchange
import Testing

/// Documents that are well written and make no sense.
struct SessionSenseTests {
  @Test func `two rows with one id are refused`() {
    let row = #"{"id":"a","drug":"d","technique":"im"}"#
    #expect(
      fault(session(rows: row + "," + row))
        == "2:65: administrations[1].id: the id is that of administrations[0] too;"
        + " expected an id of its own.")
  }

  @Test func `two sites with one id are refused`() {
    #expect(
      fault(
        session(row: "", #","sites":[{"id":"a","kind":"port"},{"id":"a","kind":"port"}]"#))
        == "1:76: sites[1]: the id is that of sites[0] too; expected an id of its own.")
  }

  @Test func `a site that is not described is refused`() {
    #expect(
      fault(session(row: ",\"site\":\"port\""))
        == "2:77: administrations[0].site: no site has this id;"
        + " expected the id of one of the session's sites.")
    #expect(fault(session(row: ",\"site\":\"site-1\"")) == "no fault")
  }

  @Test func `a parent that is not described is refused`() {
    #expect(
      fault(session(row: "", #","sites":[{"id":"a","kind":"port","parent":"b"}]"#))
        == "1:84: sites[0].parent: no site has this id;"
        + " expected the id of the site whose lumen this is.")
  }

  @Test(arguments: [
    #"{"id":"a","kind":"port","parent":"a"}"#,
    #"{"id":"a","kind":"port","parent":"b"},{"id":"b","kind":"port","parent":"a"}"#,
    #"{"id":"x","kind":"port","parent":"a"},{"id":"a","kind":"port","parent":"b"},"#
      + #"{"id":"b","kind":"port","parent":"c"},{"id":"c","kind":"port","parent":"a"}"#,
  ])
  func `parents in a circle are refused`(sites: String) {
    let sentence = fault(session(row: "", ",\"sites\":[\(sites)]"))
    #expect(
      sentence.hasSuffix(
        ".parent: the parents run in a circle; expected a catheter that is no lumen of its lumen."))
  }

  @Test func `lumens of lumens are allowed`() {
    let sites =
      #"{"id":"a","kind":"port","parent":"b"},{"id":"b","kind":"port","parent":"c"},"#
      + #"{"id":"c","kind":"port"},{"id":"d","kind":"port","parent":"b"}"#
    #expect(fault(session(row: "", ",\"sites\":[\(sites)]")) == "no fault")
  }

  @Test func `a reason for the visit that is no administration is refused`() {
    #expect(
      fault(session(row: "", ",\"reasonForVisit\":\"a2\""))
        == "1:59: reasonForVisit: no administration has this id;"
        + " expected the id of an administration.")
  }

  @Test(arguments: [
    ("technique", #"{"id":"b","drug":"e","technique":"push","bag":"1"}"#),
    ("site", #"{"id":"b","drug":"e","technique":"infusion","bag":"1","site":"q"}"#),
    (
      "start", #"{"id":"b","drug":"e","technique":"infusion","bag":"1","start":"2026-03-02T09:00"}"#
    ),
    ("stop", #"{"id":"b","drug":"e","technique":"infusion","bag":"1","stop":"2026-03-02T09:00"}"#),
    ("stop", #"{"id":"b","drug":"e","technique":"infusion","bag":"1","running":true}"#),
  ])
  func `drugs of one bag that run apart are refused`(key: String, row: String) {
    let first = #"{"id":"a","drug":"d","technique":"infusion","bag":"1"}"#
    let sentence = fault(
      session(
        rows: first + "," + row,
        #","sites":[{"id":"p","kind":"port"},{"id":"q","kind":"peripheral"}]"#))
    #expect(
      sentence.hasSuffix(
        ": administrations[1].bag: the \(key) is not that of administrations[0], which shares the bag;"
          + " expected one technique, site, start, stop, minutes and day for all drugs of a bag."))
  }

  // MARK: Times

  @Test func `a stop before its start is refused, one at its start is not`() {
    #expect(
      fault(session(row: #","start":"2026-03-02T09:00","stop":"2026-03-02T08:59:59""#))
        == "2:104: administrations[0].stop: the stop is before the start;"
        + " expected a stop at or after the start.")
    #expect(
      fault(session(row: #","start":"2026-03-02T09:00","stop":"2026-03-02T09:00""#))
        == "no fault")
  }

  @Test func `a running row with a stop is refused`() {
    #expect(
      fault(
        session(
          row: #","start":"2026-03-02T09:00","running":true,"stop":"2026-03-02T09:30""#))
        == "2:107: administrations[0].running: the row is running and has a stop;"
        + " expected either running or a stop.")
  }

  @Test func `times more than a year apart are refused`() {
    #expect(
      fault(session(row: #","start":"2025-03-02T09:00","stop":"2026-03-04T09:00""#))
        == "2:104: administrations[0].stop: the time is more than 366 days after the earliest of the"
        + " session; expected the times of one session.")
  }

  @Test(arguments: [#""2026-03-02T09:50""#, "null"])
  func `a pause during which it was last seen may end later or not at all`(stop: String) throws {
    let text = session(
      row: #","pauses":[{"start":"2026-03-02T09:30","stop":\#(stop)}],"start":"2026-03-02T09:00","#
        + #""lastSeenRunning":"2026-03-02T09:40""#)
    #expect(fault(text) == "no fault")
  }

  private func pauses(_ pauses: String, _ times: String) -> String {
    fault(session(row: ",\"pauses\":[\(pauses)],\(times)"))
  }
  private let hour = #""start":"2026-03-02T09:00","stop":"2026-03-02T10:00""#

  @Test(arguments: [
    (
      #"{"start":"2026-03-02T08:59","stop":"2026-03-02T09:10"}"#,
      "[0].start: the pause begins before the administration; expected a pause inside it."
    ),
    (
      #"{"start":"2026-03-02T10:01","stop":"2026-03-02T10:02"}"#,
      "[0].start: the pause begins after the administration ended; expected a pause inside it."
    ),
    (
      #"{"start":"2026-03-02T09:50","stop":"2026-03-02T10:01"}"#,
      "[0].stop: the pause ends after the administration; expected a pause inside it."
    ),
    (
      #"{"start":"2026-03-02T09:50","stop":"2026-03-02T09:49"}"#,
      "[0].stop: the pause ends before it begins; expected a stop at or after its start."
    ),
    (
      #"{"start":"2026-03-02T09:50","stop":null}"#,
      "[0].stop: the pause has no stop; expected a stop, because the row is not running."
    ),
    (
      #"{"start":"2026-03-02T09:50"}"#,
      "[0].stop: the pause has no stop; expected a stop, because the row is not running."
    ),
    (
      #"{"start":"2026-03-02T09:10","stop":"2026-03-02T09:20"},"#
        + #"{"start":"2026-03-02T09:19","stop":"2026-03-02T09:30"}"#,
      "[1]: the pause overlaps pauses[0]; expected pauses one after another."
    ),
    (
      #"{"start":"2026-03-02T09:19","stop":"2026-03-02T09:30"},"#
        + #"{"start":"2026-03-02T09:10","stop":"2026-03-02T09:20"}"#,
      "[0]: the pause overlaps pauses[1]; expected pauses one after another."
    ),
  ])
  func `pauses outside, over one another or without end are refused`(
    text: String, sentence: String
  ) {
    #expect(pauses(text, hour).hasSuffix(": administrations[0].pauses" + sentence))
  }

  @Test func `pauses may touch one another and the ends`() {
    let text =
      #"{"start":"2026-03-02T09:00","stop":"2026-03-02T09:20"},"#
      + #"{"start":"2026-03-02T09:20","stop":"2026-03-02T10:00"}"#
    #expect(pauses(text, hour) == "no fault")
  }

  @Test func `of a running row only the last pause may be open`() {
    let running = #""start":"2026-03-02T09:00","running":true"#
    let closed = #"{"start":"2026-03-02T09:10","stop":"2026-03-02T09:20"}"#
    let open = #"{"start":"2026-03-02T09:30","stop":null}"#
    #expect(pauses("\(closed),\(open)", running) == "no fault")
    #expect(pauses("\(open),\(closed)", running) == "no fault")
    let early = #"{"start":"2026-03-02T09:05","stop":null}"#
    #expect(
      pauses("\(closed),\(early)", running).hasSuffix(
        "administrations[0].pauses[0]: the pause overlaps pauses[1];"
          + " expected pauses one after another."))
    #expect(
      pauses("\(open),\(open)", running).hasSuffix(
        "administrations[0].pauses[1]: the pause overlaps pauses[0];"
          + " expected pauses one after another."))
  }
}
