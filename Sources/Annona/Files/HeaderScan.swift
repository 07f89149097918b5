import AnnonaLanguage

/// Finds the rulebook that a file declares without reading the whole of it.
enum HeaderScan {
  /// The id after `rulebook:` at the start of a line; empty where nothing stands there, `nil` without such a line.
  static func id(in bytes: [UInt8]) -> String? {
    place(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// The bytes of the id.
  static func place(in bytes: [UInt8]) -> Range<Int>? {
    let key = Array("rulebook:".utf8)
    var lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while lineStart < bytes.count {
      let line = bytes[lineStart...].prefix { $0 != UInt8(ascii: "\n") }
      if line.starts(with: key) { return word(line.dropFirst(key.count)) }
      lineStart = line.endIndex + 1
    }
    return nil
  }

  private static func word(_ rest: ArraySlice<UInt8>) -> Range<Int> {
    let quotes: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    let ends: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
    let word = rest.drop { ends.contains($0) || quotes.contains($0) }
      .prefix { !ends.contains($0) && !quotes.contains($0) }
    return word.startIndex..<word.endIndex
  }

  /// Whether a file declares anything that only a rulebook does.
  static func declares(_ bytes: [UInt8]) -> Bool {
    ["entities:", "parameters:", "rules:", "benefits:", "functions:", "choices:"]
      .contains { has($0, bytes) }
  }

  /// Whether a file says what it tests, and on which cases.
  static func holdsFixtures(_ bytes: [UInt8]) -> Bool {
    has("tests:", bytes) && has("cases:", bytes)
  }

  /// Whether a line starts with a key.
  private static func has(_ key: String, _ bytes: [UInt8]) -> Bool {
    let key = Array(key.utf8)
    var lineStart = 0
    while lineStart < bytes.count {
      let line = bytes[lineStart...].prefix { $0 != UInt8(ascii: "\n") }
      if line.starts(with: key) { return true }
      lineStart = line.endIndex + 1
    }
    return false
  }
}
