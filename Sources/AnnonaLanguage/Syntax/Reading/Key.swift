/// A mapping of a known shape, and how what it says becomes syntax.
package protocol Shape: SendableMetatype {
  associatedtype Syntax

  static var form: ShapeForm { get }

  /// The syntax, or `nil` where what was written is too broken for one; every key is read once, whatever the outcome.
  static func read(_ fields: Fields) -> Syntax?
}

/// A key of a shape together with the type of what is read from it.
package struct Key<Value>: Sendable, KeyDescription {
  package let form: KeyForm
  let kind: Kind<Value>

  package init(
    _ name: String, _ kind: Kind<Value>, _ summary: String, required: Bool = false
  ) {
    self.form = KeyForm(name: name, summary: summary, isRequired: required, kind: kind.form)
    self.kind = kind
  }
}

package protocol KeyDescription: Sendable {
  var form: KeyForm { get }
}

/// A kind of value: what it looks like, and how it is read.
package struct Kind<Value>: Sendable {
  package let form: KindForm
  /// The value, or `nil` after a diagnostic. The spot is one that the form accepts.
  let read: @Sendable (Spot, RulebookReading) -> Value?

  package init(_ form: KindForm, read: @escaping @Sendable (Spot, RulebookReading) -> Value?) {
    self.form = form
    self.read = read
  }

  package func map<Other>(_ change: @escaping @Sendable (Value) -> Other?) -> Kind<Other> {
    Kind<Other>(form) { spot, reading in read(spot, reading).flatMap(change) }
  }
}

/// A value where it stands: under which name, and what messages call the place.
package struct Spot {
  package let node: Node
  /// The key that it stands under, as the author wrote it.
  package let name: NameSyntax
  private let role: Role
  /// What messages point at when something is missing here.
  let place: Span

  private enum Role {
    case file
    case key
    case item(of: String)
  }

  /// `` `title` `` or ``an entry of `cases` ``
  var label: String {
    switch role {
    case .file: "the file"
    case .key: "`\(name.text)`"
    case .item(let list): "an entry of \(list)"
    }
  }

  /// The whole of a file.
  init(root node: Node, name: NameSyntax) {
    self.node = node
    self.name = name
    role = .file
    place = name.span
  }

  init(under entry: Node.Entry) {
    node = entry.value
    name = NameSyntax(entry.key.text, span: entry.keySpan)
    role = .key
    place = entry.keySpan
  }

  init(_ node: Node, itemOf list: Spot) {
    self.node = node
    name = list.name
    role = .item(of: list.label)
    place = node.span
  }

  init(key entry: Node.Entry) {
    node = Node(.scalar(entry.key), span: entry.keySpan)
    name = NameSyntax(entry.key.text, span: entry.keySpan)
    role = .key
    place = entry.keySpan
  }
}

/// What is gathered while a rulebook is read.
package final class RulebookReading {
  var diagnostics: [Diagnostic] = []
  /// Names of declarations that were too broken for syntax.
  var unread: [NameSyntax] = []
  let sources: [SourceFile]

  init(sources: [SourceFile]) { self.sources = sources }

  /// So many entries of a mapping are read on all cores.
  static let manyEntries = 64

  /// What another one gathered, that read a part of the same files at the same time.
  func take(_ part: RulebookReading) {
    diagnostics += part.diagnostics
    unread += part.unread
  }

  /// Reports a free text that a comment cut short.
  func checkForComment(_ node: Node) {
    guard sources.indices.contains(Int(node.span.file)) else { return }
    let source = sources[Int(node.span.file)]
    if let cut = Diagnostic.textCutByComment(node, in: source) { report(cut) }
  }

  /// The table of a file that stands beside the one that names it.
  func table(inFile name: NameSyntax) -> TableSyntax? {
    guard sources.indices.contains(Int(name.span.file)) else { return nil }
    let own = sources[Int(name.span.file)].path
    let folder = own.lastIndex(of: "/").map { own[...$0] } ?? ""
    guard let index = sources.firstIndex(where: { $0.path == folder + name.text }) else {
      let beside = sources.map(\.path).filter { $0.hasSuffix(".csv") && $0.hasPrefix(folder) }
      report(
        .tableFileMissing(
          name.text, at: name.span, near: beside.map { String($0.dropFirst(folder.count)) }))
      return nil
    }
    let (table, found) = parseTableFile(sources[index], index: Int32(index))
    found.forEach(report)
    return table
  }

  /// A node as it is written on one line; what stands on several, or is long, is left out.
  func words(_ node: Node) -> String {
    guard sources.indices.contains(Int(node.span.file)) else { return "…" }
    let text = sources[Int(node.span.file)].text(node.span)
    return text.contains(where: \.isNewline) || text.count > 80 ? "…" : text
  }

  package func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  func read<Value>(_ kind: Kind<Value>, at spot: Spot) -> Value? {
    if case .scalar(let scalar) = spot.node.content, scalar.text.isEmpty, scalar.style == .plain {
      report(.emptyValue(spot.label, takes: kind.form.phrase, at: spot.place))
      return nil
    }
    guard kind.form.accepts(spot.node) else {
      report(
        .wrongKind(spot.label, takes: kind.form.phrase, not: spot.node, at: spot.node.span))
      return nil
    }
    return kind.read(spot, self)
  }
}
