import Crypto
import CryptoExtras
package import InfusionRecord

/// What is kept of a PIN: scrypt (RFC 7914) over it with a salt of its own.
///
/// 32 MiB and about a tenth of a second a try (N = 2^15, r = 8, p = 1; OWASP password storage cheat
/// sheet). The numbers are kept beside it, so that later ones can be larger. A million PINs are few:
/// this slows whoever stole the file, and the limit on tries slows whoever has a keyboard.
package struct PINDigest: Sendable, Equatable {
  package let salt: [UInt8]
  package let rounds: Int
  package let blockSize: Int
  package let parallelism: Int
  package let hash: [UInt8]

  private static let length = 32

  /// The digest of a new PIN.
  package init(of pin: PIN, rounds: Int = 1 << 15) throws(StoreError) {
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    self.init(
      salt: salt, rounds: rounds, blockSize: 8, parallelism: 1,
      hash: try PINDigest.derive(pin, salt, rounds, 8, 1))
  }

  private init(salt: [UInt8], rounds: Int, blockSize: Int, parallelism: Int, hash: [UInt8]) {
    self.salt = salt
    self.rounds = rounds
    self.blockSize = blockSize
    self.parallelism = parallelism
    self.hash = hash
  }

  /// Whether it is the digest of this PIN; takes as long for a wrong one.
  package func isOf(_ pin: PIN) throws(StoreError) -> Bool {
    let tried = try PINDigest.derive(pin, salt, rounds, blockSize, parallelism)
    guard tried.count == hash.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(tried, hash) { difference |= one ^ other }
    return difference == 0
  }

  private static func derive(
    _ pin: PIN, _ salt: [UInt8], _ rounds: Int, _ blockSize: Int, _ parallelism: Int
  ) throws(StoreError) -> [UInt8] {
    do {
      let key = try KDF.Scrypt.deriveKey(
        from: pin.digits, salt: salt, outputByteCount: length, rounds: rounds,
        blockSize: blockSize, parallelism: parallelism)
      return key.withUnsafeBytes { [UInt8]($0) }
    } catch {
      throw .invalid(what: "a PIN could not be checked; the host may lack 32 MiB of memory")
    }
  }
}

extension PINDigest {
  /// As an audit entry keeps it.
  package var members: [(key: String, value: CompactJSON.Value)] {
    [
      ("salt", .text(hexadecimal(salt))), ("n", .number(Double(rounds))),
      ("r", .number(Double(blockSize))), ("p", .number(Double(parallelism))),
      ("scrypt", .text(hexadecimal(hash))),
    ]
  }

  package init?(members: [String: CompactJSON.Value]) {
    func whole(_ key: String, _ range: ClosedRange<Int>) -> Int? {
      guard case .number(let number)? = members[key] else { return nil }
      return Int(exactly: number).flatMap { range.contains($0) ? $0 : nil }
    }
    guard case .text(let salt)? = members["salt"], case .text(let hash)? = members["scrypt"],
      let rounds = whole("n", 2...(1 << 22)), let blockSize = whole("r", 1...64),
      let parallelism = whole("p", 1...16), let saltBytes = PINDigest.bytes(salt),
      let hashBytes = PINDigest.bytes(hash), hashBytes.count == PINDigest.length
    else { return nil }
    self.init(
      salt: saltBytes, rounds: rounds, blockSize: blockSize, parallelism: parallelism,
      hash: hashBytes)
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[index...(index + 1)], as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
