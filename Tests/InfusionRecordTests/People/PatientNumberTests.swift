import InfusionRecord
import Testing

@Suite struct PatientNumberTests {
  @Test(arguments: [
    ("90000417", "90000417"), (" 90000417 ", "90000417"), ("]C090000417", "90000417"),
    ("]A090000417", "90000417"), ("]d290000417", "90000417"), ("]Q1MRN-17", "MRN-17"),
    ("(8018)401234500000001238", "401234500000001238"),
    ("(8018)401234500000001238(8019)1", "401234500000001238"),
    ("(10)LOT7(8018)401234500000001238", "401234500000001238"),
    ("]C18018401234500000001238", "401234500000001238"), ("]e08018M1003", "M1003"),
    ("\u{1D}90000417\u{1D}", "90000417"), ("]C090000417\r", "90000417"),
    ("AB-90000417", "AB-90000417"),
    // Marks that are not seen, and digits of full width.
    ("9\u{200B}0000417", "90000417"), ("\u{FEFF}9000\u{AD}0417\u{2060}", "90000417"),
    ("\u{FF19}0000417", "90000417"), ("90000417\u{202E}", "90000417"),
    // Nothing is taken from what is no scanner's prefix.
    ("]12", "]12"), ("(x)1", "(x)1"), ("8018401234500000001238", "8018401234500000001238"),
    ("", ""),
  ])
  func `what a scanner adds does not get into the number`(typed: String, number: String) {
    #expect(PatientNumber.read(typed) == number)
    #expect(PatientNumber.read(PatientNumber.read(typed)) == number)
  }

  @Test(arguments: [
    "ab\u{200B}1", "\u{FF21}B1", "AB1", "ab 1", "a\u{2800}b\u{A0}1", "ab\u{661}", "a\u{301}b1",
    // Marks of other categories, raised and circled digits, points and signs.
    "a\u{1D159}b1", "a\u{302E}b1", "a\u{FFFC}b1", "a\u{E000}b1", "a\u{70F}b1", "ab\u{B9}",
    "ab\u{2460}",
    "ab\u{2776}", "ab\u{1D7D9}", "a.b1", "a'b1", "a\u{2019}b1", "#ab1", "a_b1", "ab1.",
    "a\u{FFFD}b1",
  ])
  func `a number that the record has with such marks is the same`(number: String) {
    #expect(PatientNumber.areSame(number, "ab1"))
  }

  @Test func `a wristband's format says where the number is`() throws {
    let format = try #require(WristbandFormat("PT{mrn}^*"))
    for typed in ["PT90000417^TESTER^AMARA", "]C0PT90000417^x", "pt90000417^"] {
      #expect(PatientNumber.read(typed, format: format) == "90000417")
    }
    // Typed by hand, without the rest.
    #expect(PatientNumber.read("90000417", format: format) == "90000417")
    let suffix = try #require(WristbandFormat("{mrn}/W"))
    #expect(PatientNumber.read("90000417/W", format: suffix) == "90000417")
  }

  @Test(arguments: ["", "PT", "{mrn}*", "*{mrn}", "{mrn}{mrn}", "{mrn}^*x"])
  func `a format that does not say where the number is is none`(pattern: String) {
    #expect(WristbandFormat(pattern) == nil)
  }

  @Test func `one person is one name and one birthday, however they are spelled`() throws {
    func patient(_ family: String, _ given: String, _ born: String) -> PatientIdentity {
      PatientIdentity(
        family: family, given: given, dateOfBirth: CivilDate(written: born), sex: .unknown,
        mrn: "1",
        visitNumber: "")
    }
    let known = patient("O\u{2019}Núñez", "Ana María", "1961-02-04")
    for same in [
      patient("onunez", "ANA", "1961-02-04"), patient("O'Nunez", "Ana M", "1961-02-04"),
      patient("O'Núñez", "", ""), patient("", "", ""),
    ] {
      #expect(known.isSamePerson(as: same) && same.isSamePerson(as: known))
    }
    for other in [
      patient("Tester", "Ana", "1961-02-04"), patient("O'Nunez", "Eva", "1961-02-04"),
      patient("O'Nunez", "Ana", "1961-04-02"),
    ] {
      #expect(!known.isSamePerson(as: other))
    }
  }
}
