import AnnonaEngine
public import AnnonaLanguage

/// What came of reading a rulebook: the rulebook if it has no errors, and everything that was found, warnings included.
public struct LoadedRulebook: Sendable {
  /// `nil` when there is an error.
  public let rulebook: Rulebook?
  /// In the order in which they are printed.
  public let diagnostics: [Diagnostic]
  /// The files that the diagnostics' places count: the rulebook's own, then those of its imports.
  public let files: [SourceFile]

  /// The rulebook, or its problems as an error.
  public func get() throws(RulebookProblems) -> Rulebook {
    guard let rulebook else { throw RulebookProblems(diagnostics: diagnostics, files: files) }
    return rulebook
  }
}

/// A rulebook or a case that is not what it should be: all of its problems at once.
public struct RulebookProblems: Error, Sendable, CustomStringConvertible {
  public let diagnostics: [Diagnostic]
  public let files: [SourceFile]
  /// Files whose lines are not printed, because they hold a person's data.
  public let hidden: Set<Int32>

  public init(diagnostics: [Diagnostic], files: [SourceFile], hidden: Set<Int32> = []) {
    self.diagnostics = diagnostics
    self.files = files
    self.hidden = hidden
  }

  /// As `annona check` prints them.
  public var description: String {
    DiagnosticText(files: files, hidden: hidden).render(diagnostics)
  }
}

/// Reads one rulebook and all that it imports; later stages run on what earlier ones could make out.
struct Loading {
  private let library: any RulebookLibrary
  private(set) var files: [SourceFile] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var books: [RulebookSource] = []
  /// The files of each of them.
  private var sources: [RulebookFiles] = []
  private var positions: [String: Int] = [:]
  /// The rulebooks being read, each importing the next.
  private var open: [String] = []

  init(library: any RulebookLibrary) { self.library = library }

  /// Nobody reads more at once.
  private static let mostDiagnostics = 1_000

  static func load(_ sources: [SourceFile], imports library: any RulebookLibrary) -> LoadedRulebook
  {
    load([sources], imports: library)
  }

  /// Several rulebooks as one program; one that another imports is read once, and decided all the same.
  static func load(
    _ rulebooks: [[SourceFile]], imports library: any RulebookLibrary
  ) -> LoadedRulebook {
    let nothing: ((Rulebook) -> Void)? = nil
    return load(rulebooks, imports: library, meanwhile: nothing).loaded
  }

  /// Besides, what is made of a rulebook in which reading and checking found no error, while it is proved.
  static func load<Made>(
    _ rulebooks: [[SourceFile]], imports library: any RulebookLibrary,
    meanwhile make: ((Rulebook) -> Made)?
  ) -> (loaded: LoadedRulebook, made: Made?) {
    var loading = Self(library: library)
    let asked = rulebooks.map { loading.readOnce($0) }
    let isRead = !loading.diagnostics.hasErrors
    let (program, provable, found) = check(
      loading.books, deciding: Set(asked), files: loading.files, afterErrors: !isRead)
    loading.diagnostics += found
    let rulebook =
      loading.diagnostics.hasErrors
      ? nil
      : program.map { program in
        Rulebook(
          program: program, sources: loading.sources,
          asked: asked.map { loading.sources[$0].id })
      }
    // A rulebook that is only imported from has no entity to decide, and nothing to prove.
    let isProvable = isRead && provable?.program.entities.isEmpty == false
    @Sendable func proved() -> [Diagnostic] { isProvable ? provable.map(prove) ?? [] : [] }
    var made: Made?
    if let make, let rulebook {
      let found: [Diagnostic]
      (found, made) = Together.beside(proved) { make(rulebook) }
      loading.diagnostics += found
    } else {
      loading.diagnostics += proved()
    }
    let diagnostics = loading.withoutConsequences.inOrder().cut(to: mostDiagnostics)
    let isFaulty = diagnostics.hasErrors
    return (
      LoadedRulebook(
        rulebook: isFaulty ? nil : rulebook, diagnostics: diagnostics, files: loading.files),
      isFaulty ? nil : made
    )
  }

  private mutating func readOnce(_ sources: [SourceFile]) -> Int {
    let id = sources.lazy.compactMap { HeaderScan.id(in: $0.bytes) }.first
    if let id, let position = positions[id] { return position }
    let position = read(sources)
    if let id { positions[id] = position }
    return position
  }

  /// On a line whose text is faulty, what later stages make of the rest of it is no finding of its own.
  private var withoutConsequences: [Diagnostic] {
    struct Line: Hashable {
      let file: Int32
      let index: Int
    }
    func line(_ diagnostic: Diagnostic) -> Line? {
      let span = diagnostic.span
      guard files.indices.contains(Int(span.file)) else { return nil }
      return Line(file: span.file, index: files[Int(span.file)].lineIndex(of: span.start))
    }
    let faulty = Set(
      diagnostics.filter { $0.code.hasPrefix("Y") && $0.severity == .error }.compactMap(line))
    return diagnostics.filter { diagnostic in
      diagnostic.code.hasPrefix("Y") || line(diagnostic).map { !faulty.contains($0) } ?? true
    }
  }

  /// Its position among the rulebooks read.
  private mutating func read(_ sources: [SourceFile]) -> Int {
    let first = files.count
    files += sources
    var nodes: [Node] = []
    var lost: [NameSyntax] = []
    // A table's file is read where a rule names it.
    for (offset, source) in sources.enumerated() where !source.path.hasSuffix(".csv") {
      let index = Int32(first + offset)
      let (node, found) = readYAML(source, index: index)
      diagnostics += found
      if let node { nodes.append(node) } else { lost += keys(written: source, index) }
    }
    var (syntax, found) = readRulebook(nodes, from: files)
    // Whether the header is in a file that cannot be read is not known.
    diagnostics += lost.isEmpty && !nodes.isEmpty || syntax.header != nil ? found : []
    syntax.unread += lost
    open.append(syntax.header?.id.text ?? "")
    var imports: [String: Int] = [:]
    for wanted in syntax.imports {
      if let position = position(of: wanted.rulebook) {
        imports[wanted.prefix.text] = position
      } else {
        syntax.unread.append(wanted.prefix)
      }
    }
    open.removeLast()
    books.append(RulebookSource(syntax: syntax, imports: imports))
    self.sources.append(RulebookFiles(id: syntax.header?.id.text ?? "", files: sources))
    return books.count - 1
  }

  private mutating func position(of wanted: NameSyntax) -> Int? {
    let id = wanted.text
    if let position = positions[id] { return position }
    if let start = open.firstIndex(of: id) {
      diagnostics.append(.importCycle(open[start...] + [id], at: wanted.span))
      return nil
    }
    let found: [[SourceFile]]
    do {
      found = try library.rulebooks(called: id)
    } catch {
      diagnostics.append(.importUnreadable(id, at: wanted.span, error))
      return nil
    }
    guard let sources = found.first else {
      let folder = (library as? RulesFolder)?.path
      diagnostics.append(.rulebookNotFound(id, at: wanted.span, in: folder))
      return nil
    }
    if found.count > 1 {
      diagnostics.append(
        .severalRulebooks(
          id, count: found.count, at: wanted.span, others: headers(of: found)))
      return nil
    }
    let position = read(sources)
    positions[id] = position
    return position
  }

  /// Where each of the rulebooks is named; their files are kept so that the places can be printed.
  private mutating func headers(of rulebooks: [[SourceFile]]) -> [Span] {
    rulebooks.compactMap { sources in
      for source in sources {
        guard let place = HeaderScan.place(in: source.bytes) else { continue }
        files.append(source)
        return Span(
          file: Int32(files.count - 1), start: Int32(place.lowerBound),
          end: Int32(place.upperBound))
      }
      return nil
    }
  }

  /// The words before a colon in a file that is no YAML: nobody is told that these names do not exist.
  private func keys(written source: SourceFile, _ index: Int32) -> [NameSyntax] {
    let text = String(decoding: source.bytes, as: UTF8.self)
    var names: Set<String> = []
    var word = ""
    for character in text {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        // `household.rebate:` declares `rebate`.
        if character == ":", !word.isEmpty { names.insert(word) }
        word = ""
      }
    }
    return names.sorted().map { NameSyntax($0, span: Span(file: index, start: 0, end: 0)) }
  }
}
