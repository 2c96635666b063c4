/// A person besides the one who records: who double-checked a dose, or saw a rest discarded.
package enum SecondPerson {
  /// Why a name is not that of a second person; nil if it is. If people are enrolled, it is one of them.
  package static func fault(
    _ name: String, besides recorder: String, in roster: Roster
  ) -> String? {
    if NameSkeleton(name).looksLike(NameSkeleton(recorder)) {
      return "A second person is needed: \(recorder) cannot check \(recorder)."
    }
    guard !roster.isEmpty, !roster.active.contains(where: { $0.name == name }) else { return nil }
    return "No enrolled person is called \(name)."
  }
}
