import Support
import Testing

@testable import AnnonaRecords

@Suite("Checkpoints")
struct CheckpointTests {
  /// The first key and the second message of RFC 8032, 7.1.
  private static let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
  private static let publicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

  private func key() throws -> SigningKey {
    try #require(SigningKey(reading: Array(Self.seed.utf8)))
  }

  private let checkpoint = Checkpoint(
    origin: "example.org/decisions", size: 5, root: MerkleTree.leaf([1]),
    at: Moment("2025-11-01T10:00:00Z"))

  @Test func readsKeysInEveryForm() throws {
    let key = try key()
    #expect(Hexadecimal.text(key.publicKey.bytes) == Self.publicKey)
    // As OpenSSL writes them.
    let pem = """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----

      """
    let publicPEM = """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
      -----END PUBLIC KEY-----

      """
    #expect(SigningKey(reading: Array(pem.utf8))?.publicKey.bytes == key.publicKey.bytes)
    #expect(VerifyingKey(reading: Array(publicPEM.utf8))?.bytes == key.publicKey.bytes)
    #expect(VerifyingKey(reading: key.publicKey.bytes)?.bytes == key.publicKey.bytes)
    #expect(SigningKey(reading: Array(publicPEM.utf8)) == nil)
    #expect(SigningKey(reading: Array("short".utf8)) == nil)
  }

  /// The signature of no bytes at all by RFC 8032's first key.
  @Test func signsAsTheStandardSays() throws {
    let signature = try key().sign([])
    #expect(
      Hexadecimal.text(signature)
        == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
        + "f9b46bd25bf5f0595bbe24655141438e7a100b")
  }

  @Test func isReadAsItWasSigned() throws {
    let text = try checkpoint.signed(with: key())
    #expect(try Checkpoint(reading: text, signedBy: key().publicKey) == checkpoint)
    #expect(text.hasPrefix("example.org/decisions\n5\n"))
    let bare = Checkpoint(origin: "o", size: 0, root: MerkleTree.empty)
    #expect(
      try Checkpoint(reading: bare.signed(with: key()), signedBy: key().publicKey) == bare)
  }

  @Test func isRefusedWhenAltered() throws {
    let text = try checkpoint.signed(with: key())
    let key = try key().publicKey
    let other = try #require(
      SigningKey(reading: Array(repeating: 7, count: 32))?.publicKey)
    #expect(throws: Checkpoint.Problem.notSigned) { try Checkpoint(reading: text, signedBy: other) }
    var random = SeededRandom(seed: 3)
    for place in text.utf8.indices.map({ text.utf8.distance(from: text.startIndex, to: $0) }) {
      var bytes = Array(text.utf8)
      bytes[place] ^= 1 << UInt8.random(in: 0..<7, using: &random)
      let altered = String(decoding: bytes, as: UTF8.self)
      let read = try? Checkpoint(reading: altered, signedBy: key)
      // The last line break, and what base 64 does not count, say nothing.
      #expect(read == nil || read == checkpoint, "byte \(place)")
    }
  }

  @Test(arguments: ["", "a\n1\n", "a\n-1\nAA==\n\n", "a\n01\nAA==\n\n", "\n1\nAA==\n\n"])
  func isRefusedWhenNone(_ text: String) {
    #expect(throws: Checkpoint.Problem.notACheckpoint) {
      try Checkpoint(reading: text, signedBy: nil)
    }
  }
}
