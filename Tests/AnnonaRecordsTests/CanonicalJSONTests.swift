import AnnonaLanguage
import AnnonaRecords
import Support
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
  @Test(arguments: [
    ("{ \"b\": [ ], \"a\": null, \"é\": true }", #"{"a":null,"b":[],"é":true}"#),
    ("[\"\\u0041\\/\\n\\u0007\", -12, false]", #"["A/\n\u0007",-12,false]"#),
    // A letter with its accent apart is written as one.
    ("\"cafe\u{301}\"", "\"caf\u{E9}\""),
    ("{\"Z\":0,\"a\":0,\"aa\":0,\"B\":0}", #"{"B":0,"Z":0,"a":0,"aa":0}"#),
  ])
  func hasOneForm(_ written: String, _ canonical: String) throws {
    let value = try #require(JSONValue(reading: Array(written.utf8)))
    #expect(value.canonicalBytes == Array(canonical.utf8))
    #expect(
      JSONValue(canonical: value.canonicalBytes)?.canonicalBytes == value.canonicalBytes)
    let isCanonical = written.utf8.elementsEqual(canonical.utf8)
    #expect((JSONValue(canonical: Array(written.utf8)) != nil) == isCanonical)
  }

  @Test(arguments: [
    #"{"b":0,"a":0}"#, #"{"a":0,"a":0}"#, #"{"a":0,}"#, #"{"a" :0}"#, "[1, 2]", "[1,2] ", "01",
    "-0",
    "+1", "1.0", "9223372036854775808", #""\/""#, #""\u0041""#, #""\u000A""#, #""\u000a""#,
    "\"\n\"",
    #""\x""#, "\"e\u{301}\"", "\"", "", "nullx", "[", "{\"a\":}",
  ])
  func refusesAnyOtherForm(_ text: String) {
    #expect(JSONValue(canonical: Array(text.utf8)) == nil)
  }

  @Test func refusesWhatIsNoText() {
    #expect(JSONValue(canonical: [0x22, 0xC3, 0x22]) == nil)
    #expect(JSONValue(canonical: [0x22, 0xED, 0xA0, 0x80, 0x22]) == nil)
  }

  @Test func refusesWhatIsTooDeep() {
    func nested(_ depth: Int) -> [UInt8] {
      Array(String(repeating: "[", count: depth).utf8)
        + Array(String(repeating: "]", count: depth).utf8)
    }
    #expect(JSONValue(canonical: nested(500)) != nil)
    #expect(JSONValue(canonical: nested(100_000)) == nil)
  }

  /// What is read as canonical is exactly what the writer would write again of what the reader of any JSON finds.
  @Test(arguments: [UInt64(1), 2, 3]) func agreesWithTheReaderOfAnyJSON(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var counts = [false: 0, true: 0]
    for _ in 0..<4_000 {
      var bytes = RandomJSON.value(depth: 3, using: &random).canonicalBytes
      if Bool.random(using: &random) { RandomJSON.alter(&bytes, using: &random) }
      let isCanonical = JSONValue(reading: bytes)?.canonicalBytes == bytes
      counts[isCanonical, default: 0] += 1
      #expect(
        (JSONValue(canonical: bytes)?.canonicalBytes == bytes) == isCanonical,
        "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(counts.values.allSatisfy { $0 > 500 }, "\(counts)")
  }

  @Test(arguments: ["1.5", "1e3", "99999999999999999999", "{", "[1,]", "nul", "{\"a\":1,\"a\":2}"])
  func refusesWhatNoRecordHolds(_ text: String) {
    #expect(JSONValue(reading: Array(text.utf8)) == nil)
  }

  /// The hashes of the standard's own examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func hashes(_ text: String, _ digits: String) {
    let digest = Digest(of: text.utf8)
    #expect(digest.digits == digits)
    #expect(Digest(text: "sha256:\(digits)") == digest)
    #expect(Digest(text: digits.uppercased()) == nil)
  }
}

private enum RandomJSON {
  static let texts = [
    "", "a", "b", "Z", "é", "e\u{301}", "Ω", "\u{1F476}", "\n", "\u{7}", "\"", "\\", "/", "0",
  ]

  static func text(using random: inout SeededRandom) -> String {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in texts.randomElement(using: &random)! }
      .joined()
  }

  static func value(depth: Int, using random: inout SeededRandom) -> JSONValue {
    switch Int.random(in: depth == 0 ? 2...6 : 0...6, using: &random) {
    case 0:
      return .array(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
          value(depth: depth - 1, using: &random)
        })
    case 1:
      var members: [String: JSONValue] = [:]
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        members[text(using: &random)] = value(depth: depth - 1, using: &random)
      }
      return .object(members.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
    case 2: return .null
    case 3: return .bool(.random(using: &random))
    case 4: return .integer([0, -1, 7, .max, .min].randomElement(using: &random)!)
    default: return .string(text(using: &random))
    }
  }

  /// One byte more, fewer or another.
  static func alter(_ bytes: inout [UInt8], using random: inout SeededRandom) {
    let sign = Array("0123{}[],:\"\\/u aenr-.t".utf8).randomElement(using: &random)!
    let place = Int.random(in: bytes.indices, using: &random)
    switch Int.random(in: 0...2, using: &random) {
    case 0: bytes[place] = sign
    case 1: bytes.remove(at: place)
    default: bytes.insert(sign, at: place)
    }
  }
}
