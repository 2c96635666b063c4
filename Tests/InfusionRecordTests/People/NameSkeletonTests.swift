import InfusionRecord
import Testing

/// Which names look alike.
@Suite struct NameSkeletonTests {
  @Test(arguments: [
    ("R. SAMPLE", "r. sample"), ("R. SAMPLE", "R.  SAMPLE"), ("R. SAMPLE", " R SAMPLE"),
    ("R. SAMPLE", "R.\u{A0}SAMPLE"), ("R. SAMPLE", "R. SAM\u{200B}PLE"),
    ("R. SAMPLE", "R. SAM\u{AD}PLE"), ("R. SAMPLE", "R. SAMP1E"), ("R. SAMPLE", "R. SAMPIE"),
    ("R. SAMPLE", "Ｒ. ＳＡＭＰＬＥ"), ("R. SAMPLE", "𝐑. 𝐒𝐀𝐌𝐏𝐋𝐄"), ("R. SAMPLE", "Ⓡ. ⓢⓐⓜⓟⓛⓔ"),
    // Cyrillic and Greek letters among Latin ones.
    ("R. SAMPLE", "R. S\u{410}MPLE"), ("R. SAMPLE", "R. SAM\u{420}LE"),
    ("R. SAMPLE", "R. \u{405}AMPL\u{415}"), ("R. SAMPLE", "R. SA\u{39C}PLE"),
    ("R. SAMPLE", "R. S\u{391}M\u{3A1}LE"), ("R. SAMPLE", "R. S\u{386}MPLE"),
    ("HAN", "\u{397}\u{391}\u{39D}"), ("nan", "\u{3B7}an"),
    ("\u{39D}\u{399}\u{39A}\u{397}", "Νίκη"),
    // Lisu, Cherokee in capitals and small letters, Coptic.
    ("R. SAMPLE", "\u{A4E3}. \u{A4E2}\u{A4EE}\u{A4DF}\u{A4D1}\u{A4E1}\u{A4F0}"),
    ("R. SAMPLE", "\u{13A1}. \u{13DA}\u{13AA}\u{13B7}\u{13E2}\u{13DE}\u{13AC}"),
    ("R. SAMPLE", "\u{AB71}. \u{ABAA}\u{AB7A}\u{AB87}\u{ABB2}\u{ABAE}\u{AB7C}"),
    ("N. KOMPA", "\u{2C9A}. \u{2C94}\u{2C9E}\u{2C98}\u{2CA2}\u{2C80}"),
    ("N. KOMPA", "\u{2C9B}. \u{2C95}\u{2C9F}\u{2C99}\u{2CA3}\u{2C81}"),
    ("J. HILL", "\u{A4D9}. \u{157C}\u{A4F2}\u{14AA}\u{14AA}"),
    ("D. FOX", "\u{A4D3}. \u{15B4}\u{2D54}\u{2D5D}"),
    ("MULLER", "Müller"), ("MULLER", "Mu\u{308}ller"), ("WEISS", "Weiß"), ("LUKASZ", "Łukasz"),
    ("O. NOBODY", "0. N0BODY"), ("I. ILL", "1. 1LL"), ("I. ILL", "l. lLl"), ("I. ILL", "|. |LL"),
    ("O'NEIL", "ONEIL"), ("O'NEIL", "O\u{2019}Neil"), ("FIN", "\u{FB01}n"), ("ИВАНИЙ", "иваний"),
    ("N. 7", "N. \u{FF17}"), ("K. FICTION", "\u{212A}. FICTION"),
  ])
  func `two names that look alike have one skeleton`(one: String, other: String) {
    #expect(NameSkeleton(one).looksLike(NameSkeleton(other)), "\(one) \(other)")
  }

  @Test(arguments: [
    ("R. SAMPLE", "R. SIMPLE"), ("R. SAMPLE", "K. SAMPLE"), ("R. SAMPLE", "R. SAMPLES"),
    ("HAN", "NAN"), ("N. FICTION", "M. FICTION"), ("ИВАН", "ИВАНА"), ("김", "이"), ("王", "玉"),
    ("श्री", "श्र"), ("محمد", "محمود"), ("***", "+++"), ("N. 7", "N. 2"),
  ])
  func `names that differ in a letter have two`(one: String, other: String) {
    #expect(!NameSkeleton(one).looksLike(NameSkeleton(other)), "\(one) \(other)")
  }

  @Test func `a roster finds who a new name could be taken for, retired people too`() {
    let roster = Roster([
      Person(name: "R. SAMPLE", role: .supervisor),
      Person(name: "N. NOBODY", role: .nurse, isRetired: true),
    ])
    #expect(roster.lookAlike(of: "r.sample")?.name == "R. SAMPLE")
    #expect(roster.lookAlike(of: "N. N0BODY")?.name == "N. NOBODY")
    #expect(roster.lookAlike(of: "R. SAMPLE") == nil)
    #expect(roster.lookAlike(of: "K. FICTION") == nil)
  }
}
