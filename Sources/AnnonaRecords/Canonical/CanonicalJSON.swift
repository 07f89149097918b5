package import AnnonaLanguage
import Foundation

extension JSONValue {
  /// One line without spaces, in UTF-8: names sorted by their bytes, texts in normal form C. Equal values give equal bytes.
  package var canonicalBytes: [UInt8] {
    var writer = CanonicalWriter()
    writer.write(self)
    return writer.bytes
  }
}

private struct CanonicalWriter {
  var bytes: [UInt8] = []

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let truth): bytes += (truth ? "true" : "false").utf8
    case .integer(let number): bytes += String(number).utf8
    case .string(let text): write(text)
    case .array(let items):
      list(items, "[", "]") { $0.write($1) }
    case .object(let members):
      let sorted = members.sorted {
        $0.name.normalised.utf8.lexicographicallyPrecedes($1.name.normalised.utf8)
      }
      list(sorted, "{", "}") { writer, member in
        writer.write(member.name)
        writer.bytes.append(UInt8(ascii: ":"))
        writer.write(member.value)
      }
    }
  }

  private mutating func list<Part>(
    _ parts: [Part], _ open: Unicode.Scalar, _ close: Unicode.Scalar,
    each: (inout CanonicalWriter, Part) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      each(&self, part)
    }
    bytes.append(UInt8(ascii: close))
  }

  /// Only what JSON demands is escaped, in its shortest form.
  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.normalised.utf8 {
      if let form = CanonicalEscape.form(of: byte) { bytes += form } else { bytes.append(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension String {
  /// In Unicode's normal form C.
  var normalised: String {
    isBelowMarks ? self : precomposedStringWithCanonicalMapping
  }

  var isNormalised: Bool { isBelowMarks || utf8.elementsEqual(normalised.utf8) }

  /// Nothing below U+0300, where the combining marks begin (in UTF-8 `CC 80`), is changed by normal form C.
  private var isBelowMarks: Bool { utf8.allSatisfy { $0 < 0xCC } }
}
