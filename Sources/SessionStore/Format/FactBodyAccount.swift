import InfusionRecord

// The body of an account of a drug. Amounts are one text, `315 mg`: digits are kept as they are.

extension FactBody {
  static func write(_ account: DrugAccount, to body: inout Members) {
    let facts = account.facts
    body.add("adm", account.administration)
    body.add("given", facts.given?.text)
    body.add("ndc", facts.product?.ndc)
    body.add("brand", facts.product?.brand)
    let containers = facts.containers.map { container in
      var one = Members()
      one.add("ndc", container.ndc)
      one.add("holds", container.amount?.text)
      one.add("kind", container.kind?.rawValue)
      one.add("n", container.count == 1 ? nil : Double(container.count))
      one.add("lot", container.lot)
      one.add("expires", container.expires?.iso)
      one.add("serial", container.serial)
      return CompactJSON.Value.object(one.all)
    }
    if !containers.isEmpty { body.all.append(("opened", .list(containers))) }
    if let discarded = facts.discarded {
      var one = Members()
      one.add("amount", discarded.amount.text)
      one.add("minute", discarded.at.map { Double($0.seconds / 60) })
      one.add("by", discarded.by)
      one.add("why", discarded.reason)
      one.add("witness", discarded.witness)
      one.add("place", discarded.place?.rawValue)
      body.all.append(("discarded", .object(one.all)))
    }
    body.add("supply", facts.supply, unless: .stock)
    body.add("shared", facts.isShared)
  }

  static func account(_ body: BodyMembers) throws(Unreadable) -> DrugAccount {
    let ndc = try body.optional("ndc")
    let brand = try body.optional("brand")
    let hasProduct = ndc != nil || brand != nil
    return DrugAccount(
      administration: try body.text("adm"),
      facts: DrugFacts(
        given: try body.amount("given"),
        product: hasProduct ? DrugProduct(ndc: ndc, brand: brand) : nil,
        containers: try containers(body), discarded: try discard(body),
        supply: try body.choice("supply") ?? .stock, isShared: body.flag("shared")))
  }

  private static func containers(_ body: BodyMembers) throws(Unreadable) -> [DrugContainer] {
    switch body["opened"] {
    case nil: return []
    case .list(let values):
      var containers: [DrugContainer] = []
      for value in values {
        guard case .object(let members) = value else { throw body.lacks("opened") }
        containers.append(try container(BodyMembers(members)))
      }
      return containers
    default: throw body.lacks("opened")
    }
  }

  private static func container(_ one: BodyMembers) throws(Unreadable) -> DrugContainer {
    let count = try one.whole("n") ?? 1
    guard count > 0 else { throw one.lacks("n") }
    let text = try one.optional("expires")
    let expires = text.flatMap { CivilDate(iso: $0) }
    if text != nil, expires == nil { throw one.lacks("expires") }
    return DrugContainer(
      ndc: try one.optional("ndc"), amount: try one.amount("holds"),
      kind: try one.choice("kind"), count: count, lot: try one.optional("lot"),
      expires: expires, serial: try one.optional("serial"))
  }

  private static func discard(_ body: BodyMembers) throws(Unreadable) -> DrugDiscard? {
    switch body["discarded"] {
    case nil: return nil
    case .object(let members):
      let one = BodyMembers(members)
      guard let amount = try one.amount("amount") else { throw one.lacks("amount") }
      let minute = try one.number("minute")
      let last = Double(LocalClock.recordable.upperBound / 60)
      if let minute, !(0...last).contains(minute) || minute != minute.rounded() {
        throw one.lacks("minute")
      }
      return DrugDiscard(
        amount, at: minute.map { Instant(seconds: Int64($0) * 60) }, by: try one.optional("by"),
        reason: try one.optional("why"), witness: try one.optional("witness"),
        place: try one.choice("place"))
    default: throw body.lacks("discarded")
    }
  }
}

extension BodyMembers {
  /// An amount as `DrugAmount.text` writes it.
  func amount(_ key: String) throws(FactBody.Unreadable) -> DrugAmount? {
    guard let text = try optional(key) else { return nil }
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let value = ExactDecimal(parts[0]),
      let unit = DrugAmount.Unit(rawValue: String(parts[1]))
    else { throw lacks(key) }
    return DrugAmount(value, unit)
  }
}
