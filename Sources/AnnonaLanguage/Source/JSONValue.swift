/// JSON to be written: what commands print and records keep. There is no floating point in it.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSONValue])
  /// Members in the order in which they are to be written; a name must not come twice.
  case object([Member])

  package struct Member: Sendable, Hashable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// An object whose members keep the order of the pairs.
  package static func object(_ pairs: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(pairs.map { Member($0.key, $0.value) })
  }

  /// `null` where there is no text.
  package static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// One line without spaces, members in the order given.
  package var compact: String {
    var writer = JSONWriter(indents: false)
    writer.write(self, depth: 0)
    return writer.text
  }

  /// Two spaces a level, empty lists and objects on one line, no line break at the end.
  package var pretty: String {
    var writer = JSONWriter(indents: true)
    writer.write(self, depth: 0)
    return writer.text
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

private struct JSONWriter {
  let indents: Bool
  var text = ""

  init(indents: Bool) { self.indents = indents }

  mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let truth): text += truth ? "true" : "false"
    case .integer(let number): text += String(number)
    case .string(let string): write(string)
    case .array(let items):
      list(items, between: "[", and: "]", depth: depth) { writer, item in
        writer.write(item, depth: depth + 1)
      }
    case .object(let members):
      list(members, between: "{", and: "}", depth: depth) { writer, member in
        writer.write(member.name)
        writer.text += writer.indents ? ": " : ":"
        writer.write(member.value, depth: depth + 1)
      }
    }
  }

  private mutating func list<Part>(
    _ parts: [Part], between open: String, and close: String, depth: Int,
    each: (inout JSONWriter, Part) -> Void
  ) {
    text += open
    for (index, part) in parts.enumerated() {
      if index > 0 { text += "," }
      newLine(depth + 1)
      each(&self, part)
    }
    if !parts.isEmpty { newLine(depth) }
    text += close
  }

  private mutating func newLine(_ depth: Int) {
    guard indents else { return }
    text += "\n" + String(repeating: "  ", count: depth)
  }

  /// Only what JSON demands is escaped, in its shortest form.
  private mutating func write(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{8}": text += "\\b"
      case "\u{C}": text += "\\f"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
