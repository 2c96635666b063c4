// What a peer answers: however the network cuts it, the same answer or the same fault, in bounded room.

import Interchange

@_cdecl("LLVMFuzzerTestOneInput")
package func readOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  read(bytes)
  let whole = frames(in: bytes, pieces: bytes.count)
  check(frames(in: bytes, pieces: 1) == whole, "other messages when cut")
  check(frames(in: bytes, pieces: 7) == whole, "other messages when cut")
  for message in whole.messages { read(message) }
  return 0
}

private func read(_ bytes: [UInt8]) {
  guard let answer = try? HL7Acknowledgement(bytes) else { return }
  check(answer.words.unicodeScalars.count <= 400, "too many words")
  check(
    answer.words.unicodeScalars.allSatisfy {
      !(0..<0x20).contains($0.value) && !(0x7F..<0xA0).contains($0.value)
        && !(0x202A...0x202E).contains($0.value) && !(0x2066...0x2069).contains($0.value)
    }, "words that steer")
  check(["AA", "AE", "AR", "CA", "CE", "CR"].contains(answer.code), "an unknown code")
}

private struct Found: Equatable {
  var messages: [[UInt8]] = []
  var fault: MLLPReader.Fault?
}

private func frames(in bytes: [UInt8], pieces: Int) -> Found {
  var reader = MLLPReader()
  var found = Found()
  var position = 0
  do throws(MLLPReader.Fault) {
    while position < bytes.count {
      let end = min(bytes.count, position + max(1, pieces))
      if let message = try reader.take(bytes[position..<end]) { found.messages.append(message) }
      while let message = try reader.take([]) { found.messages.append(message) }
      position = end
    }
  } catch {
    found.fault = error
  }
  return found
}

private func check(_ holds: Bool, _ law: StaticString) {
  if !holds { fatalError("broken law: \(law)") }
}
