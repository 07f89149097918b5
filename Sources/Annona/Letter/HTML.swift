/// A piece of a page. Text and attributes are escaped where they are written, so that nothing that anybody wrote, author or
/// citizen, becomes markup.
indirect enum HTML: Sendable {
  case text(String)
  case node(String, [Attribute], [HTML])
  case group([HTML])
  /// The engine's own style sheet, the one thing that is written as it is.
  case style

  struct Attribute: Sendable {
    let name: String
    let value: String
  }

  static let nothing = HTML.group([])

  static func element(_ name: String, _ attributes: [Attribute], _ children: [HTML]) -> HTML {
    .node(name, attributes, children)
  }

  static func element(_ name: String, _ attributes: [Attribute], _ children: HTML...) -> HTML {
    .node(name, attributes, children)
  }

  static func element(_ name: String, _ attributes: [Attribute], _ text: String) -> HTML {
    .node(name, attributes, [.text(text)])
  }
}

extension HTML: ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { self = .text(value) }
}

extension HTML.Attribute {
  static func attribute(_ name: String, _ value: String) -> HTML.Attribute {
    HTML.Attribute(name: name, value: value)
  }

  static func id(_ value: String) -> HTML.Attribute { attribute("id", value) }
  static func `class`(_ value: String) -> HTML.Attribute { attribute("class", value) }
  static func role(_ value: String) -> HTML.Attribute { attribute("role", value) }
}

extension HTML {
  /// The page, with its last line ended; elements that are blocks stand on lines of their own.
  var page: String {
    var writer = HTMLWriter()
    writer.write(self)
    return "<!DOCTYPE html>\n" + writer.text + "\n"
  }
}

private struct HTMLWriter {
  var text = ""

  private static let blocks: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section",
    "h1", "h2", "h3", "p", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "details", "summary", "dl", "dt", "dd",
  ]
  private static let void: Set<String> = ["meta"]

  mutating func write(_ piece: HTML) {
    switch piece {
    case .text(let text): self.text += Self.escaped(text)
    case .group(let pieces): for piece in pieces { write(piece) }
    case .style:
      startLine()
      text += "<style>\n\(LetterStyle.sheet)</style>"
    case .node(let name, let attributes, let children):
      let isBlock = Self.blocks.contains(name)
      if isBlock { startLine() }
      text += "<" + name
      for attribute in attributes {
        text += " \(attribute.name)=\"\(Self.escaped(attribute.value))\""
      }
      text += ">"
      if Self.void.contains(name) { return }
      for child in children { write(child) }
      if isBlock, children.contains(where: Self.endsWithBlock) { startLine() }
      text += "</\(name)>"
    }
  }

  private mutating func startLine() {
    if !text.isEmpty, text.utf8.last != 0x0A { text += "\n" }
  }

  private static func endsWithBlock(_ piece: HTML) -> Bool {
    switch piece {
    case .node(let name, _, _): blocks.contains(name)
    case .group(let pieces): pieces.contains(where: endsWithBlock)
    case .style: true
    case .text: false
    }
  }

  /// What a browser shows as it was written; characters that no page may hold, and those that turn the direction of what
  /// follows, are shown as the sign for what cannot be shown.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}", "\u{FFFE}", "\u{FFFF}":
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
