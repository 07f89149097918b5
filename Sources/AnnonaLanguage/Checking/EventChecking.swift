import AnnonaValues

/// Events: which facts of a case each of them brings, as paths from the case's entity.
extension Checker {
  /// An event is one, whichever rulebooks speak of it: each says which facts it takes from it.
  func declareEvents() {
    var events: [String: Int] = [:]
    var taken: [String: [Event.Delivery: Span]] = [:]
    for book in rulebooks.indices {
      // The facts of an import that decides something else are not in the case.
      let isOfTheCase = decides(program.caseEntity, in: book)
      for syntax in rulebooks[book].syntax.events {
        let name = syntax.name.text
        let deliveries = isOfTheCase ? syntax.facts.compactMap(delivery) : []
        let index = events[name] ?? program.events.count
        if events.updateValue(index, forKey: name) == nil {
          program.events.append(Event(name: name, deliveries: [], span: syntax.name.span))
        }
        for (delivery, path) in deliveries {
          let first = taken[name]?.first { $0.key.brings(delivery) }
          if let first, first.key != delivery || first.value.file == path.span.file {
            report(.broughtTwice(path, event: name, first: first.value))
          } else if first == nil {
            taken[name, default: [:]][delivery] = path.span
            program.events[index].deliveries.append(delivery)
          }
        }
      }
    }
  }

  private func decides(_ entity: EntityID, in book: Int) -> Bool {
    guard book != caseBook, let name = rulebooks[book].syntax.header?.caseEntity else {
      return true
    }
    return self.entity(named: name.text, in: book) == entity
  }

  private func delivery(_ origin: EventSyntax.Origin) -> (Event.Delivery, NameSyntax)? {
    guard !program.entities.isEmpty else { return nil }
    var entity = program.caseEntity
    var places: [PlaceID] = []
    var words = origin.fact.text.split(separator: ".").map(String.init)
    // `household.income` and `income` are one.
    if words.count > 1, words[0] == program.entities[entity].name { words.removeFirst() }
    for (index, word) in words.enumerated() {
      let isLast = index == words.count - 1
      switch members[entity]?[word] {
      case .fact(let fact)? where isLast:
        usedFacts.insert(fact)
        let delivery = Event.Delivery(places: places, fact: fact, payload: payload(origin))
        return (delivery, origin.fact)
      case .place(let place)? where !isLast:
        places.append(place)
        entity = program.places[place].member
      default:
        if isLast, word == "id", places.last.map({ program.places[$0].isList }) ?? false {
          let delivery = Event.Delivery(places: places, fact: nil, payload: payload(origin))
          return (delivery, origin.fact)
        }
        let names = (members[entity] ?? [:]).filter { name, member in
          if case .rule = member { return false }
          return true
        }
        report(
          .eventWithoutFact(
            origin.fact, word: word, of: program.entities[entity].name,
            near: didYouMean(word, among: names.keys.sorted())))
        return nil
      }
    }
    return nil
  }

  private func payload(_ origin: EventSyntax.Origin) -> [String] {
    origin.payload.text.split(separator: ".").map(String.init)
  }
}

extension Event.Delivery {
  /// Whether the two bring the same fact.
  fileprivate func brings(_ other: Event.Delivery) -> Bool {
    places == other.places && fact == other.fact
  }
}
