import Crypto
public import Foundation

/// A SHA-256 hash, written `sha256:` and 64 digits.
public struct Digest: Sendable, Hashable {
  /// 32 of them.
  public let bytes: [UInt8]

  /// Of these bytes.
  public init(of bytes: some Sequence<UInt8>) {
    self.bytes = Array(SHA256.hash(data: Array(bytes)))
  }

  init(_ hash: SHA256Digest) { bytes = Array(hash) }

  /// Of bytes that only somebody with the key can have hashed.
  public init(of bytes: [UInt8], key: [UInt8]) {
    self.bytes = Array(
      HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
  }

  /// From its 32 bytes; `nil` for any other number of them.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    self.bytes = Array(bytes)
  }

  /// From `sha256:` and 64 small hexadecimal digits; `nil` for anything else.
  public init?(text: String) {
    guard text.utf8.starts(with: "sha256:".utf8),
      let bytes = Hexadecimal.bytes(text.utf8.dropFirst(7))
    else { return nil }
    self.init(bytes: bytes)
  }
}

/// The hash of bytes that come piece by piece.
public struct RunningDigest: Sendable {
  private var hash = SHA256()

  public init() {}

  public mutating func add(_ bytes: some ContiguousBytes) {
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  /// Of all that came so far.
  public var digest: Digest { Digest(hash.finalize()) }
}

extension Digest: CustomStringConvertible {
  public var description: String { "sha256:" + digits }

  /// The 64 digits alone.
  public var digits: String { Hexadecimal.text(bytes) }
}

/// Bytes as digits of base 16.
enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `nil` where a sign is no small digit, and for an odd number of them.
  static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for sign in text {
      guard let value = digits.firstIndex(of: sign).map(UInt8.init) else { return nil }
      if let upper = high {
        bytes.append(upper << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }
}
