import AnnonaLanguage
import AnnonaRecords
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
      JSONValue(reading: value.canonicalBytes)?.canonicalBytes == value.canonicalBytes)
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
