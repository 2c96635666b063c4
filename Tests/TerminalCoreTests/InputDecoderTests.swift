import Testing

@testable import TerminalCore

@Suite struct InputDecoderTests {
  private func decode(_ text: String) -> [Input] {
    var decoder = InputDecoder()
    var inputs = decoder.feed(Array(text.utf8), at: 0)
    inputs += decoder.flush()
    return inputs
  }

  @Test(arguments: [
    ("\u{1B}[A", KeyPress(.up)), ("\u{1B}OA", KeyPress(.up)), ("\u{1B}[B", KeyPress(.down)),
    ("\u{1B}[5~", KeyPress(.pageUp)), ("\u{1B}[H", KeyPress(.home)), ("\u{1B}[1~", KeyPress(.home)),
    ("\u{1B}[7~", KeyPress(.home)), ("\u{1B}OH", KeyPress(.home)), ("\u{1B}[3~", KeyPress(.delete)),
    ("\u{1B}[Z", KeyPress(.backTab)), ("\u{1B}OP", KeyPress(.function(1))),
    ("\u{1B}[11~", KeyPress(.function(1))), ("\u{1B}[[A", KeyPress(.function(1))),
    ("\u{1B}[24~", KeyPress(.function(12))), ("\u{1B}[1;5C", KeyPress(.right, .control)),
    ("\u{1B}x", KeyPress(.character("x"), .alt)), ("\u{1B}", KeyPress(.escape)),
    ("\r", KeyPress(.enter)), ("\n", KeyPress(.enter)), ("\t", KeyPress(.tab)),
    ("\u{7F}", KeyPress(.backspace)), ("\u{8}", KeyPress(.backspace)), ("\u{C}", .control("l")),
    ("j", KeyPress(.character("j"))), ("é", KeyPress(.character("é"))),
    ("王", KeyPress(.character("王"))), ("😀", KeyPress(.character("😀"))),
  ])
  func `bytes become the key a person pressed`(bytes: String, press: KeyPress) {
    #expect(decode(bytes) == [.key(press)])
  }

  @Test func `a sequence cut anywhere is the same key`() {
    for text in ["\u{1B}[A", "\u{1B}[1;5C", "\u{1B}OP", "王", "\u{1B}[200~a\u{1B}[201~"] {
      let bytes = Array(text.utf8)
      let whole = decode(text)
      for cut in 1..<bytes.count {
        var decoder = InputDecoder()
        var inputs = decoder.feed(bytes[..<cut], at: 0)
        #expect(decoder.patience != nil)
        inputs += decoder.feed(bytes[cut...], at: 10)
        #expect(inputs == whole)
        #expect(decoder.patience == nil)
      }
    }
  }

  @Test func `escape alone waits 200 ms and no longer`() {
    var decoder = InputDecoder()
    #expect(decoder.feed([0x1B], at: 1000) == [])
    #expect(decoder.patience == 200)
    #expect(decoder.wait(at: 1040) == 160)
    #expect(decoder.wait(at: 1199) == 1 && decoder.wait(at: 1200) == 0)
    #expect(decoder.flush(at: 1200) == [.key(KeyPress(.escape))])
    #expect(decoder.wait(at: 1200) == nil)
  }

  @Test(arguments: [1, 25, 26, 41, 120, 199, 200] as [Int64])
  func `a key whose escape character came alone is that key for 200 ms`(gap: Int64) {
    for text in [
      "\u{1B}[B", "\u{1B}OB", "\u{1B}[1;5C", "\u{1B}[3~", "\u{1B}]0;title\u{7}",
      "\u{1B}[200~q\u{1B}[201~",
    ] {
      let bytes = Array(text.utf8)
      var decoder = InputDecoder()
      #expect(decoder.feed([0x1B], at: 0) == [])
      #expect(decoder.feed(bytes[1...], at: gap) == decode(text), "\(text.debugDescription)")
      // One byte after the other; a reply ends after a second.
      if text.hasPrefix("\u{1B}]") { continue }
      var slow = InputDecoder()
      var inputs: [Input] = []
      var time: Int64 = 0
      for byte in bytes {
        inputs += slow.feed([byte], at: time)
        time += gap
      }
      #expect(inputs == decode(text), "\(text.debugDescription)")
    }
  }

  @Test func `a key after Esc is a key, and one that came with it has Alt`() {
    for (gap, isAlt) in [(0, true), (25, true), (26, false), (150, false)] as [(Int64, Bool)] {
      var decoder = InputDecoder()
      #expect(decoder.feed([0x1B], at: 0) == [])
      let key = Key.character("s")
      #expect(
        decoder.feed(Array("s".utf8), at: gap)
          == (isAlt ? [.key(KeyPress(key, .alt))] : [.key(KeyPress(.escape)), .key(KeyPress(key))]))
    }
    var decoder = InputDecoder()
    #expect(decoder.feed([0x1B], at: 0) == [])
    #expect(
      decoder.feed([0x1B, 0x5B, 0x42], at: 100)
        == [.key(KeyPress(.escape)), .key(KeyPress(.down))])
    #expect(decoder.feed([0x1B], at: 500) == [])
    #expect(decoder.feed([0x5B], at: 600) == [])
    #expect(
      decoder.flush(at: 800) == [.key(KeyPress(.escape)), .key(KeyPress(.character("[")))])
  }

  @Test func `a sequence that has begun waits 200 ms, and its rest is the same key`() {
    for text in ["\u{1B}[A", "\u{1B}[1;5C", "\u{1B}OP", "\u{1B}[57400u", "\u{1B}Ox"] {
      let bytes = Array(text.utf8)
      for cut in 2..<bytes.count {
        var decoder = InputDecoder()
        #expect(decoder.feed(bytes[..<cut], at: 0) == [])
        #expect(decoder.patience == 200)
        #expect(decoder.feed(bytes[cut...], at: 199) == decode(text))
      }
    }
  }

  /// The escape character alone is the key Esc after 200 ms; what follows is no text.
  @Test func `the rest of a key whose escape character came alone types nothing`() {
    for (rest, later) in [("[A", 350), ("[1;5C", 350), ("OP", 400), ("[3~", 201)]
      as [(String, Int64)]
    {
      var decoder = InputDecoder()
      #expect(decoder.feed([0x1B], at: 0) == [])
      #expect(decoder.flush(at: 200) == [.key(KeyPress(.escape))])
      #expect(decoder.feed(Array(rest.utf8), at: later) == [], "\(rest)")
      #expect(decoder.feed(Array("j".utf8), at: later + 5) == [.key(KeyPress(.character("j")))])
    }
  }

  @Test func `keys after Esc are keys`() {
    for text in ["[", "O", "s", "[x", "Ok", "[201"] {
      var decoder = InputDecoder()
      _ = decoder.feed([0x1B], at: 0)
      _ = decoder.flush(at: 200)
      var inputs: [Input] = []
      // A person types one after another, later than a line is slow.
      var time: Int64 = 415
      for byte in text.utf8 {
        inputs += decoder.feed([byte], at: time)
        time += 120
      }
      #expect(inputs == text.map { .key(KeyPress(.character($0))) }, "\(text)")
    }
  }

  @Test func `a reply split anywhere types nothing`() {
    for reply in [
      "\u{1B}]11;rgb:0000/1111/2222\u{1B}\\", "\u{1B}]0;title\u{7}", "\u{1B}P1$r0m\u{1B}\\",
      "\u{1B}[?62;22c", "\u{1B}[<0;10;10m", "\u{1B}[12;40R", "\u{1B}[M !!",
    ] {
      let bytes = Array(reply.utf8)
      for cut in 2..<bytes.count {
        var decoder = InputDecoder()
        var inputs = decoder.feed(bytes[..<cut], at: 0)
        inputs += decoder.feed(bytes[cut...], at: 190)
        inputs += decoder.feed(Array("j".utf8), at: 195)
        let keys = inputs.filter { $0 != .key(KeyPress(.function(3))) }
        #expect(keys == [.key(KeyPress(.character("j")))], "\(reply.debugDescription) \(cut)")
      }
    }
  }

  @Test func `a reply without an end takes no key after a second, nor after Enter`() {
    var decoder = InputDecoder()
    _ = decoder.feed(Array("\u{1B}]11;rgb:00".utf8), at: 0)
    #expect(decoder.patience == 1000)
    #expect(decoder.feed(Array("j".utf8), at: 1001) == [.key(KeyPress(.character("j")))])
    _ = decoder.feed(Array("\u{1B}]11;rgb:00".utf8), at: 2000)
    #expect(decoder.feed([0x0D], at: 2100) == [.key(KeyPress(.enter))])
  }

  @Test func `the keypad in application mode types digits and signs`() {
    for (final, character) in zip("pqrstuvwxyjklmnoX", "0123456789*+,-./=") {
      #expect(decode("\u{1B}O\(final)") == [.key(KeyPress(.character(character)))])
    }
    #expect(decode("\u{1B}OM") == [.key(KeyPress(.enter))])
    #expect(decode("\u{1B}O5A") == [.key(KeyPress(.up, .control))])
  }

  @Test(arguments: [
    ("\u{1B}[97u", KeyPress(.character("a"))), ("\u{1B}[97;5u", KeyPress.control("a")),
    ("\u{1B}[97;2u", KeyPress(.character("A"))), ("\u{1B}[97:65;2u", KeyPress(.character("A"))),
    ("\u{1B}[97;65u", KeyPress(.character("A"))), ("\u{1B}[97;66u", KeyPress(.character("a"))),
    ("\u{1B}[49:33;2u", KeyPress(.character("!"))), ("\u{1B}[97;;228u", KeyPress(.character("ä"))),
    ("\u{1B}[13u", KeyPress(.enter)), ("\u{1B}[27u", KeyPress(.escape)),
    ("\u{1B}[9u", KeyPress(.tab)), ("\u{1B}[9;2u", KeyPress(.backTab)),
    ("\u{1B}[127u", KeyPress(.backspace)), ("\u{1B}[57399u", KeyPress(.character("0"))),
    ("\u{1B}[57408u", KeyPress(.character("9"))), ("\u{1B}[57414u", KeyPress(.enter)),
    ("\u{1B}[57419u", KeyPress(.up)), ("\u{1B}[57426u", KeyPress(.delete)),
    ("\u{1B}[27;5;97~", KeyPress.control("a")), ("\u{1B}[1;1:2B", KeyPress(.down)),
  ])
  func `keys of newer keyboard protocols are the keys they are`(bytes: String, press: KeyPress) {
    #expect(decode(bytes) == [.key(press)])
  }

  /// Caps Lock, a volume key, F13, Super by itself, Super-x, a key let go, private-use letters.
  @Test(arguments: [
    "\u{1B}[57358u", "\u{1B}[57439u", "\u{1B}[57376u", "\u{1B}[57444u", "\u{1B}[120;9u",
    "\u{1B}[120;1:3u", "\u{1B}[1;1:3A", "\u{F700}", "\u{E000}", "\u{10FFFD}", "\u{9B}",
  ])
  func `what a keyboard reports besides text types nothing`(bytes: String) {
    #expect(decode(bytes + "j") == [.key(KeyPress(.character("j")))])
  }

  @Test func `pasted text is one input, never keys`() {
    let text = "q\nx\u{1B}[Aj\u{3}" + String(repeating: "q", count: 100_000)
    #expect(
      decode("\u{1B}[200~" + text + "\u{1B}[201~j")
        == [.paste(text), .key(KeyPress(.character("j")))])
  }

  @Test func `a paste that never ends is taken after a timeout`() {
    var decoder = InputDecoder()
    #expect(decoder.feed(Array("\u{1B}[200~abc\u{1B}[2".utf8), at: 0) == [])
    #expect(decoder.patience == InputDecoder.pasteDelay)
    #expect(decoder.flush() == [.paste("abc\u{1B}[2")])
    #expect(decoder.feed(Array("j".utf8), at: 2000) == [.key(KeyPress(.character("j")))])
  }

  @Test func `a burst faster than hands is a paste even without brackets`() {
    let text = String(repeating: "qx\n", count: 30_000)
    var decoder = InputDecoder()
    var inputs: [Input] = []
    let bytes = Array(text.utf8)
    var time: Int64 = 0
    for start in stride(from: 0, to: bytes.count, by: 4096) {
      inputs += decoder.feed(bytes[start..<min(bytes.count, start + 4096)], at: time)
      time += 5
    }
    let isAllPaste = inputs.allSatisfy {
      if case .paste = $0 { true } else { false }
    }
    #expect(isAllPaste)
    #expect(decoder.feed(Array("q".utf8), at: time + 500) == [.key(KeyPress(.character("q")))])
  }

  @Test func `a scanned barcode is keys and ends with Enter`() {
    let inputs = decode("0100361755123456217ABC\r")
    #expect(inputs.count == 23)
    #expect(inputs.last == .key(KeyPress(.enter)))
  }

  @Test(arguments: [
    "\u{1B}[99;99q", "\u{1B}]0;title\u{7}", "\u{1B}]11;rgb:0/0/0\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\",
    "\u{1B}[?62;c", "\u{1B}[<0;10;10m", "\u{1B}[<2;10;10M", "\u{1B}[<0;0;1M", "\u{1B}[<0;1M",
    "\u{1B}[<16;1;1M",
    "\u{1B}[I", "\u{1B}[O",
  ])
  func `an unexpected reply is dropped whole`(reply: String) {
    #expect(decode(reply + "j") == [.key(KeyPress(.character("j")))])
  }

  @Test func `a press of the left button and the wheel are told, wherever the sequence is split`() {
    for (reply, event) in [
      ("\u{1B}[<0;10;4M", MouseEvent.click(Point(column: 9, row: 3))),
      ("\u{1B}[<0;1;1M", .click(Point(column: 0, row: 0))), ("\u{1B}[<64;7;7M", .wheelUp),
      ("\u{1B}[<65;7;7M", .wheelDown),
    ] {
      let bytes = Array(reply.utf8)
      #expect(decode(reply + "j") == [.mouse(event), .key(KeyPress(.character("j")))])
      for cut in 2..<bytes.count {
        var decoder = InputDecoder()
        var inputs = decoder.feed(bytes[..<cut], at: 0)
        inputs += decoder.feed(bytes[cut...], at: 100)
        #expect(inputs == [.mouse(event)], "\(reply.debugDescription) \(cut)")
      }
    }
  }

  @Test func `invalid UTF-8 is dropped and what follows is read`() {
    for bytes: [UInt8] in [
      [0xFF], [0xC0, 0xAF], [0xE2, 0x28], [0xED, 0xA0, 0x80], [0x80], [0xF8],
    ] {
      var decoder = InputDecoder()
      let inputs = decoder.feed(bytes + Array("j".utf8), at: 0)
      #expect(inputs.last == .key(KeyPress(.character("j"))))
    }
  }

  @Test func `any bytes are read to the end without a trap`() {
    var state: UInt64 = 20261123
    func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    let favourites: [UInt8] = [0x1B, 0x5B, 0x4F, 0x3B, 0x32, 0x30, 0x7E, 0x5D, 0x07, 0xE2, 0xFF]
    var decoder = InputDecoder()
    var time: Int64 = 0
    for _ in 0..<20_000 {
      let bytes = (0..<Int(next() % 12)).map { _ in
        next() % 2 == 0
          ? favourites[Int(next() % UInt64(favourites.count))] : UInt8(truncatingIfNeeded: next())
      }
      _ = decoder.feed(bytes, at: time)
      time += Int64(next() % 80)
      if next() % 3 == 0 {
        _ = decoder.flush()
        #expect(decoder.patience == nil)
      }
    }
  }
}
