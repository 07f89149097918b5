import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Writes the tree of why: each line a value and what it is the value of, what it comes from one step further in.
struct ExplanationText {
  let decided: DecidedCase
  let wording: Wording
  let audience: Audience
  let coloured: Bool

  init(_ decided: DecidedCase, _ wording: Wording, _ audience: Audience, _ coloured: Bool) {
    self.decided = decided
    self.wording = wording
    self.audience = audience
    self.coloured = coloured
  }

  private var program: Program { decided.program }
  private var isForAuditor: Bool { audience == .auditor }

  /// A node is shown with what it comes from where it first stands among the lines, also where its first place in the trees
  /// is not shown.
  func lines(_ part: Explanation.Part) -> [String] {
    var page = Page()
    for tree in part.trees { page.learn(tree) }
    if let benefit = part.benefit {
      let declared = program.benefits[benefit.benefit]
      let title = wording.text(declared.title) ?? declared.name
      let member = benefit.member.map { ": " + wording.name(of: $0) } ?? ""
      page.lines.append(painted("\(title)\(member) (\(decided.decision.today))", "1"))
    }
    let start = Position(depth: part.benefit == nil ? 0 : 1, instance: part.benefit?.member)
    for tree in part.trees { write(tree, at: start, to: &page) }
    let changes = part.counterfactuals.map { wording.counterfactual($0, for: audience) }
    // Below the tree, as far in as its root.
    let list = wording.list(.whatIf, changes)
    return page.lines + (part.benefit == nil ? list.map { String($0.dropFirst(2)) } : list)
  }

  private struct Page {
    var lines: [String] = []
    var shown: Set<String> = []
    private(set) var children: [String: [TraceNode]] = [:]

    mutating func learn(_ node: TraceNode) {
      if !node.isRepeated, children[node.id] == nil { children[node.id] = node.children }
      for child in node.children { learn(child) }
    }
  }

  private struct Position {
    var depth: Int
    /// Whose values are being shown, so that the name need not be said again.
    var instance: Int32?
  }

  // MARK: - The tree

  private func write(_ node: TraceNode, at position: Position, to page: inout Page) {
    if isHidden(node) { return }
    let isRule = self.isRule(node)
    let isRepeated = isRule && !page.shown.insert(node.id).inserted
    let children = node.isRepeated ? page.children[node.id] ?? [] : node.children
    guard isShown(node) else {
      for child in children { write(child, at: position, to: &page) }
      return
    }
    let line = line(node, at: position, isRepeated: isRepeated && !children.isEmpty)
    page.lines.append(String(repeating: "  ", count: position.depth) + line)
    guard !isRepeated, !isCut(node) else { return }
    var inner = position
    inner.depth += 1
    if case .rule(_, let instance) = node.kind { inner.instance = instance }
    for child in children { write(child, at: inner, to: &page) }
  }

  /// What did not apply, or may not, is for auditors; what was set aside by law is for everybody.
  private func isHidden(_ node: TraceNode) -> Bool {
    guard !isForAuditor else { return false }
    switch node.role {
    case .didNotApply, .notReached: return true
    case .possible: return isCandidate(node)
    case .operand, .fired, .displaced: return false
    }
  }

  /// What is not shown is passed over: its operands stand in its place.
  private func isShown(_ node: TraceNode) -> Bool {
    switch node.kind {
    case .rule, .fact, .members, .parameter, .rounding: return true
    case .constant: return false
    case .today, .operation: return isForAuditor
    case .element: return isForAuditor
    case .candidate: return true
    }
  }

  private func isCut(_ node: TraceNode) -> Bool {
    switch node.role {
    case .notReached, .displaced: true
    case .didNotApply, .operand, .fired, .possible: false
    }
  }

  private func line(_ node: TraceNode, at position: Position, isRepeated: Bool) -> String {
    let remarks = self.remarks(node) + (isRepeated ? [wording.phrase(.seeAbove)] : [])
    var line = words(node) + owner(node, at: position)
    if let state = node.state {
      let value = painted(wording.state(state, node.type), colour(state))
      line = isCandidate(node) && node.role == .didNotApply ? line : "\(value) ← \(line)"
    }
    if !remarks.isEmpty { line += " (" + remarks.joined(separator: "; ") + ")" }
    if isForAuditor, isNamed(node) { line += " [\(node.id), \(wording.place(node.span))]" }
    return line
  }

  /// `: Maria`, where the line before was not about her.
  private func owner(_ node: TraceNode, at position: Position) -> String {
    switch node.kind {
    case .rule(_, let instance), .fact(_, let instance), .members(_, let instance):
      instance == 0 || instance == position.instance ? "" : ": \(wording.name(of: instance))"
    default: ""
    }
  }

  private func isRule(_ node: TraceNode) -> Bool {
    if case .rule = node.kind { return true }
    return false
  }

  private func isCandidate(_ node: TraceNode) -> Bool {
    if case .candidate = node.kind { return true }
    return false
  }

  private func isNamed(_ node: TraceNode) -> Bool {
    switch node.kind {
    case .rule, .fact, .members, .parameter, .candidate: true
    case .today, .operation, .constant, .element, .rounding: false
    }
  }

  private func words(_ node: TraceNode) -> String {
    switch node.kind {
    case .candidate(.bracket): bracket(node)
    case .candidate(let kind): candidate(kind, node.name ?? "")
    case .rounding(let mode): rounding(mode, node)
    case .operation, .constant: source(node.span)
    case .today: wording.phrase(.today)
    case .element(let instance): instance.map { wording.name(of: $0) } ?? node.name ?? ""
    case .rule(let rule, let instance): wording.title(of: rule, for: instance, node.state)
    case .fact, .members, .parameter: wording.text(node.title) ?? node.id
    }
  }

  private func candidate(_ kind: TraceNode.Candidate, _ name: String) -> String {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let short = name.split(separator: "_").last.map(String.init) ?? name
    return switch kind {
    case _ where name == "otherwise": wording.phrase(.otherwise)
    case .row: wording.phrase(.row, short)
    case .branch: wording.phrase(.branch, short)
    case .exception: wording.phrase(.exception, last)
    case .base, .bracket: wording.phrase(.base)
    }
  }

  /// `10 % of what lies above 1 000.00 EUR up to 3 000.00 EUR`
  private func bracket(_ node: TraceNode) -> String {
    let sides = node.children.map { side in
      side.state.map { wording.state($0, side.type) } ?? source(side.span)
    }
    return switch sides.count {
    case 2: wording.phrase(.lastBracket, sides[1], sides[0])
    case 3: wording.phrase(.bracket, sides[1], sides[0], sides[2])
    default: node.name ?? ""
    }
  }

  private func rounding(_ mode: RoundingMode, _ node: TraceNode) -> String {
    let step = node.children.first.flatMap { step in
      step.state.map { wording.state($0, node.type) }
    }
    return wording.phrase(.roundedTo, step ?? "", wording.rounding(mode))
  }

  /// An operation as the author wrote it, on one line.
  private func source(_ span: Span) -> String {
    guard program.files.indices.contains(Int(span.file)) else { return "" }
    return program.files[Int(span.file)].text(span)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: - What stands behind it in parentheses

  private func remarks(_ node: TraceNode) -> [String] {
    var remarks: [String] = []
    switch node.role {
    case .operand, .fired: break
    case .possible: remarks.append(wording.phrase(.possible))
    case .didNotApply: remarks.append(wording.phrase(.didNotApply))
    case .notReached(let after): remarks.append(wording.phrase(.notReached, after))
    case .displaced(let by):
      let provision = wording.citations(by.citations) ?? by.name
      remarks.append(wording.phrase(.displacedBy, provision))
    }
    if node.isSupposed { remarks.append(wording.phrase(.set)) }
    if let provision = wording.citations(node.citations) { remarks.append(provision) }
    if !node.ties.isEmpty {
      remarks.append(wording.phrase(.tie, node.ties.joined(separator: ", ")))
    }
    if let validity = node.validity { remarks += wording.days(validity) }
    remarks += given(node)
    if node.isReadAsGiven { remarks.append(wording.phrase(.readAsGiven)) }
    return remarks
  }

  private func given(_ node: TraceNode) -> [String] {
    guard let given = node.given else { return [] }
    let origin = node.origin
    var remarks: [String] = []
    switch given {
    case .known, .absent, .varying:
      remarks.append(
        origin?.source.map { wording.phrase(.givenBy, $0) } ?? wording.phrase(.given))
      if let day = origin?.observed { remarks.append(wording.phrase(.observedOn, day.description)) }
    case .assumed: remarks.append(wording.phrase(.takenByDefault))
    case .notGiven: remarks.append(wording.phrase(.notGiven))
    case .declined: remarks.append(wording.phrase(.declined, "").trimmed)
    case .awaitingJudgement: remarks.append(wording.phrase(.awaitingJudgement))
    case .conflicting: remarks.append(wording.phrase(.conflicting, "").trimmed)
    }
    return remarks
  }

  // MARK: - Colours

  private func colour(_ state: State) -> String {
    switch state {
    case .known(.boolean(true)): "32"
    case .known(.boolean(false)), .error: "31"
    case .open: "33"
    case .known: "1"
    }
  }

  private func painted(_ text: String, _ colour: String) -> String {
    coloured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// Without the colon and spaces that an empty name leaves at the start of a phrase.
  fileprivate var trimmed: String { String(drop { $0 == ":" || $0 == " " }) }
}

extension Wording {
  /// A rule's title; a condition's words for its state; else its name.
  func title(of rule: RuleID, for instance: Int32, _ state: State?) -> String {
    let declared = program.rules[rule]
    if let title = text(declared.title) { return title }
    let words = state == .known(.boolean(false)) ? declared.unmet : declared.met
    return text(words).map { template($0, for: instance) } ?? declared.name
  }

  /// `from 2025-01-01`, `2024-01-01 to 2024-12-31`
  func days(_ validity: InForce) -> [String] {
    switch (validity.from, validity.through) {
    case (let from?, let through?):
      [phrase(.fromThrough, from.description, through.description)]
    case (let from?, nil): [phrase(.from, from.description)]
    case (nil, let through?): [phrase(.through, through.description)]
    case (nil, nil): []
    }
  }
}
