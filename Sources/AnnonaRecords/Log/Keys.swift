import Crypto
import Foundation

/// An Ed25519 key that signs checkpoints.
///
/// As `openssl genpkey -algorithm ed25519` writes it, or its 32 bytes, or those in hexadecimal digits.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  public init?(reading bytes: [UInt8]) {
    let frame: [UInt8] = [
      0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04,
      0x20,
    ]
    guard let seed = KeyFile.bytes(bytes, label: "PRIVATE KEY", frame: frame),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    else { return nil }
    self.key = key
  }

  public var publicKey: VerifyingKey { VerifyingKey(key.publicKey) }

  func sign(_ message: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: message)) }
}

/// The public half of a signing key: as `openssl pkey -pubout` writes it, or its 32 bytes, or those in hexadecimal digits.
public struct VerifyingKey: Sendable {
  private let key: Curve25519.Signing.PublicKey

  init(_ key: Curve25519.Signing.PublicKey) { self.key = key }

  public init?(reading bytes: [UInt8]) {
    let frame: [UInt8] = [
      0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]
    guard let raw = KeyFile.bytes(bytes, label: "PUBLIC KEY", frame: frame),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
    else { return nil }
    self.key = key
  }

  public var bytes: [UInt8] { Array(key.rawRepresentation) }

  func accepts(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    key.isValidSignature(signature, for: message)
  }

  /// The first four bytes of a signature line, which tell keys apart.
  func hint(for name: String) -> [UInt8] {
    Array(Digest(of: Array(name.utf8) + [0x0A, 0x01] + bytes).bytes.prefix(4))
  }
}

private enum KeyFile {
  /// The 32 bytes of a key.
  static func bytes(_ file: [UInt8], label: String, frame: [UInt8]) -> [UInt8]? {
    if file.count == 32 { return file }
    let lines = String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline)
    if lines.count == 1, lines[0].utf8.count == 64 { return Hexadecimal.bytes(lines[0].utf8) }
    guard lines.first == "-----BEGIN \(label)-----", lines.last == "-----END \(label)-----",
      let der = Data(base64Encoded: lines.dropFirst().dropLast().joined()),
      der.count == frame.count + 32, der.starts(with: frame)
    else { return nil }
    return Array(der.suffix(32))
  }
}
