package import InfusionRecord

/// Checks the facts in the order of the chain, one row in memory.
package struct FactCheck {
  private var checked: CheckedHead
  private var chain: FactChain

  /// `kept` is a head that was written down earlier, outside the store. The check begins after `head`.
  package init(after head: Head = .empty, kept: Head? = nil) {
    checked = CheckedHead(after: head, kept: kept)
    chain = FactChain(after: head.hash)
  }

  /// The head of the chain as far as it was checked.
  package var head: Head { checked.head }

  /// A fact's seal does not match; `FactDiagnosis` finds out why.
  package struct Mismatch: Error {
    package let position: Int
    package let row: FactRow
    /// The seal of the fact before it.
    package let predecessor: [UInt8]
  }

  /// Checks the next fact: its place, and its row and seal, nil if they cannot be read.
  package mutating func check(_ position: Int, _ row: FactRow?, seal: [UInt8]?) throws {
    let expected = head.count + 1
    guard position == expected else {
      throw Verification.Problem(
        .removed, expected,
        sentence: position > expected + 1
          ? "Facts \(expected) to \(position - 1) were removed." : "Fact \(expected) was removed.")
    }
    guard let row, let seal else {
      throw Verification.Problem(
        .altered, position, sentence: "Fact \(position) was altered: it cannot be read.")
    }
    guard chain.append(row) == seal else {
      throw Mismatch(position: position, row: row, predecessor: head.hash)
    }
    checked.advance(to: seal)
  }

  /// The difference to the head that was written down; nil if the chain contains it.
  package var missing: Verification.Problem? {
    guard let kept = checked.missing else { return nil }
    if kept.count > head.count {
      return Verification.Problem(
        .tailCut, head.count + 1,
        sentence: "The last \(kept.count - head.count) facts were removed: the store ends at "
          + "\(head.count), the head written down counts \(kept.count).")
    }
    return Verification.Problem(
      .rewritten,
      sentence: "The facts up to \(kept.count) are not the ones whose head was written down: "
        + "some were altered and sealed again.")
  }
}

/// Finds out what happened to a fact whose seal does not match.
package struct FactDiagnosis {
  /// A fact by its place, its row nil if it cannot be read; nil if there is no fact.
  private let fact: (Int) throws -> (row: FactRow?, seal: [UInt8])?
  /// The first fact from a place on, whose predecessor in its session is missing.
  private let gap: (Int) throws -> (session: SessionID, number: Int64)?

  package init(
    fact: @escaping (Int) throws -> (row: FactRow?, seal: [UInt8])?,
    gap: @escaping (Int) throws -> (session: SessionID, number: Int64)?
  ) {
    self.fact = fact
    self.gap = gap
  }

  package func problem(_ mismatch: FactCheck.Mismatch) throws -> Verification.Problem {
    var chain = FactChain()
    let (position, row) = (mismatch.position, mismatch.row)
    let session = SessionID(row.session)
    // If it follows another fact nearby, it was moved, or others were inserted before it.
    let near = 512
    let seal = try fact(position)?.seal
    for other in max(0, position - near)...(position + near)
    where other != position - 1 && other != position {
      guard let candidate = other == 0 ? Head.empty.hash : try fact(other)?.seal,
        chain.sealing(row, after: candidate) == seal
      else { continue }
      if other < position {
        return Verification.Problem(
          .inserted, other + 1,
          sentence: position - other > 2
            ? "Facts \(other + 1) to \(position - 1) were inserted."
            : "Fact \(other + 1) was inserted.")
      }
      return Verification.Problem(
        .reordered, position, session,
        sentence: "Fact \(position) (session \(session)) was moved: it belongs after the fact that "
          + "now stands at \(other).")
    }
    // If the fact after it follows the one before it, it was inserted.
    if let next = try fact(position + 1), let nextRow = next.row,
      chain.sealing(nextRow, after: mismatch.predecessor) == next.seal
    {
      return Verification.Problem(
        .inserted, position, session,
        sentence: "Fact \(position) (session \(session)) was inserted.")
    }
    // If a session's numbers have a gap, a fact was removed here.
    if let (session, number) = try gap(position) {
      return Verification.Problem(
        .removed, position, session,
        sentence:
          "A fact before \(position) was removed: number \(number - 1) of session \(session).")
    }
    return Verification.Problem(
      .altered, position, session,
      sentence: "Fact \(position) (session \(session)) was altered, or the one before it was "
        + "replaced.")
  }
}
