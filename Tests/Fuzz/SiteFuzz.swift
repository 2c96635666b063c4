// A site's file: every fault a sentence with a line, and what has no fault is a site that works.

import InfusionRecord
import Interchange
import TimelineEngine

@_cdecl("LLVMFuzzerTestOneInput")
package func readOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let (site, faults) = SiteConfiguration.check(bytes, file: "site.toml")
  for fault in faults {
    let sentence = fault.description
    check(!sentence.utf8.contains(0x0A) && !sentence.utf8.contains(0x1B), "a text that steers")
    check(sentence.hasPrefix("site.toml") && sentence.hasSuffix("."), "no sentence")
  }
  let lines = faults.map { $0.line ?? 0 }
  check(lines == lines.sorted(), "faults out of order")
  check(!site.facility.chairs.isEmpty, "a suite without chairs")
  check((1...300).contains(site.hl7Seconds), "no time to wait")
  if let peer = site.hl7Peer { check(HL7Peer(peer.text) == peer, "a peer that reads otherwise") }
  for payer in site.payerSettings.keys { _ = site.policy(for: payer) }
  return 0
}

private func check(_ holds: Bool, _ law: StaticString) {
  if !holds { fatalError("broken law: \(law)") }
}
