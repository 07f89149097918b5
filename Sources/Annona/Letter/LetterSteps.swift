import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// The steps of a decision as nested lists, which auditors can fold.
struct LetterSteps {
  let letter: Letter
  /// Begins the ids of the steps.
  let prefix: String
  private var outline: StepOutline
  private var places: [String: String] = [:]

  init(_ letter: Letter, _ trees: [TraceNode], prefix: String) {
    self.letter = letter
    self.prefix = prefix
    outline = StepOutline(for: letter.audience, of: trees)
  }

  private var wording: Wording { letter.wording }
  private var words: StepWords { letter.words }

  mutating func list(of tree: TraceNode, for member: Int32?) -> HTML {
    let steps = outline.steps(of: [tree], for: member)
    return steps.isEmpty
      ? .nothing : .element("ul", [.class("steps")], steps.map { item($0, isTop: true) })
  }

  private mutating func item(_ step: Step, isTop: Bool = false) -> HTML {
    let line = self.line(step)
    var attributes: [HTML.Attribute] = []
    if !step.isRepeated, case .rule = step.node.kind {
      let place = "\(prefix)-\(places.count + 1)"
      places[step.node.id] = place
      attributes = [.id(place)]
    }
    guard !step.children.isEmpty else { return .element("li", attributes, [line]) }
    let below = HTML.element("ul", [], step.children.map { item($0) })
    guard letter.audience == .auditor else { return .element("li", attributes, [line, below]) }
    return .element(
      "li", attributes,
      .element(
        "details", isTop ? [.attribute("open", "")] : [],
        .element("summary", [], [line]), below))
  }

  /// `Reference income: 8 333.33 EUR per year (Decree-Law 176/2003, art. 9)`
  private func line(_ step: Step) -> HTML {
    let node = step.node
    let state = words.state(node)
    // `The income is above the limit: no` would say the opposite.
    let sentence = words.verdict(node).map { letter.mark($0 ? .met : .unmet) }
    var pieces: [HTML] = [name(node, isFollowed: state != nil && sentence == nil)]
    if let owner = step.owner { pieces.append(.text(" (\(wording.name(of: owner)))")) }
    if let sentence {
      pieces += [" ", sentence]
    } else if let state {
      let text = wording.state(state, node.type)
      pieces += [
        .text(wording.phrase(.label, "") + " "),
        .element("span", [.class("value" + colour(state, of: node))], text),
      ]
    }
    var remarks = words.remarks(node).map { HTML.text($0) }
    if step.isRepeated {
      let above = wording.phrase(.seeAbove)
      remarks.append(
        places[node.id].map { .element("a", [.attribute("href", "#\($0)")], above) }
          ?? .text(above))
    }
    if !remarks.isEmpty {
      let joined = remarks.dropFirst().reduce([remarks[0]]) { $0 + ["; ", $1] }
      pieces.append(.element("span", [.class("soft")], [" ("] + joined + [")"]))
    }
    if let place = words.place(node) { pieces += [" ", .element("code", [], place)] }
    return .group(pieces)
  }

  private func name(_ node: TraceNode, isFollowed: Bool) -> HTML {
    var text = words.words(node)
    if isFollowed, text.last == "." { text.removeLast() }
    switch node.kind {
    case .operation, .constant: return .element("code", [], text)
    case .fact, .members, .parameter, .rule:
      return node.title.isEmpty ? .text(text) : letter.authored(text, in: node.title)
    default: return .text(text)
    }
  }

  /// Of a condition, whether it is met; of a fact it would say nothing.
  private func colour(_ state: State, of node: TraceNode) -> String {
    switch (state, node.kind) {
    case (.known(.boolean(let truth)), .rule): truth ? " good" : " bad"
    case (.error, _): " bad"
    case (.open, _): " open"
    case (.known, _): ""
    }
  }
}
