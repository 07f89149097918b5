/// Reads a file as JSON or YAML: by the end of its name, else by how it begins.
///
/// What comes in is bytes. What goes out is a tree that holds every scalar as its author wrote it, with its place, and
/// all that is wrong with the text. Guaranteed from here on: UTF-8 without invisible signs; at most
/// `SourceFile.largestSize` bytes and `deepestNesting` levels; keys that are texts and unique in their mapping; no
/// anchors, tags or merged mappings; every span inside the file. Reading takes time linear in the size.
///
/// Texts are kept as written, also where an accent is a character of its own: Swift compares and hashes strings by
/// canonical equivalence, so `é` in either form is one name. Whoever writes bytes that must be equal normalises them.
package func readNodes(_ source: SourceFile, index: Int32) -> (Node?, [Diagnostic]) {
  isJSON(source) ? readJSON(source, index: index) : readYAML(source, index: index)
}

private func isJSON(_ source: SourceFile) -> Bool {
  let path = source.path.lowercased()
  if path.hasSuffix(".json") { return true }
  if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return false }
  // Only JSON puts the first name in double quotes behind a brace, or another value behind a bracket.
  var signs = source.bytes.lazy.filter { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    .makeIterator()
  switch signs.next() {
  case UInt8(ascii: "{"): return signs.next().map { $0 == 0x22 || $0 == 0x7D } ?? false
  case UInt8(ascii: "["):
    return signs.next().map { [0x22, 0x7B, 0x5B, 0x5D].contains($0) } ?? false
  default: return false
  }
}

extension Diagnostic {
  /// The error for a free text (`title`, `ask`, `unmet` …) behind which ` #` stands, or `nil` when none does.
  ///
  /// Behind a number or an expression a comment is ordinary, so only who knows that the place is free text can ask.
  package static func textCutByComment(_ node: Node, in source: SourceFile) -> Diagnostic? {
    guard case .scalar(let scalar) = node.content, scalar.style == .plain,
      scalar.isFollowedByComment
    else { return nil }
    let lines = LineRewriting(source: source)
    var start = Int(node.span.end)
    while start < source.bytes.count, lines.isBlank(start) { start += 1 }
    let end = max(start, lines.line(at: start).upperBound)
    let place = Span(file: node.span.file, start: Int32(start), end: Int32(end))
    let rewritten = lines.quoting(Int(node.span.start)..<end)
    return .cutByComment(at: place, rewritten: rewritten)
  }
}
