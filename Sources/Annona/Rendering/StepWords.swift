import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What is said of a step of a trace: its words, and what stands behind them.
struct StepWords {
  let wording: Wording
  let audience: Audience

  init(_ wording: Wording, _ audience: Audience) {
    self.wording = wording
    self.audience = audience
  }

  private var program: Program { wording.program }

  /// The value that is shown; of what did not apply there is none.
  func state(_ node: TraceNode) -> State? {
    if case .candidate = node.kind, node.role == .didNotApply { return nil }
    return node.state
  }

  /// Of a condition that says in a sentence what it came to, whether it is met.
  func verdict(_ node: TraceNode) -> Bool? {
    guard case .rule(let id, _) = node.kind, case .known(.boolean(let truth))? = node.state,
      node.title.isEmpty
    else { return nil }
    let rule = program.rules[id]
    return (truth ? rule.met : rule.unmet).isEmpty ? nil : truth
  }

  /// Its id and where it is written, for auditors.
  func place(_ node: TraceNode) -> String? {
    guard audience == .auditor else { return nil }
    switch node.kind {
    case .rule, .fact, .members, .parameter, .candidate:
      return "\(wording.line(node.id)), \(wording.place(node.span))"
    case .today, .operation, .constant, .element, .rounding: return nil
    }
  }

  func words(_ node: TraceNode) -> String {
    switch node.kind {
    case .candidate(.bracket): bracket(node)
    case .candidate(let kind): candidate(kind, node.name ?? "")
    case .rounding(let mode): rounding(mode, node)
    case .operation, .constant: source(node.span)
    case .today: wording.phrase(.today)
    case .element(let instance): instance.map { wording.name(of: $0) } ?? node.name ?? ""
    case .rule(let rule, let instance): wording.title(of: rule, for: instance, node.state)
    case .fact(let fact, _):
      wording.text(node.title).map { $0 + day(node, program.facts[fact]) }
        ?? wording.plain(node.id)
    case .members, .parameter: wording.text(node.title) ?? wording.plain(node.id)
    }
  }

  /// `, 2024-11`: as of when a fact that varies is read, where it is not the date decided for.
  private func day(_ node: TraceNode, _ fact: Fact) -> String {
    guard let mark = node.id.lastIndex(of: "@") else { return "" }
    let date = node.id[node.id.index(after: mark)...]
    let parts = date.split(separator: "-")
    return switch fact.variation {
    case .monthly: ", " + parts.prefix(2).joined(separator: "-")
    case .yearly: ", " + parts.prefix(1).joined()
    default: ", \(date)"
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
  func source(_ span: Span) -> String {
    guard program.files.indices.contains(Int(span.file)) else { return "" }
    return program.files[Int(span.file)].text(span)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: - What stands behind it in parentheses

  func remarks(_ node: TraceNode) -> [String] {
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
      remarks.append(wording.phrase(.tie, node.ties.map(wording.line).joined(separator: ", ")))
    }
    if let validity = node.validity { remarks += wording.days(validity) }
    remarks += given(node)
    if node.isReadAsGiven { remarks.append(wording.phrase(.readAsGiven)) }
    return remarks
  }

  func given(_ node: TraceNode) -> [String] {
    guard let given = node.given else { return [] }
    var remarks: [String] = []
    switch given {
    case .known, .absent, .varying:
      for origin in node.origin?.all ?? [Origin(source: nil, observed: nil)] {
        remarks.append(
          origin.source.map { wording.phrase(.givenBy, wording.line($0)) } ?? wording.phrase(.given)
        )
        if let day = origin.observed {
          remarks.append(wording.phrase(.observedOn, wording.date(day)))
        }
      }
    case .assumed: remarks.append(wording.phrase(.takenByDefault))
    case .notGiven: remarks.append(wording.phrase(.notGiven))
    case .declined: remarks.append(wording.phrase(.declined, "").trimmed)
    case .awaitingJudgement: remarks.append(wording.phrase(.awaitingJudgement))
    case .conflicting: remarks.append(wording.phrase(.conflicting, "").trimmed)
    }
    return remarks
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
    return text(words).map { template($0, for: instance) } ?? plain(declared.name)
  }

  /// `from 2025-01-01`, `2024-01-01 to 2024-12-31`
  func days(_ validity: InForce) -> [String] {
    switch (validity.from, validity.through) {
    case (let from?, let through?):
      [phrase(.fromThrough, date(from), date(through))]
    case (let from?, nil): [phrase(.from, date(from))]
    case (nil, let through?): [phrase(.through, date(through))]
    case (nil, nil): []
    }
  }
}
