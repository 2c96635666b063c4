import Foundation
import TestSupport
import Testing

/// Amounts and containers by command: the same questions as on the screens.
struct AccountCommandTests {
  private let folder = TemporaryFolder()

  init() throws {
    try site("")
    let opened = try BuiltProgram.run(
      ["session", "open", "--chair", "1", "--zone", "UTC", "--id", "s1"],
      input: Data(
        "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: female\nmrn: 90000412\nvisit: V1\n"
          .utf8),
      folder: nil, environment: environment)
    #expect(opened.code == 0, "\(opened.error)")
  }

  private var environment: [String: String] {
    ["CHAIRTIME_STORE": folder.file("chair.store"), "CHAIRTIME_CONFIG": folder.file("site.toml")]
  }

  private func site(_ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: folder.file("site.toml")))
  }

  private func run(_ arguments: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      ["session"] + arguments, input: Data(), folder: nil, environment: environment)
  }

  private func push(_ drug: String, _ amount: String) throws { try give("push", drug, amount) }

  private func give(_ command: String, _ drug: String, _ amount: String) throws {
    let ended = try run(command, "s1", drug, "--amount", amount, "--at", "-5")
    #expect(ended.code == 0, "\(ended.error)")
  }

  @Test func `an amendment asks what the command and the form ask, once`() throws {
    try push("furosemide", "40 mg")
    #expect(try run("account", "s1", "furosemide", "--given", "40 mg").code == 0)
    let tenfold = ["amend", "s1", "3", "--given", "400 mg", "--reason", "typed wrong"]
    let asked = try BuiltProgram.run(
      ["session"] + tenfold, input: Data(), folder: nil, environment: environment)
    #expect(asked.code == 2, "\(asked)")
    #expect(asked.output.contains("tenfold: 400 mg given"), "\(asked.error)")
    let confirmed = try BuiltProgram.run(
      ["session"] + tenfold + ["--anyway"], input: Data(), folder: nil, environment: environment)
    #expect(confirmed.code == 0, "\(confirmed.error)")
    // What was confirmed is not asked again when something else is said.
    let further = try run("account", "s1", "furosemide", "--supply", "patient")
    #expect(further.code == 0, "\(further.error)")
  }

  @Test func `impossible counts and units ask`() throws {
    try give("start", "vedolizumab", "300 mg")
    let many = try run("account", "s1", "vedolizumab", "--vial", "100000 x 300 mg")
    #expect(many.code == 2)
    #expect(many.output.contains("many-containers"), "\(many.error)")
    try push("bortezomib", "one syringe")
    let units = try run("account", "s1", "bortezomib", "--given", "3 units")
    #expect(units.code == 2)
    #expect(units.output.contains("is counted in mg"), "\(units.error)")
  }

  @Test func `smaller containers that waste less are said`() throws {
    try give("start", "rituximab", "150 mg")
    let ended = try run("account", "s1", "rituximab", "--given", "150 mg", "--vial", "1 x 500 mg")
    #expect(ended.code == 0, "\(ended.error)")
    #expect(ended.error == "350 mg will be left over; 2 × 100 mg would leave 50 mg.\n")
  }

  @Test func `a site that wants a witness wants one by command too`() throws {
    try site("[drugs]\nwitness_discards = true\n")
    try push("bortezomib", "2.5 mg")
    let vial = ["--given", "2.5 mg", "--vial", "1 x 3.5 mg", "--discarded", "1 mg"]
    func account(_ more: String...) throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        ["session", "account", "s1", "bortezomib"] + vial + more, input: Data(), folder: nil,
        environment: environment)
    }
    let refused = try account()
    #expect(refused.code == 1)
    #expect(refused.error.contains("add --witness"), "\(refused.error)")
    #expect(try account("--in-pharmacy").code == 0, "the pharmacy needs no witness")
    #expect(try account("--witness", "N. NOBODY").code == 0)
    // The discard was seen, so an amendment of something else asks for nothing.
    #expect(try run("account", "s1", "bortezomib", "--supply", "free").code == 0)
    #expect(
      try run("account", "s1", "bortezomib", "--discarded", "0.5 mg").error.contains(
        "add --witness"))
  }

  @Test func `a corrected drug asks what becomes of the amounts recorded for the other`() throws {
    try push("doxorubicin", "60 mg")
    let vials = ["--vial", "1 x 50 mg", "--vial", "1 x 10 mg"]
    let account = try BuiltProgram.run(
      ["session", "account", "s1", "doxorubicin", "--given", "60 mg"] + vials, input: Data(),
      folder: nil, environment: environment)
    #expect(account.code == 0, "\(account.error)")
    let ended = try run("amend", "s1", "2", "--drug", "epirubicin", "--reason", "wrong drug")
    #expect(ended.code == 2, "\(ended)")
    #expect(ended.output.contains("recorded-for-other-drug"), "\(ended.error)")
    #expect(try run("amend", "s1", "3", "--withdraw", "--reason", "wrong drug").code == 0)
    let after = try run("amend", "s1", "2", "--drug", "epirubicin", "--reason", "wrong drug")
    #expect(!after.output.contains("recorded-for-other-drug"), "\(after)")
  }
}
