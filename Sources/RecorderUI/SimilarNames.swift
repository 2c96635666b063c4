public import InfusionRecord

/// Whether two patients could be taken for each other.
///
/// The same sound of the family name by American Soundex (as the 1990 census used it) and the same
/// first letter of the given name, or the same birthday and family initial: a warning, never a
/// refusal (SAFER Patient Identification asks for one on lists and at entry).
public enum SimilarNames {
  public static func areAlike(_ one: PatientIdentity, _ two: PatientIdentity) -> Bool {
    Sound(one).isLike(Sound(two))
  }

  /// What of a patient is compared, worked out once.
  struct Sound {
    let mrn: String
    let family: String
    let familyInitial: Character?
    let givenInitial: Character?
    let born: CivilDate?

    init(_ patient: PatientIdentity) {
      mrn = patient.mrn
      family = soundex(patient.family)
      familyInitial = patient.family.uppercased().first
      givenInitial = patient.given.uppercased().first
      born = patient.dateOfBirth
    }

    func isLike(_ other: Sound) -> Bool {
      if mrn == other.mrn { return false }
      if family == other.family, !family.isEmpty, givenInitial == other.givenInitial {
        return true
      }
      return born != nil && born == other.born && familyInitial == other.familyInitial
    }
  }

  /// A letter and three digits; letters outside A to Z stand for themselves in full.
  static func soundex(_ name: String) -> String {
    let letters = name.uppercased().filter { $0.isLetter }
    guard let first = letters.first else { return "" }
    var code = String(first)
    var last = digit(first)
    for letter in letters.dropFirst() {
      guard letter.isASCII else {
        code.append(letter)
        continue
      }
      let next = digit(letter)
      if let next, next != last { code.append(next) }
      // H and W do not part two equal sounds; vowels do.
      if letter != "H" && letter != "W" { last = next }
      if code.count == 4 { break }
    }
    return code
  }

  private static func digit(_ letter: Character) -> Character? {
    switch letter {
    case "B", "F", "P", "V": "1"
    case "C", "G", "J", "K", "Q", "S", "X", "Z": "2"
    case "D", "T": "3"
    case "L": "4"
    case "M", "N": "5"
    case "R": "6"
    default: nil
    }
  }
}
