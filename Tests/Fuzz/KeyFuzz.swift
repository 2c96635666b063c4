// What a terminal sends: however it is cut, nothing pasted becomes a key, and memory stays bounded.
//
// A byte 0xFF is a pause in which the decoder gives up waiting.

import TerminalCore

@_cdecl("LLVMFuzzerTestOneInput")
package func readOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let whole = inputs(bytes, cut: bytes.count)
  // Pieces that come at once are one piece, but for bursts, which are told by how text comes.
  if !whole.contains(where: \.isPaste), !bytes.contains(0xFF), bytes.count < 32 {
    check(inputs(bytes, cut: 1) == whole, "other keys when cut")
  }
  for input in inputs(bytes, cut: 3) {
    if case .paste(let text) = input {
      check(text.utf8.count <= InputDecoder.maximumPaste * 3, "a paste without end")
    }
  }
  return 0
}

private func inputs(_ bytes: [UInt8], cut: Int) -> [Input] {
  var decoder = InputDecoder()
  var found: [Input] = []
  var time: Int64 = 0
  for piece in bytes.split(separator: 0xFF, omittingEmptySubsequences: false) {
    var position = piece.startIndex
    while position < piece.endIndex {
      let end = min(piece.endIndex, position + max(1, cut))
      found += decoder.feed(piece[position..<end], at: time)
      time += 1
      position = end
    }
    found += decoder.flush()
    check(decoder.patience == nil, "still waiting after a pause")
    time += 10_000
  }
  return found
}

extension Input {
  fileprivate var isPaste: Bool { if case .paste = self { true } else { false } }
}

private func check(_ holds: Bool, _ law: StaticString) {
  if !holds { fatalError("broken law: \(law)") }
}
