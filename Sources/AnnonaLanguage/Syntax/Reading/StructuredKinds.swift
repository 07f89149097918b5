extension Kind {
  /// A mapping of the shape, or its short form.
  package static func shape<S: Shape>(_ shape: S.Type) -> Kind<S.Syntax> where Value == S.Syntax {
    Kind(.shape(shape)) { spot, reading in
      let fields = Fields(shape.form, at: spot, reading: reading)
      let syntax = shape.read(fields)
      fields.assertAllRead()
      return syntax
    }
  }

  package static func list<Element>(_ kind: Kind<Element>) -> Kind<[Element]>
  where Value == [Element] {
    Kind(.list(kind.form)) { spot, reading in
      guard case .sequence(let items) = spot.node.content else { return nil }
      return items.compactMap { reading.read(kind, at: Spot($0, itemOf: spot)) }
    }
  }

  /// One value, or a list of them.
  package static func oneOrMore<Element>(_ kind: Kind<Element>) -> Kind<[Element]>
  where Value == [Element] {
    .either(kind.map { [$0] }, .list(kind))
  }

  /// Names (or dates) that the author chose, each with a value.
  package static func entries<Name, Element>(
    _ names: Kind<Name>, _ kind: Kind<Element>
  ) -> Kind<[(Name, Element)]> where Value == [(Name, Element)] {
    guard case .scalar(let form) = names.form else { return Kind(names.form) { _, _ in nil } }
    return Kind(.entries(form, kind.form)) { spot, reading in
      guard case .mapping(let entries) = spot.node.content else { return nil }
      @Sendable func read(_ entry: Node.Entry, _ reading: RulebookReading) -> (Name, Element)? {
        let name = reading.read(names, at: Spot(key: entry))
        let value = reading.read(kind, at: Spot(under: entry))
        guard let name, let value else {
          if form != .date { reading.unread.append(Spot(key: entry).name.lastPart) }
          return nil
        }
        return (name, value)
      }
      guard entries.count >= RulebookReading.manyEntries else {
        return entries.compactMap { read($0, reading) }
      }
      let sources = reading.sources
      let parts = Together.stretches(of: entries.count, least: RulebookReading.manyEntries / 2) {
        stretch in
        let part = RulebookReading(sources: sources)
        return (entries[stretch].compactMap { read($0, part) }, part)
      }
      for (_, part) in parts { reading.take(part) }
      return parts.flatMap(\.0)
    }
  }

  /// The first kind that accepts how the value is written.
  package static func either(_ kinds: Kind<Value>...) -> Kind<Value> {
    Kind(.either(kinds.map(\.form))) { spot, reading in
      kinds.first { $0.form.accepts(spot.node) }?.read(spot, reading)
    }
  }
}

extension Kind where Value == Node {
  /// Anything, kept as it is written until a later stage knows what it must be.
  package static func later(_ phrase: String) -> Self {
    Kind(.later(phrase)) { spot, _ in spot.node }
  }
}

extension NameSyntax {
  /// `rebate` of `household.rebate`, as other rules may call it.
  fileprivate var lastPart: NameSyntax {
    NameSyntax(text.lastIndex(of: ".").map { String(text[$0...].dropFirst()) } ?? text, span: span)
  }
}
