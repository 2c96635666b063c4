import InfusionRecord
package import PlainText
package import SessionReview
import TimelineEngine

extension DayReview {
  /// The days on paper, 80 columns wide.
  package func page(suite: String) -> TextPage {
    var page = TextPage()
    let isOne = days.lowerBound == days.upperBound
    page.line("Review of \(days.title)", suite)
    page.rule("=")
    for row in sorted {
      let when = isOne && days.contains(row.date) ? "" : row.date.display + " "
      page.line(
        "\(row.need == .person ? ">" : " ") \(when)\(row.span.padded(to: 11))  "
          + "chair \(row.chair.padded(to: 4)) \(row.patient)", row.statusText)
      page.wrap(row.unitText(), first: "    ", indent: 4)
      page.wrap("born \(row.born), MRN \(row.mrn), \(row.nurse), \(row.id)", first: "    ")
      if row.need == .reviewed || row.need == .clean, !row.unposted.isEmpty {
        page.wrap("not posted: \(row.unposted.words)", first: "    ")
      }
      for question in row.questions where row.need == .person {
        page.wrap(question, first: "    ? ")
      }
      for sentence in row.standing.changes {
        page.wrap(sentence, first: "    since review: ", indent: 6)
      }
    }
    page.rule()
    page.wrap(
      rows.count.pluralized("session") + ": " + count(.person).pluralized("needs you", "need you")
        + ", "
        + "\(count(.clean)) clean, \(count(.reviewed)) reviewed, \(openCount) open")
    page.wrap(
      integrity.lateEntries.pluralized("late entry", "late entries") + ", "
        + integrity.stopsNotObserved.pluralized("stop not observed", "stops not observed") + ", "
        + integrity.computedStops.pluralized("computed stop") + ", in the whole unit")
    TextExport.write(totals, hiddenUnits: hiddenUnits, to: &page)
    writeAmounts(to: &page)
    writeGlassBreaks(to: &page)
    return page
  }

  /// What was opened, and how much of it was given and discarded. A remainder is a question to the reviewer, so
  /// it has words of its own.
  private func writeAmounts(to page: inout TextPage) {
    guard !amounts.lines.isEmpty else { return }
    page.heading("AMOUNTS OPENED")
    for line in amounts.lines {
      let rest = line.unaccounted
      var words =
        "\(line.opened.text) \(line.unit.rawValue) = \(line.given.text) given + "
        + "\(line.discarded.text) discarded"
      if !rest.isZero { words += " + \(rest.text) unaccounted for" }
      page.wrap(words, first: "\(line.drug): ", indent: 4)
    }
  }

  private func writeGlassBreaks(to page: inout TextPage) {
    guard !glassBreaks.isEmpty else { return }
    page.heading("OPENED WITH A REASON")
    for one in glassBreaks {
      page.wrap("\(one.actor) \(one.words) (\(one.workstation))", first: "- ")
    }
  }

  /// The days as JSON: `chairtime.review/1`, one object.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("format", "chairtime.review/1")
      json.member("from", days.lowerBound.iso)
      json.member("to", days.upperBound.iso)
      json.list("sessions", sorted) { json, row in write(row, to: &json) }
      json.list("totals", totals.lines) { json, line in
        json.object { json in
          json.member("code", line.code.number)
          json.member("units", line.units)
          json.member("postable", line.postable)
        }
      }
      if hiddenUnits > 0 { json.member("restrictedUnits", hiddenUnits) }
      if !amounts.lines.isEmpty {
        json.list("amounts", amounts.lines) { json, line in
          json.object { json in
            json.member("drug", line.drug)
            json.member("unit", line.unit.rawValue)
            json.member("opened", line.opened.text)
            json.member("given", line.given.text)
            json.member("discarded", line.discarded.text)
            json.member("unaccounted", line.unaccounted.text)
          }
        }
      }
      json.object("counts") { json in
        json.member("sessions", rows.count)
        json.member("needPerson", count(.person))
        json.member("clean", count(.clean))
        json.member("reviewed", count(.reviewed))
        json.member("open", openCount)
      }
      if !glassBreaks.isEmpty {
        json.list("openedWithReason", glassBreaks) { json, one in
          json.object { json in
            json.member("actor", one.actor)
            json.member("workstation", one.workstation)
            json.member("text", one.words)
          }
        }
      }
      json.object("integrity") { json in integrity.write(to: &json) }
    }
    json.endLine()
  }

  private func write(_ row: ReviewRow, to json: inout JSONWriter) {
    json.object { json in
      json.member("session", row.id.text)
      json.member("date", row.date.iso)
      json.member("time", row.wallClockSpan)
      json.member("chair", row.chair)
      json.member("patient", row.patient)
      json.member("mrn", row.mrn)
      json.member("nurse", row.nurse)
      json.member("status", row.standing.text)
      json.member("needsPerson", row.need == .person)
      json.list("units", row.units) { json, unit in
        json.object { json in
          json.member("id", unit.id)
          json.member("code", unit.codeText)
          json.member("units", unit.count)
        }
      }
      if row.isHidden { json.member("restrictedUnits", row.unitCount) }
      json.member(of: row.unposted)
      json.list("questions", row.questions) { $0.value($1) }
      if let signOff = row.standing.signOff {
        json.member("reviewer", signOff.review.reviewer)
        json.member("statementHash", signOff.review.statementHash)
      }
      if row.isChanged {
        json.list("changedSinceReview", row.standing.changes) { $0.value($1) }
      }
    }
  }
}

extension IntegrityCounts {
  /// How the unit charts its times, on paper, 80 columns wide.
  package func page(_ title: String) -> TextPage {
    var page = TextPage()
    page.line("How times were charted", title)
    page.rule("=")
    for line in lines { page.line(line.isPart ? "  \(line.label)" : line.label, line.value) }
    page.heading("INFUSIONS BY RECORDED MINUTES")
    writeHistogram(to: &page)
    page.heading("LENGTHS THAT HEAP WHERE TIMES ARE INVENTED")
    page.line("min   found  expected from the minutes around it")
    for heap in heaps {
      page.line(
        "\(String(heap.minutes).leading(to: 3))  \(String(heap.found).leading(to: 6))"
          + "  \(heap.expectedText.leading(to: 8))  \(heap.why)")
    }
    page.skip()
    page.wrap("Counts of the unit as a whole. They say where to look, not who.")
    return page
  }

  private func writeHistogram(to page: inout TextPage) {
    let bins = bins
    guard let highest = bins.map(\.count).max(), highest > 0 else {
      return page.line("No infusion has both times.")
    }
    for bin in bins {
      let length = (bin.count * 50 + highest - 1) / highest
      page.line(
        "\(String(bin.from).leading(to: 3))-\(String(bin.to).leading(to: 3))  "
          + "\(String(bin.count).leading(to: 6)) \(String(repeating: "#", count: length))")
    }
    if longer > 0 { page.line("over 240  \(String(longer).leading(to: 4))") }
  }

  func write(to json: inout JSONWriter) {
    json.member("facts", facts)
    json.member("paperDrugs", paperDrugs)
    json.member("lateEntries", lateEntries)
    json.member("corrections", corrections)
    json.member("stops", stops)
    json.member("stopsNotObserved", stopsNotObserved)
    json.member("computedStops", computedStops)
    json.member("sessionsWithStopsInOneMinute", stopsInOneMinute)
    json.list("heaps", heaps) { json, heap in
      json.object { json in
        json.member("minutes", heap.minutes)
        json.member("found", heap.found)
        json.member("expected", heap.expected)
      }
    }
  }
}
