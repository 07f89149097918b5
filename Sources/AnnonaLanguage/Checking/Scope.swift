import AnnonaValues

/// What an expression sees: whose it is, which variables are bound, what has been tested not to be `null`.
struct Context {
  struct Local {
    /// Empty for the element of a `where` or `by`, whose members are bare names instead.
    let name: String
    let type: ValueType
  }

  /// The rulebook whose names and calendar hold.
  private(set) var book: Int
  /// The entity of `this`; `nil` inside a function.
  let entity: EntityID?
  var locals: [Local] = []
  /// Slots of the elements of `where` and `by`, the innermost last.
  var elements: [Int] = []
  var narrowed: Set<StablePath> = []
  /// The type of `base`, inside an exception.
  var base: ValueType?
  /// How many `for` and quantifiers surround the expression.
  var loops = 0

  init(book: Int, entity: EntityID?) {
    self.book = book
    self.entity = entity
  }

  func binding(_ name: String, _ type: ValueType) -> (slot: Int, context: Context) {
    var inner = self
    inner.locals.append(Local(name: name, type: type))
    inner.loops += 1
    return (locals.count, inner)
  }

  func entering(elementOf type: ValueType) -> (slot: Int, context: Context) {
    var inner = self
    inner.locals.append(Local(name: "", type: type))
    inner.elements.append(locals.count)
    return (locals.count, inner)
  }

  func written(in book: Int?) -> Context {
    var inner = self
    inner.book = book ?? self.book
    return inner
  }

  func narrowed(by paths: Set<StablePath>) -> Context {
    var inner = self
    inner.narrowed.formUnion(paths)
    return inner
  }
}

/// One thing that a name may mean.
enum Reading {
  case expression(Expression, of: Named)
  /// An import's prefix, or a choice whose member follows a dot.
  case book(Int)
  case choice(ChoiceID)
  /// A parameter drawn as a grid, whose column follows.
  case grid(String, in: Int)

  /// What bears a name that can be read, as messages call it.
  enum Named {
    case variable, parameter, element, today
    /// The entity around, by the name of its kind.
    case enclosing
    case member(EntityID)
  }
}

extension Checker {
  /// All that a bare name means where it stands; more than one is for the author to settle.
  func readings(of name: NameSyntax, in context: Context) -> [Reading] {
    var found: [Reading] = []
    for (slot, local) in context.locals.enumerated() where local.name == name.text {
      let value = Expression(.local(slot), type: local.type, span: name.span)
      found.append(.expression(value, of: .variable))
    }
    var shadowed: EntityID?
    if let slot = context.elements.last, case .entity(let entity) = context.locals[slot].type {
      let element = Expression(.local(slot), type: .entity(entity), span: name.span)
      if let value = member(name, of: element, entity: entity, in: context) {
        found.append(.expression(value, of: .member(entity)))
        // The element's own kind gives way to it; another kind's or the law's is ambiguous.
        shadowed = entity
      }
    }
    addEnclosingReadings(of: name, in: context, shadowed: shadowed, to: &found)
    if let parameter = books[context.book].parameters[name.text] {
      let value = read(parameter, span: name.span)
      found.append(.expression(value, of: .parameter))
    }
    if !books[context.book].grids.isEmpty, books[context.book].grids[name.text] != nil {
      found.append(.grid(name.text, in: context.book))
    }
    if found.isEmpty, let element = element(called: name, in: context) { found.append(element) }
    if found.isEmpty, name.text == "today" {
      found.append(
        .expression(Expression(.today, type: .date, span: name.span), of: .today))
    }
    if found.isEmpty, let book = rulebooks[context.book].imports[name.text] {
      noteImport(name.text, in: context.book)
      found.append(.book(book))
    }
    if found.isEmpty, let choice = books[context.book].choices[name.text] {
      found.append(.choice(choice))
    }
    return found
  }

  /// `adults where adult.income > 0`: the element by the name of its kind, for where a bare `income` has two readings.
  private func element(called name: NameSyntax, in context: Context) -> Reading? {
    guard let slot = context.elements.last, case .entity(let entity) = context.locals[slot].type,
      program.entities[entity].name == name.text
    else { return nil }
    let element = Expression(.local(slot), type: .entity(entity), span: name.span)
    return .expression(element, of: .element)
  }

  private func addEnclosingReadings(
    of name: NameSyntax, in context: Context, shadowed: EntityID?, to found: inout [Reading]
  ) {
    var level = 0
    var entity = context.entity
    while let current = entity {
      func this() -> Expression {
        Expression(.enclosing(level), type: .entity(current), span: name.span)
      }
      if program.entities[current].name == name.text {
        found.append(.expression(this(), of: .enclosing))
      }
      if current != shadowed, let value = member(name, of: this(), entity: current, in: context) {
        found.append(.expression(value, of: .member(current)))
      }
      level += 1
      entity = program.entities[current].container
    }
  }

  /// How many entities stand between the rule's own and the one that is asked for.
  func enclosingLevel(of entity: EntityID, in context: Context) -> Int? {
    var level = 0
    var current = context.entity
    while let here = current {
      if here == entity { return level }
      level += 1
      current = program.entities[here].container
    }
    return nil
  }

  /// A fact, place or rule of an entity, by name; an optional owner makes the result optional.
  func member(
    _ name: NameSyntax, of owner: @autoclosure () -> Expression, entity: EntityID,
    in context: Context
  ) -> Expression? {
    guard let found = members[entity]?[name.text] else { return nil }
    let owner = owner()
    let span = owner.span.joined(to: name.span)
    let result: Expression
    switch found {
    case .fact(let id):
      result = Expression(.fact(id, of: owner), type: program.facts[id].type, span: span)
    case .place(let id):
      result = Expression(.members(id, of: owner), type: type(of: program.places[id]), span: span)
    case .rule(let id):
      // A rule that could not be typed has said so itself; `boolean` stands in so that the search goes on.
      result = Expression(
        .rule(id, of: owner, output: nil), type: ruleType(id) ?? .boolean, span: span)
    }
    return narrow(owner.type.isOptional ? optional(result) : result, in: context)
  }

  /// Takes down that what a name means is read; one of several readings, or a rule of which only a part is meant, is not.
  func noteRead(_ expression: Expression) {
    switch expression.kind {
    case .fact(let id, _): usedFacts.insert(id)
    case .members(let id, _): usedPlaces.insert(id)
    case .parameter(let id): usedParameters.insert(id)
    case .rule(let id, _, _): noteRead(of: id)
    default: break
    }
  }

  func noteRead(of rule: RuleID) {
    guard case .rule(let reader)? = reading.last else { return }
    ruleReads[reader, default: []].insert(rule)
  }

  func read(_ parameter: ParameterID, span: Span) -> Expression {
    Expression(.parameter(parameter), type: program.parameters[parameter].type, span: span)
  }

  func type(of place: Place) -> ValueType {
    if place.isList { return .list(.entity(place.member)) }
    return place.isOptional ? .optional(.entity(place.member)) : .entity(place.member)
  }

  func optional(_ expression: Expression) -> Expression {
    if expression.type.isOptional { return expression }
    return Expression(expression.kind, type: .optional(expression.type), span: expression.span)
  }

  /// Every name that could have been meant, for suggestions.
  func visibleNames(in context: Context) -> [String] {
    var names = context.locals.map(\.name).filter { !$0.isEmpty }
    if let slot = context.elements.last, case .entity(let entity) = context.locals[slot].type {
      names += members[entity].map { Array($0.keys) } ?? []
    }
    var entity = context.entity
    while let current = entity {
      names.append(program.entities[current].name)
      names += members[current].map { Array($0.keys) } ?? []
      entity = program.entities[current].container
    }
    names += books[context.book].parameters.keys
    names += books[context.book].grids.keys
    names += rulebooks[context.book].imports.keys
    names += books[context.book].choices.keys
    names.append("today")
    return Set(names).sorted()
  }
}
