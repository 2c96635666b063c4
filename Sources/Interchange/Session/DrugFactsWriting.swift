import InfusionRecord
import PlainText

extension SessionDocument {
  /// Writes the keys of amount, product and containers. Keys with their default value are left out.
  func write(_ facts: DrugFacts, to json: inout JSONWriter) {
    if let given = facts.given {
      json.key("given")
      json.object { json in SessionDocument.write(given, to: &json) }
    }
    if let product = facts.product {
      json.key("product")
      json.object { json in
        json.member("ndc", product.ndc)
        json.member("brand", product.brand)
      }
    }
    if !facts.containers.isEmpty {
      json.key("containers")
      json.list(facts.containers) { json, container in
        SessionDocument.write(container, to: &json)
      }
    }
    if let discarded = facts.discarded {
      json.key("discarded")
      json.object { json in
        SessionDocument.write(discarded.amount, to: &json)
        if let at = discarded.at { json.member("at", timeline.session.clock.written(at)) }
        json.member("by", discarded.by)
        json.member("reason", discarded.reason)
        json.member("witness", discarded.witness)
        json.member("where", discarded.place?.rawValue)
      }
    }
    json.member("supply", facts.supply == .stock ? nil : facts.supply.rawValue)
    if facts.isShared {
      json.key("sharedContainer")
      json.value(true)
    }
  }

  private static func write(_ amount: DrugAmount, to json: inout JSONWriter) {
    json.member("value", amount.value.text)
    json.member("unit", amount.unit.rawValue)
  }

  private static func write(_ container: DrugContainer, to json: inout JSONWriter) {
    json.object { json in
      json.member("ndc", container.ndc)
      json.member("amount", container.amount?.value.text)
      json.member("unit", container.amount?.unit.rawValue)
      json.member("type", container.kind?.rawValue)
      json.key("count")
      json.value(container.count)
      json.member("lot", container.lot)
      json.member("expires", container.expires?.iso)
      json.member("serial", container.serial)
    }
  }
}
