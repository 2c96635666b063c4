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
}
