internal import InfusionRecord

/// What a row of a session document says about the amount of its drug.
///
/// Few rows have it, so a row holds a reference, which is small.
final class WrittenDrug {
  var given: DrugAmount?
  var product: DrugProduct?
  var containers: [DrugContainer] = []
  var discarded: DrugDiscard?
  var discardedAt: SessionDraft.Placed<WrittenTime>?
  var supply = DrugFacts.Supply.stock
  var isShared = false

  static let amountKeys = KeyTable<AmountKey>(required: [.value, .unit])
  static let productKeys = KeyTable<ProductKey>(required: [])
  static let containerKeys = KeyTable<ContainerKey>(required: [])
  static let discardKeys = KeyTable<DiscardKey>(required: [.value, .unit])

  /// The most containers of one kind.
  static let mostContainers = 100_000

  /// The facts, or nil if the document says nothing that is not usual.
  func facts(discardedAt moment: Instant?) -> DrugFacts? {
    var discarded = discarded
    discarded?.at = moment
    let isUsual =
      given == nil && product == nil && containers.isEmpty && discarded == nil
      && supply == .stock && !isShared
    guard !isUsual else { return nil }
    return DrugFacts(
      given: given, product: product, containers: containers, discarded: discarded,
      supply: supply, isShared: isShared)
  }
}

// MARK: - Reading

extension JSONReader {
  /// Reads the value of one of the drug's keys.
  mutating func drug(_ key: AdministrationKey, of drug: WrittenDrug) throws(DocumentError) {
    switch key {
    case .given: drug.given = try drugAmount()
    case .product: drug.product = try product()
    case .containers: drug.containers = try containers()
    case .discarded: try discarded(of: drug)
    case .supply: drug.supply = try word()
    case .sharedContainer: drug.isShared = try flag()
    default: break
    }
  }

  /// Reads a decimal number, as a text or as a number, by its digits.
  private mutating func decimal() throws(DocumentError) -> ExactDecimal {
    skipSpace()
    let start = at
    let text: String
    if next == UInt8(ascii: "\"") {
      text = try string("a decimal number as a text")
    } else {
      _ = try number("a decimal number as a text")
      text = String(decoding: bytes[start..<at], as: UTF8.self)
    }
    guard let value = ExactDecimal(text) else {
      throw error(
        "the text is no amount", expected: "a decimal number such as \"315\" or \"0.25\"",
        at: start)
    }
    return value
  }

  private mutating func drugAmount() throws(DocumentError) -> DrugAmount {
    var value = ExactDecimal.zero
    var unit = DrugAmount.Unit.mg
    try object(WrittenDrug.amountKeys) { (json, key, _) throws(DocumentError) in
      switch key {
      case .value: value = try json.decimal()
      case .unit: unit = try json.word()
      }
    }
    return DrugAmount(value, unit)
  }

  private mutating func product() throws(DocumentError) -> DrugProduct {
    var product = DrugProduct()
    try object(WrittenDrug.productKeys) { (json, key, _) throws(DocumentError) in
      switch key {
      case .ndc: product.ndc = try json.text()
      case .brand: product.brand = try json.text()
      }
    }
    return product
  }

  private mutating func containers() throws(DocumentError) -> [DrugContainer] {
    var containers: [DrugContainer] = []
    try array("a list of containers") { (json, _, _) throws(DocumentError) in
      containers.append(try json.container())
    }
    return containers
  }

  private mutating func container() throws(DocumentError) -> DrugContainer {
    skipSpace()
    let start = at
    var container = DrugContainer()
    var value: ExactDecimal?
    var unit: DrugAmount.Unit?
    try object(WrittenDrug.containerKeys) { (json, key, _) throws(DocumentError) in
      switch key {
      case .ndc: container.ndc = try json.text()
      case .amount: value = try json.decimal()
      case .unit: unit = try json.word()
      case .type: container.kind = try json.word()
      case .count: container.count = try json.containerCount()
      case .lot: container.lot = try json.text()
      case .expires: container.expires = try json.day()
      case .serial: container.serial = try json.text()
      }
    }
    if (value == nil) != (unit == nil) {
      throw error(
        "the container has an amount or a unit alone", expected: "both, or neither", at: start)
    }
    if let value, let unit { container.amount = DrugAmount(value, unit) }
    return container
  }

  private mutating func containerCount() throws(DocumentError) -> Int {
    skipSpace()
    let start = at
    let value = try number("a whole number of containers")
    guard let count = Int(exactly: value), (1...WrittenDrug.mostContainers).contains(count) else {
      throw error(
        "the number is out of range",
        expected: "a whole number from 1 to \(WrittenDrug.mostContainers)", at: start)
    }
    return count
  }

  private mutating func discarded(of drug: WrittenDrug) throws(DocumentError) {
    var discard = DrugDiscard(DrugAmount(.zero, .mg))
    var time: SessionDraft.Placed<WrittenTime>?
    try object(WrittenDrug.discardKeys) { (json, key, at) throws(DocumentError) in
      switch key {
      case .value: discard.amount.value = try json.decimal()
      case .unit: discard.amount.unit = try json.word()
      case .at: time = try json.timeOrNull(at)
      case .by: discard.by = try json.text()
      case .reason: discard.reason = try json.text()
      case .witness: discard.witness = try json.text()
      case .place: discard.place = try json.word()
      }
    }
    drug.discarded = discard
    drug.discardedAt = time
  }
}
