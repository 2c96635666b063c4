import Crypto
package import InfusionRecord
import PlainText
package import TimelineEngine

/// What a signature is put under: the hash of the statement, and the terms it was derived under.
package struct SignOffOffer: Sendable, Hashable {
  package let statementHash: String
  package let rulebook: String
  /// `key=value` for each setting that differs from the defaults, in alphabetical order.
  package let policy: [String]
  /// The names of the edit tables it was checked against, and of the loaded tables that its drug lines
  /// are coded by.
  package let editTables: [String]
  /// The hashes of the site's files by which it was derived; see `Review`.
  package let configuration: String

  package init(_ statement: Statement, configuration: String = "") {
    self.configuration = configuration
    statementHash = statement.digest
    rulebook = statement.rulebook
    policy = statement.policy.differences.map { "\($0.name)=\($0.value.argument)" }.sorted()
    let setting = EditTables.Setting(statement.timeline.session.setting)
    editTables = statement.editTables.tables(for: setting).map(\.name) + statement.drugTables
  }

  /// The settings as part of a sentence.
  package var policyWords: String {
    policy.isEmpty ? "the default policy" : "policy " + policy.joined(separator: ", ")
  }

  /// Whether another statement was derived under the same rulebook and policy.
  package func hasTerms(of other: SignOffOffer) -> Bool {
    rulebook == other.rulebook && policy == other.policy
  }

  /// The offer with the reviewer's name.
  package func review(by reviewer: String) -> Review {
    Review(
      statementHash: statementHash, rulebook: rulebook, policy: policy, editTables: editTables,
      configuration: configuration, reviewer: reviewer)
  }
}

extension Statement {
  /// SHA-256 over the statement's JSON, 64 hexadecimal digits: what a review keeps.
  package var digest: String {
    var json = JSONWriter()
    write(to: &json)
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in SHA256.hash(data: json.bytes) {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension PolicyValue {
  /// The value as a command line has it.
  package var argument: String {
    switch self {
    case .text(let text): text
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): number.plain
    }
  }
}
