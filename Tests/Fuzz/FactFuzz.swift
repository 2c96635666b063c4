// A stored payload: refused, or a fact that is written and read back the same.
//
// The first byte is the kind; the rest is the body. Compiled together with the files it tries.

import InfusionRecord

@_cdecl("LLVMFuzzerTestOneInput")
package func readOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let body = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
  guard let fact = try? FactBody.fact(kind: Int64(start[0]), body) else { return 0 }
  let written = FactBody.bytes(of: fact)
  guard let again = try? FactBody.fact(kind: FactBody.number(of: fact.kind), written) else {
    fatalError("broken law: what was written cannot be read")
  }
  if FactBody.bytes(of: again) != written { fatalError("broken law: it reads back otherwise") }
  return 0
}
