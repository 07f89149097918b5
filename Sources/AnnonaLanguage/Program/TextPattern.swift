/// The form that a text must have as a whole: characters, `.`, `\d \w \s`, classes such as `[A-Z0-9]`, groups, `|`, `? * +`, `{2}`, `{2,4}`.
///
/// There are no back-references, so that matching takes time proportional to the text, whatever the pattern.
public struct TextPattern: Sendable, Hashable {
  /// As the author wrote it.
  public let source: String
  private let steps: [Step]

  private enum Step: Sendable, Hashable {
    case one(CharacterSet, next: Int)
    case either(Int, Int)
    case done
  }

  /// Which characters stand in one place.
  fileprivate struct CharacterSet: Sendable, Hashable {
    var ranges: [ClosedRange<Unicode.Scalar>]
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      ranges.contains { $0.contains(scalar) } != isNegated
    }
  }

  /// `nil` for what is no pattern, or one that stands for more than 10 000 steps.
  public init?(_ source: String) {
    guard let tree = PatternReader.read(source) else { return nil }
    var steps: [Step] = [.done]
    guard let start = Self.add(tree, before: 0, to: &steps) else { return nil }
    // The first step stands last, so that it is found without a field of its own.
    steps.append(.either(start, start))
    self.source = source
    self.steps = steps
  }

  public func matches(_ text: String) -> Bool {
    var current = reach([steps.count - 1])
    for scalar in text.unicodeScalars {
      let next = current.compactMap { step -> Int? in
        guard case .one(let characters, let next) = steps[step], characters.contains(scalar) else {
          return nil
        }
        return next
      }
      current = reach(next)
      if current.isEmpty { return false }
    }
    return current.contains(0)
  }

  /// Every step that is reached without a character.
  private func reach(_ starts: [Int]) -> [Int] {
    var seen = [Bool](repeating: false, count: steps.count)
    var waiting = starts
    var reached: [Int] = []
    while let step = waiting.popLast() {
      if seen[step] { continue }
      seen[step] = true
      if case .either(let one, let other) = steps[step] {
        waiting += [one, other]
      } else {
        reached.append(step)
      }
    }
    return reached
  }

  private static func add(_ tree: PatternTree, before next: Int, to steps: inout [Step]) -> Int? {
    guard steps.count <= 10_000 else { return nil }
    switch tree {
    case .one(let characters):
      steps.append(.one(characters, next: next))
      return steps.count - 1
    case .sequence(let parts):
      return parts.reversed().reduce(Optional(next)) { next, part in
        next.flatMap { add(part, before: $0, to: &steps) }
      }
    case .choice(let parts):
      return parts.dropFirst().reduce(
        parts.first.flatMap { add($0, before: next, to: &steps) }
      ) { one, part in
        guard let one, let other = add(part, before: next, to: &steps) else { return nil }
        steps.append(.either(one, other))
        return steps.count - 1
      }
    case .repeated(let part, let least, let most):
      return add(part, least, most, before: next, to: &steps)
    }
  }

  private static func add(
    _ part: PatternTree, _ least: Int, _ most: Int?, before next: Int, to steps: inout [Step]
  ) -> Int? {
    var start = next
    if let most {
      for _ in least..<max(least, most) {
        guard let inner = add(part, before: start, to: &steps) else { return nil }
        steps.append(.either(inner, next))
        start = steps.count - 1
      }
    } else {
      let loop = steps.count
      steps.append(.either(next, next))
      guard let inner = add(part, before: loop, to: &steps) else { return nil }
      steps[loop] = .either(inner, next)
      start = loop
    }
    for _ in 0..<least {
      guard let inner = add(part, before: start, to: &steps) else { return nil }
      start = inner
    }
    return start
  }
}

private indirect enum PatternTree {
  case one(TextPattern.CharacterSet)
  case sequence([PatternTree])
  case choice([PatternTree])
  case repeated(PatternTree, least: Int, most: Int?)
}

private struct PatternReader {
  private var rest: Substring.UnicodeScalarView
  private var depth = 0

  static func read(_ source: String) -> PatternTree? {
    guard source.unicodeScalars.count <= 1_000 else { return nil }
    var reader = PatternReader(rest: source[...].unicodeScalars)
    guard let tree = reader.choice(), reader.rest.isEmpty else { return nil }
    return tree
  }

  private init(rest: Substring.UnicodeScalarView) { self.rest = rest }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func choice() -> PatternTree? {
    guard let first = sequence() else { return nil }
    var parts = [first]
    while take("|") {
      guard let part = sequence() else { return nil }
      parts.append(part)
    }
    return parts.count == 1 ? first : .choice(parts)
  }

  private mutating func sequence() -> PatternTree? {
    var parts: [PatternTree] = []
    while let next = rest.first, next != "|", next != ")" {
      guard let one = one(), let part = repeated(one) else { return nil }
      parts.append(part)
    }
    return .sequence(parts)
  }

  private mutating func one() -> PatternTree? {
    guard let next = rest.popFirst() else { return nil }
    switch next {
    case "(":
      depth += 1
      defer { depth -= 1 }
      guard depth <= 50, let inner = choice(), take(")") else { return nil }
      return inner
    case "[": return characterClass().map { .one($0) }
    case ".": return .one(.init(ranges: [], isNegated: true))
    case "\\": return escaped().map { .one($0) }
    case "*", "+", "?", "{", "}", "]", "^", "$": return nil
    default: return .one(.init(ranges: [next...next]))
    }
  }

  private mutating func escaped() -> TextPattern.CharacterSet? {
    guard let next = rest.popFirst() else { return nil }
    switch next {
    case "d": return .init(ranges: ["0"..."9"])
    case "w": return .init(ranges: ["0"..."9", "A"..."Z", "a"..."z", "_"..."_"])
    case "s": return .init(ranges: [" "..." ", "\t"..."\t"])
    // A back-reference such as `\1` would ask for more than one pass.
    default:
      let isWord = next.properties.isAlphabetic || ("0"..."9").contains(next)
      return isWord ? nil : .init(ranges: [next...next])
    }
  }

  private mutating func characterClass() -> TextPattern.CharacterSet? {
    var characters = TextPattern.CharacterSet(ranges: [], isNegated: take("^"))
    while let next = rest.popFirst() {
      if next == "]" { return characters.ranges.isEmpty ? nil : characters }
      if next == "\\" {
        guard let set = escaped() else { return nil }
        characters.ranges += set.ranges
        continue
      }
      guard rest.first == "-", rest.dropFirst().first != "]" else {
        characters.ranges.append(next...next)
        continue
      }
      rest.removeFirst()
      guard let last = rest.popFirst(), next <= last else { return nil }
      characters.ranges.append(next...last)
    }
    return nil
  }

  private mutating func repeated(_ one: PatternTree) -> PatternTree? {
    switch rest.first {
    case "?": return counted(one, 0, 1)
    case "*": return counted(one, 0, nil)
    case "+": return counted(one, 1, nil)
    case "{": return braces(one)
    default: return one
    }
  }

  private mutating func counted(_ one: PatternTree, _ least: Int, _ most: Int?) -> PatternTree {
    rest.removeFirst()
    return .repeated(one, least: least, most: most)
  }

  /// `{2}`, `{2,}`, `{2,4}`, each number at most 100.
  private mutating func braces(_ one: PatternTree) -> PatternTree? {
    rest.removeFirst()
    guard let least = number() else { return nil }
    var most: Int? = least
    if take(",") { most = rest.first == "}" ? nil : number().map { max($0, -1) } ?? -1 }
    guard take("}"), most.map({ $0 >= least }) ?? true else { return nil }
    return .repeated(one, least: least, most: most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let next = rest.first, ("0"..."9").contains(next), digits.count < 3 {
      digits.unicodeScalars.append(next)
      rest.removeFirst()
    }
    return Int(digits).flatMap { $0 <= 100 ? $0 : nil }
  }
}
