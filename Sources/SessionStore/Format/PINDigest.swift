import Crypto
import CryptoExtras
package import InfusionRecord

/// A digest of a PIN: scrypt (RFC 7914) with a salt of its own.
///
/// One try costs 32 MiB and about 0.1 s (N = 2^15, r = 8, p = 1; OWASP password storage cheat sheet).
/// The parameters are stored with the digest, so later ones can be larger. There are only a million
/// PINs: the digest slows a thief of the file, `SignInLimit` slows a person at the keyboard.
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

  /// Whether this is the digest of the PIN. A wrong PIN takes as long as the right one.
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
  /// The members of an audit entry that hold it.
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
      let parallelism = whole("p", 1...16), let saltBytes = bytes(hexadecimal: salt),
      let hashBytes = bytes(hexadecimal: hash), hashBytes.count == PINDigest.length
    else { return nil }
    self.init(
      salt: saltBytes, rounds: rounds, blockSize: blockSize, parallelism: parallelism,
      hash: hashBytes)
  }
}
