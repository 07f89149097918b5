import Testing

@testable import AnnonaLanguage

/// Whatever key of whatever shape is written one letter off, one message says so and names the right key.
struct KeyMutationTests {
  @Test(arguments: allShapes.map(\.name))
  func `A key that is one letter off is named`(shape name: String) throws {
    let shape = try #require(allShapes.first { $0.name == name })
    for key in shape.form.keys {
      let sample = shape.sample(with: key)
      #expect(shape.codes(of: sample) == [], "\(key.name) of \(name)")
      for slip in slips(of: key.name) where shape.isMeantAlone(key.name, by: slip) {
        let found = shape.read(sample.renaming(key.name, to: slip))
        let text = found.map { $0.message + " " + ($0.help ?? "") }
        #expect(found.map(\.code) == ["K001"], "\(slip) for \(key.name) of \(name): \(text)")
        #expect(
          text.first?.contains("`\(key.name)`") == true, "\(slip) for \(key.name): \(text)")
      }
    }
  }

  @Test func `A key of a whole rulebook that is one letter off is named`() throws {
    let source = SourceFile(path: "rebate.yaml", text: ratesRebate)
    let node = try #require(readYAML(source, index: 0).0)
    let mutants = slipped(node, as: .shape(FileShape.self))
    #expect(mutants.count > 60)
    for (key, slip, mutant) in mutants {
      let found = readRulebook([mutant], from: [source]).1
      let text = found.map { $0.message + " " + ($0.help ?? "") }
      #expect(found.map(\.code) == ["K001"], "\(slip) for \(key): \(text)")
      #expect(text.first?.contains("`\(key)`") == true, "\(slip) for \(key): \(text)")
    }
  }

  @Test func `Every key and shape has a sentence for its documentation`() {
    for shape in allShapes {
      #expect(shape.form.summary.hasSuffix("."), "\(shape.name)")
      for key in shape.form.keys {
        #expect(key.summary.hasSuffix("."), "\(shape.name): \(key.name)")
      }
    }
  }

  @Test func `Choices, dependencies and short forms name keys of their shape`() {
    for shape in allShapes {
      let named =
        shape.form.choices.flatMap(\.keys)
        + shape.form.dependencies.flatMap { [$0.key, $0.needs] }
        + [shape.form.short].compactMap(\.self)
      for name in named { #expect(shape.form.key(name) != nil, "\(shape.name): \(name)") }
    }
  }
}

/// Slips of the keyboard: a letter left out, doubled, replaced, or swapped with its neighbour.
private func slips(of key: String) -> [String] {
  let letters = Array(key)
  var result: [String] = []
  for index in letters.indices {
    var word = letters
    word.remove(at: index)
    result.append(String(word))
    word = letters
    word.insert(word[index], at: index)
    result.append(String(word))
    word = letters
    word[index] = "z"
    result.append(String(word))
    if index + 1 < letters.count {
      word = letters
      word.swapAt(index, index + 1)
      result.append(String(word))
    }
  }
  return result.filter { $0 != key && !$0.isEmpty }
}

private func isOneSlipFrom(_ key: String, _ word: String) -> Bool {
  func shortened(_ text: String) -> Set<String> {
    let letters = Array(text)
    return Set(
      [text]
        + letters.indices.map { index in
          String(letters[..<index] + letters[(index + 1)...])
        })
  }
  return !shortened(key).isDisjoint(with: shortened(word))
}

/// The node with one key of a shape written wrongly, once for each such key below it; the author's own names are left alone.
private func slipped(
  _ node: Node, as kind: KindForm
) -> [(key: String, slip: String, mutant: Node)] {
  func inEntries(_ entries: [Node.Entry], _ kindOf: (String) -> KindForm?) -> [(
    String, String, Node
  )] {
    entries.indices.flatMap { index -> [(String, String, Node)] in
      guard let kind = kindOf(entries[index].key.text) else { return [] }
      return slipped(entries[index].value, as: kind).map { key, slip, mutant in
        var changed = entries
        changed[index] = Node.Entry(
          key: entries[index].key, keySpan: entries[index].keySpan, value: mutant)
        return (key, slip, Node(.mapping(changed), span: node.span))
      }
    }
  }
  switch (kind, node.content) {
  case (.shape(let shape), .mapping(let entries)):
    let opened = AnyShape(shape)
    let here = entries.flatMap { entry in
      let key = entry.key.text
      return slips(of: key).filter { opened.isMeantAlone(key, by: $0) }.prefix(1).map {
        (key, $0, node.renaming(key, to: $0))
      }
    }
    return here + inEntries(entries) { shape.form.key($0)?.kind }
  case (.entries(_, let inner), .mapping(let entries)):
    return inEntries(entries) { _ in inner }
  case (.either(let kinds), _):
    return kinds.first { $0.accepts(node) }.map { slipped(node, as: $0) } ?? []
  default: return []
  }
}

// MARK: - Shapes without their type

struct AnyShape: Sendable {
  let form: ShapeForm
  let read: @Sendable (Node) -> [Diagnostic]
  var name: String { form.name }

  init<S: Shape>(_ shape: S.Type) {
    form = shape.form
    read = { node in
      let reading = RulebookReading(sources: [])
      let place = NameSyntax("sample", span: Span(file: 0, start: 0, end: 0))
      _ = reading.read(Kind<S.Syntax>.shape(shape), at: Spot(root: node, name: place))
      return reading.diagnostics
    }
  }

  func codes(of node: Node) -> [String] { read(node).map(\.code) }

  /// Whether no other key is as near to the slip.
  func isMeantAlone(_ key: String, by slip: String) -> Bool {
    form.key(slip) == nil
      && !form.keys.contains { $0.name != key && isOneSlipFrom($0.name, slip) }
  }

  /// A mapping with the key and with what the shape demands beside it.
  func sample(with key: KeyForm) -> Node {
    var names = [key.name]
    names += form.dependencies.filter { $0.key == key.name }.map(\.needs)
    names += form.keys.filter(\.isRequired).map(\.name)
    for choice in form.choices
    where choice.isRequired && !names.contains(where: choice.keys.contains) {
      names += choice.keys.filter { candidate in
        !form.choices.contains {
          $0.keys.contains(candidate) && names.contains(where: $0.keys.contains)
        }
      }.prefix(1)
    }
    var seen: Set<String> = []
    return mapping(
      names.filter { seen.insert($0).inserted }.compactMap { name in
        form.key(name).map { (name, AnnonaLanguageTests.sample(of: $0.kind)) }
      })
  }
}

/// All shapes that a rulebook can hold, from the file down.
let allShapes: [AnyShape] = {
  var found: [AnyShape] = []
  func add(_ shape: any Shape.Type) {
    let opened = AnyShape(shape)
    guard !found.contains(where: { $0.name == opened.name }) else { return }
    found.append(opened)
    for key in opened.form.keys { add(key.kind) }
  }
  func add(_ kind: KindForm) {
    switch kind {
    case .scalar, .text, .later: break
    case .list(let inner), .entries(_, let inner): add(inner)
    case .either(let kinds): kinds.forEach(add)
    case .shape(let shape): add(shape)
    }
  }
  add(FileShape.self)
  return found
}()

// MARK: - Values that are well formed

let nowhere = Span(file: 0, start: 0, end: 0)

func scalar(_ text: String) -> Scalar {
  Scalar(text: text, style: .plain, segments: [.init(text: 0, file: 0)])
}

func mapping(_ entries: [(String, Node)]) -> Node {
  Node(
    .mapping(
      entries.map { Node.Entry(key: scalar($0.0), keySpan: nowhere, value: $0.1) }),
    span: nowhere)
}

func sample(of form: ScalarForm) -> String {
  switch form {
  case .name, .member, .dottedName, .entityName: "sample"
  case .ruleName: "household.sample"
  case .unit: "kWh"
  case .language: "en"
  case .currency: "EUR"
  case .plainText: "a text"
  case .expression: "1"
  case .type: "number"
  case .date: "2025-03-01"
  case .monthAndDay: "07-01"
  case .flag: "true"
  case .word(let words): words.first ?? ""
  case .rounding: "0.01 half_up"
  case .table: "size || amount\n1 || 2\notherwise || 3"
  case .grid: "above | rate\n0 | 10 %"
  case .change: "household.sample rises"
  }
}

func sample(of kind: KindForm) -> Node {
  switch kind {
  case .scalar(let form): Node(.scalar(scalar(sample(of: form))), span: nowhere)
  case .text, .later: Node(.scalar(scalar("a text")), span: nowhere)
  case .list(let inner): Node(.sequence([sample(of: inner), sample(of: inner)]), span: nowhere)
  case .entries(let names, let inner): mapping([(sample(of: names), sample(of: inner))])
  case .either(let kinds): sample(of: kinds[0])
  case .shape(let shape): sample(of: shape)
  }
}

private func sample(of shape: any Shape.Type) -> Node {
  let opened = AnyShape(shape)
  let first = opened.form.choices.first.flatMap { opened.form.key($0.keys[0]) }
  guard let key = opened.form.keys.first(where: \.isRequired) ?? first ?? opened.form.keys.first
  else { return mapping([]) }
  return opened.sample(with: key)
}

extension Node {
  fileprivate func renaming(_ key: String, to slip: String) -> Node {
    guard case .mapping(let entries) = content else { return self }
    return Node(
      .mapping(
        entries.map {
          $0.key.text == key
            ? Entry(key: scalar(slip), keySpan: $0.keySpan, value: $0.value) : $0
        }), span: span)
  }
}
