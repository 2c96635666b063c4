import Crypto

/// SHA-256 (FIPS 180-4) as text.
package enum Seal {
  /// The hash of `bytes`, 64 hexadecimal digits in lower case.
  package static func sha256(_ bytes: [UInt8]) -> String {
    hexadecimal([UInt8](SHA256.hash(data: bytes)))
  }
}
