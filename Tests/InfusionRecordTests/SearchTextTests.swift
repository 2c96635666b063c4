import InfusionRecord
import Testing

@Suite struct SearchTextTests {
  @Test(arguments: [
    ("O'Brien", "obrien"), ("O\u{2019}Brien", "obrien"), ("O\u{2BC}BRIEN", "obrien"),
    ("D`Arc", "darc"), ("Müller", "muller"), ("MU\u{308}LLER", "muller"), ("Núñez", "nunez"),
    ("Łukasz", "lukasz"), ("Søren", "soren"), ("Strauß", "strauss"), ("Nguyễn", "nguyen"),
    ("Şahin", "sahin"), ("Doe\u{2011}Roe", "doe-roe"), ("  A\u{A0} b\t", "a b"), ("李", "李"),
    ("", ""),
  ])
  func `accents, apostrophes, hyphens and blanks make no difference`(text: String, folded: String) {
    #expect(SearchText.fold(text) == folded)
    #expect(SearchText.fold(SearchText.fold(text)) == folded)
  }

  @Test(arguments: [
    ("Άννα ΣΟΦΌΣ", "αννα σοφοσ"), ("σοφός", "σοφοσ"), ("Дунёва", "дунева"),
    ("ДУНЕ\u{308}ВА", "дунева"), ("Андрей", "андреи"), ("שָׁלוֹם", "שלומ"), ("أَحْمَد", "احمد"),
    ("فاطمة", "فاطمه"), ("Ｔｅｓｔ１", "test1"), ("王　小明", "王 小明"), ("किरण", "किरण"),
  ])
  func `marks and forms of other alphabets make no difference, Indic vowels do`(
    text: String, folded: String
  ) {
    #expect(SearchText.fold(text) == folded)
    #expect(SearchText.fold(SearchText.fold(text)) == folded)
  }

  @Test(arguments: [
    ("Müller", ["muller", "mueller"]), ("Mueller", ["mueller", "muller"]), ("Muller", ["muller"]),
    ("Strauß", ["strauss", "straus"]), ("Kjærgård", ["kjaergard", "kjaergaard", "kjargard"]),
    ("Sørensen", ["sorensen", "soerensen"]), ("Doe", ["doe", "do"]),
  ])
  func `a name is found under each of its spellings`(name: String, spellings: [String]) {
    #expect(SearchText.spellings(of: name) == spellings)
  }

  @Test(arguments: [
    ("mueller ana", true), ("ana mull", true), ("Müll", true), ("miller", false), ("", true),
  ])
  func `each word that was typed must be in the text`(typed: String, isFound: Bool) {
    #expect(FoundWords(typed).areIn(SearchText.findable("Müller, Ana")) == isFound)
    #expect(FoundWords(typed).areIn(SearchText.findable("Mueller, Ana")) == isFound)
  }
}
