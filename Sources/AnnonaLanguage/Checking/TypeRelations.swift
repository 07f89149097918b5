import AnnonaValues

extension ValueType {
  static let number = ValueType.number(NumberType())
  static let integer = ValueType.number(NumberType(isInteger: true))

  static func quantity(_ unit: Unit) -> ValueType { .number(NumberType(unit: unit)) }

  var numberType: NumberType? {
    if case .number(let type) = self { return type }
    return nil
  }
}

extension Checker {
  /// The type in the words that an author would write.
  func describe(_ type: ValueType) -> String {
    switch type {
    case .boolean: return "boolean"
    case .number(let number):
      if !number.unit.isDimensionless { return number.unit.description }
      return number.isInteger ? "integer" : number.isPercent ? "percent" : "number"
    case .text: return "text"
    case .date: return "date"
    case .period: return "period"
    case .choice(let id): return program.choices[id].name
    case .entity(let id): return program.entities[id].name
    case .list(let element): return "list of \(describe(element))"
    case .optional(let type): return "\(describe(type)), or null"
    case .null: return "null"
    }
  }

  /// The type that holds both; `nil` where there is none. Only pure durations of one kind may differ in unit: the finer wins.
  func common(_ one: ValueType, _ other: ValueType) -> ValueType? {
    if one == other { return one }
    if one == .null { return other == .null ? .null : .optional(other.present) }
    if other == .null { return common(other, one) }
    if one.isOptional || other.isOptional {
      return common(one.present, other.present).map { .optional($0) }
    }
    switch (one, other) {
    case (.number(let left), .number(let right)):
      guard let unit = commonUnit(left.unit, right.unit) else { return nil }
      return .number(
        NumberType(
          unit: unit, isInteger: left.isInteger && right.isInteger,
          isPercent: left.isPercent && right.isPercent))
    case (.list(let left), .list(let right)):
      return common(left, right).map { .list($0) }
    default:
      return nil
    }
  }

  private func commonUnit(_ one: Unit, _ other: Unit) -> Unit? {
    if one == other { return one }
    guard let kind = one.durationKind, kind == other.durationKind,
      let ratio = one.ratio(to: other)
    else { return nil }
    return ratio > .one ? other : one
  }

  /// The expression as a value of the type: unchanged, or in a finer unit of time; `nil` where it is none.
  func coerce(_ expression: Expression, to type: ValueType) -> Expression? {
    guard let shared = common(expression.type, type), accepts(type, shared) else { return nil }
    guard case .number(let from) = expression.type.present, case .number(let to) = type.present,
      from.unit != to.unit, let ratio = from.unit.ratio(to: to.unit)
    else { return expression }
    let target = ValueType.number(to)
    return Expression(
      .convert(expression, ratio: ratio),
      type: expression.type.isOptional ? .optional(target) : target, span: expression.span)
  }

  /// Whether a declared type takes a value of the other: an integer is a number, but no number an integer.
  private func accepts(_ declared: ValueType, _ given: ValueType) -> Bool {
    switch (declared, given) {
    case (.optional(let declared), _): return accepts(declared, given.present)
    case (_, .optional), (_, .null): return declared == given
    case (.number(let declared), .number(let given)):
      return declared.unit == given.unit && (!declared.isInteger || given.isInteger)
    case (.list(let declared), .list(let given)): return accepts(declared, given)
    default: return declared == given
    }
  }

  // MARK: - Types as written

  /// The type that a spelling names.
  func resolve(_ syntax: TypeSyntax, anonymous: String, in book: Int) -> ValueType? {
    switch syntax.kind {
    case .list(let element):
      return resolve(element, anonymous: anonymous, in: book).map { .list($0) }
    case .choice(let members):
      return .choice(declareChoice(named: anonymous, members: members, in: book))
    case .named(let name):
      if let type = builtInType(name) { return type }
      if let entity = entity(named: name, in: book) { return .entity(entity) }
      if let choice = choice(named: name, in: book) {
        usedChoices.insert(choice)
        return .choice(choice)
      }
      if let unit = Unit(text: name) {
        let unknown = unit.names.filter { !isKnown(unit: $0, in: book) }
        if unknown.isEmpty { return .quantity(unit) }
        if let first = unknown.first {
          report(
            .unknownType(
              name, part: first, at: place(of: first, in: syntax.span),
              among: first == name ? typeNames(in: book) : unitNames(in: book)))
          return nil
        }
      }
      report(.unknownType(name, part: name, at: syntax.span, among: typeNames(in: book)))
      return nil
    }
  }

  private func builtInType(_ name: String) -> ValueType? {
    switch name {
    case "boolean": .boolean
    case "integer": .integer
    case "number": .number
    case "percent": .number(NumberType(isPercent: true))
    case "text": .text
    case "date": .date
    case "period": .period
    default: nil
    }
  }

  func isKnown(unit name: String, in book: Int) -> Bool {
    ["year", "month", "week", "day"].contains(name) || books[book].units.contains(name)
      || Unit.isCurrency(name)
  }

  private func typeNames(in book: Int) -> [String] {
    ["boolean", "integer", "number", "percent", "text", "date", "period", "year", "month", "week"]
      + ["day"] + books[book].units.sorted() + books[book].entities.keys.sorted()
      + books[book].choices.keys.sorted()
      + rulebooks[book].imports.sorted { $0.key < $1.key }.flatMap { prefix, imported in
        (books[imported].entities.keys.sorted() + books[imported].choices.keys.sorted())
          .map { "\(prefix).\($0)" }
      }
  }

  private func unitNames(in book: Int) -> [String] {
    ["year", "month", "week", "day"] + books[book].units.sorted()
  }

  func entity(named name: String, in book: Int) -> EntityID? {
    let (owner, last) = importing(name, in: book)
    return books[owner].entities[last] ?? (owner == book ? importedEntity(last, in: book) : nil)
  }

  func choice(named name: String, in book: Int) -> ChoiceID? {
    let (owner, last) = importing(name, in: book)
    return books[owner].choices[last]
  }

  func noteImport(_ prefix: String, in book: Int) {
    if book == mainBook { usedImports.insert(prefix) }
  }

  /// The entity by its bare name, where one import declares it and the rulebook itself has none of that name.
  private func importedEntity(_ name: String, in book: Int) -> EntityID? {
    let found = rulebooks[book].imports.filter { books[$0.value].entities[name] != nil }
    let entities = Set(found.values.compactMap { books[$0].entities[name] })
    guard entities.count == 1, let entity = entities.first else { return nil }
    for prefix in found.keys { noteImport(prefix, in: book) }
    return entity
  }

  /// `ias.value` as the rulebook that `ias` names and the name inside it; a plain name stays here.
  func importing(_ name: String, in book: Int) -> (book: Int, name: String) {
    guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")),
      let imported = rulebooks[book].imports[String(name[..<dot])]
    else { return (book, name) }
    noteImport(String(name[..<dot]), in: book)
    return (imported, String(name[name.index(after: dot)...]))
  }
}
