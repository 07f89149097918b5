/// The one layout of a YAML file: two spaces a level, one space where one is needed, tables drawn in columns.
///
/// The author's choices stay: the order of everything, what stands on one line in `{ }` and what below, quotes, the lines of a
/// long text, comments, and one empty line where there were some. What the file says is never touched.
package enum Layout {
  /// What became of a file.
  package enum Result: Sendable {
    /// The file in its layout, which may be what it was.
    case done(String)
    /// It cannot be read, for these reasons.
    case unreadable([Diagnostic])
    /// A different reading or a lost comment: the file must be left as it is.
    case unfaithful
  }

  /// Lays a file out; the result reads as the file did and has all its comments, or there is none.
  package static func lay(out source: SourceFile) -> Result {
    let (node, problems) = readYAML(source, index: 0)
    if let node, !problems.hasErrors {
      let result = SourceFile(path: source.path, text: LayoutWriter.text(of: node, in: source))
      return isFaithful(result, to: node, source) ? .done(written(result)) : .unfaithful
    }
    // A file of comments says nothing and has nothing to lay out.
    return .unreadable(problems)
  }

  private static func written(_ source: SourceFile) -> String {
    String(decoding: source.bytes, as: UTF8.self)
  }

  /// Whether a file reads as the tree does, has the comments of its source, and would be laid out as it is.
  static func isFaithful(_ result: SourceFile, to node: Node, _ source: SourceFile) -> Bool {
    let (read, problems) = readYAML(result, index: 0)
    guard let read, !problems.hasErrors, saySame(node, read, LayoutPath()) else { return false }
    let before = comments(of: node, in: source).sorted()
    let after = comments(of: read, in: result).sorted()
    return before == after && LayoutWriter.text(of: read, in: result) == written(result)
  }

  // MARK: - What a file says

  /// Whether two trees mean the same to every reader: equal keys, equal texts and styles, tables with equal cells.
  private static func saySame(_ one: Node, _ other: Node, _ path: LayoutPath) -> Bool {
    switch (one.content, other.content) {
    case (.scalar(let one), .scalar(let other)):
      guard one.style == other.style else { return false }
      // Behind a text that is not in quotes a comment may be the rest of it.
      if other.isFollowedByComment, !one.isFollowedByComment { return false }
      return Array(one.text.utf8) == Array(other.text.utf8)
        || path.isTable && DrawnTable(one)?.cells == DrawnTable(other)?.cells
    case (.sequence(let one), .sequence(let other)):
      return one.count == other.count
        && zip(one, other).allSatisfy { saySame($0, $1, path.item()) }
    case (.mapping(let one), .mapping(let other)):
      return one.count == other.count
        && zip(one, other).allSatisfy {
          $0.key.text == $1.key.text && $0.key.style == $1.key.style
            && saySame($0.value, $1.value, path.entry($0.key.text))
        }
    default: return false
    }
  }

  /// Every comment outside tables, in the order of the file.
  package static func comments(of node: Node, in source: SourceFile) -> [String] {
    var gaps = LayoutGaps(source)
    return gaps.comments(of: node) + gaps.comments(before: source.bytes.count).map(\.text)
  }
}

extension Span {
  var range: Range<Int> { Int(start)..<max(Int(start), Int(end)) }
}

/// The way to a node from the top of its file: only so far as it tells where tables stand.
struct LayoutPath {
  private var keys: [String] = []

  func entry(_ key: String) -> LayoutPath { adding(key) }
  func item() -> LayoutPath { adding("-") }

  private func adding(_ key: String) -> LayoutPath {
    var path = self
    path.keys.append(key)
    return path
  }

  /// Whether a block of text here is drawn in columns.
  var isTable: Bool {
    switch keys.first {
    case "rules", "functions", "amendments": keys.last == "table" || keys.last == "brackets"
    case "parameters": keys.count == 3 && keys.last == "values"
    case "cases": keys.count == 3 && keys[1] == "-" && keys.last == "table"
    default: false
    }
  }
}
