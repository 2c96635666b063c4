import ArgumentParser
import TimelineEngine

extension Policy {
  /// Lays the settings of `--policy`, each `key=value`, over this policy, in order.
  ///
  /// - Throws: a `ValidationError` about the first argument that is no setting.
  mutating func lay(_ arguments: [String]) throws {
    for argument in arguments {
      guard argument.contains("=") else {
        throw ValidationError("--policy: there is no equals sign; expected KEY=VALUE.")
      }
      do throws(PolicyError) {
        try set(argument: argument)
      } catch {
        throw ValidationError("--policy: \(error.message).")
      }
    }
  }
}

extension RuleBook {
  /// Throws a `ValidationError` if `--rulebook` names no version.
  static func check(option version: String?) throws {
    guard let version, RuleBook.version(version) == nil else { return }
    let known = RuleBook.versions.map(\.version).joined(separator: ", ")
    throw ValidationError("--rulebook: there is no such version; expected one of \(known).")
  }
}
