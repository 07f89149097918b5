public import AnnonaEngine
public import AnnonaLanguage
public import AnnonaValues

extension Rulebook {
  /// Reads a case, in YAML or JSON, for this rulebook.
  ///
  /// - Parameters:
  ///   - source: what is known of the household.
  ///   - event: a life event whose facts are added to the case.
  ///   - today: the date decided for, where it is not the case's own.
  ///   - settings: facts that replace those of the case.
  /// - Throws: every problem of the case at once. Printed, none of them shows what a person said.
  public func readCase(
    _ source: SourceFile, after event: SourceFile? = nil, today: CalendarDate? = nil,
    setting settings: [FactSetting] = []
  ) throws(RulebookProblems) -> Case {
    let files = program.files + [source] + settings.map(\.source) + (event.map { [$0] } ?? [])
    let index = Int32(program.files.count)
    func problems(_ diagnostics: [Diagnostic]) -> RulebookProblems {
      RulebookProblems(
        diagnostics: diagnostics.inOrder(), files: files, hidden: Set(index..<Int32(files.count)))
    }
    guard !program.entities.isEmpty else {
      throw problems([.nothingToDecide(at: Span(file: index, start: 0, end: 0))])
    }
    let (node, found) = readNodes(source, index: index)
    guard var node, !found.hasErrors else { throw problems(found) }
    var diagnostics = found
    for (offset, setting) in settings.enumerated() {
      switch setting.applied(to: node, program, file: index + 1 + Int32(offset)) {
      case .success(let changed): node = changed
      case .failure(let problem): diagnostics += problem.diagnostics
      }
    }
    if let event {
      let (report, found) = readNodes(event, index: Int32(files.count - 1))
      diagnostics += found
      guard let report, !found.hasErrors else { throw problems(diagnostics) }
      switch LifeEvent.read(report).flatMap({ $0.applied(to: node, program) }) {
      case .success(let changed): node = changed.facts
      case .failure(let problem): diagnostics.append(problem.diagnostic)
      }
    }
    let (facts, faults) = AnnonaEngine.readCase(node, program, today: today)
    diagnostics += faults
    if diagnostics.hasErrors { throw problems(diagnostics) }
    return facts
  }
}

/// A fact that replaces what the case says of it: `household.income=12_000`, `person/maria.birth_date=2024-09-10`.
public struct FactSetting: Sendable, Hashable {
  /// As it was written.
  public let text: String

  public init(_ text: String) { self.text = text }

  /// What its problems point to.
  var source: SourceFile { SourceFile(path: "--set", text: text) }

  struct Problem: Error {
    let diagnostics: [Diagnostic]
  }

  /// The case with the fact in place of what it said.
  func applied(
    to node: Node, _ program: Program, file: Int32
  ) -> Result<Node, Problem> {
    let bytes = Array(text.utf8)
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
      let dot = bytes[..<equals].firstIndex(of: UInt8(ascii: "."))
    else {
      let whole = Span(file: file, start: 0, end: Int32(bytes.count))
      return .failure(Problem(diagnostics: [.notASetting(at: whole)]))
    }
    let owner = String(decoding: bytes[..<dot], as: UTF8.self)
    let entry = Node.Entry(
      key: scalar(bytes, dot + 1..<equals),
      keySpan: Span(file: file, start: Int32(dot + 1), end: Int32(equals)),
      value: Node(
        .scalar(scalar(bytes, equals + 1..<bytes.count)),
        span: Span(file: file, start: Int32(equals + 1), end: Int32(bytes.count))))
    let place = Span(file: file, start: 0, end: Int32(dot))
    let (changed, found) = FactPlacing(program: program, entry: entry).placed(owner, in: node)
    guard found else { return .failure(Problem(diagnostics: [.nobodyToSet(owner, at: place)])) }
    return .success(changed)
  }

  private func scalar(_ bytes: [UInt8], _ range: Range<Int>) -> Scalar {
    Scalar(
      text: String(decoding: bytes[range], as: UTF8.self), style: .plain,
      segments: [.init(text: 0, file: Int32(range.lowerBound))])
  }
}
