internal import AnnonaLanguage
import AnnonaValues

/// A hash of what a program means: all that it holds but the files' text, and where in them each thing stands.
///
/// It goes through the program by reflection, so that nothing that is ever added to the language can be forgotten.
struct ProgramDigest {
  let digest: Digest
  /// The files in which something of it stands, by index.
  let files: Set<Int32>

  init(of program: Program) {
    var walk = ProgramWalk()
    var program = program
    program.files = []
    walk.enter(program)
    digest = Digest(of: walk.bytes)
    files = walk.files
  }
}

private struct ProgramWalk {
  var bytes: [UInt8] = []
  var files: Set<Int32> = []

  mutating func enter(_ value: Any) {
    switch value {
    case let span as Span: files.insert(span.file)
    case let text as String: word(text)
    case let number as Number: word(number.canonicalText)
    case let date as CalendarDate: word(date.description)
    case let unit as Unit: word(unit.description)
    case let number as Int: word(String(number))
    case let number as Int32: word(String(number))
    case let truth as Bool: word(truth ? "true" : "false")
    case let text as LocalizedText:
      for (language, variant) in text.variants.sorted(by: { $0.key < $1.key }) {
        word(language)
        word(variant)
      }
      bytes.append(UInt8(ascii: ";"))
    default: children(of: value)
    }
  }

  private mutating func children(of value: Any) {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle != .set, mirror.displayStyle != .dictionary else {
      // In an order that is the same on every run.
      var parts: [[UInt8]] = []
      for child in mirror.children {
        var part = ProgramWalk()
        part.enter(child.value)
        parts.append(part.bytes)
        files.formUnion(part.files)
      }
      bytes += parts.sorted { $0.lexicographicallyPrecedes($1) }.joined()
      return
    }
    bytes.append(UInt8(ascii: "("))
    if mirror.displayStyle == .enum, mirror.children.isEmpty { word("\(value)") }
    for child in mirror.children {
      word(child.label ?? "")
      enter(child.value)
    }
    bytes.append(UInt8(ascii: ")"))
  }

  /// With its length before it, so that no two lists of words have the same bytes.
  private mutating func word(_ text: String) {
    bytes += "\(text.utf8.count):".utf8
    bytes += text.utf8
  }
}
