import Foundation
import Testing

/// `explain`, `formulary` and `rules`: what a person looks up.
struct BookCommandTests {
  @Test func `explain prints one statement on paper`() throws {
    let file = conformanceFolder.appending(path: "chemo-91-minutes.json").path
    let ended = try BuiltProgram.run("explain", file)
    #expect(ended.code == 0)
    #expect(ended.output.hasPrefix("Statement of session chemo-91-minutes"))
    #expect(ended.output.contains("\nWHY EACH UNIT IS CHARGED\n"))
    #expect(ended.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `explain refuses a bad file in one sentence`() throws {
    let ended = try BuiltProgram.run("explain", "-", input: "{")
    #expect(
      ended
        == BuiltProgram.Ended(
          code: 1, output: "",
          error: "standard input:1:2: the file ends here; expected a key in double quotes.\n"))
  }

  @Test func `formulary lists every drug`() throws {
    let ended = try BuiltProgram.run("formulary")
    #expect(ended.code == 0)
    #expect(ended.output.split(separator: "\n").count >= 680)
    #expect(ended.output.contains("\nvinCRIStine  "))
  }

  @Test func `formulary shows one drug whole`() throws {
    let ended = try BuiltProgram.run("formulary", "keytruda", "qlex")
    #expect(
      ended
        == BuiltProgram.Ended(
          code: 0,
          output: """
            pembrolizumab-berahyaluronidase alfa                            complex-biologic
            ================================================================================
            Brands      Keytruda Qlex
            Also said   Keytruda SC
            HCPCS       J9277
            Given by    sc
            Usual time  1 to 2 min
            Because     Anticancer antibody or biologic (anticancer agent);
                        chemo-administration codes apply
            Source      https://build.fhir.org/ig/hl7-eu/pcsp/branches/master/ValueSet-drugsAtc-eu-pcsp.html

            """, error: ""))
  }

  @Test func `formulary finds several and says by which name`() throws {
    let ended = try BuiltProgram.run("formulary", "hercep")
    #expect(ended.output.contains("trastuzumab "))
    #expect(ended.output.contains("  found by Herceptin Hylecta\n"))
  }

  @Test func `formulary lists the drug of an error-prone abbreviation with its name`() throws {
    let ended = try BuiltProgram.run("formulary", "MgSO4")
    #expect(ended.code == 0)
    #expect(ended.output.hasPrefix("magnesium sulfate "))
    #expect(
      ended.output.hasSuffix(
        "\n  found by MgSO4, an error-prone abbreviation (ISMP): use the name\n"))
  }

  @Test func `what is said shows its drug, and a shared word lists its drugs`() throws {
    #expect(try BuiltProgram.run("formulary", "ns").output.hasPrefix("sodium chloride 0.9% "))
    #expect(try BuiltProgram.run("formulary", "5", "FU").output.contains("\nAlso said   5-FU\n"))
    let shared = try BuiltProgram.run("formulary", "atg").output
    #expect(shared.contains("\n  found by ATG\nantithymocyte globulin rabbit "))
  }

  @Test func `formulary says when it finds nothing`() throws {
    let ended = try BuiltProgram.run("formulary", "nobodimab")
    #expect(
      ended
        == BuiltProgram.Ended(
          code: 1, output: "",
          error: "The formulary has no such drug, brand or code; try the beginning of its name.\n"))
  }

  @Test func `formulary finds a scanned package of a site's file`() throws {
    let folder = try TestFolder()
    try folder.write("name,class,ndcs\nsampletaxel,other,50242-060-01\n", to: "site.csv")
    let ended = try BuiltProgram.run(
      "formulary", "(01)00350242060011(17)271231", "--formulary", "site.csv", folder: folder.url)
    #expect(ended.code == 0)
    #expect(ended.output.hasPrefix("sampletaxel "))
    #expect(ended.output.contains("\nNDC         50242006001\n"))
  }

  @Test func `rules lists every rule and shows one with its sources`() throws {
    let list = try BuiltProgram.run("rules")
    #expect(list.code == 0)
    #expect(list.output.contains("\npush-or-infusion "))
    let rule = try BuiltProgram.run("rules", "push-or-infusion")
    #expect(rule.code == 0)
    #expect(rule.output.hasPrefix("push-or-infusion "))
    for heading in ["NUMBERS", "SETTINGS", "WHERE SOURCES DISAGREE", "SOURCES"] {
      #expect(rule.output.contains("\n\(heading)\n"))
    }
    let none = try BuiltProgram.run("rules", "rule-of-thumb")
    #expect(
      none
        == BuiltProgram.Ended(
          code: 1, output: "", error: "There is no such rule; `chairtime rules` lists them.\n"))
  }
}
