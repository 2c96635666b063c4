import InfusionRecord
import Interchange
import PlainText
import Testing

/// Keys about the stay and about how times are known (rulebook, second amendments).
struct StayKeysTests {
  private static let two =
    #"{"id":"a1","drug":"iron","technique":"infusion","start":"2026-03-02T09:00","#
    + #""stop":"2026-03-02T10:00"},{"id":"a2","drug":"iron","technique":"infusion","#
    + #""encounter":"2","start":"2026-03-02T14:00","stop":"2026-03-02T15:00"}"#

  private func written(_ text: String) throws -> String {
    String(decoding: try read(text).json(.compact), as: UTF8.self)
  }

  @Test(arguments: [
    (#""a2""#, [1]), (#"{"2":"a2"}"#, [1]), (#"{"2":"a2","1":"a1"}"#, [1, 0]), ("{}", []),
  ])
  func `a reason for the visit is an id, or one id an encounter`(
    value: String, expected: [Int]
  ) throws {
    let document = try read(session(rows: Self.two, ",\"reasonForVisit\":\(value)"))
    #expect(document.timeline.session.reasonsForVisit == expected)
  }

  @Test func `reasons are written as an id, or as an object if there are several`() throws {
    #expect(
      try written(session(rows: Self.two, #","reasonForVisit":{"2":"a2"}"#))
        .contains(#""reasonForVisit":"a2""#))
    #expect(
      try written(session(rows: Self.two, #","reasonForVisit":{"2":"a2","1":"a1"}"#))
        .contains(#""reasonForVisit":{"2":"a2","1":"a1"}"#))
  }

  @Test(arguments: [
    (
      #"{"3":"a2"}"#,
      "reasonForVisit.3: no administration belongs to this encounter; expected an encounter of the"
        + " session's administrations."
    ),
    (
      #"{"2":"a3"}"#,
      "reasonForVisit.2: no administration has this id; expected the id of an administration."
    ),
    (
      #"{"2":"a1"}"#,
      "reasonForVisit.2: the administration belongs to another encounter; expected an administration"
        + " of the encounter that the key names."
    ),
    (
      #"{"2":"a2","2":"a2"}"#, "the key \"2\" stands there twice; expected it once."
    ),
    (
      #"["a1"]"#,
      "expected the id of an administration, or an object from encounter to id."
    ),
    ("null", "expected the id of an administration, or an object from encounter to id."),
  ])
  func `a reason that names nothing of the session is refused`(value: String, sentence: String) {
    let found = fault(session(rows: Self.two, ",\"reasonForVisit\":\(value)"))
    #expect(found.hasSuffix(sentence), "\(found)")
  }

  @Test func `an inpatient order is read and written`() throws {
    let text = session(rows: Self.two, #","inpatientFrom":"2026-03-02T13:30""#)
    let order = try read(text).timeline.session.inpatientFrom
    #expect(order == Instant(seconds: 1_772_458_200))
    #expect(try written(text).contains(#""inpatientFrom":"2026-03-02T13:30Z""#))
    #expect(
      try read(session(rows: Self.two, #","inpatientFrom":null"#)).timeline.session.inpatientFrom
        == nil)
  }

  @Test(arguments: [("2027-03-03T09:00", "no fault"), ("2027-03-03T09:01", "fault")])
  func `an inpatient order more than 366 days away has a wrong year`(
    time: String, expected: String
  ) {
    let found = fault(session(rows: Self.two, ",\"inpatientFrom\":\"\(time)\""))
    #expect(
      expected == "no fault"
        ? found == expected
        : found.hasSuffix(
          "inpatientFrom: the time is more than 366 days from the earliest of the session;"
            + " expected the time of the order of this stay."), "\(found)")
  }

  @Test func `minutes without clock times are read and written`() throws {
    let text = session(row: #","minutes":45"#)
    let row = try read(text).timeline.administrations[0]
    #expect(row.statedMinutes == 45 && row.start == nil && row.stop == nil)
    #expect(try written(text).contains(#""start":null,"stop":null,"minutes":45"#))
    #expect(fault(session(row: #","minutes":45,"start":null,"stop":null"#)) == "no fault")
  }

  @Test(arguments: [
    (#","start":"2026-03-02T09:00""#, "a start"), (#","stop":"2026-03-02T09:00""#, "a stop"),
    (
      #","lastSeenRunning":"2026-03-02T09:00""#, "a time at which it was last seen running"
    ),
    (#","running":true"#, "the mark that it is running"),
    (
      #","pauses":[{"start":"2026-03-02T09:00","stop":"2026-03-02T09:10"}]"#, "pauses"
    ),
  ])
  func `minutes stand alone`(key: String, what: String) {
    let found = fault(session(row: ",\"minutes\":45" + key))
    #expect(
      found.hasSuffix(
        "administrations[0].minutes: the row has minutes and \(what);"
          + " expected minutes only where no clock time is known."), "\(found)")
  }

  @Test(arguments: [("-1", false), ("0", true), ("527040", true), ("527041", false)])
  func `minutes are those of 366 days at most`(minutes: String, isRead: Bool) {
    #expect((fault(session(row: ",\"minutes\":\(minutes)")) == "no fault") == isRead)
  }

  @Test func `minutes without clock times have a day, and keep it`() throws {
    let row = #","minutes":45,"day":"2026-03-01""#
    let document = try read(session(row: row))
    #expect(document.timeline.administrations[0].day == CivilDate(iso: "2026-03-01"))
    #expect(try written(session(row: row)).contains(#""minutes":45,"day":"2026-03-01""#))
    #expect(
      try read(session(row: #","minutes":45,"day":null"#)).timeline.administrations[0].day == nil)
  }

  @Test(arguments: [
    (
      #","day":"2026-03-01""#,
      "the row has a day and no minutes; expected a day only for minutes without clock times."
    ),
    (
      #","start":"2026-03-02T09:00","day":"2026-03-02""#,
      "the row has a day and no minutes; expected a day only for minutes without clock times."
    ),
    (#","minutes":45,"day":"02-Mar-2026""#, "the text is no date; expected YYYY-MM-DD."),
    (#","minutes":45,"day":"2026-02-30""#, "the text is no date; expected YYYY-MM-DD."),
    (
      #","minutes":45,"day":"1899-12-31""#,
      "the year lies outside 1900 to 2200; expected the year of the session."
    ),
  ])
  func `a day that is none, or of a row with clock times, is refused`(
    keys: String, sentence: String
  ) {
    let found = fault(session(row: keys))
    #expect(found.hasSuffix(": administrations[0].day: " + sentence), "\(found)")
  }

  @Test(arguments: [
    ("2025-03-01", "no fault"), ("2025-02-28", "before the latest"),
    ("2027-03-03", "no fault"), ("2027-03-04", "after the earliest"),
  ])
  func `a day more than 366 days from the others has a wrong year`(day: String, what: String) {
    let paper = #"{"id":"a3","drug":"iron","technique":"infusion","minutes":45,"day":"\#(day)"},"#
    let found = fault(session(rows: paper + Self.two))
    #expect(
      what == "no fault" ? found == what : found.contains("the day is more than 366 days \(what)"),
      "\(found)")
  }

  @Test func `last seen running is the stop with its basis`() throws {
    let text = session(
      row: #","start":"2026-03-02T09:00","stop":null,"lastSeenRunning":"2026-03-02T10:00""#)
    let row = try read(text).timeline.administrations[0]
    #expect(row.stop == Instant(seconds: 1_772_445_600))
    #expect(row.stopBasis == .lastSeenRunning && !row.isRunning)
    #expect(
      try written(text).contains(#""stop":null,"lastSeenRunning":"2026-03-02T10:00Z""#))
    #expect(
      try read(session(row: #","start":"2026-03-02T09:00","lastSeenRunning":null"#))
        .timeline.administrations[0].stop == nil)
  }

  @Test(arguments: [
    (
      #","start":"2026-03-02T09:00","lastSeenRunning":"2026-03-02T08:59""#,
      "the row was last seen running before its start; expected a time at or after the start."
    ),
    (
      #","start":"2026-03-02T09:00","stop":"2026-03-02T10:00","lastSeenRunning":"2026-03-02T09:30""#,
      "the row has a stop and a time at which it was last seen running; expected the stop alone if it"
        + " is known."
    ),
    (
      #","start":"2026-03-02T09:00","running":true,"lastSeenRunning":"2026-03-02T09:30""#,
      "the row is running and has a time at which it was last seen running; expected either running"
        + " or last seen running."
    ),
    (
      #","start":"2026-03-02T09:00","lastSeenRunning":"2027-03-03T09:01""#,
      "the time is more than 366 days after the earliest of the session; expected the times of one"
        + " session."
    ),
  ])
  func `a time at which it cannot have been seen running is refused`(
    keys: String, sentence: String
  ) {
    let found = fault(session(row: keys))
    #expect(found.hasSuffix(": administrations[0].lastSeenRunning: " + sentence), "\(found)")
  }

  @Test(arguments: [
    ("hydration", false), ("therapeutic", true), ("chemotherapy", true), ("other", true),
  ])
  func `a part of another procedure is no hydration`(drugClass: String, isRead: Bool) {
    let found = fault(session(row: ",\"class\":\"\(drugClass)\",\"purpose\":\"integral\""))
    #expect(
      isRead
        ? found == "no fault"
        : found.hasSuffix(
          "administrations[0].purpose: the purpose is one of drugs, and this is hydration; expected"
            + " one of hydration, keep-open, flush, diluent, between-blood-units."), "\(found)")
  }

  @Test func `a document with all of these keys is read back as the same session`() throws {
    let rows =
      #"{"id":"a1","drug":"iron","class":"therapeutic","technique":"infusion","encounter":"2","#
      + #""purpose":"integral","start":"2026-03-02T09:00","lastSeenRunning":"2026-03-02T10:00"},"#
      + #"{"id":"a2","drug":"iron","class":"therapeutic","technique":"push","minutes":4,"#
      + #""day":"2026-03-01"}"#
    let document = try read(
      session(
        rows: rows,
        #","reasonForVisit":{"1":"a2","2":"a1"},"inpatientFrom":"2026-03-02T11:00:30""#
          + #","policy":{"modifier.further_injection":"76"}"#))
    let again = try read(String(decoding: document.json(.compact), as: UTF8.self))
    #expect("\(again.timeline)" == "\(document.timeline)")
    #expect(again.policy == document.policy)
  }
}
