import Support
import Testing

@testable import AnnonaLanguage

struct RandomRulebookTests {
  /// Every shape filled with values of every kind, right and wrong: reading tells, and never stops.
  @Test(arguments: UInt64(1)...10)
  func `Whatever stands where, reading ends`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      let node = random.node(of: .shape(FileShape.self), depth: 9)
      let (_, first) = readRulebook([node], from: [])
      let (_, again) = readRulebook([node], from: [])
      #expect(first == again, "seed \(seed)")
    }
  }

  /// A rulebook's text with pieces taken out, doubled and moved.
  @Test(arguments: UInt64(1)...10)
  func `Whatever is torn out of a text, reading ends`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let lines = ratesRebate.split(separator: "\n", omittingEmptySubsequences: false)
    for _ in 0..<10 {
      var torn = lines
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let from = Int.random(in: 0..<torn.count, using: &random)
        let to = Int.random(in: 0..<torn.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: torn.remove(at: from)
        case 1: torn.insert(torn[from], at: to)
        default: torn.swapAt(from, to)
        }
      }
      let text = torn.joined(separator: "\n")
      #expect(ReadRulebook(text).lines == ReadRulebook(text).lines, "seed \(seed)")
    }
  }
}

extension SeededRandom {
  /// A node of the kind, nearly always: now and then it is of another.
  mutating func node(of kind: KindForm, depth: Int) -> Node {
    if depth == 0 || isRare(1, in: 20) { return stray() }
    switch kind {
    case .scalar(let form): return text(isRare(1, in: 10) ? word() : sample(of: form))
    case .text: return isRare(1, in: 3) ? mapping([(word(), text(word()))]) : text(word())
    case .list(let inner):
      return Node(
        .sequence(
          (0..<Int.random(in: 0..<4, using: &self)).map { _ in
            node(of: inner, depth: depth - 1)
          }), span: nowhere)
    case .entries(let names, let inner):
      let count = Int.random(in: 0..<3, using: &self)
      return mapping(
        (0..<count).map { number in
          let name = isRare(1, in: 10) ? word() : sample(of: names) + (number == 0 ? "" : "_2")
          return (name, node(of: inner, depth: depth - 1))
        })
    case .later: return text(word())
    case .either(let kinds):
      return node(of: kinds[Int.random(in: 0..<kinds.count, using: &self)], depth: depth)
    case .shape(let shape):
      return mapping(
        shape.form.keys.filter { _ in isRare(1, in: 2) }.map { key in
          (isRare(1, in: 20) ? word() : key.name, node(of: key.kind, depth: depth - 1))
        })
    }
  }

  private mutating func stray() -> Node {
    switch Int.random(in: 0..<4, using: &self) {
    case 0: Node(.sequence([text(word())]), span: nowhere)
    case 1: mapping([(word(), text(word()))])
    case 2: Node(.mapping([]), span: nowhere)
    default: text(word())
    }
  }

  private func text(_ text: String) -> Node { Node(.scalar(scalar(text)), span: nowhere) }

  private mutating func isRare(_ part: Int, in whole: Int) -> Bool {
    Int.random(in: 0..<whole, using: &self) < part
  }

  private mutating func word() -> String {
    let words = [
      "", "a", "household", "household.x", "2025-01-01", "1", "true", "null", "every", "é", ".",
      "..", "a.b.c", "_", "__", "a_", "EUR/month", "list of", "|", "a | b", "\u{0}", "🙂", "- 1",
      "999999999999999999999999", "optional", " optional", "list of person optional",
    ]
    return words[Int.random(in: 0..<words.count, using: &self)]
  }
}
