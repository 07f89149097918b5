/// How many mappings and lists may stand in one another.
let deepestNesting = 100
/// How many problems of one file are told before the reader gives up.
let mostProblems = 1000

/// Puts nodes together from what a reader meets in order; knows nothing of YAML or JSON.
struct NodeBuilder {
  /// A mapping or list that is not yet closed.
  struct Open {
    let isMapping: Bool
    let isFlow: Bool
    let start: Int32
    var entries: [Node.Entry] = []
    var items: [Node] = []
    var key: (scalar: Scalar, span: Span)?
    /// Where each key was first written; filled once a mapping is long enough to need it.
    var places: [String: Int] = [:]
    var end: Int32

    init(isMapping: Bool, isFlow: Bool, start: Int32) {
      self.isMapping = isMapping
      self.isFlow = isFlow
      self.start = start
      self.end = start
    }
  }

  let file: Int32
  private(set) var open: [Open] = []
  private(set) var root: Node?
  private(set) var problems: [Diagnostic] = []

  init(file: Int32) { self.file = file }

  var isFull: Bool { problems.count >= mostProblems }
  /// The next scalar is a key.
  var expectsKey: Bool { open.last.map { $0.isMapping && $0.key == nil } ?? false }

  mutating func report(_ problem: Diagnostic) {
    if problems.count == mostProblems - 1 {
      problems.append(.tooManyProblems(at: problem.span, limit: mostProblems))
    } else if problems.count < mostProblems {
      problems.append(problem)
    }
  }

  /// `false`, with a problem reported, when the nesting is too deep to go on.
  mutating func begin(mapping: Bool, flow: Bool, at start: Int32) -> Bool {
    guard open.count < deepestNesting else {
      report(.tooDeep(at: Span(file: file, start: start, end: start + 1), limit: deepestNesting))
      return false
    }
    open.append(Open(isMapping: mapping, isFlow: flow, start: start))
    return true
  }

  /// Closes the innermost mapping or list; a block ends with its last part.
  mutating func end(at closing: Int32?) {
    guard let closed = open.popLast() else { return }
    let span = Span(file: file, start: closed.start, end: closing ?? closed.end)
    add(Node(closed.isMapping ? .mapping(closed.entries) : .sequence(closed.items), span: span))
  }

  /// Takes out of the innermost mapping what is no entry of its own.
  mutating func dropEntries(_ isDropped: [Bool]) {
    guard let last = open.indices.last else { return }
    open[last].entries = zip(open[last].entries, isDropped).filter { !$0.1 }.map(\.0)
  }

  mutating func setKey(_ scalar: Scalar, span: Span) {
    guard let last = open.indices.last else { return }
    open[last].key = (scalar, span)
    open[last].end = max(open[last].end, span.end)
  }

  /// `isCut` says that YAML took the rest of a text for a name without a value; it may come up twice.
  mutating func add(_ node: Node, isCut: Bool = false) {
    guard let last = open.indices.last else {
      root = node
      return
    }
    open[last].end = max(open[last].end, node.span.end)
    guard open[last].isMapping else {
      open[last].items.append(node)
      return
    }
    guard let key = open[last].key else { return }
    open[last].key = nil
    if isCut {
      open[last].entries.append(Node.Entry(key: key.scalar, keySpan: key.span, value: node))
      return
    }
    if let earlier = earlierEntry(named: key.scalar.text, in: last) {
      let first = open[last].entries[earlier].keySpan
      report(.duplicateKey(key.scalar.text, at: key.span, first: first))
      return
    }
    open[last].entries.append(Node.Entry(key: key.scalar, keySpan: key.span, value: node))
  }

  /// Short mappings are searched, long ones looked up, so that reading stays linear.
  private mutating func earlierEntry(named name: String, in index: Int) -> Int? {
    let count = open[index].entries.count
    if count < 8 { return open[index].entries.firstIndex { $0.key.text == name } }
    if open[index].places.isEmpty {
      for (place, entry) in open[index].entries.enumerated() {
        open[index].places[entry.key.text] = place
      }
    }
    if let place = open[index].places[name] { return place }
    open[index].places[name] = count
    return nil
  }
}
