import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Writes the tree of why: each line a value and what it is the value of, what it comes from one step further in.
struct ExplanationText {
  let decided: DecidedCase
  let words: StepWords
  let coloured: Bool

  init(_ decided: DecidedCase, _ wording: Wording, _ audience: Audience, _ coloured: Bool) {
    self.decided = decided
    words = StepWords(wording, audience)
    self.coloured = coloured
  }

  private var program: Program { decided.program }
  private var wording: Wording { words.wording }

  func lines(_ part: Explanation.Part) -> [String] {
    var lines: [String] = []
    if let benefit = part.benefit {
      let title = wording.heading(benefit.benefit, for: benefit.member)
      lines.append(painted("\(title) (\(decided.decision.today))", "1"))
    }
    var outline = StepOutline(for: words.audience, of: part.trees)
    for step in outline.steps(of: part.trees, for: part.benefit?.member) {
      write(step, depth: part.benefit == nil ? 0 : 1, to: &lines)
    }
    let changes = part.counterfactuals.map { wording.counterfactual($0, for: words.audience) }
    // Below the tree, as far in as its root.
    let list = wording.list(.whatIf, changes)
    return lines + (part.benefit == nil ? list.map { String($0.dropFirst(2)) } : list)
  }

  private func write(_ step: Step, depth: Int, to lines: inout [String]) {
    lines.append(String(repeating: "  ", count: depth) + line(step))
    for child in step.children { write(child, depth: depth + 1, to: &lines) }
  }

  private func line(_ step: Step) -> String {
    let node = step.node
    let remarks = words.remarks(node) + (step.isRepeated ? [wording.phrase(.seeAbove)] : [])
    var line = words.words(node) + (step.owner.map { ": \(wording.name(of: $0))" } ?? "")
    if let truth = words.verdict(node) {
      // `no ← The income is above the limit` would say the opposite.
      line = "\(painted(truth ? "✓" : "✗", truth ? "32" : "31")) \(line)"
    } else if let state = words.state(node) {
      line = "\(painted(wording.state(state, node.type), colour(state))) ← \(line)"
    }
    if !remarks.isEmpty { line += " (" + remarks.joined(separator: "; ") + ")" }
    if let place = words.place(node) { line += " [\(place)]" }
    return line
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
