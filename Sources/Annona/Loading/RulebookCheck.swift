public import AnnonaLanguage

/// Every problem of every rulebook that was looked at.
public struct RulebookCheck: Sendable {
  /// How many rulebooks were checked; those that they import are not counted.
  public let rulebookCount: Int
  /// Each once, in the order of the files' paths.
  public let diagnostics: [Diagnostic]
  /// The files that the diagnostics' places count.
  public let files: [SourceFile]

  /// Checks every rulebook below the paths; their imports too.
  ///
  /// - Parameters:
  ///   - paths: folders or files.
  ///   - rules: the folder below which imports are looked up; else the nearest folder named `Rules` above each path.
  public init(paths: [String], rules: String? = nil) throws(FileProblem) {
    var found: [(files: RulebookFiles, library: any RulebookLibrary)] = []
    for path in paths {
      let library = try RulesFolder.library(rules, for: path)
      for rulebook in try RulebookFolder.rulebooks(below: path) {
        // A path below another one names the same rulebooks again.
        let isNew = !found.contains { $0.files.files[0].path == rulebook.files[0].path }
        if isNew { found.append((rulebook, library)) }
      }
    }
    self.init(found)
  }

  /// Checks one rulebook that was read from elsewhere.
  public init(files: [SourceFile], imports library: any RulebookLibrary) {
    self.init([(RulebookFiles(id: "", files: files), library)])
  }

  private init(_ rulebooks: [(files: RulebookFiles, library: any RulebookLibrary)]) {
    var gathering = Gathering()
    for (rulebook, library) in rulebooks {
      gathering.add(Rulebook.load(files: rulebook.files, imports: library))
      for file in rulebook.unread { gathering.add(unread: file) }
    }
    gathering.addRepeatedIDs(rulebooks.map(\.files))
    rulebookCount = rulebooks.count
    (diagnostics, files) = gathering.inOrder()
  }
}

/// Brings the findings of several rulebooks under one list of files.
private struct Gathering {
  private var files: [SourceFile] = []
  private var indices: [String: Int32] = [:]
  private var diagnostics: [Diagnostic] = []

  mutating func add(_ loaded: LoadedRulebook) {
    let places = loaded.files.map { index(of: $0) }
    diagnostics += loaded.diagnostics.map { $0.moved(to: places) }
  }

  mutating func add(unread file: SourceFile) {
    let span = Span(file: index(of: file), start: 0, end: 0)
    diagnostics.append(.notRead(String(file.path.split(separator: "/").last ?? ""), at: span))
  }

  mutating func addRepeatedIDs(_ rulebooks: [RulebookFiles]) {
    var headers: [String: [Span]] = [:]
    for rulebook in rulebooks where !rulebook.id.isEmpty {
      guard let header = header(of: rulebook) else { continue }
      headers[rulebook.id, default: []].append(header)
    }
    for (id, spans) in headers where spans.count > 1 {
      let others = Array(spans.dropFirst())
      diagnostics.append(
        .severalRulebooks(id, count: spans.count, at: spans[0], others: others))
    }
  }

  private mutating func header(of rulebook: RulebookFiles) -> Span? {
    for source in rulebook.files {
      guard let place = HeaderScan.place(in: source.bytes) else { continue }
      return Span(
        file: index(of: source), start: Int32(place.lowerBound), end: Int32(place.upperBound))
    }
    return nil
  }

  private mutating func index(of file: SourceFile) -> Int32 {
    if let index = indices[file.path] { return index }
    let index = Int32(files.count)
    files.append(file)
    indices[file.path] = index
    return index
  }

  func inOrder() -> ([Diagnostic], [SourceFile]) {
    let order = files.indices.sorted { RulebookFolder.precedes(files[$0], files[$1]) }
    var places = [Int32](repeating: 0, count: files.count)
    for (place, index) in order.enumerated() { places[index] = Int32(place) }
    return (diagnostics.map { $0.moved(to: places) }.inOrder(), order.map { files[$0] })
  }
}

extension Diagnostic {
  /// The same finding where the files have other numbers.
  package func moved(to places: [Int32]) -> Diagnostic {
    func moved(_ span: Span) -> Span {
      guard places.indices.contains(Int(span.file)) else { return span }
      return Span(file: places[Int(span.file)], start: span.start, end: span.end)
    }
    return Diagnostic(
      code, severity, at: moved(span), message,
      notes: notes.map { .init(moved($0.span), $0.message) }, example: example, help: help)
  }
}
