import Glibc
import InfusionRecord
import Testing

@testable import Interchange

/// Appointment books as hospitals have them: formats, title lines, delimiters, encodings, whole names.
struct ScheduleLayoutTests {
  private static let day = CivilDate(dayNumber: 20_787)

  /// The layout of a site's file.
  private func layout(_ text: String) throws -> ScheduleLayout {
    try SiteConfiguration(Array(text.utf8), file: "site.toml").schedule
  }

  private func faults(_ text: String) -> [String] {
    SiteConfiguration.check(Array(text.utf8), file: "site.toml").faults.map(\.description)
  }

  private func read(_ bytes: [UInt8], _ layout: ScheduleLayout) throws -> ScheduleFile {
    try ScheduleFile(bytes, file: "book.csv", layout: layout, day: ScheduleLayoutTests.day)
  }

  private func read(_ text: String, _ layout: ScheduleLayout) throws -> ScheduleFile {
    try read(Array(text.utf8), layout)
  }

  private static let american = """
    [schedule]
    date_format = "MM/DD/YYYY"
    time_format = "hh:mm a"
    skip_lines = 1
    [schedule.columns]
    date = "apptdate"
    time = "apptstarttime"
    family = "patient lastname"
    given = "patient firstname"
    born = "patientdob"
    sex = "patientsex"
    mrn = "patientid"
    regimen = "appttype"
    status = "apptstatus"
    cancelled = "apptcancelleddate"
    """

  @Test func `a report with a title line, American dates and a date of cancellation`() throws {
    let file = try read(
      """
      Report Name: Daily Schedule
      apptdate,apptstarttime,appttype,apptstatus,apptcancelleddate,patientid,patient firstname,\
      patient lastname,patientdob,patientsex
      11/30/2026,09:30 AM,INFUSION 240,None,,105613,ANNA,SPECIMEN,02/04/1961,F
      11/30/2026,01:00 PM,INFUSION 60,None,11/29/2026,105614,BERT,EXAMPLE,12/31/1958,M
      11/30/2026,02:00 PM,BLOCK,,,,,,,
      ,,,,,,,,,
      """, layout(ScheduleLayoutTests.american))
    #expect(file.faults == [])
    let found = file.days[ScheduleLayoutTests.day] ?? []
    #expect(found.map(\.clock) == ["09:30", "13:00"])
    #expect(found.map(\.patient.dateOfBirth?.iso) == ["1961-02-04", "1958-12-31"])
    #expect(found.map(\.cancellation) == [nil, .file])
    #expect(file.withoutPatient == [5])
    #expect(file.remarks == [])
  }

  @Test func `one column of date and time, and an end`() throws {
    let file = try read(
      "when,until,family,given,born,mrn\n"
        + "2026-11-30 09:30:00,2026-11-30 13:15:00,Tester,Amara,1961-02-04,7\n",
      layout(
        """
        [schedule]
        start_format = "YYYY-MM-DD HH:mm:ss"
        [schedule.columns]
        start = "when"
        end = "until"
        """))
    #expect(file.faults == [])
    #expect(file.days[ScheduleLayoutTests.day]?.map(\.span) == ["09:30-13:15"])
  }

  @Test func `a whole name is split by the declared rule, and refused otherwise`() throws {
    let layout = try layout(
      """
      [schedule]
      name_format = "LAST, FIRST M"
      [schedule.columns]
      name = "Patient Name"
      born = "DOB"
      """)
    let file = try read(
      """
      Time,Patient Name,DOB,MRN
      09:30,"SPECIMEN, ANNA M",1961-02-04,00012345
      10:00,"OFICTION-LEE, MARY JO",1958-12-31,00012346
      10:30,ANNA SPECIMEN,1958-12-31,00012347
      11:00,"SPECIMEN, ANNA, RN",1958-12-31,00012348
      """, layout)
    let patients = file.days[ScheduleLayoutTests.day]?.map(\.patient) ?? []
    #expect(patients.map(\.family) == ["SPECIMEN", "OFICTION-LEE"])
    #expect(patients.map(\.given) == ["ANNA M", "MARY JO"])
    #expect(patients.map(\.mrn) == ["00012345", "00012346"])
    #expect(file.faults.map(\.line) == [4, 5])
    #expect(
      file.faults[0].description
        == "book.csv:4: name: the name does not fit the rule; expected LAST, FIRST M.")
  }

  @Test(
    arguments: [
      (NameRule.familyCaretGiven, "SPECIMEN^ANNA^M^JR", "SPECIMEN", "ANNA M"),
      (.familyCaretGiven, "SPECIMEN^ANNA", "SPECIMEN", "ANNA"),
      (.givenThenFamily, "Anna M Specimen", "Specimen", "Anna M"),
      (.givenThenFamily, "Specimen", nil, nil), (.familyCommaGiven, "SPECIMEN,", nil, nil),
      (.familyCaretGiven, "SPECIMEN", nil, nil),
    ] as [(NameRule, String, String?, String?)])
  func `a rule splits what fits it`(
    rule: NameRule, text: String, family: String?, given: String?
  ) {
    #expect(rule.split(text)?.family == family)
    #expect(rule.split(text)?.given == given)
  }

  @Test func `two keys on one column and a name without a rule are errors of the configuration`() {
    #expect(
      faults("[schedule.columns]\nfamily = \"Patient Name\"\ngiven = \"patient name\"\n") == [
        "site.toml:3: schedule.columns.given: the column is that of family too; expected a column "
          + "for each key; a whole name is name, with name_format in [schedule]."
      ])
    #expect(
      faults("[schedule.columns]\nname = \"Patient\"\n").first?.contains(
        "nothing says how a name is split") == true)
    #expect(
      faults(
        "[schedule]\nname_format = \"LAST, FIRST M\"\n[schedule.columns]\nname = \"Patient\"\n"
          + "given = \"First\"\n"
      ).first?.contains("schedule.columns.given: name declares the same") == true)
    #expect(
      faults("[schedule.columns]\nstart = \"When\"\n").first?.contains("start_format") == true)
    #expect(faults(ScheduleLayoutTests.american) == [])
  }

  @Test(arguments: [
    "MM/DD/YYYY", "M/D/YYYY", "DD.MM.YYYY", "YYYYMMDD", "DD-Mon-YYYY",
  ])
  func `a date format is accepted`(pattern: String) {
    #expect(faults("[schedule]\ndate_format = \"\(pattern)\"\n") == [])
  }

  @Test(arguments: ["MM/DD/YY", "MM/DD", "dd/MM/YYYY", "hh:mm a", "", "MM/DD/YYYY MM"])
  func `another is not`(pattern: String) {
    #expect(faults("[schedule]\ndate_format = \"\(pattern)\"\n").count == 1)
  }

  @Test(
    arguments: [
      ("MM/DD/YYYY", "11/30/2026", "2026-11-30", nil),
      ("MM/DD/YYYY", "2/4/1961", "1961-02-04", nil),
      ("MM/DD/YYYY", "13/01/2026", nil, nil), ("MM/DD/YYYY", "02/30/2026", nil, nil),
      ("MM/DD/YYYY", "11/30/26", nil, nil), ("MM/DD/YYYY", "11/30/2026 ", nil, nil),
      ("YYYYMMDD", "20261130", "2026-11-30", nil), ("YYYYMMDD", "2026113", nil, nil),
      ("YYYYMMDD", "202611301", nil, nil), ("D.M.YYYY", "3.1.2026", "2026-01-03", nil),
      ("D.M.YYYY", "003.1.2026", nil, nil), ("DDMonYYYY", "03Jan2026", "2026-01-03", nil),
      ("DDMonYYYY", "3Jan2026", nil, nil), ("YYYYMMDD HHmm", "20261130 0930", "2026-11-30", 34_200),
      ("YYYYMMDD HHmm", "20261130 930", nil, nil),
      ("DD-Mon-YYYY", "30-nov-2026", "2026-11-30", nil),
      ("D M YYYY", "1 11 2026", "2026-11-01", nil), ("D M YYYY", "1112026", nil, nil),
      ("D M YYYY", "11 12026", nil, nil), ("D M YYYY", "1 112026", nil, nil),
      ("D M YYYY", "1  11  2026", "2026-11-01", nil), ("D  M YYYY", "1112 2026", nil, nil),
      ("D  M YYYY", "1 11 2026", "2026-11-01", nil),
      ("YYYY M D", "2026 111", nil, nil), ("D Mon YYYY", "1Nov2026", "2026-11-01", nil),
      ("YYYYMMDD HHmm", "202611300930", nil, nil), ("Mon D YYYY", "Nov 112026", nil, nil),
      ("hh:mm a", "9:30 AM", nil, 34_200), ("hh:mm a", "12:00 am", nil, 0),
      ("hh:mm a", "12:00 PM", nil, 43_200), ("hh:mm a", "1:15p.m.", nil, 47_700),
      ("hh:mm a", "13:00 PM", nil, nil), ("hh:mm a", "09:30", nil, nil),
      ("HH:mm:ss", "09:30:59", nil, 34_259), ("HH:mm", "24:00", nil, nil),
      ("MM/DD/YYYY hh:mm a", "11/30/2026  01:00 PM", "2026-11-30", 46_800),
      ("YYYY-MM-DDTHH:mm:ss.SSS", "2026-11-30T09:30:00.000", "2026-11-30", 34_200),
    ] as [(String, String, String?, Int?)])
  func `a text is read by its format or not at all`(
    pattern: String, text: String, date: String?, second: Int?
  ) throws {
    let format = try #require(WrittenFormat(pattern))
    let found = format.read(text)
    #expect(found?.date?.iso == date)
    #expect(found?.secondOfDay == second)
  }

  private static let rows = "time;family;given;born;mrn\n09:30;Bjørn;Åse;1961-02-04;7\n"

  @Test func `a delimiter that nobody declared is told`() throws {
    let file = try read(ScheduleLayoutTests.rows, ScheduleLayout())
    #expect(file.days[ScheduleLayoutTests.day]?.map(\.patient.family) == ["Bjørn"])
    #expect(file.remarks.count == 1)
    #expect(file.remarks[0].contains("separated by semicolons"))
    let declared = try layout("[schedule]\ndelimiter = \";\"\nencoding = \"UTF-8\"\n")
    #expect(try read(ScheduleLayoutTests.rows, declared).remarks == [])
  }

  @Test func `a line that names the delimiter is no header`() throws {
    let file = try read("sep=;\r\n" + ScheduleLayoutTests.rows, ScheduleLayout())
    #expect(file.days[ScheduleLayoutTests.day]?.map(\.patient.family) == ["Bjørn"])
    #expect(file.remarks == [])
    // A declared one decides.
    let declared = try layout("[schedule]\ndelimiter = \";\"\n")
    #expect(try read("sep=,\n" + ScheduleLayoutTests.rows, declared).faults == [])
    let bad = try read("sep=;\n" + ScheduleLayoutTests.rows + "late;A;B;1961-02-04;8\n", declared)
    #expect(bad.faults.map(\.line) == [4])
  }

  @Test func `the text may be UTF-16 or Windows-1252`() throws {
    let units = Array(ScheduleLayoutTests.rows.utf16)
    let low = units.map { UInt8($0 & 0xFF) }
    let high = units.map { UInt8($0 >> 8) }
    let bare: [UInt8] = zip(low, high).flatMap { pair in [pair.0, pair.1] }
    let swapped: [UInt8] = zip(low, high).flatMap { pair in [pair.1, pair.0] }
    let western = ScheduleLayoutTests.rows.unicodeScalars.map { UInt8($0.value) }
    let cases: [([UInt8], String)] = [
      ([0xFF, 0xFE] + bare, "UTF-16"), ([0xFE, 0xFF] + swapped, "UTF-16"), (bare, "UTF-16"),
      (western, "Windows-1252"),
    ]
    for (bytes, name) in cases {
      let file = try read(bytes, ScheduleLayout())
      #expect(file.days[ScheduleLayoutTests.day]?.map(\.patient.given) == ["Åse"])
      #expect(file.remarks.contains { $0.contains("read as \(name)") })
    }
    // One damaged line does not make the other names wrong.
    let mixed =
      Array(ScheduleLayoutTests.rows.utf8)
      + [UInt8]("10:00;X".utf8) + [0xE9] + [UInt8](";B;1961-02-04;8\n".utf8)
    let file = try read(mixed, ScheduleLayout())
    #expect(file.days[ScheduleLayoutTests.day]?.map(\.patient.given) == ["Åse"])
    #expect(file.faults.map(\.line) == [3])
  }

  @Test(arguments: [
    ("1.23E+07", true), ("1E+05", true), ("#####", true), ("#N/A", true), ("1E5", false),
    ("00012345", false), ("E+1", false),
  ])
  func `a number that a spreadsheet damaged is refused by its line`(
    number: String, isDamaged: Bool
  ) throws {
    let file = try read(
      "time,family,given,born,mrn\n09:30,Tester,Amara,1961-02-04,\(number)\n", ScheduleLayout())
    #expect(file.faults.map(\.line) == (isDamaged ? [2] : []))
    #expect(file.faults.first?.path ?? "mrn" == "mrn")
  }

  @Test(arguments: [
    ("Cancelled", true), ("NO SHOW", true), ("no-show", true), ("Scheduled", false), ("", false),
    ("Bumped", false),
  ])
  func `a status may mean cancelled`(status: String, isCancelled: Bool) throws {
    let text = "time,family,given,born,mrn,status\n09:30,Tester,Amara,1961-02-04,7,\(status)\n"
    let found = try read(text, ScheduleLayout()).days[ScheduleLayoutTests.day]?.first
    #expect((found?.cancellation == .file) == isCancelled)
    let own = try layout("[schedule]\ncancelled_words = [\"Bumped\"]\n")
    let other = try read(text, own).days[ScheduleLayoutTests.day]?.first
    #expect((other?.cancellation == .file) == (status == "Bumped"))
  }

  @Test func `empty rows are ignored, of any width`() throws {
    let file = try read(
      "time,family,given,born,mrn\n,,,,\n   \n09:30,Tester,Amara,1961-02-04,7\n , ,,\n",
      ScheduleLayout())
    #expect(file.faults == [])
    #expect(file.days[ScheduleLayoutTests.day]?.count == 1)
  }

  /// The seconds that this thread has worked. A busy machine does not lengthen them.
  private var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test func `eight times as many rows take time in proportion`() throws {
    func seconds(_ count: Int) throws -> Double {
      var text = "time,family,given,born,mrn\n"
      for row in 0..<count {
        text += "09:\(10 + row % 50),Tester,Amara,1961-02-04,\(row)\n"
      }
      let since = processorTime
      let file = try read(text, ScheduleLayout())
      var schedule = DaySchedule(date: ScheduleLayoutTests.day)
      _ = schedule.take(file.days[ScheduleLayoutTests.day] ?? [])
      _ = schedule.take(file.days[ScheduleLayoutTests.day] ?? [])
      #expect(schedule.appointments.count == count)
      return processorTime - since
    }
    _ = try seconds(500)
    // Quadratic work would take 64 times as long.
    #expect(try seconds(16_000) < 30 * (try seconds(2_000)))
  }
}
