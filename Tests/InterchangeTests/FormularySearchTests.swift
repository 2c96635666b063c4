import InfusionRecord
import Interchange
import Testing

struct FormularySearchTests {
  private func names(_ text: String, limit: Int = 5) -> [String] {
    Formulary.starter.search(text, limit: limit).map(\.entry.displayName)
  }

  @Test func `whole names come first, then beginnings, then words`() {
    #expect(names("paclitaxel") == ["PACLitaxel", "PACLitaxel protein-bound"])
    #expect(names("doxo") == ["DOXOrubicin", "DOXOrubicin liposomal"])
    #expect(
      names("liposomal") == [
        "amphotericin b liposomal", "DOXOrubicin liposomal", "irinotecan liposome",
      ])
    #expect(names("hyal", limit: 20).contains("trastuzumab-hyaluronidase"))
    #expect(
      names("leu dep") == [
        "leuprolide acetate 3.75 mg depot", "leuprolide acetate depot",
        "leuprolide acetate pediatric depot",
      ])
  }

  @Test func `strengths of one drug come in the order of the formulary, the usual first`() {
    #expect(
      names("sodium chl", limit: 3) == [
        "sodium chloride 0.9%", "sodium chloride 0.45%",
        "sodium chloride 0.9% with potassium chloride",
      ])
  }

  @Test func `a brand finds its drug and says which brand matched`() {
    let match = Formulary.starter.search("keyt").first
    #expect(match?.entry.name == "pembrolizumab")
    #expect(match?.matched == "Keytruda")
    #expect(match?.rank == .brandBegins)
    #expect(names("KEYTRUDA QLEX") == ["pembrolizumab-berahyaluronidase alfa"])
  }

  @Test func `a generic name outranks a brand with the same beginning`() {
    let ranks = Formulary.starter.search("el").map(\.rank)
    #expect(ranks == ranks.sorted())
    // The third and fourth by their brands Eloctate and Eloxatin.
    #expect(
      names("elo", limit: 4) == [
        "elosulfase alfa", "elotuzumab", "factor viii recombinant", "oxaliplatin",
      ])
  }

  @Test func `HCPCS codes are found whole and by their beginning`() {
    #expect(names("j9267") == ["PACLitaxel"])
    #expect(names("J9271").first == "pembrolizumab")
    #expect(Formulary.starter.search("Q51").allSatisfy { $0.rank == .codeBegins })
    #expect(names("J0000") == [])
  }

  @Test func `an unknown text finds nothing, an empty text finds every drug`() {
    #expect(names("zzzz") == [])
    #expect(
      Formulary.starter.search("  ").count == Formulary.starter.entries.count)
    #expect(Formulary.starter.search("", limit: 3).count == 3)
  }

  // MARK: Packages

  private var site: Formulary {
    get throws {
      try Formulary.starter.laying(
        siteFile: Array(
          """
          name,class,ndcs
          fictionumab,other,0002-7510-01
          sampletaxel,other,50242-060-01|50242-061-01
          nobodicin,other,12345-6789-0
          """.utf8), file: "site.csv")
    }
  }

  @Test(arguments: [
    ("0002-7510-01", "fictionumab"), ("00002-7510-01", "fictionumab"),
    ("00002751001", "fictionumab"), ("0002751001", "fictionumab"),
    ("50242-060-01", "sampletaxel"), ("50242006001", "sampletaxel"),
    ("5024206001", "sampletaxel"), ("12345-6789-0", "nobodicin"), ("1234567890", "nobodicin"),
    ("12345678900", "nobodicin"),
    // UPC-A, EAN-13, GTIN-14, GS1 with and without brackets, with symbology and other elements.
    ("350242060011", "sampletaxel"), ("0350242060011", "sampletaxel"),
    ("00350242060011", "sampletaxel"), ("(01)00350242060011", "sampletaxel"),
    ("(17)271231(01)00350242060011(10)LOT7", "sampletaxel"),
    ("]d20100350242060011172712311", "sampletaxel"),
    ("\u{1D}0100350242060011", "sampletaxel"),
    ("1727123110LOT7\u{1D}0100350242060011", "sampletaxel"),
    ("(01)20350242060015", "sampletaxel"),
  ])
  func `a package is found by its NDC in every form`(text: String, name: String) throws {
    let found = try site.search(text)
    #expect(found.map(\.entry.name) == [name])
    #expect(found.first?.rank == .package)
  }

  @Test func `another package of a product finds the product`() throws {
    let found = try site.search("50242-060-10")
    #expect(found.map(\.entry.name) == ["sampletaxel"])
    #expect(found.first?.rank == .product)
  }

  @Test(arguments: [
    "350242060012", "(01)00350242060012", "(01)0035024206001", "(01)00400242060019", "]d2",
    "0002-7510", "0002-7510-01-1", "(17)271231",
  ])
  func `codes that are wrong or no drug's find nothing`(text: String) throws {
    #expect(try site.search(text).isEmpty)
  }
}
