/// A mapping whose keys were checked against its shape; its values are read from it by key.
package final class Fields {
  let reading: RulebookReading
  let form: ShapeForm
  /// The key that the mapping stands under.
  package let name: NameSyntax
  package let span: Span
  /// The mapping alone, without its key.
  package let body: Span
  /// Few, so that a look at each is the quickest way to one; the last of two alike counts.
  private var entries: [(key: String, entry: Node.Entry)] = []
  private var unknown: [String] = []
  private var taken: Set<String> = []
  private let problemsBefore: Int

  /// Whether something that was read so far of the mapping was reported.
  package var isFaulty: Bool { reading.diagnostics.count > problemsBefore }

  init(_ form: ShapeForm, at spot: Spot, reading: RulebookReading) {
    self.form = form
    self.name = spot.name
    self.span = spot.name.span.joined(to: spot.node.span)
    body = spot.node.span
    self.reading = reading
    problemsBefore = reading.diagnostics.count
    if case .mapping(let written) = spot.node.content {
      sort(written)
      check(spot)
    } else if let short = form.short {
      let key = Scalar(text: short, style: .plain, segments: [])
      entries = [(short, Node.Entry(key: key, keySpan: spot.name.span, value: spot.node))]
    }
  }

  /// What stands under the key; `nil` where it is not written, or broken and reported. Each key is read once.
  package subscript<Value>(key: Key<Value>) -> Value? {
    assert(form.key(key.form.name) != nil, "\(form.name) lacks the key \(key.form.name)")
    assert(taken.insert(key.form.name).inserted, "\(key.form.name) is read twice")
    guard let entry = entry(named: key.form.name) else { return nil }
    return reading.read(key.kind, at: Spot(under: entry))
  }

  /// What stands under the key but has the form of another: it is reported, and read as the other.
  func misplaced<Value>(
    _ key: any KeyDescription, as other: Key<Value>, where part: (Node) -> Node?
  ) -> Value? {
    guard let entry = entry(key), let node = part(entry.value) else { return nil }
    taken.insert(key.form.name)
    reading.report(
      .wrongKind(
        "`\(key.form.name)`", takes: key.form.kind.phrase, not: entry.value, at: entry.value.span,
        instead: "write `\(other.form.name): \(reading.words(node))` in place of `\(key.form.name)`"
      ))
    let moved = Node.Entry(key: entry.key, keySpan: entry.keySpan, value: node)
    return reading.read(other.kind, at: Spot(under: moved))
  }

  /// Whether the key is written, or another that is probably meant to be it.
  package func has(_ key: any KeyDescription) -> Bool { isMeant(key.form.name) }

  package func entry(_ key: any KeyDescription) -> Node.Entry? { entry(named: key.form.name) }

  private func entry(named key: String) -> Node.Entry? {
    for index in entries.indices.reversed() where entries[index].key == key {
      return entries[index].entry
    }
    return nil
  }

  func isMeant(_ key: String) -> Bool {
    entries.contains { $0.key == key } || unknown.contains(key)
  }

  /// Stops a shape in its tests when it forgets one of its own keys.
  func assertAllRead() {
    assert(
      entries.allSatisfy { taken.contains($0.key) },
      "\(form.name) never reads \(Set(entries.map(\.key)).subtracting(taken))")
  }

  private func sort(_ written: [Node.Entry]) {
    for entry in written {
      guard let key = form.key(entry.key.text) else {
        let names = form.keys.map(\.name)
        let near = nearest(entry.key.text, among: names)
        if let near { unknown.append(near) }
        reading.report(.unknownKey(entry.key.text, in: form, near: near, at: entry.keySpan))
        continue
      }
      entries.append((key.name, entry))
    }
  }

  private func check(_ spot: Spot) {
    for key in form.keys where key.isRequired && !isMeant(key.name) {
      reading.report(.missingKey(key, in: form, spot.label, at: spot.place))
    }
    for choice in form.choices {
      let chosen = choice.keys.filter { entry(named: $0) != nil }
      if chosen.isEmpty, choice.isRequired, !choice.keys.contains(where: isMeant) {
        reading.report(.missingChoice(choice, spot.label, at: spot.place))
      } else if chosen.count > 1 {
        let places = chosen.compactMap { entry(named: $0) }.sorted {
          $0.keySpan.start < $1.keySpan.start
        }
        reading.report(.twoChosen(choice, spot.label, places))
      }
    }
    for dependency in form.dependencies where !isMeant(dependency.needs) {
      guard let entry = entry(named: dependency.key) else { continue }
      reading.report(.needsKey(dependency, at: entry.keySpan))
    }
  }
}

/// The key that was probably meant; keys are few, so that a letter left out or swapped in a very short one counts too.
private func nearest(_ word: String, among keys: [String]) -> String? {
  if let near = didYouMean(word, among: keys) { return near }
  return keys.first { key in
    guard key.count <= 3, word.count <= 2 else { return false }
    return word.sorted() == key.sorted() || key.count == 2 && zip(word, key).contains(where: ==)
      || key.indices.contains { key[..<$0] + key[key.index(after: $0)...] == word }
  }
}
