/// A letter taken apart by the strictest reading: every sign that begins a tag must begin one that the engine writes.
struct LetterPage {
  struct Tag: Hashable {
    let name: String
    let attributes: [String]
  }

  private(set) var tags: [Tag] = []
  private(set) var problems: [String] = []
  /// What is read, without tags.
  private(set) var text = ""
  private var ids: Set<String> = []
  private var links: [String] = []
  private var open: [String] = []
  private var level = 0

  private static let names: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section",
    "h1", "h2", "h3", "p", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "details", "summary", "span", "a", "code",
  ]
  private static let attributes: Set<String> = [
    "lang", "charset", "name", "content", "id", "class", "role", "scope", "colspan", "href", "open",
    "data-label", "aria-labelledby", "aria-label",
  ]

  init(_ html: String) {
    let start = "<!DOCTYPE html>\n"
    guard html.hasPrefix(start), html.hasSuffix("</html>\n") else {
      problems.append("it is no whole page")
      return
    }
    var rest = Substring(html.dropFirst(start.count))
    while let next = rest.firstIndex(of: "<") {
      text += rest[..<next]
      guard let end = rest[next...].firstIndex(of: ">") else { break }
      read(rest[rest.index(after: next)..<end])
      rest = rest[rest.index(after: end)...]
      if open.last == "style", let close = rest.firstRange(of: "</style>") {
        rest = rest[close.lowerBound...]
      }
    }
    if text.contains(">") { problems.append("a sign of markup stands in the text") }
    if !open.isEmpty { problems.append("not closed: \(open.joined(separator: ", "))") }
    for link in links where !isSafe(link) { problems.append("a link to \(link)") }
  }

  private func isSafe(_ link: String) -> Bool {
    link.hasPrefix("#")
      ? ids.contains(String(link.dropFirst()))
      : link.hasPrefix("https://") || link.hasPrefix("http://")
  }

  private mutating func read(_ inside: Substring) {
    if inside.hasPrefix("/") {
      if open.popLast() != String(inside.dropFirst()) { problems.append("wrong end: \(inside)") }
      return
    }
    let name = String(inside.prefix { $0 != " " })
    var names: [String] = []
    var rest = inside.dropFirst(name.count)
    while !rest.isEmpty {
      guard let match = rest.prefixMatch(of: #/ ([a-z-]+)="([^"]*)"/#) else {
        problems.append("what is no attribute: \(rest)")
        return
      }
      names.append(String(match.1))
      read(attribute: String(match.1), String(match.2))
      rest = rest[match.range.upperBound...]
    }
    if !Self.names.contains(name) { problems.append("an element `\(name)`") }
    for attribute in names where !Self.attributes.contains(attribute) {
      problems.append("an attribute `\(attribute)`")
    }
    tags.append(Tag(name: name, attributes: names))
    if name.count == 2, name.first == "h", let depth = name.last?.wholeNumberValue {
      if depth > level + 1 { problems.append("a heading of level \(depth) below one of \(level)") }
      level = depth
    }
    if name != "meta" { open.append(name) }
  }

  private mutating func read(attribute: String, _ value: String) {
    switch attribute {
    case "id": if !ids.insert(value).inserted { problems.append("two ids `\(value)`") }
    case "href": links.append(value)
    default: break
    }
  }
}
