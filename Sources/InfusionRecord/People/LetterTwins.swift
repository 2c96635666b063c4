/// Letters that look like Latin ones, and those whose Unicode name does not tell.
///
/// The common confusables of Unicode UTS #39 that are single letters of a script in which a whole name can be
/// written: Cyrillic, Greek, Coptic, Armenian, Cherokee, Lisu, Canadian syllabics, Deseret, Osage, Tifinagh,
/// runes, Carian, Lycian, Old Italic and Elbasan, and letters of other scripts that are drawn as `o` or `l`. It
/// is not the whole list of Unicode. Pairs of letters (`rn` and `m`) and letters that are turned or mirrored are
/// left out.
enum LetterTwins {
  static let table: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [
      "|": "l", "ß": "ss", "ẞ": "ss", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "ª": "a", "º": "o",
      "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ℓ": "l",
      "\u{212A}": "k", "\u{212B}": "a", "ſ": "s", "ɑ": "a", "ɡ": "g", "ɩ": "i", "ǀ": "l", "∣": "l",
    ]
    for (letter, others) in european + others {
      for scalar in others.unicodeScalars {
        table[scalar] = letter
        // Cherokee has small letters of the same form.
        let small = scalar.properties.lowercaseMapping.unicodeScalars
        if small.count == 1, let small = small.first, table[small] == nil { table[small] = letter }
      }
    }
    return table
  }()

  /// A Latin letter or digit, and its twins.
  private static let european: [(String, String)] = [
    ("a", "АаӐӑӒӓ"), ("b", "ВвЬь"), ("c", "СсϹϲ"), ("d", "Ԁԁ"), ("e", "ЕеЀѐЁёӖӗ"), ("f", "Ϝϝ"),
    ("g", "Ԍԍ"), ("h", "НнҺһ"), ("i", "ІіЇїӀӏ"), ("j", "Јјϳ"), ("k", "КкЌќҚқ"), ("m", "Мм"),
    ("n", "Пп"), ("o", "ОоӦӧՕօסဝ"), ("p", "РрҎҏ"), ("q", "Ԛԛ"), ("r", "Гг"), ("s", "ЅѕՏ"),
    ("t", "Тт"), ("u", "Սս"), ("v", "Ѵѵ"), ("w", "Ԝԝѡ"), ("x", "ХхҲҳ"), ("y", "УуЎўҮүӮӯӰӱ"),
    ("3", "ЗзӠӡ"), ("6", "Бб"), ("и", "ЙйЍѝ"), ("ж", "ӁӂӜӝ"),
  ]

  /// The same in scripts whose letters many fonts draw alike.
  private static let others: [(String, String)] = [
    ("a", "\u{2C80}\u{2C81}\u{A4EE}\u{13AA}\u{15C5}\u{102A0}"),
    (
      "b",
      "\u{2C82}\u{2C83}\u{A4D0}\u{13F4}\u{13CF}\u{15F7}\u{15AF}\u{10282}"
        + "\u{102A1}\u{10301}"
    ),
    (
      "c",
      "\u{2CA4}\u{2CA5}\u{A4DA}\u{13DF}\u{1455}\u{102A2}\u{10302}\u{10415}"
        + "\u{1043D}\u{1051C}\u{10295}"
    ),
    ("d", "\u{A4D2}\u{A4D3}\u{13A0}\u{13E7}\u{15DE}\u{15EA}\u{146F}"),
    ("e", "\u{2C88}\u{2C89}\u{A4F0}\u{13AC}\u{2D39}\u{10286}"),
    ("f", "\u{A4DD}\u{15B4}\u{10287}\u{102A5}\u{10525}"),
    ("g", "\u{A4D6}\u{13C0}\u{13F3}\u{581}"),
    ("h", "\u{2C8E}\u{2C8F}\u{A4E7}\u{13BB}\u{13C2}\u{157C}\u{570}\u{102CF}"),
    ("i", "\u{2C92}\u{2C93}\u{A4F2}\u{13A5}"),
    ("j", "\u{A4D9}\u{13AB}\u{148D}\u{575}"),
    ("k", "\u{2C94}\u{2C95}\u{A4D7}\u{13E6}\u{16D5}\u{10518}"),
    (
      "l",
      "\u{A4E1}\u{13DE}\u{14AA}\u{2CD0}\u{2CD1}\u{53C}\u{1041B}\u{10526}"
        + "\u{2D4F}\u{16C1}\u{1028A}\u{10309}\u{10320}\u{5D5}\u{5DF}\u{627}"
    ),
    ("m", "\u{2C98}\u{2C99}\u{A4DF}\u{13B7}\u{15F0}\u{16D6}\u{102B0}\u{10311}"),
    ("n", "\u{2C9A}\u{2C9B}\u{A4E0}\u{548}\u{578}\u{10513}"),
    (
      "o",
      "\u{2C9E}\u{2C9F}\u{A4F3}\u{2D54}\u{10FF}\u{D20}\u{B20}\u{12D0}\u{10292}"
        + "\u{102AB}\u{10404}\u{1042C}\u{104C2}\u{104EA}\u{10516}\u{647}"
    ),
    ("p", "\u{2CA2}\u{2CA3}\u{A4D1}\u{13E2}\u{146D}"),
    ("q", "\u{566}"),
    ("r", "\u{2C84}\u{2C85}\u{A4E3}\u{13A1}\u{13D2}\u{1587}"),
    ("s", "\u{A4E2}\u{13DA}\u{13D5}\u{10296}\u{10420}\u{10448}"),
    ("t", "\u{2CA6}\u{2CA7}\u{A4D4}\u{13A2}\u{10297}\u{102B1}\u{10315}"),
    ("u", "\u{A4F4}\u{144C}\u{104CE}\u{104F6}"),
    ("v", "\u{A4E6}\u{13D9}\u{142F}\u{1051D}"),
    ("w", "\u{2CB0}\u{2CB1}\u{A4EA}\u{13B3}\u{13D4}\u{561}"),
    (
      "x",
      "\u{2CAC}\u{2CAD}\u{A4EB}\u{2D5D}\u{16B7}\u{166D}\u{166E}\u{10290}"
        + "\u{102B4}\u{10317}\u{10322}\u{10527}"
    ),
    ("y", "\u{2CA8}\u{2CA9}\u{A4EC}\u{13A9}\u{13BD}\u{102B2}"),
    ("z", "\u{2C8C}\u{2C8D}\u{A4DC}\u{13C3}"),
    ("3", "\u{2CCC}\u{2CCD}"),
    ("4", "\u{13CE}"),
    ("6", "\u{2CD2}\u{2CD3}\u{13EE}"),
    ("9", "\u{2CCA}\u{2CCB}"),
  ]
}
