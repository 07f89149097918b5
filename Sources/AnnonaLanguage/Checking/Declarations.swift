import AnnonaValues

/// Choices, entities, their facts and members: what a case may hold.
extension Checker {
  func declareChoices(_ book: Int) {
    for syntax in rulebooks[book].syntax.choices {
      if books[book].choices[syntax.name.text] != nil { continue }
      let id = declareChoice(named: syntax.name.text, members: syntax.members, in: book)
      books[book].choices[syntax.name.text] = id
    }
  }

  func declareChoice(
    named name: String, members: [ChoiceSyntax.Member], in book: Int
  ) -> ChoiceID {
    program.choices.append(
      Choice(
        name: name,
        members: members.map { .init(name: $0.name.text, title: text($0.title, in: book)) }))
    return ChoiceID(program.choices.count - 1)
  }

  func declareEntities(_ book: Int) {
    for syntax in rulebooks[book].syntax.entities where !syntax.name.text.contains(".") {
      if books[book].entities[syntax.name.text] != nil { continue }
      books[book].entities[syntax.name.text] = EntityID(program.entities.count)
      var entity = Entity(name: syntax.name.text, span: syntax.name.span)
      entity.title = text(syntax.title, in: book)
      program.entities.append(entity)
    }
    if book == caseBook {
      chooseCaseEntity(book)
    } else if let name = rulebooks[book].syntax.header?.caseEntity,
      entity(named: name.text, in: book) == nil
    {
      report(.unknownEntity(name, among: books[book].entities.keys.sorted()))
    }
  }

  /// Rulebooks that are decided together speak of one case.
  func checkSameCase() {
    for book in deciding.sorted() where book != caseBook {
      let syntax = rulebooks[book].syntax
      guard !syntax.benefits.isEmpty, let header = syntax.header else { continue }
      let own = header.caseEntity.flatMap { entity(named: $0.text, in: book) }
      guard let entity = own ?? books[book].entities.values.min(), entity != program.caseEntity
      else { continue }
      otherCases.insert(book)
      report(
        .otherCase(
          header.caseEntity ?? header.id, of: header.id.text,
          other: program.rulebooks[caseBook].id))
    }
  }

  private func chooseCaseEntity(_ book: Int) {
    guard let header = rulebooks[book].syntax.header else { return }
    if let name = header.caseEntity {
      if let entity = entity(named: name.text, in: book) {
        program.caseEntity = entity
      } else {
        report(.unknownEntity(name, among: books[book].entities.keys.sorted()))
      }
    } else if program.entities.count == 1 {
      program.caseEntity = EntityID(0)
    } else if !rulebooks[book].syntax.benefits.isEmpty {
      report(.caseEntityMissing(header.id, among: books[book].entities.keys.sorted()))
    }
  }

  func declareMembers(_ book: Int) {
    for syntax in rulebooks[book].syntax.entities {
      guard let id = entity(named: syntax.name.text, in: book) else {
        report(.unknownEntity(syntax.name, among: books[book].entities.keys.sorted()))
        continue
      }
      for fact in syntax.facts { declare(fact, of: id, in: book) }
      for place in syntax.places { declare(place, of: id, in: book) }
    }
  }

  private func declare(_ syntax: FactSyntax, of entity: EntityID, in book: Int) {
    let type = resolve(syntax.type, anonymous: syntax.name.text, in: book)
    guard claim(syntax.name, in: entity, as: .fact(FactID(program.facts.count))) else { return }
    var fact = Fact(
      name: syntax.name.text, entity: entity, type: type ?? .boolean, span: syntax.name.span)
    fact.title = text(syntax.title, in: book)
    fact.ask = text(syntax.ask, in: book)
    fact.help = text(syntax.help, in: book)
    fact.group = syntax.group?.text
    fact.isGate = syntax.isGate
    fact.isChangeable = syntax.isChangeable
    fact.citations = citations(syntax.citations, in: book)
    fact.pattern = syntax.pattern.flatMap { pattern in
      let compiled = TextPattern(pattern.text)
      if compiled == nil { report(.notAPattern(pattern)) }
      return compiled
    }
    fact.step = naturalStep(of: fact.type)
    if let judge = syntax.judgedBy { fact.judge = .office(judge.text) }
    if let varies = syntax.varies {
      fact.variation = Variation(rawValue: varies.text)
    }
    if syntax.isOptional, type != nil { fact.type = .optional(fact.type) }
    if case .list = fact.type.present { report(.factOfManyThings(syntax.type.span)) }
    if type == nil { untypedFacts.insert(FactID(program.facts.count)) }
    program.facts.append(fact)
    program.entities[entity].facts.append(FactID(program.facts.count - 1))
    factSyntax.append((syntax, book, type != nil))
  }

  /// Whole numbers step by 1, money by its currency's minor unit unless the author says otherwise.
  private func naturalStep(of type: ValueType) -> Number? {
    guard case .number(let number) = type.present else { return nil }
    if number.isInteger { return .one }
    return number.unit.currency.flatMap { Unit.minorUnit(ofCurrency: $0) }
  }

  private func declare(_ syntax: PlaceSyntax, of entity: EntityID, in book: Int) {
    let id = PlaceID(program.places.count)
    var element = syntax.type
    var isList = false
    if case .list(let inner) = syntax.type.kind {
      element = inner
      isList = true
    }
    guard
      case .entity(let member)? = resolve(element, anonymous: syntax.name.text, in: book)
    else {
      if !diagnostics.contains(where: { $0.span == element.span }) {
        report(.memberNotEntity(syntax.name, at: element.span))
      }
      return
    }
    guard claim(syntax.name, in: entity, as: .place(id)) else { return }
    if isList, syntax.isOptional { report(.optionalList(syntax.name)) }
    if !isList, let size = syntax.minimum ?? syntax.maximum {
      report(.sizeOfOne(syntax.name, at: size.span))
    }
    let minimum = size(syntax.minimum, in: book) ?? 0
    program.places.append(
      Place(
        name: syntax.name.text, holder: entity, member: member, isList: isList,
        isOptional: syntax.isOptional, minimum: minimum, maximum: size(syntax.maximum, in: book),
        title: text(syntax.title, in: book), ask: text(syntax.ask, in: book),
        span: syntax.name.span))
    program.entities[entity].places.append(id)
  }

  private func size(_ syntax: ExpressionSyntax?, in book: Int) -> Int? {
    guard let syntax else { return nil }
    guard case .number(let number)? = constant(syntax, .integer, in: book),
      let size = number.integer,
      size >= 0
    else {
      report(.notASize(syntax.span))
      return nil
    }
    return size
  }

  /// Takes the name for one thing of the entity, or says who has it.
  func claim(_ name: NameSyntax, in entity: EntityID, as member: Member) -> Bool {
    if let taken = members[entity]?[name.text] {
      let first =
        switch taken {
        case .fact(let id): program.facts[id].span
        case .place(let id): program.places[id].span
        case .rule(let id): program.rules[id].span
        }
      // Within one rulebook, whoever reads its keys says so.
      if bookOfFile[name.span.file] != bookOfFile[first.file] {
        report(.nameTaken(name, of: program.entities[entity].name, first: first))
      }
      return false
    }
    members[entity, default: [:]][name.text] = member
    return true
  }

  /// Each kind of entity is held by one other, and the case by none.
  func nestEntities() {
    for place in program.places {
      let holder = program.entities[place.member].container
      if let holder, holder != place.holder {
        report(
          .heldTwice(
            program.entities[place.member].name, by: program.entities[place.holder].name,
            and: program.entities[holder].name, at: place.span))
      } else {
        program.entities[place.member].container = place.holder
      }
    }
    for id in program.entities.indices.map({ EntityID($0) }) where holdsItself(id) {
      report(.holdsItself(program.entities[id].name, at: program.entities[id].span))
      program.entities[id].container = nil
    }
  }

  private func holdsItself(_ start: EntityID) -> Bool {
    var current = program.entities[start].container
    for _ in program.entities {
      guard let entity = current else { return false }
      if entity == start { return true }
      current = program.entities[entity].container
    }
    return false
  }
}
