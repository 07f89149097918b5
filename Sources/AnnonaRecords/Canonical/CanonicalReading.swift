package import AnnonaLanguage

/// A document whose bytes are canonical, read in one pass, and where each member of the outermost object stands: the hash of
/// a part is that of its bytes, which need not be written again.
struct CanonicalDocument {
  let value: JSONValue
  private let bytes: [UInt8]
  private let parts: [String: Range<Int>]

  /// `nil` for any bytes that `canonicalBytes` would not write, even those of an equal value.
  init?(reading bytes: [UInt8]) {
    var reader = CanonicalReader(bytes)
    guard let value = reader.value(), reader.isAtEnd else { return nil }
    self.value = value
    self.bytes = bytes
    parts = reader.parts
  }

  /// The bytes of a member of the outermost object.
  func bytes(of name: String) -> ArraySlice<UInt8>? { parts[name].map { bytes[$0] } }
}

extension JSONValue {
  /// Reads what `canonicalBytes` writes, and nothing else.
  package init?(canonical bytes: [UInt8]) {
    guard let document = CanonicalDocument(reading: bytes) else { return nil }
    self = document.value
  }
}

private struct CanonicalReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0
  private(set) var parts: [String: Range<Int>] = [:]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func takes(_ sign: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: sign) else { return false }
    offset += 1
    return true
  }

  private mutating func takes(_ word: String) -> Bool {
    guard bytes[offset...].starts(with: word.utf8) else { return false }
    offset += word.utf8.count
    return true
  }

  mutating func value() -> JSONValue? {
    switch next {
    case UInt8(ascii: "\""): return text().map { .string($0) }
    case UInt8(ascii: "{"): return deeper { $0.object() }
    case UInt8(ascii: "["): return deeper { $0.list() }
    case UInt8(ascii: "t"): return takes("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return takes("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return takes("null") ? .null : nil
    default: return number()
    }
  }

  /// Far deeper than any record, so that bytes from elsewhere cannot exhaust the stack.
  private mutating func deeper(_ read: (inout Self) -> JSONValue?) -> JSONValue? {
    guard depth < 500 else { return nil }
    depth += 1
    defer { depth -= 1 }
    offset += 1
    return read(&self)
  }

  private mutating func list() -> JSONValue? {
    var items: [JSONValue] = []
    if takes("]") { return .array(items) }
    repeat {
      guard let item = value() else { return nil }
      items.append(item)
    } while takes(",")
    return takes("]") ? .array(items) : nil
  }

  private mutating func object() -> JSONValue? {
    let isOutermost = depth == 1
    var members: [JSONValue.Member] = []
    if takes("}") { return .object(members) }
    repeat {
      guard let name = text(), takes(":") else { return nil }
      // Sorted by their bytes, and so no name comes twice.
      if let last = members.last, !last.name.utf8.lexicographicallyPrecedes(name.utf8) {
        return nil
      }
      let start = offset
      guard let value = value() else { return nil }
      if isOutermost { parts[name] = start..<offset }
      members.append(.init(name, value))
    } while takes(",")
    return takes("}") ? .object(members) : nil
  }

  /// A whole number, as it is written from a machine word.
  private mutating func number() -> JSONValue? {
    let start = offset
    if next == UInt8(ascii: "-") { offset += 1 }
    while let sign = next, (0x30...0x39).contains(sign) { offset += 1 }
    let digits = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard let number = Int(digits), String(number) == digits else { return nil }
    return .integer(number)
  }

  /// A text in normal form C in which nothing is escaped but what must be, in its shortest form.
  private mutating func text() -> String? {
    guard takes("\"") else { return nil }
    let start = offset
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      offset += 1
    }
    var text: String?
    if next == UInt8(ascii: "\"") {
      text = String(validating: bytes[start..<offset], as: UTF8.self)
    } else {
      offset = start
      text = textWithEscapes()
    }
    guard takes("\""), let text, text.isNormalised else { return nil }
    return text
  }

  private mutating func textWithEscapes() -> String? {
    var found: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\""), byte >= 0x20 {
      if byte == UInt8(ascii: "\\") {
        guard let (escaped, length) = CanonicalEscape.reading(bytes[offset...]) else { return nil }
        found.append(escaped)
        offset += length
      } else {
        found.append(byte)
        offset += 1
      }
    }
    return String(validating: found, as: UTF8.self)
  }
}

/// What is escaped in a canonical text, in the shortest form that JSON has for it.
enum CanonicalEscape {
  /// By what is escaped: quotes, backslash and all below the space.
  private static let forms: [UInt8: [UInt8]] = {
    var forms: [UInt8: [UInt8]] = [:]
    for byte in UInt8(0)..<0x20 { forms[byte] = Array("\\u00\(Hexadecimal.text([byte]))".utf8) }
    let short: KeyValuePairs<UInt8, String> = [
      UInt8(ascii: "\""): #"\""#, UInt8(ascii: "\\"): #"\\"#, 0x0A: #"\n"#, 0x0D: #"\r"#,
      0x09: #"\t"#, 0x08: #"\b"#, 0x0C: #"\f"#,
    ]
    for (byte, form) in short { forms[byte] = Array(form.utf8) }
    return forms
  }()

  /// What is written for a byte; `nil` for those that stand for themselves.
  static func form(of byte: UInt8) -> [UInt8]? {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? forms[byte] : nil
  }

  /// The byte for which an escape at the beginning stands, and the escape's length; `nil` for any other form of it.
  static func reading(_ bytes: ArraySlice<UInt8>) -> (byte: UInt8, length: Int)? {
    forms.first { bytes.starts(with: $0.value) }.map { ($0.key, $0.value.count) }
  }
}
