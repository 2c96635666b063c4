import InfusionRecord
import SessionReview

extension BoardState {
  /// What the open chairs of the board are ordered by: who needs a person, or a column.
  package enum Order: String, Hashable, Sendable, CaseIterable {
    case needsPerson, chair, patient, born, running, runningFor, ends, units, nurse

    var words: String {
      switch self {
      case .needsPerson: "who needs a person"
      case .chair: "chair"
      case .patient: "patient"
      case .born: "date of birth"
      case .running: "what runs"
      case .runningFor: "how long it has run"
      case .ends: "planned end"
      case .units: "units"
      case .nurse: "nurse"
      }
    }

    /// Who needs a person is never last.
    var canReverse: Bool { self != .needsPerson }
  }
}

extension ReviewState {
  /// What the rows of a review are ordered by: who needs a person, or a column.
  package enum Order: String, Hashable, Sendable, CaseIterable {
    case needsPerson, time, patient, born, chair, nurse, codes, units, findings, status

    var words: String {
      switch self {
      case .needsPerson: "who needs a person"
      case .time: "time"
      case .patient: "patient"
      case .born: "date of birth"
      case .chair: "chair"
      case .nurse: "nurse"
      case .codes: "codes"
      case .units: "units"
      case .findings: "findings"
      case .status: "status"
      }
    }

    /// Who needs a person is never last.
    var canReverse: Bool { self != .needsPerson }
  }
}

/// What both lists say and do of their order.
protocol ListOrder: CaseIterable, Equatable {
  var words: String { get }
  var canReverse: Bool { get }
}

extension BoardState.Order: ListOrder {}
extension ReviewState.Order: ListOrder {}

extension ListOrder {
  /// The next of all orders; after the last the first.
  var next: Self {
    let all = Array(Self.allCases)
    let index = all.firstIndex(of: self).map { ($0 + 1) % all.count } ?? 0
    return all[index]
  }

  /// `Ordered by patient, last first.`
  func sentence(isReversed: Bool) -> String {
    if !canReverse { return "Ordered by \(words); that order is never reversed." }
    return "Ordered by \(words)\(isReversed ? ", last first" : "")."
  }
}

/// A value by which a row is ordered. What is missing comes last.
enum SortKey: Comparable {
  case number(Int64)
  case text(String)
  case missing

  init(_ number: Int64?) { self = number.map { .number($0) } ?? .missing }

  init(_ text: String) {
    let folded = Formulary.fold(text)
    self = folded.isEmpty ? .missing : .text(folded)
  }
}

extension Array {
  /// The elements by their keys; those of equal keys stay in their order, and what is missing stays last in
  /// the reversed order too.
  func ordered(by key: (Element) -> SortKey, isReversed: Bool) -> [Element] {
    let keyed = enumerated().map { (key: key($0.element), place: $0.offset, element: $0.element) }
    return keyed.sorted { left, right in
      if left.key == right.key { return left.place < right.place }
      if left.key == .missing || right.key == .missing { return right.key == .missing }
      return isReversed ? left.key > right.key : left.key < right.key
    }.map(\.element)
  }
}
