import Foundation
import Testing

/// Codes of drugs, listed and shown.
struct CodesCommandTests {
  private func run(_ arguments: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(arguments, input: Data(), folder: nil, environment: [:])
  }

  @Test(arguments: [("2025-03-31", "J1940"), ("2025-04-01", "J1938")])
  func `the date decides which codes are listed`(date: String, code: String) throws {
    let ended = try run("codes", "list", "--on", date, "furosemide")
    #expect(ended.code == 0)
    #expect(ended.output.contains(code))
    #expect(ended.output.split(separator: "\n").count == 2)
  }

  @Test func `a code is shown with its unit and its packages`() throws {
    let output = try run("codes", "show", "J9045").output
    #expect(output.contains("carboplatin"))
    #expect(output.contains("50 mg"))
    #expect(try run("codes", "show", "j1745").output.contains("57894003001"))
    #expect(try run("codes", "show", "0069-0809-01").output.hasPrefix("Q5103"))
  }

  @Test func `a scan shows the package with lot and expiry`() throws {
    let output = try run("codes", "show", "(01)00300690809014(17)270531(10)L7").output
    #expect(output.hasPrefix("Q5103"))
    #expect(output.contains("Lot         L7\nExpires     31-May-2027"))
    let damaged = try run("codes", "show", "(01)00300690809015")
    #expect(damaged.code == 1)
    #expect(damaged.error.contains("The check digit does not fit"))
  }

  @Test func `an unknown code ends with 1`() throws {
    #expect(try run("codes", "show", "J0000").code == 1)
    #expect(try run("codes", "list", "nonsense").code == 1)
  }

  @Test func `a program gets the codes as JSON`() throws {
    let output = try run("codes", "list", "--on", "2026-03-02", "--format", "json", "J1745").output
    #expect(output.contains(#""code":"J1745""#))
  }
}
