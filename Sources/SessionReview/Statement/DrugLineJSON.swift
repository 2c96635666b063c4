import InfusionRecord
import PlainText
import TimelineEngine

extension Statement {
  /// Writes the lines of drugs and the accounts of their amounts; nothing for a session without amounts.
  func writeDrugs(to json: inout JSONWriter) {
    guard !drugLines.isEmpty || !drugAmounts.isEmpty else { return }
    json.member("drugCodes", drugCodes)
    json.key("drugLines")
    json.list(drugLines) { json, line in write(line, to: &json) }
    json.key("drugAmounts")
    json.list(drugAmounts) { json, balance in
      json.object { json in
        json.member("administration", timeline.administrations[balance.administration].id)
        json.member("unit", balance.unit.rawValue)
        json.member("opened", balance.opened.text)
        json.member("given", balance.given.text)
        json.member("discarded", balance.discarded.text)
        json.member("unaccounted", balance.unaccounted.text)
      }
    }
  }

  private func write(_ line: DrugLine, to json: inout JSONWriter) {
    json.object { json in
      json.member("code", line.code.code)
      json.key("units")
      json.value(line.units)
      json.key("modifiers")
      json.list(line.modifiers) { $0.value($1.rawValue) }
      writeOrNull("serviceDate", line.serviceDate?.iso, to: &json)
      json.member("encounter", encounter(of: line))
      json.key("administrations")
      json.list(line.administrations) { $0.value(timeline.administrations[$1].id) }
      writeOrNull("product", line.product, to: &json)
      writeOrNull("ndc", line.ndc, to: &json)
      writeOrNull("quantity", line.quantity, to: &json)
      json.member("supply", line.supply == .stock ? nil : line.supply.rawValue)
      json.member("status", line.status.text)
      json.key("because")
      json.list(line.because) { json, reason in
        json.object { json in
          json.member("rule", reason.rule.text)
          json.member("text", reason.text)
          json.member("citation", reason.citedLine)
        }
      }
    }
  }

  private func writeOrNull(_ name: String, _ text: String?, to json: inout JSONWriter) {
    json.key(name)
    if let text { json.value(text) } else { json.null() }
  }
}
