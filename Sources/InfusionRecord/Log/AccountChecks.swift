extension EventLog {
  /// The most containers, by kind, lot and product, of one administration.
  package static let mostContainers = 50
  /// The most containers of one kind.
  static let mostOfOneKind = 100_000

  /// The refusal of an account whose values are impossible.
  func checkAccount(_ account: DrugAccount) -> Refusal? {
    let facts = account.facts
    guard facts.containers.count <= EventLog.mostContainers else {
      return Refusal(
        .valueOutOfRange,
        "An administration has at most \(EventLog.mostContainers) kinds of containers.")
    }
    for container in facts.containers {
      guard (1...EventLog.mostOfOneKind).contains(container.count) else {
        return Refusal(.valueOutOfRange, "Containers of one kind are counted from 1 to 100,000.")
      }
      if let amount = container.amount, let refusal = checkAmount(amount) { return refusal }
      if container.amount?.value.isZero == true {
        return Refusal(.valueOutOfRange, "A container holds more than nothing.")
      }
    }
    for amount in [facts.given, facts.discarded?.amount].compactMap(\.self) {
      if let refusal = checkAmount(amount) { return refusal }
    }
    if let moment = facts.discarded?.at, let refusal = checkMoment(moment) { return refusal }
    let texts = DrugFacts.texts(of: facts)
    for (what, text) in texts {
      if let refusal = text.flatMap({ missing($0, "\(what) is empty.") }) { return refusal }
    }
    if texts.reduce(0, { $0 + ($1.text?.unicodeScalars.count ?? 0) }) > RecordLimits.noteLength {
      return Refusal(
        .textTooLong,
        "The texts about a drug's containers are too long; shorten them to "
          + "\(RecordLimits.noteLength) characters.")
    }
    return nil
  }

  /// The refusal of an amount that a store could not read back.
  private func checkAmount(_ amount: DrugAmount) -> Refusal? {
    ExactDecimal(amount.value.text) == amount.value
      ? nil
      : Refusal(
        .valueOutOfRange,
        "An amount has at most \(ExactDecimal.most.whole) digits before the point and "
          + "\(ExactDecimal.most.places) after it.")
  }
}

extension DrugFacts {
  /// The texts that facts about a drug add to the record, with their names.
  static func texts(of facts: DrugFacts) -> [(what: String, text: String?)] {
    var texts: [(what: String, text: String?)] = [
      ("The product's code", facts.product?.ndc), ("The brand", facts.product?.brand),
      ("The name of who discarded", facts.discarded?.by),
      ("The reason of the discard", facts.discarded?.reason),
      ("The witness's name", facts.discarded?.witness),
    ]
    for container in facts.containers {
      texts += [
        ("A container's code", container.ndc), ("A lot", container.lot),
        ("A serial number", container.serial),
      ]
    }
    return texts
  }
}
